// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "crypto/checkpoint.h"
#include "crypto/result.h"
#include "ledger/attestation/attestations.h"
#include "ledger/log/event_log.h"

// A backup of a ledger: a folder of bundles (docs/LOG_FORMAT.md, "Bundle"), each of which goes on where the one before
// ends, and the ledger's keys.
//
//   000000000000.bundle    the batches from 0 on; what was added later stands in further ones, named by their first
//   batch keys/                  copies of the ledger's key files, for their owner alone
//
// Each bundle is written once. fundtrail-replay proves a backup as it stands: `verify --log` takes the bundles, in
// order.

namespace fundtrail::ledger::backup {

/// Batches done, of so many; called now and then.
using Progress = std::function<void(std::uint64_t done, std::uint64_t of)>;

struct BackedUp {
  crypto::Checkpoint checkpoint;  // up to which the backup goes
  std::uint64_t before = 0;       // batches that it held already
  std::uint64_t bundles = 0;      // in the folder
  std::uint64_t bytes = 0;        // written now; 0: there was nothing new
};

/// Adds to the backup what the log has gained up to its newest checkpoint. Works on a log that is open for reading
/// while another program writes to it. The folder is made if it is absent (its parent must exist); what is in it is
/// read whole and must be the beginning of this log, so that a damaged or foreign backup is noticed now and not on the
/// day on which it is needed. `keys`: the folder of the ledger's keys; nothing: they are kept elsewhere.
///
/// Cut off at any moment, the backup is what it was, and the next one goes on. Errors: notFound for a log without a
/// checkpoint; conflict where the backup is of another history, or goes further than this log, or while another program
/// writes there; corrupt where a bundle is damaged; what reading and writing files gives.
[[nodiscard]] crypto::Result<BackedUp> write(log::EventLog const& log, attestation::Attestations const& attestations,
                                             std::optional<std::filesystem::path> const& keys,
                                             std::filesystem::path const& folder, Progress const& progress = {});

struct Restored {
  crypto::Checkpoint checkpoint;
  log::LogSize size;
};

/// How a log for the restored ledger is made: empty, open for writing; it outlives the call.
using MakeLog = std::function<crypto::Result<log::EventLog*>(crypto::HashAlgorithm)>;

/// Builds the ledger's log again out of the backup, and its attestations and keys (into `keys`, which must exist and be
/// empty). Everything is judged on the way, and nothing is taken over unseen: each event is what its batch's author
/// signed, each signature holds, every rule admits it, the indexes are derived from the events, and the tree over the
/// entries leads to the checkpoint, which the log's own keys signed. Where that does not hold the log must be thrown
/// away.
///
/// Errors: notFound where there is no backup; corrupt where it is damaged or not what its checkpoint says, naming the
/// batch; what reading and writing give.
[[nodiscard]] crypto::Result<Restored> restore(std::filesystem::path const& folder, MakeLog const& makeLog,
                                               attestation::Attestations const& attestations,
                                               std::filesystem::path const& keys, Progress const& progress = {});

}  // namespace fundtrail::ledger::backup
