// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/note.h"
#include "crypto/result.h"
#include "ledger/schema/batch.capnp.h"

// The public keys of a log, which its genesis names, and what they have signed.

namespace fundtrail::ledger::batch {

/// As an examined genesis names them: one or two. Error: badInput for an origin that can name no key, or for a key that
/// cannot be read.
[[nodiscard]] crypto::Result<std::vector<crypto::NoteVerifier>> logKeysOf(schema::Genesis::Reader genesis);

/// The checkpoint that a note states, if each of these keys (at least one, all of one log) has signed it, and it is
/// that log's. Error: denied.
[[nodiscard]] crypto::Result<crypto::Checkpoint> openCheckpoint(std::string_view note,
                                                                std::span<crypto::NoteVerifier const> keys);

}  // namespace fundtrail::ledger::batch
