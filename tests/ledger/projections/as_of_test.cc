// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/as_of.h"

#include <set>

#include <gtest/gtest.h>

#include "ledger/domain/read.h"
#include "ledger/projections/allocation.h"
#include "tests/support/simulated_log.h"

namespace fundtrail::ledger::projections {
namespace {

using domain::Date;
using domain::EventNumber;
using tests::simulatedLog;

Snapshot readAt(AsOf const& asOf) {
  auto snapshot = read(simulatedLog(), asOf);
  EXPECT_TRUE(snapshot) << snapshot.error().message;
  return *std::move(snapshot);
}

/// The business date of each event.
std::vector<Date> const& dates() {
  static auto const all = [] {
    std::vector<Date> found;
    auto const done = read(simulatedLog(), {}, [&](domain::Case const& about) {
      found.push_back(domain::readDate(about.event.getOccurredOn()));
    });
    EXPECT_TRUE(done);
    return found;
  }();
  return all;
}

TEST(AsOf, OnTheLastDayOfTheCalendarEverythingTakesPart) {
  auto const whole = readAt({});
  auto const dated = readAt({std::nullopt, Date::last()});
  EXPECT_TRUE(dated.state == whole.state) << "records taken over one by one are those of the ledger";
  EXPECT_TRUE(dated.particulars == whole.particulars);
  EXPECT_EQ(dated.basis.root, whole.basis.root);
  EXPECT_EQ(dated.basis.on, Date::last());
  EXPECT_FALSE(whole.basis.on);
}

TEST(AsOf, OnADateBeforeWhichEverythingWasRecordedInTimeIsThePositionOfThatDay) {
  std::size_t compared = 0;
  std::set<Date> const days(dates().begin(), dates().end());
  for (auto const day : days) {
    auto const later = std::ranges::find_if(dates(), [day](Date date) { return date > day; });
    bool const inOrder = std::none_of(later, dates().end(), [day](Date date) { return date <= day; });
    if (!inOrder || ++compared % 7 != 0) continue;
    auto const position = static_cast<std::uint64_t>(later - dates().begin());
    auto const dated = readAt({std::nullopt, day});
    auto const there = readAt({EventNumber(position), std::nullopt});
    EXPECT_TRUE(dated.state.projects == there.state.projects) << day.text();
    EXPECT_TRUE(dated.state.payments == there.state.payments) << day.text();
    EXPECT_TRUE(dated.state.tranches == there.state.tranches) << day.text();
    EXPECT_TRUE(dated.state.contracts == there.state.contracts) << day.text();
    EXPECT_TRUE(dated.particulars == there.particulars) << day.text();
  }
  EXPECT_GT(compared, 20U);
}

TEST(AsOf, TellsOfNoEventThatIsDatedLater) {
  auto const day = *Date::fromNumber(20240630);
  auto const expected = std::ranges::count_if(dates(), [day](Date date) { return date <= day; });
  std::ptrdiff_t told = 0;
  std::ptrdiff_t observed = 0;
  auto const snapshot = read(
      simulatedLog(), {std::nullopt, day},
      [&](domain::Case const& about) {
        EXPECT_LE(domain::readDate(about.event.getOccurredOn()), day);
        ++told;
      },
      [&](domain::State const&) { ++observed; });
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(told, expected);
  EXPECT_EQ(observed, expected);
  EXPECT_EQ(snapshot->basis.position, simulatedLog().size().events) << "as known at the end";
  EXPECT_EQ(snapshot->day(), day);
}

TEST(AsOf, ADateCutsWhatAPositionKnows) {
  auto const position = EventNumber(simulatedLog().size().events * 3 / 4);
  auto const day = *Date::fromNumber(20240630);
  auto const both = readAt({position, day});
  EXPECT_EQ(both.basis.position, position.value());
  EXPECT_TRUE(readAt({position, Date::last()}).state == readAt({position, std::nullopt}).state);
  EXPECT_FALSE(both.state == readAt({position, std::nullopt}).state);
}

TEST(AsOf, KnowsWhoSignedWhateverTheDate) {
  auto const dated = readAt({std::nullopt, Date::first()});
  EXPECT_EQ(dated.state.projects.size(), 0U);
  EXPECT_TRUE(dated.state.persons == readAt({}).state.persons);
}

TEST(AsOf, AnAllocationOnADateAddsUpInEveryTranche) {
  for (auto const day : {20240131U, 20240630U, 20241231U, 20250630U}) {
    auto const projected = project(simulatedLog(), {std::nullopt, *Date::fromNumber(day)});
    ASSERT_TRUE(projected) << projected.error().message;
    for (auto const& city : projected->allocation.cities()) {
      for (auto const& tranche : city.tranches) EXPECT_EQ(tranche.total().held(), tranche.total().issued) << day;
    }
  }
}

}  // namespace
}  // namespace fundtrail::ledger::projections
