// SPDX-License-Identifier: Apache-2.0
// Private to this folder: what every implementation of the log refuses, in the same words.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "crypto/checkpoint.h"
#include "crypto/digest.h"
#include "crypto/result.h"
#include "crypto/tiles.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::log {

/// Errors: badInput for an entry or an event that is too large.
crypto::Result<void> checkRecordSizes(std::span<PreparedBatch const> group);

/// The checkpoint that the note states. Errors: badInput for what is not one; conflict when it is of a larger tree than
/// the log's, or states another root than the log had at that size; the tile reader's own.
crypto::Result<crypto::Checkpoint> checkAgreement(std::string_view note, crypto::HashAlgorithm algorithm,
                                                  std::uint64_t treeSize, crypto::TileReader readTile);

/// Errors: conflict when the checkpoint is of a smaller tree than the stored note, if any, that it is to replace.
crypto::Result<void> checkGrowth(std::optional<std::string> const& storedNote, crypto::Checkpoint const& checkpoint);

crypto::Error noSuchBatch(std::uint64_t number, std::uint64_t batches);
crypto::Error noSuchEvent(std::uint64_t number, std::uint64_t events);
crypto::Error noSuchTile(crypto::TileId tile);

}  // namespace fundtrail::ledger::log
