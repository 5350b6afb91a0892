// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <utility>

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/array.h>

#include "crypto/bytes.h"
#include "ledger/schema/limits.h"

namespace fundtrail::ledger::schema {

/// The bytes of one canonical Cap'n Proto message (one segment, no segment table), owned, and aligned as Cap'n Proto
/// needs them: what is signed, hashed and stored. A value: copies are deep. A moved-from object is empty.
class Words {
 public:
  Words() = default;
  explicit Words(kj::Array<capnp::word> words) : words_(std::move(words)) {}
  Words(Words const& other) : Words(copyOf(other.bytes())) {}
  Words(Words&&) noexcept = default;
  Words& operator=(Words other) noexcept {
    words_ = std::move(other.words_);
    return *this;
  }
  ~Words() = default;

  /// Foreign bytes, copied to where they are aligned. A length that is not a multiple of 8 is rounded down: check it
  /// first, as checkShape does.
  static Words copyOf(crypto::BytesView bytes);

  crypto::BytesView bytes() const;

  friend bool operator==(Words const& left, Words const& right);

 private:
  kj::Array<capnp::word> words_;
};

/// The canonical form of a struct: the one encoding of its content. Equal content gives equal bytes, whoever built it;
/// a text or list that was set to nothing differs from one that was never set.
template <class T>
Words canonical(typename T::Reader reader) {
  return Words(capnp::canonicalize(reader));
}

template <class T>
Words canonical(typename T::Builder builder) {
  return canonical<T>(builder.asReader());
}

/// Whether the bytes are a whole number of words and stand where a word may stand.
bool isAligned(crypto::BytesView bytes);

/// Reads a canonical message where it lies, without copying. The bytes must be aligned, must outlive the object, and
/// must have passed checkShape<T>: then no read fails, and none is limited (canonical bytes have no two pointers to one
/// object, so reading them once costs no more than their length, and rules read as often as they like). On other bytes,
/// reads may throw kj::Exception. One thread at a time.
template <class T>
class Message {
 public:
  explicit Message(crypto::BytesView bytes) : Message(bytes, std::numeric_limits<std::uint64_t>::max()) {}

  /// With a limit on the words that may be read in all: for bytes that nobody has checked.
  Message(crypto::BytesView bytes, std::uint64_t traversalLimitInWords)
      : segment_(reinterpret_cast<capnp::word const*>(bytes.data()), bytes.size() / sizeof(capnp::word)),
        reader_(kj::arrayPtr(&segment_, 1), {traversalLimitInWords, kMaxNesting}) {}

  Message(Message const&) = delete;
  Message& operator=(Message const&) = delete;

  typename T::Reader root() const { return reader_.template getRoot<T>(); }

 private:
  kj::ArrayPtr<capnp::word const> segment_;
  mutable capnp::SegmentArrayMessageReader reader_;  // getRoot is not const, but changes nothing that can be seen
};

}  // namespace fundtrail::ledger::schema
