// SPDX-License-Identifier: Apache-2.0
#include "ledger/commandline/completion.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace fundtrail::ledger::commandline {

namespace {

/// What may follow the words of a command.
struct Lists {
  std::string commands;  // cases of bash that go on from the words so far
  std::string values;    // cases of "words::--option": the few values that it takes, or a file
  std::string words;     // cases of the words: commands and options
};

std::string literal(std::string_view text) {
  return "'" + std::string(text) + "'";  // names of commands and options, which hold no quote
}

/// The few values that an option takes, as CLI11 describes them: "{zh,en}". Empty where there are not just a few.
std::string valuesOf(CLI::Option const& option) {
  auto const type = option.get_type_name();
  auto const begin = type.find('{');
  auto const end = type.rfind('}');
  if (begin == std::string::npos || end == std::string::npos) return {};
  auto values = type.substr(begin + 1, end - begin - 1);
  std::ranges::replace(values, ',', ' ');
  return values;
}

void add(CLI::App const& command, std::string const& words, std::vector<std::string> const& inherited, Lists& lists) {
  std::string next;
  auto names = inherited;
  for (auto const* const option : command.get_options([](CLI::Option const* o) { return !o->get_group().empty(); })) {
    if (option->get_positional()) continue;
    for (auto const& name : option->get_lnames()) {
      names.push_back("--" + name);
      if (option->get_items_expected_max() == 0) continue;
      auto const values = valuesOf(*option);
      lists.values += "    " + literal(words + "::--" + name) + ") " +
                      (values.empty() ? "compopt -o default"
                                      : "COMPREPLY=($(compgen -W " + literal(values) + " -- \"$current\"))") +
                      "; return ;;\n";
    }
  }
  for (auto const* const below : command.get_subcommands({})) {
    auto const all = words + " " + below->get_name();
    next += below->get_name() + " ";
    lists.commands += "      " + literal(all) + ") words=" + literal(all) + " ;;\n";
    add(*below, all, inherited, lists);
  }
  for (auto const& name : names) next += name + " ";
  lists.words += "    " + literal(words) + ") next=" + literal(next) + " ;;\n";
}

}  // namespace

std::string completionOf(CLI::App const& program) {
  auto const& name = program.get_name();
  Lists lists;
  add(program, name, {"--lang"}, lists);
  auto function = "_" + name;
  std::ranges::replace(function, '-', '_');
  return "# bash completion of " + name + "\n" + function + "() {\n" +
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words=" + literal(name) +
         " next='' word\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case \"$words $word\" in\n" +
         lists.commands + "    esac\n  done\n  COMPREPLY=()\n  case \"$words::$previous\" in\n" + lists.values +
         "  esac\n  case \"$words\" in\n" + lists.words +
         "  esac\n  COMPREPLY=($(compgen -W \"$next\" -- \"$current\"))\n}\ncomplete -o default -F " + function + " " +
         name + "\n";
}

}  // namespace fundtrail::ledger::commandline
