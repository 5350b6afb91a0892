// SPDX-License-Identifier: Apache-2.0
// Batches made up for tests of the log, which looks at no record's inside.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::log::testing {

struct SampleBatch {
  crypto::Bytes entry;
  std::vector<crypto::Bytes> events;
  domain::KeyId author{crypto::Digest{}};
  IdempotencyKey idempotencyKey{};
  std::vector<domain::UsedNumber> usedNumbers;

  friend bool operator==(SampleBatch const&, SampleBatch const&) = default;
};

/// The batch that belongs at that place: everything in it follows from the number alone, its size included.
SampleBatch sampleBatch(std::uint64_t number);

/// Batches [first, first + count).
std::vector<SampleBatch> sampleBatches(std::uint64_t first, std::size_t count);

crypto::Result<void> append(EventLog& log, std::vector<SampleBatch> const& group);

/// The root over the entries, computed without the log.
crypto::Digest rootOfEntries(crypto::HashAlgorithm algorithm, std::vector<SampleBatch> const& batches);

/// A signed note whose checkpoint says so.
std::string checkpointNote(std::uint64_t size, crypto::Digest const& root);

/// Fails the test unless the log holds exactly these batches, however it is asked: sizes, root, records one by one and
/// in sequence, indexes, tiles.
void expectHolds(EventLog const& log, std::vector<SampleBatch> const& batches);

}  // namespace fundtrail::ledger::log::testing
