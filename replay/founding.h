// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the first entry of a log, which founds a ledger.
#pragma once

#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/note.h"
#include "crypto/result.h"
#include "ledger/batch/log_keys.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/rule.h"
#include "ledger/schema/message.h"
#include "replay/trust.h"

namespace fundtrail::replay {

struct Founding {
  ledger::schema::Words statement;  // with a genesis that has been examined
  crypto::HashAlgorithm algorithm;
  ledger::domain::LedgerId ledger;
  std::vector<crypto::NoteVerifier> logKeys;  // at least one; each signs every checkpoint
  std::string programme;
};

/// What entry 0 says of itself; that its signature holds, nobody has checked. Error: badInput. The entry need not be
/// aligned.
[[nodiscard]] crypto::Result<Founding> readFounding(crypto::BytesView entry);

/// Where a ledger is not the one that the auditor trusts: a sentence for each thing that differs.
[[nodiscard]] std::vector<ledger::domain::Text> contradictions(Trust const& trust,
                                                               ledger::domain::LedgerId const& ledger,
                                                               std::span<crypto::NoteVerifier const> logKeys);

/// The keys that must have signed the log's checkpoints: those that it was founded with, unless the auditor knows
/// another, whose word goes before what the log says of itself.
[[nodiscard]] std::vector<crypto::NoteVerifier> signingKeys(Trust const& trust,
                                                            std::span<crypto::NoteVerifier const> logKeys);

using ledger::batch::logKeysOf;
using ledger::batch::openCheckpoint;

/// How reports write the keys: each as a vkey.
[[nodiscard]] std::vector<std::string> vkeysOf(std::span<crypto::NoteVerifier const> keys);

}  // namespace fundtrail::replay
