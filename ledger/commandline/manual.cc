// SPDX-License-Identifier: Apache-2.0
#include "ledger/commandline/manual.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include <CLI/CLI.hpp>

#include "ledger/commandline/text.h"

namespace fundtrail::ledger::commandline {

namespace {

/// A text as man(7) takes it: a backslash, and a point or an apostrophe that begins a line, would be commands.
std::string escaped(std::string_view text) {
  std::string safe;
  bool beginsLine = true;
  for (char const letter : text) {
    if (beginsLine && (letter == '.' || letter == '\'')) safe += "\\&";
    switch (letter) {
      case '\\': safe += "\\e"; break;
      case '-': safe += "\\-"; break;
      case '\'': safe += "\\(aq"; break;
      case '"': safe += "\\(dq"; break;
      case '`': safe += "\\(ga"; break;
      case '^': safe += "\\(ha"; break;
      case '~': safe += "\\(ti"; break;
      default: safe += letter;
    }
    beginsLine = letter == '\n';
  }
  return safe;
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char letter) { return std::toupper(letter); });
  return text;
}

/// What stands for an option's value: the few that it takes, if CLI11 knows them ("TEXT:{zh,en}"), or its name.
std::string valueIn(std::string const& type) {
  auto const few = type.find('{');
  return few == std::string::npos ? type : type.substr(few);
}

class Page {
 public:
  explicit Page(schema::Language language) : language_(language) {}

  void section(Text const& title) { text_ += ".SH " + escaped(title.in(language_)) + "\n"; }
  void subsection(std::string const& title) { text_ += ".SS " + escaped(title) + "\n"; }
  void paragraph(std::string const& text) { text_ += ".PP\n" + escaped(text) + "\n"; }
  void line(std::string const& roff) { text_ += roff + "\n"; }

  void options(CLI::App const& command, bool withHelp) {
    for (auto const* const option : command.get_options([](CLI::Option const* o) { return !o->get_group().empty(); })) {
      if (option == command.get_help_ptr() && !withHelp) continue;
      text_ += ".TP\n\\fB" + escaped(option->get_name(option->get_positional(), true)) + "\\fR";
      if (!option->get_positional() && option->get_items_expected_max() > 0) {
        text_ += " \\fI" + escaped(valueIn(option->get_type_name())) + "\\fR";
      }
      text_ += "\n" + escaped(option->get_description()) + "\n";
    }
  }

  /// The commands below this one, each under the words that call it.
  void commands(CLI::App const& command, std::string const& words) {
    for (auto const* const below : command.get_subcommands({})) {
      auto const all = words + " " + below->get_name();
      subsection(all);
      text_ += escaped(below->get_description()) + "\n";
      options(*below, false);
      if (auto const footer = below->get_footer(); !footer.empty()) paragraph(footer);
      commands(*below, all);
    }
  }

  [[nodiscard]] std::string const& text() const { return text_; }

 private:
  schema::Language language_;
  std::string text_;
};

}  // namespace

std::string manualOf(CLI::App const& program, std::string const& version, schema::Language language) {
  Page page(language);
  auto const& name = program.get_name();
  page.line(".TH " + upper(name) + " 1 \"\" \"" + name + " " + version + "\"");
  page.section({"名称", "NAME"});
  // "fundtrail: what it is" becomes "fundtrail - what it is", which man's index reads.
  auto const& what = program.get_description();
  auto const colon = what.find_first_of(":：");
  auto const rest = colon == std::string::npos ? what : what.substr(what.find_first_not_of(": ：", colon));
  page.line(escaped(name) + " \\- " + escaped(rest));
  page.section({"用法", "SYNOPSIS"});
  page.line("\\fB" + escaped(name) + "\\fR [" + escaped(Text{"选项", "OPTIONS"}.in(language)) + "] " +
            escaped(Text{"命令 …", "COMMAND …"}.in(language)));
  page.section({"选项", "OPTIONS"});
  page.options(program, true);
  if (!program.get_subcommands({}).empty()) {
    page.section({"命令", "COMMANDS"});
    page.commands(program, name);
  }
  if (auto const footer = program.get_footer(); !footer.empty()) {
    page.section({"退出状态", "EXIT STATUS"});
    page.paragraph(footer);
  }
  return page.text();
}

}  // namespace fundtrail::ledger::commandline
