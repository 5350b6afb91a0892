// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/attestation/attestations.h"
#include "ledger/domain/city_code.h"
#include "ledger/log/event_log.h"

// What a bundle's frames hold: records, one after the other (docs/LOG_FORMAT.md, "Bundle"). A bundle is a copy of a log
// in one file, to be handed to an auditor.
//
//   head, { entry, { event | leftOut } }, { note }, { stamp }, { policy }, [ trust ], end
//
// The first frame holds the head alone; a batch (an entry and what follows of its events) never goes over the end of a
// frame; what comes behind the last batch begins in a frame of its own.

namespace fundtrail::ledger::bundle {

inline constexpr std::uint32_t kFormatVersion = 1;

/// The exporter ends a frame with the batch that brings its content to so many bytes; a reader relies on it not.
inline constexpr std::size_t kFullFrame = std::size_t{1} << 20U;
/// No frame's content is larger. A ledger's batch has 4 MiB of events.
inline constexpr std::size_t kMaxFrameContent = std::size_t{8} << 20U;
/// So many bytes of notes, stamps and policies a reader takes of one bundle.
inline constexpr std::size_t kMaxBeside = std::size_t{128} << 20U;
inline constexpr std::size_t kMaxPolicy = 256 * 1024;  // bytes

/// Ordered as they stand behind the batches. Never renumber.
enum class RecordType : std::uint8_t {
  head = 1,
  entry = 2,    // a batch begins: its entry
  event = 3,    // its next event
  leftOut = 4,  // its next events, one or more, of which this copy has only the leaf hashes
  note = 5,     // a checkpoint's note, with cosignatures
  stamp = 6,    // a checkpoint's note, and an authority's time-stamp of it
  policy = 7,   // a trust policy that the exporter put in: whom it, and nobody else, suggests to trust
  trust = 8,    // a trust file by the exporter: what the log says of itself
  end = 9,
};

struct Record {
  RecordType type{};
  crypto::BytesView body;  // begins on a multiple of 8 within the content
};

/// Which part of which log a bundle holds.
struct Head {
  crypto::HashAlgorithm algorithm{};
  std::optional<domain::CityCode> city;  // nothing: no event is left out; else events of other cities may be
  std::uint64_t from = 0;                // the first batch
  std::uint64_t firstEvent = 0;          // and its first event
  std::vector<crypto::Digest> frontier;  // of the tree over the batches before (crypto::Frontier::nodes)
  std::string checkpoint;                // the note that covers the last batch
  friend bool operator==(Head const&, Head const&) = default;
};

/// What a reader compares with what it has read.
struct End {
  log::LogSize size;          // of the log, behind the last batch
  std::uint64_t leftOut = 0;  // events of this bundle
  friend bool operator==(End const&, End const&) = default;
};

/// Adds a record to the content of a frame. The body has less than 2^32 bytes.
void append(crypto::Bytes& content, RecordType type, crypto::BytesView body);

[[nodiscard]] crypto::Bytes encode(Head const& head);
[[nodiscard]] crypto::Bytes encode(End const& end);
[[nodiscard]] crypto::Bytes encode(attestation::Stamp const& stamp);

/// The inverses: what encode() does not make is refused. Errors: corrupt; of a head also badInput for what is no bundle
/// at all, and unsupported for a later version.
[[nodiscard]] crypto::Result<Head> decodeHead(crypto::BytesView body);
[[nodiscard]] crypto::Result<End> decodeEnd(crypto::BytesView body);
[[nodiscard]] crypto::Result<attestation::Stamp> decodeStamp(crypto::BytesView body);

/// The records of a frame's content, which begins on a multiple of 8 in memory; views into it. Error: corrupt for
/// anything but whole records.
[[nodiscard]] crypto::Result<std::vector<Record>> recordsOf(crypto::BytesView content);

/// Whether a record may follow another, by their types; and whether it may begin a frame.
[[nodiscard]] bool mayFollow(RecordType before, RecordType next);

/// A bundle that is not whole, or was altered; `why` goes on after a colon.
[[nodiscard]] crypto::Error damaged(std::string_view whyZh, std::string_view why);

}  // namespace fundtrail::ledger::bundle
