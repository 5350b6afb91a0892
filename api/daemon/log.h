// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "ledger/commandline/text.h"
#include "ledger/domain/date.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::daemon {

using ledger::commandline::Text;

enum class Level : std::uint8_t { debug, info, warning, error };
enum class Format : std::uint8_t { text, json };

/// A named value of a record. Views must live as long as the call that takes them.
struct Field {
  std::string_view name;  // snake_case
  std::variant<std::string_view, std::int64_t, std::uint64_t, bool> value;
};

/// One record as one line, without its end: "2026-01-02T03:04:05.678+08:00 info listening url=https://…", or an object
/// with time, level, message and the fields. Nothing in a value can begin another record or field.
[[nodiscard]] std::string formatRecord(Format format, ledger::domain::Instant time, Level level,
                                       std::string_view message, std::span<Field const> fields);

/// The structured log of the server, on standard error. Records are written by a thread of their own, from a bounded
/// queue: where nobody takes them, the oldest are dropped and counted, and no request waits. Any thread.
class Log {
 public:
  Log(Format format, Level least, ledger::schema::Language language);
  Log(Log const&) = delete;
  Log& operator=(Log const&) = delete;
  /// Writes what is queued.
  ~Log();

  void write(Level level, Text const& message, std::initializer_list<Field> fields = {});
  /// Records that were dropped.
  [[nodiscard]] std::uint64_t dropped() const;

 private:
  struct Output;
  Format format_;
  Level least_;
  ledger::schema::Language language_;
  std::unique_ptr<Output> output_;
};

/// "debug", "info", "warning", "error"; "text", "json": as the configuration names them, which has checked them.
[[nodiscard]] Level levelNamed(std::string_view name);
[[nodiscard]] Format formatNamed(std::string_view name);

}  // namespace fundtrail::api::daemon
