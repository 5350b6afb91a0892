// SPDX-License-Identifier: Apache-2.0
#include "replay/time/moment.h"

#include <fmt/format.h>

namespace fundtrail::replay::time {

namespace domain = ledger::domain;
using crypto::Error;
using crypto::ErrorKind;
using ledger::projections::AsOf;

namespace {

constexpr std::string_view kCheckpoint = "checkpoint:";

crypto::Result<AsOf> atPosition(std::uint64_t position, std::optional<domain::Date> on, std::uint64_t lawful) {
  if (position <= lawful) return AsOf{domain::EventNumber(position), on};
  return Error{ErrorKind::notFound,
               fmt::format("{} events are asked for, {} can be shown: name {} or fewer", position, lawful, lawful),
               fmt::format("要求前 {} 个事件，可以显示的只有 {} 个：请给出不大于 {} 的数", position, lawful, lawful)};
}

crypto::Result<AsOf> atCheckpoint(std::uint64_t size, ledger::log::EventLog const& log, std::uint64_t lawful) {
  auto const [batches, events] = log.size();
  if (size > batches) {
    return Error{ErrorKind::notFound,
                 fmt::format("a checkpoint of {} batches is asked for, the log holds {}", size, batches),
                 fmt::format("要求 {} 批的检查点，日志只有 {} 批", size, batches)};
  }
  if (size == batches) return atPosition(events, std::nullopt, lawful);
  auto const cursor = log.read(domain::BatchNumber(size));
  auto const next = cursor->next();
  if (!next) return next.error();
  return atPosition(*next ? (*next)->firstEvent.value() : events, std::nullopt, lawful);
}

}  // namespace

crypto::Result<AsOf> momentNamed(std::string_view text, std::optional<std::uint64_t> knownAt,
                                 ledger::log::EventLog const& log, std::uint64_t lawful) {
  auto const date = text.find('-') == std::string_view::npos ? std::nullopt : domain::Date::parse(text);
  if (date) return atPosition(knownAt.value_or(lawful), date, lawful);
  if (knownAt) {
    return Error{ErrorKind::badInput,
                 fmt::format("--known-at goes with a date, and {} is none: write it as 2025-05-21", text),
                 fmt::format("--known-at 只与日期同用，而“{}”不是日期：请写作 2025-05-21", text)};
  }
  if (text.starts_with(kCheckpoint)) {
    auto const size = domain::BatchNumber::parse(text.substr(kCheckpoint.size()));
    if (size) return atCheckpoint(size->value(), log, lawful);
  } else if (auto const position = domain::EventNumber::parse(text)) {
    return atPosition(position->value(), std::nullopt, lawful);
  }
  return Error{
      ErrorKind::badInput,
      fmt::format("{} is no point in time: write a number of events, checkpoint:SIZE, or a date as 2025-05-21", text),
      fmt::format("“{}”不是时点：请写事件数、checkpoint:批数，或形如 2025-05-21 的日期", text)};
}

bool isContained(AsOf const& earlier, AsOf const& later) {
  return earlier.position->value() <= later.position->value() &&
         (!later.on || (earlier.on && *earlier.on <= *later.on));
}

}  // namespace fundtrail::replay::time
