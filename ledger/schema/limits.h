// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace fundtrail::ledger::schema {

/// What one signature may cover. A batch is the unit that lands or does not, so its limits bound the memory and the
/// time of one decision.
inline constexpr std::size_t kMaxBatchEvents = 8192;
inline constexpr std::size_t kMaxBatchBytes = 4 * 1024 * 1024;  ///< Sum over the batch's events.

/// Longest event. Events are stored in groups and shown one at a time: a larger one would be a file, and files stay
/// outside.
inline constexpr std::size_t kMaxEventBytes = 64 * 1024;

/// Longest leaf of the public log, which anyone may download; the one that founds the ledger also carries the founding
/// keys.
inline constexpr std::size_t kMaxEntryBytes = 1024;
inline constexpr std::size_t kMaxGenesisEntryBytes = 8 * 1024;

/// Longest parcel that a client hands in: its events, and room for the pointers to them, the statement and the
/// signature.
inline constexpr std::size_t kMaxSignedBatchBytes = kMaxBatchBytes + 8 * kMaxBatchEvents + 2 * kMaxGenesisEntryBytes;

/// Longest receipt that is read. Those of a programme's events have some 6 KiB; an event of 64 KiB, a deep chain of
/// enrolments and many witnesses need more.
inline constexpr std::size_t kMaxReceiptBytes = 1024 * 1024;

/// What holds for fields that state no limit of their own (ledger/schema/annotations.capnp): bytes, bytes, elements.
inline constexpr std::size_t kDefaultMaxText = 256;
inline constexpr std::size_t kDefaultMaxData = 64;
inline constexpr std::size_t kDefaultMaxItems = 64;

/// Largest amount in either direction, in fen (10 万亿元): every 64-bit field whose name ends in Fen keeps to it, so
/// that sums of any batch fit in 64 bits. The same as domain::Fen::kMaxMagnitude.
inline constexpr std::int64_t kMaxAmountFen = 1'000'000'000'000'000;

inline constexpr std::size_t kSaltBytes = 16;
inline constexpr std::size_t kIdempotencyKeyBytes = 16;

/// Structs within structs. No event needs more than four; Cap'n Proto's reader refuses deeper messages.
inline constexpr int kMaxNesting = 16;

}  // namespace fundtrail::ledger::schema
