// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "ledger/batch/batch.h"
#include "ledger/log/event_log.h"
#include "ledger/log/memory_log.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/simulation/simulation.h"
#include "replay/verify.h"
#include "tests/support/domain_ledger.h"

// Ledgers for tests of the replay: a simulated history, and a scribe who writes into a log what he is told, past every
// rule of the ledger.

namespace fundtrail::replay {

namespace batch = ledger::batch;
namespace schema = ledger::schema;

/// A batch and the numbers that it uses up.
struct Recorded {
  batch::SignedBatch batch;
  std::vector<domain::UsedNumber> numbers;
};

/// A simulated history, lawful throughout. The founding batch comes first.
struct History {
  ledger::simulation::Simulation simulation;
  std::vector<Recorded> batches;
  tests::DomainLedger end;  // the rules' ledger behind all of them

  static History of(ledger::simulation::Signing const& signing);
  /// The one that tests share: made once, in the standard profile. tests/replay/each_profile.h has the other.
  static History const& shared();
};

/// The rules' ledger after the first `count` batches of the history.
tests::DomainLedger ledgerAfter(std::size_t count, History const& history = History::shared());

/// Writes batches as accepted when they were authored, each where the log ends.
void write(log::EventLog& log, batch::SignedBatch const& batch, std::span<domain::UsedNumber const> numbers = {});
void write(log::EventLog& log, std::span<Recorded const> batches);
/// Signs and stores a checkpoint of all that the log holds.
void seal(log::EventLog& log, crypto::PrivateKey key = History::shared().simulation.logKey());

/// A sealed log in memory of the first `count` batches.
std::unique_ptr<log::MemoryLog> logOf(std::size_t count, History const& history = History::shared());

/// The event of this type that comes first in the history, but for the first `skip`. It stands at one place in every
/// profile.
struct Found {
  std::size_t batch;
  std::size_t event;
};
Found find(schema::Event::Which type, std::size_t skip = 0);

/// The key that signed the batch.
crypto::PrivateKey authorOf(batch::SignedBatch const& signedBatch, History const& history = History::shared());

/// The batch with one event changed, signed anew.
batch::SignedBatch altered(batch::SignedBatch const& original, std::size_t event,
                           std::function<void(schema::Event::Builder)> const& change, crypto::PrivateKey const& key,
                           History const& history = History::shared());

/// The report of a replay that runs; a failure to run ends the test.
Report replayOf(log::EventLog const& log, Trust const& trust = {}, unsigned threads = 2);

/// The kinds of all findings, in order.
std::vector<FindingKind> kindsOf(Report const& report);

}  // namespace fundtrail::replay
