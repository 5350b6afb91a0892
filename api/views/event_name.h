// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "api/views/reader.h"
#include "crypto/result.h"
#include "ledger/domain/refs.h"

namespace fundtrail::api::views {

/// How a person names an event: by its number on record, or by its hash or the beginning of it. A value.
class EventName {
 public:
  /// `events`: how many are on record.
  EventName(std::string const& text, std::uint64_t events);
  [[nodiscard]] bool makesSense() const { return number_ || prefix_; }
  /// Nothing where it is named by its hash.
  [[nodiscard]] std::optional<ledger::domain::EventNumber> number() const { return number_; }
  [[nodiscard]] bool is(ledger::domain::EventNumber number, ledger::domain::EventRef const& ref) const;
  /// How many events must be looked at.
  [[nodiscard]] std::uint64_t upTo(std::uint64_t events) const { return number_ ? number_->value() + 1 : events; }

 private:
  std::optional<ledger::domain::EventNumber> number_;
  std::optional<std::string> prefix_;
};

[[nodiscard]] crypto::Error notOnRecord(Reader const& reader, std::string const& event, std::uint64_t events);
/// Several events bear the name.
[[nodiscard]] crypto::Error ambiguous(Reader const& reader, std::string const& event, std::size_t found);

}  // namespace fundtrail::api::views
