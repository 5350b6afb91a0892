// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "api/cli/language.h"

// Options that several commands share. What an option writes to must live as long as the command line is parsed and
// run: commands keep it in a shared_ptr that their callback holds.

namespace fundtrail::api::cli {

/// A subcommand under its translated heading.
inline CLI::App& addCommand(CLI::App& program, std::string const& name, Language language, Text const& what) {
  auto* const command = program.add_subcommand(name, std::string(what.in(language)));
  command->group(std::string(Text{"命令", "Commands"}.in(language)));
  command->get_help_ptr()->group(std::string(Text{"选项", "Options"}.in(language)));
  return *command;
}

inline std::string describe(Language language, Text const& what) {
  return std::string(what.in(language));
}

inline void addLedger(CLI::App& command, Language language, std::filesystem::path& ledger) {
  command.add_option("--ledger", ledger, describe(language, {"账本目录", "directory of the ledger"}))
      ->required()
      ->type_name("DIR");
}

inline void addPasswordFile(CLI::App& command, Language language, std::optional<std::filesystem::path>& file) {
  command
      .add_option("--password-file", file,
                  describe(language, {"口令文件（首行）；没有时取环境变量 FUNDTRAIL_PASSWORD，再没有则在终端询问",
                                      "file whose first line is the password; else FUNDTRAIL_PASSWORD, else the "
                                      "terminal asks"}))
      ->type_name("FILE");
}

/// Takes whole numbers of at most 18 digits, in words that people read.
inline CLI::Validator wholeNumber(Language language) {
  return CLI::Validator(
      [language](std::string const& text) {
        bool const good =
            !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string::npos;
        return good ? std::string() : say(language, {"须为整数，而不是 {}", "must be a whole number, not {}"}, text);
      },
      "");
}

/// --format; the first of the names is the default.
inline void addFormat(CLI::App& command, Language language, std::string& format, std::vector<std::string> names) {
  format = names.front();
  command.add_option("--format", format, describe(language, {"输出格式", "form of the output"}))
      ->check(CLI::IsMember(std::move(names)))
      ->capture_default_str();
}

}  // namespace fundtrail::api::cli
