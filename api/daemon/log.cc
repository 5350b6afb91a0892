// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/log.h"

#include <algorithm>
#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "api/directory/ledger_directory.h"
#include "crypto/ensure.h"

namespace fundtrail::api::daemon {

namespace json = boost::json;

namespace {

constexpr std::string_view kLevels[] = {"debug", "info", "warning", "error"};

std::string_view nameOf(Level level) {
  return kLevels[static_cast<std::size_t>(level)];
}

/// Bare where that cannot be mistaken, else as a JSON string.
std::string bareOrQuoted(std::string_view text) {
  bool const bare = !text.empty() && std::ranges::all_of(text, [](char c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '=';
  });
  return bare ? std::string(text) : json::serialize(json::string(text));
}

std::string textOf(Field const& field) {
  if (auto const* const text = std::get_if<std::string_view>(&field.value)) return bareOrQuoted(*text);
  if (auto const* const flag = std::get_if<bool>(&field.value)) return *flag ? "true" : "false";
  if (auto const* const number = std::get_if<std::int64_t>(&field.value)) return std::to_string(*number);
  return std::to_string(std::get<std::uint64_t>(field.value));
}

json::value valueOf(Field const& field) {
  if (auto const* const text = std::get_if<std::string_view>(&field.value)) return json::string(*text);
  if (auto const* const flag = std::get_if<bool>(&field.value)) return *flag;
  if (auto const* const number = std::get_if<std::int64_t>(&field.value)) return *number;
  return std::get<std::uint64_t>(field.value);
}

}  // namespace

std::string formatRecord(Format format, ledger::domain::Instant time, Level level, std::string_view message,
                         std::span<Field const> fields) {
  if (format == Format::json) {
    json::object record{{"time", json::string(time.text())},
                        {"level", json::string(nameOf(level))},
                        {"message", json::string(message)}};
    for (auto const& field : fields) record[field.name] = valueOf(field);
    return json::serialize(record);
  }
  auto line = fmt::format("{} {} {}", time.text(), nameOf(level), message);
  for (auto const& field : fields) line += fmt::format(" {}={}", field.name, textOf(field));
  return line;
}

struct Log::Output {
  static constexpr std::size_t kQueue = 8192;
  std::shared_ptr<spdlog::details::thread_pool> writer = std::make_shared<spdlog::details::thread_pool>(kQueue, 1);
  std::shared_ptr<spdlog::async_logger> logger =
      std::make_shared<spdlog::async_logger>("fundtraild", std::make_shared<spdlog::sinks::stderr_sink_mt>(), writer,
                                             spdlog::async_overflow_policy::overrun_oldest);
};

Log::Log(Format format, Level least, ledger::schema::Language language)
    : format_(format), least_(least), language_(language), output_(std::make_unique<Output>()) {
  output_->logger->set_pattern("%v");
  output_->logger->set_level(spdlog::level::trace);
}

Log::~Log() = default;

void Log::write(Level level, Text const& message, std::initializer_list<Field> fields) {
  if (level < least_) return;
  auto const line = formatRecord(format_, directory::now(), level, message.in(language_), fields);
  output_->logger->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

std::uint64_t Log::dropped() const {
  return output_->writer->overrun_counter();
}

Level levelNamed(std::string_view name) {
  auto const* const found = std::ranges::find(kLevels, name);
  crypto::ensure(found != std::end(kLevels), "the configuration names a level");
  return static_cast<Level>(found - std::begin(kLevels));
}

Format formatNamed(std::string_view name) {
  crypto::ensure(name == "text" || name == "json", "the configuration names a format");
  return name == "json" ? Format::json : Format::text;
}

}  // namespace fundtrail::api::daemon
