// SPDX-License-Identifier: Apache-2.0
#include "ledger/commandline/program.h"

#include <utility>

#include <CLI/CLI.hpp>

#include "ledger/commandline/completion.h"
#include "ledger/commandline/manual.h"
#include "ledger/commandline/problem.h"

namespace fundtrail::ledger::commandline {

using schema::Language;

namespace {

constexpr Text kOptions{"选项", "Options"};
constexpr Text kCommands{"命令", "Commands"};

std::string in(Language language, Text const& text) {
  return std::string(text.in(language));
}

std::shared_ptr<CLI::Formatter> formatterIn(Language language) {
  auto formatter = std::make_shared<CLI::Formatter>();
  if (language == Language::zh) {
    formatter->label("Usage", "用法");
    formatter->label("OPTIONS", "选项");
    formatter->label("SUBCOMMAND", "命令");
    formatter->label("Positionals", "参数");
    formatter->label("REQUIRED", "必填");
    formatter->label("TEXT", "文本");
    formatter->label("UINT", "N");
  }
  return formatter;
}

/// The command that the command line names, as far as it was read, and the words that lead to it.
struct Named {
  CLI::App const* app;
  std::string words;
};
Named namedIn(CLI::App const& program) {
  Named named{&program, program.get_name()};
  while (!named.app->get_subcommands().empty()) {
    auto const* const next = named.app->get_subcommands().front();
    named = {next, named.words + " " + next->get_name()};
  }
  return named;
}

/// A text that an option asks for, instead of any command.
struct Asked {
  std::string text;
};

}  // namespace

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::valueName(std::string const& name) {
  option_->type_name(name);
  return *this;
}

Option& Option::oneOf(std::vector<std::string> names) {
  option_->check(CLI::IsMember(std::move(names)));
  return *this;
}

Option& Option::oneOfMany(std::vector<std::string> names) {
  option_->check(CLI::IsMember(std::move(names)).description(""));
  return *this;
}

Option& Option::between(std::uint64_t least, std::uint64_t most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option& Option::wholeNumber() {
  return check([language = language_](std::string const& text) {
    bool const good = !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string::npos;
    return good ? std::string()
                : say(language,
                      {"须为 0 以上、至多 18 位的整数，而不是 {}",
                       "must be a whole number from 0, of at most 18 digits, not {}"},
                      text);
  });
}

Option& Option::check(Complaint complaint) {
  option_->check(
      CLI::Validator([complaint = std::move(complaint)](std::string const& text) { return complaint(text); }, ""));
  return *this;
}

Option& Option::showDefault() {
  option_->capture_default_str();
  return *this;
}

template <class T>
Option Command::add(std::string const& name, T& value, Text const& what) {
  return {*app_->add_option(name, value, in(language_, what)), language_};
}

Option Command::option(std::string const& name, std::string& value, Text const& what) {
  return add(name, value, what);
}
Option Command::option(std::string const& name, std::filesystem::path& value, Text const& what) {
  return add(name, value, what);
}
Option Command::option(std::string const& name, std::optional<std::filesystem::path>& value, Text const& what) {
  return add(name, value, what);
}
Option Command::option(std::string const& name, std::vector<std::filesystem::path>& values, Text const& what) {
  auto option = add(name, values, what);
  // Of an option each value is named; a positional takes what is left.
  if (name.starts_with("--")) option.option_->allow_extra_args(false);
  return option;
}
Option Command::option(std::string const& name, unsigned& value, Text const& what) {
  return add(name, value, what);
}
Option Command::option(std::string const& name, std::uint64_t& value, Text const& what) {
  return add(name, value, what);
}
Option Command::option(std::string const& name, std::optional<std::uint64_t>& value, Text const& what) {
  return add(name, value, what);
}
Option Command::option(std::string const& name, std::vector<std::string>& values, Text const& what) {
  auto* const option = app_->add_option(name, values, in(language_, what));
  option->expected(1)->take_all();
  return {*option, language_};
}

void Command::flag(std::string const& name, bool& value, Text const& what) {
  app_->add_flag(name, value, in(language_, what));
}

Command Command::command(std::string const& name, Text const& what) {
  auto* const command = app_->add_subcommand(name, in(language_, what));
  command->group(in(language_, kCommands));
  command->get_help_ptr()->group(in(language_, kOptions));
  app_->require_subcommand(1);
  return {*command, language_};
}

void Command::footer(Text const& text) {
  app_->footer(in(language_, text));
}

void Command::onChosen(std::function<void()> chosen) {
  app_->callback(std::move(chosen));
}

Program::Program(std::string const& name, std::string const& version, Language language, Text const& what)
    : language_(language), app_(std::make_unique<CLI::App>(in(language, what), name)) {
  app_->formatter(formatterIn(language));
  app_->option_defaults()->group(in(language, kOptions));
  app_->set_help_flag("-h,--help", in(language, {"显示帮助", "print this help"}));
  app_->set_version_flag("--version", name + " " + version, in(language, {"显示版本", "print the version"}));
  // Thrown where the option is read, before anybody asks for the command that is missing.
  app_->add_flag_callback(
      "--man", [this, version] { throw Asked{manualOf(*app_, version, language_)}; },
      in(language, {"显示手册页（man 格式）", "print the manual page, for man"}));
  app_->add_flag_callback(
      "--completion", [this] { throw Asked{completionOf(*app_)}; },
      in(language, {"显示 bash 补全脚本", "print the script by which bash completes commands and options"}));
  whole()
      .option("--lang", lang_,
              {"语言；默认按 LC_ALL、LC_MESSAGES、LANG", "language; else by LC_ALL, LC_MESSAGES, LANG"})
      .oneOf({"zh", "en"});
  app_->fallthrough();  // --lang may also come after the command
}

Program::~Program() = default;

Command Program::whole() {
  return {*app_, language_};
}

Command Program::command(std::string const& name, Text const& what) {
  return whole().command(name, what);
}

void Program::footer(Text const& text) {
  whole().footer(text);
}

Parsed Program::parse(int argc, char const* const* argv) {
  try {
    app_->parse(argc, argv);
  } catch (CLI::CallForHelp const&) {
    auto const named = namedIn(*app_);
    if (named.app == app_.get()) return {Parsed::Kind::shown, app_->help()};
    auto const before = named.words.substr(0, named.words.size() - named.app->get_name().size() - 1);
    return {Parsed::Kind::shown, named.app->help(before)};
  } catch (Asked const& asked) {
    return {Parsed::Kind::shown, asked.text};
  } catch (CLI::CallForVersion const& version) {
    return {Parsed::Kind::shown, std::string(version.what()) + "\n"};
  } catch (CLI::ParseError const& wrong) {
    auto const named = namedIn(*app_);
    return {Parsed::Kind::wrong, say(language_, {"{}；见 {} --help", "{}; see {} --help"},
                                     problem(*app_, *named.app, wrong, language_), named.words)};
  }
  return {Parsed::Kind::command, {}};
}

}  // namespace fundtrail::ledger::commandline
