// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "crypto/result.h"
#include "ledger/log/event_log.h"
#include "ledger/projections/as_of.h"

namespace fundtrail::replay::time {

/// What a reader names as a point in time:
///   N                the first N events of the log
///   checkpoint:SIZE  the events of its first SIZE batches, the founding one included, which a checkpoint of that size
///                    covers
///   YYYY-MM-DD       the events dated to that day, among the first `knownAt` ones; all of `lawful` if that is not
///   given
/// `lawful` is how many of the log's first events may be shown. Errors, in both languages: badInput for any other text,
/// and for knownAt beside what is no date; notFound for a point behind what may be shown; what reading the log gives.
[[nodiscard]] crypto::Result<ledger::projections::AsOf> momentNamed(std::string_view text,
                                                                    std::optional<std::uint64_t> knownAt,
                                                                    ledger::log::EventLog const& log,
                                                                    std::uint64_t lawful);

/// Whether every event that counts at `earlier` counts at `later` too.
[[nodiscard]] bool isContained(ledger::projections::AsOf const& earlier, ledger::projections::AsOf const& later);

}  // namespace fundtrail::replay::time
