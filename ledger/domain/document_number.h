// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/domain/value_hash.h"

namespace fundtrail::ledger::domain {

/// The number of an official document (文号): 机关代字〔年〕序号号, for example 粤工信工业互联网函〔2026〕18号. A
/// value; one document has one such number, with or without 第.
class DocumentNumber {
 public:
  static constexpr std::uint32_t kMaxSequence = 999'999;  ///< far above what any office issues in a year

  /// Reads an issuer code of 1 … 30 ideographs or ASCII letters, a year of 1950 … 2099 between U+3014 and U+3015, an
  /// optional 第, a sequence number without leading zeros, and 号. nullopt for anything else: other brackets are
  /// refused so that one document cannot be used twice under two spellings.
  static std::optional<DocumentNumber> parse(std::string_view text);

  /// The issuer code (机关代字). Valid as long as this object.
  std::string_view issuer() const { return issuer_; }
  std::uint32_t year() const { return year_; }
  std::uint32_t sequence() const { return sequence_; }
  /// The normal form, without 第.
  std::string text() const;

  friend auto operator<=>(DocumentNumber const&, DocumentNumber const&) = default;
  friend std::size_t hash_value(DocumentNumber const& value) noexcept {
    return std::hash<std::string>()(value.issuer_) ^ std::hash<std::uint64_t>()(value.yearAndSequence() * kSpread);
  }

 private:
  static constexpr std::uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;  // 2^64 / golden ratio: neighbours end up far apart

  DocumentNumber(std::string_view issuer, std::uint32_t year, std::uint32_t sequence)
      : issuer_(issuer), year_(year), sequence_(sequence) {}
  std::uint64_t yearAndSequence() const { return std::uint64_t{year_} << 32 | sequence_; }

  std::string issuer_;
  std::uint32_t year_;
  std::uint32_t sequence_;
};

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::DocumentNumber>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::DocumentNumber> {};
