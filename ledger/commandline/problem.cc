// SPDX-License-Identifier: Apache-2.0
#include "ledger/commandline/problem.h"

#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "ledger/schema/nearest.h"

namespace fundtrail::ledger::commandline {

namespace {

using schema::Language;

/// A text cut in two at a mark; nothing where it has none.
struct Halves {
  std::string_view before;
  std::string_view after;
};
std::optional<Halves> cut(std::string_view text, std::string_view mark) {
  auto const at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  return Halves{text.substr(0, at), text.substr(at + mark.size())};
}

/// The commands that there are.
std::vector<std::string> commandsOf(CLI::App const& app) {
  std::vector<std::string> names;
  for (auto const* const command : app.get_subcommands([](CLI::App const*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

/// The word that stands where a command must.
std::optional<std::string> unknownCommand(CLI::App const& program, CLI::App const& named) {
  if (commandsOf(named).empty()) return std::nullopt;
  auto const rest = program.remaining(true);
  if (rest.empty() || rest.front().starts_with('-')) return std::nullopt;
  return rest.front();
}

std::string noSuchCommand(CLI::App const& named, std::string const& word, Language language) {
  auto const meant = schema::nearest(word, commandsOf(named));
  if (language == Language::en) {
    return fmt::format("there is no command \"{}\"", word) +
           (meant ? fmt::format(": did you mean \"{}\"?", *meant) : std::string());
  }
  return fmt::format("没有命令“{}”", word) + (meant ? fmt::format("，是否应为“{}”？", *meant) : std::string());
}

std::string joined(std::vector<std::string> const& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

/// "--threads: Value 0 not in range 1 to 1024", "--format: xml not in {text,json}", or in our own words.
std::string invalidInChinese(std::string_view text) {
  auto const named = cut(text, ": ");
  if (!named) return std::string(text);
  auto const [name, complaint] = *named;
  if (auto const range = cut(complaint, " not in range ")) {
    auto const value = cut(range->before, "Value ");
    auto const ends = cut(range->after, " to ");
    if (value && ends)
      return fmt::format("{} 须在 {} 至 {} 之间，而不是 {}", name, ends->before, ends->after, value->after);
  }
  if (auto const set = cut(complaint, " not in "))
    return fmt::format("{} 须为 {} 之一，而不是 {}", name, set->after, set->before);
  return fmt::format("{}：{}", name, complaint);
}

std::string inChinese(CLI::ParseError const& wrong) {
  std::string_view const text = wrong.what();
  switch (static_cast<CLI::ExitCodes>(wrong.get_exit_code())) {
    case CLI::ExitCodes::RequiredError:
      if (text.find("subcommand") != std::string_view::npos) return "缺少命令";
      if (auto const named = cut(text, " is required")) return fmt::format("缺少 {}", named->before);
      break;
    case CLI::ExitCodes::ArgumentMismatch:
      if (auto const named = cut(text, ": At Most")) return fmt::format("{} 给出了不止一次", named->before);
      if (auto const named = cut(text, ": ")) return fmt::format("{} 之后缺少值", named->before);
      break;
    case CLI::ExitCodes::ConversionError:
      if (auto const named = cut(text, "Could not convert: ")) {
        if (auto const value = cut(named->after, " = "))
          return fmt::format("{} 的值无效：{}", value->before, value->after);
      }
      break;
    case CLI::ExitCodes::ValidationError: return invalidInChinese(text);
    default: break;
  }
  return std::string(text);
}

}  // namespace

std::string problem(CLI::App const& program, CLI::App const& named, CLI::ParseError const& wrong, Language language) {
  if (auto const word = unknownCommand(program, named)) return noSuchCommand(named, *word, language);
  if (static_cast<CLI::ExitCodes>(wrong.get_exit_code()) == CLI::ExitCodes::ExtrasError) {
    auto const rest = joined(program.remaining(true));
    return language == Language::en ? fmt::format("{} is not expected", rest) : fmt::format("不认识 {}", rest);
  }
  return language == Language::en ? std::string(wrong.what()) : inChinese(wrong);
}

}  // namespace fundtrail::ledger::commandline
