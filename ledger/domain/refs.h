// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "ledger/domain/value_hash.h"

namespace fundtrail::ledger::domain {

/// A digest that names something, of a type of its own per kind of thing, so that one kind is never taken for another.
/// A value.
template <class Kind>
class DigestRef {
 public:
  explicit DigestRef(crypto::Digest const& digest) : digest_(digest) {}
  /// nullopt unless there are exactly as many bytes as a digest has.
  static std::optional<DigestRef> from(crypto::BytesView bytes) {
    auto const digest = crypto::Digest::from(bytes);
    return digest ? std::optional(DigestRef(*digest)) : std::nullopt;
  }
  /// Reads exactly what text() writes, and the same in upper case; nullopt for anything else.
  static std::optional<DigestRef> parse(std::string_view hex) {
    auto const bytes = crypto::fromHex(hex);
    return bytes ? from(*bytes) : std::nullopt;
  }

  crypto::Digest const& digest() const { return digest_; }
  /// 64 lowercase hexadecimal digits.
  std::string text() const { return digest_.hex(); }

  friend auto operator<=>(DigestRef const&, DigestRef const&) = default;
  friend std::size_t hash_value(DigestRef const& ref) noexcept { return crypto::DigestHash()(ref.digest_); }

 private:
  crypto::Digest digest_;
};

/// The leaf hash of an event: how one event names another.
using EventRef = DigestRef<struct EventRefKind>;
/// The hash of a public key's SubjectPublicKeyInfo.
using KeyId = DigestRef<struct KeyIdKind>;
/// The hash of the genesis entry's statement: what a signature is bound to.
using LedgerId = DigestRef<struct LedgerIdKind>;

/// A position, counted from 0, of a type of its own per sequence. A value.
template <class Sequence>
class Position {
 public:
  constexpr explicit Position(std::uint64_t value) : value_(value) {}
  /// Reads a decimal number without sign, spaces or leading zeros; nullopt for anything else, too large included.
  static std::optional<Position> parse(std::string_view decimal);

  constexpr std::uint64_t value() const { return value_; }
  /// The decimal number.
  std::string text() const { return std::to_string(value_); }

  friend constexpr auto operator<=>(Position, Position) = default;
  friend constexpr std::size_t hash_value(Position position) noexcept { return position.value_; }

 private:
  std::uint64_t value_;
};

/// The position of an event among all events of the ledger.
using EventNumber = Position<struct EventSequence>;
/// The position of a batch's entry in the log.
using BatchNumber = Position<struct BatchSequence>;

extern template class Position<EventSequence>;
extern template class Position<BatchSequence>;

}  // namespace fundtrail::ledger::domain

template <class Kind>
struct std::hash<fundtrail::ledger::domain::DigestRef<Kind>>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::DigestRef<Kind>> {};
template <class Sequence>
struct std::hash<fundtrail::ledger::domain::Position<Sequence>>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::Position<Sequence>> {};
