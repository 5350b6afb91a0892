// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/result.h"
#include "ledger/attestation/attestations.h"
#include "ledger/bundle/format.h"
#include "ledger/domain/city_code.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::bundle {

/// One city's bundle: which of the log's events keep their bodies, by number. Events behind the end of the list have
/// none.
struct CityEvents {
  domain::CityCode city;
  std::vector<bool> kept;
};

struct Request {
  std::uint64_t from = 0;            // the first batch
  std::optional<CityEvents> city{};  // nothing: every body
  std::vector<std::string> policies{};
  std::size_t frameBytes = kFullFrame;  // a frame ends with the batch that brings its content to so many
};

/// What a bundle came to.
struct Exported {
  crypto::Checkpoint checkpoint;
  log::LogSize size;            // batches and events in the bundle
  std::uint64_t leftOut = 0;    // of those events
  std::uint64_t bytes = 0;      // of the file
  std::uint64_t resumedAt = 0;  // the first batch that was written now, where an earlier export was cut off; else 0
};

/// Called now and then: batches done, of so many.
using Progress = std::function<void(std::uint64_t done, std::uint64_t of)>;

/// Writes the log from batch `from` up to its newest checkpoint, what outsiders said of its checkpoints until then, and
/// the policies, into a bundle. It grows as `file` with ".part" at its end, in memory for one frame and one batch; the
/// file gets its name when it is whole and durable.
///
/// Where such a part is there already, the export goes on behind its last whole frame, up to the checkpoint with which
/// it was begun: what the log has gained since then is not in it, and is the next bundle's. If nothing new was said of
/// the checkpoints, the file is the same, byte by byte, as that of an export which nobody cut off.
///
/// The batches are checked on the way: their events are those that were signed, and the entries lead to the checkpoint.
/// Errors: notFound for a log without a checkpoint; badInput where the checkpoint covers no batch from `from` on;
/// conflict where `file` exists, while another program writes its part, or where the part is of another request or
/// history; corrupt where the log does not hold what it must; unsupported for a batch that no frame can hold; what
/// reading the log or writing files gives. The part then stays as far as it is whole.
[[nodiscard]] crypto::Result<Exported> write(log::EventLog const& log, attestation::Attestations const& attestations,
                                             Request const& request, std::filesystem::path const& file,
                                             Progress const& progress = {});

}  // namespace fundtrail::ledger::bundle
