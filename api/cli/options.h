// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "api/cli/language.h"
#include "ledger/domain/date.h"
#include "ledger/projections/as_of.h"

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
        return good ? std::string()
                    : say(language,
                          {"须为 0 以上、至多 18 位的整数，而不是 {}",
                           "must be a whole number from 0, of at most 18 digits, not {}"},
                          text);
      },
      "");
}

/// The event that a command is about, by number or hash (api/cli/event_name.h).
inline void addEvent(CLI::App& command, Language language, std::string& event) {
  command
      .add_option("EVENT", event,
                  describe(language, {"事件序号，或哈希的前 8 位以上", "its number, or 8 or more digits of its hash"}))
      ->required()
      ->type_name("");
}

inline void addCity(CLI::App& command, Language language, std::string& city, Text const& what) {
  command.add_option("--city", city, describe(language, what))
      ->check(CLI::Validator(
          [language](std::string const& text) {  // a script's variable that is not set must not give the whole province
            return text.empty() ? say(language, {"不能为空", "is empty: name a city"}) : std::string();
          },
          ""))
      ->type_name("CITY");
}

/// As of which position and which date: what the command line says of ledger::projections::AsOf.
struct AsOfOptions {
  std::optional<std::uint64_t> position;
  std::string on;
};

/// --as-of and --on.
inline void addAsOf(CLI::App& command, Language language, AsOfOptions& options) {
  command
      .add_option("--as-of", options.position,
                  describe(language, {"前 N 个事件之后（即事件 N-1 之后）的状况",
                                      "as it stood after the first N events (the last of them has the number N-1)"}))
      ->check(wholeNumber(language))
      ->type_name("N");
  command
      .add_option("--on", options.on,
                  describe(language, {"只计业务日期不晚于该日的事件，如 2025-06-30",
                                      "only events dated no later than that day, as 2025-06-30"}))
      ->check(CLI::Validator(
          [language](std::string const& text) {
            return ledger::domain::Date::parse(text)
                       ? std::string()
                       : say(language,
                             {"须为 2025-06-30 这样的日期，{} 至 {}，而不是 {}",
                              "must be a date as 2025-06-30, from {} to {}, not {}"},
                             ledger::domain::Date::first().text(), ledger::domain::Date::last().text(), text);
          },
          ""))
      ->type_name("DATE");
}

inline ledger::projections::AsOf asOf(AsOfOptions const& options) {
  return {options.position ? std::optional(ledger::domain::EventNumber(*options.position)) : std::nullopt,
          ledger::domain::Date::parse(options.on)};
}

/// --format; the first of the names is the default.
inline void addFormat(CLI::App& command, Language language, std::string& format, std::vector<std::string> names) {
  format = names.front();
  command.add_option("--format", format, describe(language, {"输出格式", "form of the output"}))
      ->check(CLI::IsMember(std::move(names)))
      ->capture_default_str();
}

}  // namespace fundtrail::api::cli
