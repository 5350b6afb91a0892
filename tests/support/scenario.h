// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/domain_ledger.h"
#include "tests/support/event_fields.h"

// Scenarios: what the rules let pass and what they refuse, as tables that people who know the money can read and write.
// tests/scenarios/README.md explains the tables; this reads and plays them. Whatever a file gets wrong (a column, a
// step, a field, a person) is thrown as std::runtime_error that names the file and the line.

namespace fundtrail::tests {

/// Where a row stands: "award.md:12".
struct Place {
  std::string file;
  std::size_t line = 0;
  std::string text() const { return file + ":" + std::to_string(line); }
};

/// A business date and the day on which the event is recorded: the same, unless the row says otherwise.
struct Dates {
  domain::Date occurredOn;
  domain::Date recordedOn;
};

/// One event of a lawful history.
struct Step {
  Place place;
  std::string label;
  std::string by;
  Dates on;
  std::string type;
  Fields fields;
};

/// A step that would not be lawful, in place of the one labelled `at` (or after all of them, at "end").
struct RefusedStep {
  Place place;
  std::string at;
  Step step;
  std::string rule;
};

/// What stands in one stage of one pocket after a step.
struct Figure {
  Place place;
  std::string after;
  std::string tranche;
  domain::Place where;
  domain::Fen amount;
};

struct Scenario {
  std::string name;
  std::vector<Step> steps;  // those of the file that it continues come first
  std::vector<RefusedStep> refusals;
  std::vector<Figure> figures;
};

Scenario readScenario(std::filesystem::path const& file);

/// Every file of tests/scenarios, by name.
std::vector<std::filesystem::path> scenarioFiles();

/// A ledger into which steps are recorded one by one. A value.
class Play {
 public:
  Play();

  DomainLedger const& ledger() const { return ledger_; }
  domain::EventRef refOf(std::string_view label) const { return named(label).first; }

  /// The event that a step stands for, as it would be recorded now.
  schema::Words eventOf(Step const& step) const;
  domain::EventContext contextOf(Step const& step, schema::Words const& event) const;

  /// Records the step, and its label if it is admitted.
  std::optional<Refused> record(Step const& step);

 private:
  using Recorded = std::pair<domain::EventRef, domain::EventNumber>;
  Recorded const& named(std::string_view label) const;

  DomainLedger ledger_;
  std::map<std::string, Recorded, std::less<>> labels_;
};

}  // namespace fundtrail::tests
