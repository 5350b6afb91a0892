// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/commandline/text.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/rule.h"
#include "ledger/domain/uscc.h"
#include "replay/facts/facts.h"
#include "replay/indicators/supplements.h"

// Indicators (预警指标): signs that an auditor looks into. A hit is no finding: it names what is odd, with its events,
// its money and its clause, for a person to judge. Each is a pure function of the facts, its parameters and the audit
// date; nothing here reads a clock or a file.
//
// Score, 0 to 100, whole: 50 at the threshold, 100 at twice the threshold (of a share: at the whole) and beyond, in
// equal steps between; a sign that is there or not has the score that its row states. Shares and ratios are
// ten-thousandths, computed in 128 bits and rounded down. Amounts are whole fen.

namespace fundtrail::replay::indicators {

namespace domain = ledger::domain;
namespace schema = ledger::schema;
using domain::Date;
using domain::EventNumber;
using domain::Fen;
using facts::Facts;
using ledger::commandline::Text;

enum class Unit : std::uint8_t { days, months, hours, seconds, tenThousandths, hundredths, fen, count };
[[nodiscard]] Text wordsFor(Unit unit);
[[nodiscard]] std::int64_t mostOf(Unit unit);  // that a parameter may be; the least is 0

struct Parameter {
  std::string_view name;
  std::int64_t value;  // unless the auditor sets another
  Unit unit;
  Text why;  // this value
};

/// The values in force. A name that the indicator does not have is a bug.
class Parameters {
 public:
  explicit Parameters(std::span<Parameter const> defaults);
  [[nodiscard]] std::int64_t operator[](std::string_view name) const;
  [[nodiscard]] int days(std::string_view name) const { return static_cast<int>((*this)[name]); }
  void set(std::string_view name, std::int64_t value);
  [[nodiscard]] std::vector<std::pair<std::string_view, std::int64_t>> const& all() const { return values_; }

 private:
  std::vector<std::pair<std::string_view, std::int64_t>> values_;
};

struct Subject {
  enum class Kind : std::uint8_t { organisation, region, project, person };
  Kind kind;
  std::string id;  // credit code; code of GB/T 2260; number of the event that enrolled it; the person's identifier

  static Subject of(domain::Uscc const& uscc) { return {Kind::organisation, std::string(uscc.text())}; }
  static Subject of(domain::CityCode region) { return {Kind::region, region.text()}; }
  static Subject of(facts::Project const& project) { return {Kind::project, project.source.event.text()}; }
  static Subject person(std::string_view id) { return {Kind::person, std::string(id)}; }
  friend bool operator==(Subject const&, Subject const&) = default;
};
[[nodiscard]] std::string_view name(Subject::Kind kind);

struct Hit {
  std::vector<EventNumber> events;  // at least one, the most telling first
  std::vector<Subject> subjects;
  std::optional<Fen> amount;
  unsigned score;
  domain::Text evidence;  // a sentence with the values
};

/// What one indicator is asked.
struct Question {
  Facts const& facts;
  Parameters const& parameters;
  Date asOf;
  Supplements const& supplements;

  /// Whether a record is to be looked at: not taken back, and not dated after the audit date.
  [[nodiscard]] bool counts(facts::Source const& source) const { return source.holds() && source.occurredOn <= asOf; }
};

struct Answer {
  std::uint64_t population = 0;  // how many things were looked at
  std::vector<Hit> hits{};
  bool examined = true;
  domain::Text missing{};  // not empty: what could not be looked at, and what to bring; if not examined, all of it
};

/// A row of the table.
struct Indicator {
  std::string_view id;
  Text name;
  Text asks;
  Text formula;
  Text population;  // of what
  Text score;
  std::string_view clause;  // of the notice, or the check that it backs
  std::span<Parameter const> parameters;
  Text falseAlarms;  // what commonly makes it one
  Answer (*examine)(Question const& question);
};

/// K1 … K25, in this order. Static.
[[nodiscard]] std::span<Indicator const> indicators();
/// Nothing for an id that none has.
[[nodiscard]] Indicator const* find(std::string_view id);

}  // namespace fundtrail::replay::indicators
