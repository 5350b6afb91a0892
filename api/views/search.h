// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/views/event_name.h"
#include "api/views/reader.h"
#include "crypto/result.h"
#include "ledger/domain/case.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/state.h"
#include "ledger/projections/journal.h"

// Finding what a reader names.

namespace fundtrail::api::views {

[[nodiscard]] crypto::Error notACreditCode(Reader const& reader, std::string const& text);
[[nodiscard]] crypto::Error notRegistered(Reader const& reader, std::string const& uscc);

/// An event that a reader named, and what it is about.
struct NamedEvent {
  ledger::domain::EventContext context;
  std::optional<ledger::domain::EventRef> project;
  std::optional<ledger::domain::EventRef> payment;
};
[[nodiscard]] NamedEvent namedEventOf(ledger::domain::Case const& about);

/// Looks out for an event among those that take part.
class EventSearch {
 public:
  EventSearch(std::string text, std::uint64_t events) : text_(std::move(text)), events_(events), name_(text_, events) {}
  void apply(ledger::domain::Case const& about);
  [[nodiscard]] crypto::Result<NamedEvent> result(Reader const& reader) const;

 private:
  std::string text_;
  std::uint64_t events_;
  EventName name_;
  std::vector<NamedEvent> found_;
};

/// Which events a reader looks for: those that meet every condition stated.
struct EventFilter {
  std::optional<ledger::schema::Event::Which> type{};
  std::string with{};  // in any field, as people read it: a number, a name, an account, an amount in yuan, a date
  std::string by{};    // the personnel identifier of whoever signed
  std::optional<ledger::domain::CityCode> region{};

  /// As far as the event alone tells.
  [[nodiscard]] bool admits(ledger::schema::Event::Reader event) const;
  /// The rest. `state` knows the author.
  [[nodiscard]] bool admits(ledger::domain::State const& state, ledger::projections::JournalEntry const& entry) const;
};

/// The cities that are designated there.
[[nodiscard]] std::vector<ledger::domain::CityCode> citiesOf(ledger::domain::State const& state);

}  // namespace fundtrail::api::views
