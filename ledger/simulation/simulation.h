// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/refs.h"

namespace fundtrail::ledger::simulation {

/// The Ed25519 key of a name: from its SHA-256 hash, for ever the same.
[[nodiscard]] crypto::PrivateKey ed25519KeyOf(std::string_view name);

/// In which profile a simulated ledger is founded, and whose key is whose in it.
struct Signing {
  schema::Profile profile = schema::Profile::STANDARD;
  crypto::PrivateKey (*keyOf)(std::string_view name) = &ed25519KeyOf;  // one that the profile takes
};

/// What is to be simulated. The same plan gives the same bytes on every machine, but for signatures that are random by
/// nature (SM2's), and what names entries by their hashes.
struct Plan {
  std::uint64_t seed = 1;
  unsigned enterprises = 400;  // shared out over the 14 cities in proportion to their minimum counts
  bool alone = false;          // every event is a batch of its own
  Signing signing{};
};

/// A history of the Guangdong programme from January 2024 to July 2026, made up from a seed and lawful throughout: real
/// cities, tranches, rules and (from 400 enterprises on) published award batches; made-up people, enterprises and
/// projects, whose organisations and documents say so （模拟）. From a few hundred enterprises on, every type of event
/// occurs that the rules know: all purposes, support in advance and afterwards, a catalogue in each city, the bank's
/// statements, what the audit finds, closed periods, final settlements; and in proportion what goes wrong and is put
/// right. The log's conclusions aside, the events are the same together or alone.
///
/// A value; one thread at a time.
class Simulation {
 public:
  explicit Simulation(Plan plan);

  /// The founding batch: two security administrators, a system administrator and the ledger's operator; origin
  /// "fundtrail.example/gd-sme-digital".
  [[nodiscard]] batch::SignedBatch const& genesis() const { return genesis_; }
  [[nodiscard]] domain::LedgerId const& ledgerId() const { return ledger_; }
  [[nodiscard]] crypto::HashAlgorithm hashAlgorithm() const { return batch::hashOf(plan_.signing.profile); }
  /// When the founding batch is signed, and accepted. Every later batch is accepted at the time its author states: the
  /// ledger's clock must give that back (Options::clock).
  [[nodiscard]] domain::Instant foundedAt() const;

  /// The key that signs checkpoints.
  [[nodiscard]] crypto::PrivateKey logKey() const;
  /// The persons whose keys stand in the genesis.
  [[nodiscard]] std::vector<std::string> founders() const;
  /// The key that a person of this simulation signs with; `generation` counts from 0 and grows when a key is replaced.
  /// Whoever knows the seed knows every key: for simulated ledgers only.
  [[nodiscard]] crypto::PrivateKey keyOf(std::string_view person, unsigned generation = 0) const;

  /// Hands each batch after the founding one to the sink, in order. The batches build on each other: each must be
  /// accepted, at the time it states, before the next. Can be called again, with the same effect.
  void run(std::function<void(batch::SignedBatch)> const& sink) const;

 private:
  Plan plan_;
  batch::SignedBatch genesis_;
  domain::LedgerId ledger_;
};

}  // namespace fundtrail::ledger::simulation
