// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "ledger/batch/batch.h"
#include "ledger/domain/read.h"
#include "ledger/log/memory_log.h"
#include "ledger/simulation/simulation.h"

// A log in memory with what a simulation made up.

namespace fundtrail::tests {

inline constexpr ledger::simulation::Plan kSimulated{.seed = 3, .enterprises = 60, .alone = false};

/// Writes a batch as the ledger would, and judges nothing. `events` are what is stored, which may differ from what was
/// signed.
inline void write(ledger::log::EventLog& log, ledger::batch::SignedBatch const& batch,
                  std::vector<crypto::BytesView> const& events) {
  namespace domain = ledger::domain;
  namespace schema = ledger::schema;
  schema::Message<schema::Statement> const statement(batch.statement.bytes());
  auto const at = *domain::Instant::fromMilliseconds(statement.root().getAuthoredAt());
  auto const entry = ledger::batch::makeEntry(batch, at, domain::EventNumber(log.size().events));
  ledger::log::IdempotencyKey key{};
  std::ranges::copy(statement.root().getIdempotencyKey(), key.begin());
  ledger::log::PreparedBatch const prepared[] = {
      {entry.bytes(), events, domain::readKeyId(statement.root().getAuthorKey()), key, {}}};
  ASSERT_TRUE(log.append(prepared));
}

inline void write(ledger::log::EventLog& log, ledger::batch::SignedBatch const& batch) {
  write(log, batch, batch.events.views());
}

inline std::shared_ptr<ledger::log::MemoryLog> makeSimulatedLog(ledger::simulation::Signing const& signing = {}) {
  auto plan = kSimulated;
  plan.signing = signing;
  ledger::simulation::Simulation const simulation(plan);
  auto made = std::make_shared<ledger::log::MemoryLog>(simulation.hashAlgorithm());
  write(*made, simulation.genesis());
  simulation.run([&](ledger::batch::SignedBatch const& batch) { write(*made, batch); });
  return made;
}

/// Made once, in the standard profile.
inline ledger::log::EventLog const& simulatedLog() {
  static auto const log = makeSimulatedLog();
  return *log;
}

}  // namespace fundtrail::tests
