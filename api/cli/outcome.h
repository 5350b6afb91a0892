// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "api/cli/session.h"
#include "crypto/result.h"
#include "ledger/batch/batch.h"
#include "ledger/ledger.h"

namespace fundtrail::api::cli {

/// Prints what a batch would record: each event with the money that it states, and of each type the number and sum.
void printEvents(Session const& session, ledger::batch::EventList const& events);

/// Prints where a batch stands: its number, the size of the newest checkpoint, each event's number, hash and money, and
/// of each type the number and sum.
crypto::Result<void> printBatch(Session const& session, ledger::log::EventLog const& log,
                                ledger::domain::BatchNumber batch);

/// The same of a batch whose events are at hand, recorded from `firstEvent` on.
void printRecorded(Session const& session, crypto::HashAlgorithm algorithm, std::uint64_t batch, std::uint64_t treeSize,
                   std::uint64_t firstEvent, std::span<crypto::BytesView const> events);

/// The rule, its clause, the reason, and what to do, on one line.
std::string refusalText(Session const& session, ledger::BatchRefused const& refused);

/// What is worth a second look about a lawful batch: a line each, where the errors go.
void printWarnings(Session const& session, std::span<ledger::BatchWarning const> warnings);

/// Hands a batch in and waits for the answer. Error: also where the rules refuse it, for batches that this program made
/// itself and that must be lawful.
crypto::Result<ledger::Recorded> mustRecord(Session const& session, ledger::Ledger& ledger,
                                            ledger::batch::SignedBatch batch);
crypto::Result<ledger::Recorded> recordedOf(Session const& session, ledger::Outcome outcome);

}  // namespace fundtrail::api::cli
