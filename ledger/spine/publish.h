// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "crypto/checkpoint.h"
#include "crypto/result.h"
#include "ledger/log/event_log.h"

// The public spine as a folder of files, exactly the resources of c2sp.org/tlog-tiles below the log's prefix, which any
// web server can serve as they are:
//
//   checkpoint                       the newest signed checkpoint
//   tile/<level>/<index>[.p/<w>]     hash tiles
//   tile/entries/<index>[.p/<w>]     entry bundles: statements and signatures, no event
//
// Of the events it holds nothing but hashes, and nobody can guess an event from its hash, since each is salted.

namespace fundtrail::ledger::spine {

/// What publishing came to.
struct Published {
  crypto::Checkpoint checkpoint;
  std::uint64_t before = 0;   // entries that the folder held when it began
  std::uint64_t written = 0;  // tiles and bundles written now
};

/// Brings the folder up to the log's newest checkpoint; makes it if it is absent (its parent must exist). Tiles and
/// bundles are derived from the entries, never copied, and a file is written once: an equal one that is there already
/// is left alone, another is an error. Partial tiles and bundles are those of this checkpoint; those of earlier ones
/// stay. The checkpoint comes last, when all that it covers is durable: whatever ends the program before, the folder
/// still shows the earlier one, whole, and publishing again goes on. What has no name yet stands in a folder
/// "unfinished".
///
/// Errors: notFound for a log without a checkpoint; conflict where the folder holds another log, or more than this log
/// has, or a file that differs, or while another process publishes there; corrupt where the entries do not lead to the
/// checkpoint (nothing was written then) or the folder's checkpoint cannot be read; what reading the log or writing
/// files gives.
///
/// `cosigned` is a note of the newest checkpoint that carries cosignatures too, or empty. Signatures that the folder
/// shows of this checkpoint stay.
[[nodiscard]] crypto::Result<Published> publish(log::EventLog const& log, std::filesystem::path const& folder,
                                                std::string_view cosigned = {});

}  // namespace fundtrail::ledger::spine
