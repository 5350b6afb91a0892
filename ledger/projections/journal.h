// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ledger/domain/case.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/event_context.h"
#include "ledger/domain/money.h"
#include "ledger/schema/event.capnp.h"

// Journal: what any event says in one line, whatever its type.

namespace fundtrail::ledger::projections {

/// The money that an event states; nothing where it states none, or nothing of it. Whole fen.
[[nodiscard]] std::optional<domain::Fen> amountIn(schema::Event::Reader event);

struct JournalEntry {
  domain::EventContext context;
  schema::Event::Which type;
  domain::Date occurredOn;
  domain::CityCode region;                                // whose business it is: the province, or a city
  schema::Outcome outcome = schema::Outcome::NOT_STATED;  // notStated: it has none
  std::optional<domain::Fen> amount;                      // of a confirmation, reversal or match: what it decides on
  std::optional<schema::Event::Which> decides{};          // of those: the type of the event that it decides on
};

/// Of an event before evolve() applies it.
[[nodiscard]] JournalEntry journalEntryOf(domain::Case const& about);

/// A JournalEntry without what the event's own bytes tell: small, since there is one for each event of the log.
struct JournalLine {
  domain::EventNumber number;
  std::optional<domain::Fen> amount;
  domain::Date occurredOn;
  domain::CityCode region;
  schema::Event::Which type;
  std::optional<schema::Event::Which> decides;
  schema::Outcome outcome;
  [[nodiscard]] JournalEntry entryOf(domain::EventContext const& context) const {
    return {context, type, occurredOn, region, outcome, amount, decides};
  }
};

/// A line per event. Follows the log event by event, before evolve(). A value; one thread.
class Journal {
 public:
  void apply(domain::Case const& about);
  /// In order of recording. Valid until the next apply().
  [[nodiscard]] std::span<JournalLine const> lines() const { return lines_; }

 private:
  std::vector<JournalLine> lines_;
};

}  // namespace fundtrail::ledger::projections
