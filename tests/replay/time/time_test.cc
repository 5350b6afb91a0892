// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ledger/domain/read.h"
#include "ledger/projections/allocation.h"
#include "replay/time/difference.h"
#include "replay/time/moment.h"
#include "replay/time/standing.h"
#include "tests/replay/history.h"

namespace fundtrail::replay::time {
namespace {

using E = schema::Event::Which;
using projections::AsOf;

log::EventLog const& wholeLog() {
  static auto const log = logOf(History::shared().batches.size());
  return *log;
}

AsOf at(std::uint64_t position, std::optional<domain::Date> on = std::nullopt) {
  return {domain::EventNumber(position), on};
}

LedgerStanding standing(AsOf const& asOf) {
  auto result = standingAt(wholeLog(), asOf);
  if (!result) crypto::abortOnBug("the shared history can be read");
  return *std::move(result);
}

std::uint64_t wholeSize() {
  return wholeLog().size().events;
}

/// The number of the event, as the history is written.
std::uint64_t numberOf(Found const& found) {
  std::uint64_t number = found.event;
  for (std::size_t i = 0; i < found.batch; ++i) number += History::shared().batches[i].batch.events.size();
  return number;
}

TEST(StateAtAPosition, HoldsWhatTheReplayProves) {
  auto const report = replayOf(wholeLog());
  auto const state = standing(at(wholeSize()));
  ASSERT_FALSE(report.cities.empty());
  for (auto const& totals : report.cities) {
    EXPECT_EQ(state.cities.at(totals.city).total().accounts, totals.balances) << totals.city.text();
  }
  EXPECT_EQ(state.basis.root, report.root);
  EXPECT_EQ(state.basis.treeSize, report.size.batches);
}

TEST(StateAtAPosition, AddsUpAndAgreesWithTheProjectionThroughoutTheLog) {
  for (std::uint64_t position = 0; position <= wholeSize(); position += wholeSize() / 12) {
    auto const state = standing(at(position));
    EXPECT_FALSE(state.disagreement) << position << ": " << state.disagreement->en;
    for (auto const& [code, city] : state.cities) {
      for (auto const& tranche : city.tranches) {
        EXPECT_EQ(tranche.total().held(), tranche.total().in(Account::outside)) << tranche.number;
      }
    }
  }
}

TEST(StateAtAPosition, OfAProjectSumsToWhatItsCityPaid) {
  auto const state = standing(at(wholeSize()));
  std::map<domain::CityCode, domain::Fen> paid;
  for (auto const& project : state.projects) paid[project.city] += project.money.in(Account::paid);
  std::size_t payers = 0;
  for (auto const& [code, city] : state.cities) {
    EXPECT_EQ(paid[code], city.total().in(Account::paid)) << code.text();
    if (!paid[code].isZero()) ++payers;
  }
  EXPECT_GT(payers, 0U);
}

TEST(StateAtAPosition, EndsBeforeTheEventOfThatNumber) {
  auto const first = numberOf(find(E::TRANCHE_ISSUED));
  auto const count = [](LedgerStanding const& state) {
    std::size_t tranches = 0;
    for (auto const& [code, city] : state.cities) tranches += city.tranches.size();
    return tranches;
  };
  EXPECT_EQ(count(standing(at(first))), 0U);
  EXPECT_EQ(count(standing(at(first + 1))), 1U);
}

TEST(StateOnADate, CountsWhatIsDatedToItAndKnownByThen) {
  auto const state = standing(at(wholeSize()));
  schema::Message<schema::Event> const message(
      History::shared().batches[find(E::PAYMENT_SETTLED).batch].batch.events[find(E::PAYMENT_SETTLED).event]);
  auto const day = domain::readDate(message.root().getOccurredOn());
  auto const on = standing(at(wholeSize(), day));
  auto const dayBefore = standing(at(wholeSize(), day.plusDays(-1)));
  EXPECT_FALSE(on.disagreement) << on.disagreement->en;
  EXPECT_GE(on.events.at(E::PAYMENT_SETTLED), 1U);
  EXPECT_LT(on.events.at(E::PAYMENT_SETTLED), state.events.at(E::PAYMENT_SETTLED));
  EXPECT_NE(dayBefore.events, on.events);
  auto const unknown = standing(at(numberOf(find(E::PAYMENT_SETTLED)), day));
  EXPECT_FALSE(unknown.events.contains(E::PAYMENT_SETTLED)) << "dated in time, recorded later than was asked for";
}

TEST(StateOnTheLastDay, IsThatOfTheWholeLog) {
  auto const dated = standing(at(wholeSize(), domain::Date::last()));
  auto const whole = standing(at(wholeSize()));
  EXPECT_EQ(dated.projects, whole.projects);
  EXPECT_EQ(dated.events, whole.events);
  EXPECT_EQ(dated.reversals, whole.reversals);
}

TEST(State, NamesReversedEventsAndWhoConfirmedThat) {
  auto const state = standing(at(wholeSize()));
  ASSERT_FALSE(state.reversals.empty()) << "the simulation reverses some";
  for (auto const& reversal : state.reversals) EXPECT_LT(reversal.event, reversal.confirmation);
  auto const& first = state.reversals.front();
  EXPECT_TRUE(standing(at(first.confirmation.value())).reversals.empty());
  EXPECT_EQ(standing(at(first.confirmation.value() + 1)).reversals.size(), 1U);
}

TEST(Difference, OfAMomentWithItselfIsEmpty) {
  auto const state = standing(at(wholeSize() / 2));
  auto const difference = differenceOf(state, state);
  EXPECT_TRUE(difference.cities.empty());
  EXPECT_TRUE(difference.projects.empty());
  EXPECT_TRUE(difference.events.empty());
  EXPECT_TRUE(difference.reversals.empty());
}

TEST(Difference, LeadsFromBeforeToAfterInEveryFigure) {
  auto const from = standing(at(wholeSize() / 3));
  auto const to = standing(at(wholeSize()));
  auto const difference = differenceOf(from, to);
  ASSERT_FALSE(difference.cities.empty());
  for (auto const& change : difference.cities) {
    auto const at = from.cities.find(change.city);
    if (at != from.cities.end()) {
      EXPECT_EQ(change.before.total(), at->second.total());
    }
    EXPECT_EQ(change.after.total(), to.cities.at(change.city).total());
  }
  for (auto const& [code, city] : to.cities) {
    bool const listed = std::ranges::find(difference.cities, code, &CityChange::city) != difference.cities.end();
    auto const at = from.cities.find(code);
    if (!listed) {
      EXPECT_EQ(at->second.total(), city.total());
    }
  }
  std::size_t events = 0;
  for (auto const& [type, count] : difference.events) events += count;
  EXPECT_EQ(events, wholeSize() - wholeSize() / 3);
  EXPECT_EQ(difference.reversals.size(), to.reversals.size() - from.reversals.size());
}

TEST(Difference, OfOnePaymentSettledMovesItsAmountOnce) {
  auto const number = numberOf(find(E::PAYMENT_SETTLED));
  auto const difference = differenceOf(standing(at(number)), standing(at(number + 1)));
  ASSERT_EQ(difference.cities.size(), 1U);
  ASSERT_EQ(difference.projects.size(), 1U);
  ASSERT_TRUE(difference.projects.front().before);
  auto const& [before, after] = difference.projects.front();
  auto const paid = after.money.in(Account::paid)-before->money.in(Account::paid);
  EXPECT_TRUE(paid.isPositive());
  EXPECT_EQ(before->money.in(Account::inFlight)-after.money.in(Account::inFlight), paid);
  auto const& city = difference.cities.front();
  EXPECT_EQ(city.after.total().in(Account::paid)-city.before.total().in(Account::paid), paid);
  EXPECT_EQ(difference.events, (std::map<E, std::size_t>{{E::PAYMENT_SETTLED, 1}}));
}

TEST(Moment, IsANumberACheckpointOrADate) {
  auto const& log = wholeLog();
  auto const named = [&](std::string const& text) { return momentNamed(text, std::nullopt, log, wholeSize()); };
  EXPECT_EQ(named("7")->position, domain::EventNumber(7));
  EXPECT_EQ(named("checkpoint:1")->position, domain::EventNumber(0)) << "the founding batch has no events";
  auto const batches = log.size().batches;
  EXPECT_EQ(named("checkpoint:" + std::to_string(batches))->position, domain::EventNumber(wholeSize()));
  EXPECT_EQ(named("2025-05-21")->on, domain::Date::parse("2025-05-21"));
  EXPECT_EQ(named("2025-05-21")->position, domain::EventNumber(wholeSize()));
  EXPECT_EQ(momentNamed("2025-05-21", 9, log, wholeSize())->position, domain::EventNumber(9));
}

TEST(Moment, ThatIsNoneIsRefusedInBothLanguages) {
  auto const& log = wholeLog();
  auto const expectRefused = [&](std::string const& text, std::optional<std::uint64_t> knownAt,
                                 crypto::ErrorKind kind) {
    auto const moment = momentNamed(text, knownAt, log, 10);
    ASSERT_FALSE(moment) << text;
    EXPECT_EQ(moment.error().kind, kind) << text;
    EXPECT_FALSE(moment.error().zh.empty()) << text;
  };
  for (auto const* text : {"", "yesterday", "-1", "07", "checkpoint:", "checkpoint:x", "2025-02-30", "1 "}) {
    expectRefused(text, std::nullopt, crypto::ErrorKind::badInput);
  }
  expectRefused("5", 3, crypto::ErrorKind::badInput);
  expectRefused("11", std::nullopt, crypto::ErrorKind::notFound);
  expectRefused("20250521", std::nullopt, crypto::ErrorKind::notFound);
  expectRefused("2025-05-21", 11, crypto::ErrorKind::notFound);
  expectRefused("checkpoint:999999", std::nullopt, crypto::ErrorKind::notFound);
}

TEST(Moment, ContainsAnotherWhoseEventsAllCountAtIt) {
  auto const may = domain::Date::parse("2025-05-01");
  auto const june = domain::Date::parse("2025-06-01");
  EXPECT_TRUE(isContained(at(3), at(3)));
  EXPECT_FALSE(isContained(at(4), at(3)));
  EXPECT_TRUE(isContained(at(9, may), at(9, june)));
  EXPECT_FALSE(isContained(at(9, june), at(9, may)));
  EXPECT_TRUE(isContained(at(9, june), at(9)));
  EXPECT_FALSE(isContained(at(3), at(9, june)));
}

}  // namespace
}  // namespace fundtrail::replay::time
