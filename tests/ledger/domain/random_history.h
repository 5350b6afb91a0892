// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/ledger/domain/models.h"

// Histories made up at random: every step imitates one of tests/scenarios, on other records, another day, with other
// amounts, or goes on with what the state says comes next. So whatever the scenarios can do, these histories do too.

namespace fundtrail::tests {

/// Who proposes the reversal of an event of that type, and who confirms it; nothing if it is never reversed.
std::optional<std::pair<std::string, std::string>> reversersOf(std::string_view type);

/// Makes up steps. Every choice comes from a tape of numbers, which RapidCheck shortens and lowers when a history
/// fails.
class RandomHistory {
 public:
  explicit RandomHistory(std::vector<unsigned> tape);

  bool isDone() const { return next_ >= tape_.size(); }
  Beginning const& beginning() const { return *beginning_; }

  /// An attempt at something that could come next; nothing where there is nothing of its kind yet. Mostly lawful;
  /// amounts and people are at times a little wrong.
  std::optional<Step> attempt(Play const& play);
  /// The step was recorded: later ones may name it.
  void recorded(Step const& step);

 private:
  /// A step on record, and the step of the scenarios that it imitates.
  struct Record {
    std::string model;
    Step step;
  };

  unsigned choice(std::size_t n);
  template <class T>
  T const& pick(std::vector<T> const& from);
  /// Half of the time the newest, so that what was begun is also brought to an end.
  Record const* pickRecord(std::string_view type);
  std::string amount(domain::Fen there);
  std::string fresh(std::string_view prefix);
  domain::Date today() const { return today_; }
  Step step(std::string by, std::string type, Fields fields);

  std::optional<Step> one(Play const& play);
  std::optional<Step> imitate(Step const& model, Record const* about, Fields const& changes = {});
  std::optional<Step> imitateAny();
  std::optional<Step> followUp();
  /// Of the models of that type one that is about what the record imitates.
  std::optional<Step> next(std::string_view type, Record const& about, Fields const& changes = {});
  std::string imitated(Step const& model, std::string const& field, std::string const& value);
  Record const* boundTo(std::string const& model, std::string_view type);

  std::optional<Step> split(Play const& play);
  std::optional<Step> adjust(Play const& play);
  std::optional<Step> recall(Play const& play);
  std::optional<Step> settle(Play const& play);
  std::optional<Step> begin();
  std::optional<Step> advanceProject(Play const& play);
  std::optional<Step> propose(Play const& play, Record const& about, domain::Project const& project);
  std::optional<Step> publish(Record const& about, domain::Project const& project);
  std::optional<Step> award(Play const& play, Record const& about, domain::Project const& project);
  std::optional<Step> request(Play const& play);
  std::optional<Step> advancePayment(Play const& play);
  std::optional<Step> recover(Play const& play);
  std::optional<Step> orderRecovery(Play const& play);
  std::optional<Step> importStatement();
  std::optional<Step> match();
  std::optional<Step> reverse();
  std::optional<Step> confirm(Play const& play);

  std::vector<unsigned> tape_;
  std::size_t next_ = 0;
  std::size_t counter_ = 0;
  Beginning const* beginning_;
  domain::Date today_;
  std::string model_;  // of the step attempted last
  std::vector<Record> records_;
  std::map<std::string, std::string> lineOf_;  // by statement: the event that its line stands for
};

}  // namespace fundtrail::tests
