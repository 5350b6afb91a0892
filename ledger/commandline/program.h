// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/commandline/text.h"
#include "ledger/schema/names.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

// The command line of a program that has commands: `program command --option VALUE POSITIONAL`. Help and complaints are
// in the reader's language. Over CLI11, which no other folder sees: it is slow to compile.
//
// What an option writes to must live as long as the program's command line is parsed and run: commands keep it in a
// shared_ptr that their onChosen() holds.

namespace fundtrail::ledger::commandline {

/// Says what is wrong with the value of an option, in the reader's language; nothing is wrong if it is empty.
using Complaint = std::function<std::string(std::string const& value)>;

/// An option that was added, to demand more of it. Valid as long as its program.
class Option {
 public:
  Option& required();
  /// What stands for the value in the help; nothing for a positional, which has a name already.
  Option& valueName(std::string const& name);
  Option& oneOf(std::vector<std::string> names);
  /// As oneOf(), but the help does not list them: there are many.
  Option& oneOfMany(std::vector<std::string> names);
  Option& between(std::uint64_t least, std::uint64_t most);
  /// Digits alone, at most 18.
  Option& wholeNumber();
  Option& check(Complaint complaint);
  /// The help tells what it is if it is not given.
  Option& showDefault();

 private:
  friend class Command;
  Option(CLI::Option& option, schema::Language language) : option_(&option), language_(language) {}
  CLI::Option* option_;
  schema::Language language_;
};

/// A command, or a group of them. Valid as long as its program.
class Command {
 public:
  /// "--name" is an option, "NAME" a positional.
  Option option(std::string const& name, std::string& value, Text const& what);
  Option option(std::string const& name, std::filesystem::path& value, Text const& what);
  Option option(std::string const& name, std::optional<std::filesystem::path>& value, Text const& what);
  /// May be given several times, with one value each; as a positional, one or more values.
  Option option(std::string const& name, std::vector<std::filesystem::path>& values, Text const& what);
  Option option(std::string const& name, unsigned& value, Text const& what);
  Option option(std::string const& name, std::uint64_t& value, Text const& what);
  Option option(std::string const& name, std::optional<std::uint64_t>& value, Text const& what);
  /// May be given more than once, each time with one value.
  Option option(std::string const& name, std::vector<std::string>& values, Text const& what);
  void flag(std::string const& name, bool& value, Text const& what);

  /// A command of this one, which cannot be chosen by itself then.
  Command command(std::string const& name, Text const& what);
  /// Stands at the end of the help.
  void footer(Text const& text);
  /// Called when the command line names this command and nothing is wrong with it.
  void onChosen(std::function<void()> chosen);

  [[nodiscard]] schema::Language language() const { return language_; }

 private:
  friend class Program;
  Command(CLI::App& app, schema::Language language) : app_(&app), language_(language) {}
  template <class T>
  Option add(std::string const& name, T& value, Text const& what);

  CLI::App* app_;
  schema::Language language_;
};

/// What a command line came to.
struct Parsed {
  enum class Kind : std::uint8_t {
    command,  // a command was chosen
    shown,    // `text` is the help or the version that was asked for
    wrong,    // `text` says in one phrase what is wrong, and where the help is
  };
  Kind kind;
  std::string text;
};

/// One thread.
class Program {
 public:
  /// With the options --help, --version and --lang, which may stand behind the command.
  Program(std::string const& name, std::string const& version, schema::Language language, Text const& what);
  ~Program();
  Program(Program const&) = delete;
  Program& operator=(Program const&) = delete;

  Command command(std::string const& name, Text const& what);
  void footer(Text const& text);

  /// Writes the options, and calls onChosen() of the command that was named. `argv` as main() gets it.
  [[nodiscard]] Parsed parse(int argc, char const* const* argv);

  [[nodiscard]] schema::Language language() const { return language_; }

 private:
  [[nodiscard]] Command whole();

  schema::Language language_;
  std::unique_ptr<CLI::App> app_;
  std::string lang_;  // read before, by languageOf()
};

}  // namespace fundtrail::ledger::commandline
