// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/money.h"
#include "ledger/domain/rule.h"
#include "ledger/planting/kinds.h"
#include "ledger/simulation/simulation.h"

// Diversions, frauds and oddities, planted in a simulated history on purpose, with a manifest of what was planted: what
// the audit must find, and what auditors learn on. For simulated ledgers only: it signs with everybody's key.

namespace fundtrail::ledger::planting {

/// So many of a kind.
struct Request {
  Kind const* kind;
  unsigned count = 1;
};

/// Reads "KIND" and "KIND:N", N from 1 to 99. Error: badInput, in both languages, with the nearest kind there is.
[[nodiscard]] crypto::Result<Request> parseRequest(std::string_view text);

/// One that was planted, as it stands on record.
struct Planted {
  Kind const* kind;
  std::vector<std::uint64_t> events;  // their numbers; the first bad one first
  std::vector<std::string> subjects;  // unified social credit codes
  std::uint32_t city;
  domain::Fen amount;       // that went wrong; zero where it is not about an amount
  domain::Text what;        // one sentence
  std::string movements{};  // rows of movementsOf()
  std::string registry{};   // rows of registryOf()
};

/// Whether the ledger would refuse any of it, so that it must be recorded unjudged (recorder.h).
[[nodiscard]] bool breakRules(std::span<Request const> requests);

/// Hands over the simulation's batches behind the founding one with everything requested planted in them, and answers
/// what it was. The same simulation and requests give the same bytes. Error: notFound, in both languages, where the
/// history has no place left for a kind; nothing was handed over then.
[[nodiscard]] crypto::Result<std::vector<Planted>> plant(simulation::Simulation const& simulation, std::uint64_t seed,
                                                         std::span<Request const> requests,
                                                         std::function<void(batch::SignedBatch)> const& sink);

/// What the banks of enterprises and providers would say of it, as a table that the audit takes (CSV: date,
/// from_account, from_name, to_account, to_name, amount in yuan); empty where nothing of the kind was planted.
[[nodiscard]] std::string movementsOf(std::span<Planted const> planted);

/// What the register of companies would say of it, as a table that the audit takes (CSV: uscc, kind, value); empty
/// where nothing of the kind was planted.
[[nodiscard]] std::string registryOf(std::span<Planted const> planted);

/// The manifest, JSON (docs/OUTPUT.md), ending in a line break.
[[nodiscard]] std::string toJson(std::span<Planted const> planted);

}  // namespace fundtrail::ledger::planting
