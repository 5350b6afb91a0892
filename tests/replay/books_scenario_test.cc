// SPDX-License-Identifier: Apache-2.0
// The audit's books beside the rules, over everything that tests/scenarios does with money.
#include <algorithm>
#include <cctype>

#include <gtest/gtest.h>

#include "replay/books.h"
#include "tests/replay/bookkeeper.h"
#include "tests/support/scenario.h"

namespace fundtrail::tests {
namespace {

using domain::Fen;
using replay::Account;
using replay::Books;

/// Plays a scenario, and keeps books of it.
class Auditor {
 public:
  explicit Auditor(std::filesystem::path const& file) : scenario_(readScenario(file)) {}

  bool isDone() const { return next_ == scenario_.steps.size(); }

  /// Records the next step, books it, and compares.
  void follow() {
    auto const& step = scenario_.steps[next_++];
    ASSERT_FALSE(play_.record(step)) << step.place.text();
    auto const unbookable = replay::bookNext(books_, play_.ledger(), play_.ledger().events().size() - 1);
    ASSERT_FALSE(unbookable) << step.place.text() << ": " << unbookable->en;
    auto const wrong = books_.compare(play_.ledger().state());
    ASSERT_FALSE(wrong) << step.place.text() << ": " << wrong->en;
  }

  void followTo(std::string_view label) {
    do {
      ASSERT_FALSE(isDone()) << "no step " << label;
      ASSERT_NO_FATAL_FAILURE(follow());
    } while (scenario_.steps[next_ - 1].label != label);
  }

  /// What the books say of Guangzhou.
  Fen at(Account account) const {
    auto const totals = books_.totals();
    auto const city = domain::CityCode::fromNumber(440100);
    auto const found = std::ranges::find(totals, city, &replay::CityTotals::city);
    return found == totals.end() ? Fen() : found->at(account);
  }
  std::uint64_t postings() const { return books_.postings(); }

 private:
  Scenario scenario_;
  Play play_;
  Books books_;
  std::size_t next_ = 0;
};

class BooksOfScenario : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(BooksOfScenario, AgreeWithTheRulesAfterEveryEvent) {
  Auditor auditor(GetParam());
  while (!auditor.isDone()) ASSERT_NO_FATAL_FAILURE(auditor.follow());
}

INSTANTIATE_TEST_SUITE_P(All, BooksOfScenario, testing::ValuesIn(scenarioFiles()), [](auto const& file) {
  auto name = file.param.stem().string();
  std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0; });
  return name;
});

std::filesystem::path scenario(std::string_view name) {
  return std::filesystem::path(FUNDTRAIL_SOURCE_DIR "/tests/scenarios") / name;
}

constexpr Fen yuan(std::int64_t amount) {
  return Fen::literal(amount * 100);
}

TEST(Books, ReserveAgainWhatAWithdrawalSetFreeWhenItIsTakenBack) {
  Auditor auditor(scenario("corrections.md"));
  auditor.followTo("a2-gone");
  auto const free = auditor.at(Account::available);
  auto const reserved = auditor.at(Account::reserved);
  auditor.followTo("w-ok");
  EXPECT_EQ(auditor.at(Account::reserved), reserved + yuan(300'000));
  EXPECT_EQ(auditor.at(Account::available), free - yuan(300'000));
  auditor.followTo("x-a1-ok");
  EXPECT_EQ(auditor.at(Account::reserved), Fen());
}

TEST(Books, MoveNothingForAWaiver) {
  Auditor auditor(scenario("waiver.md"));
  auditor.followTo("w1");
  auto const before = auditor.postings();
  auditor.followTo("w2-twin-no");
  EXPECT_EQ(auditor.postings(), before);
}

}  // namespace
}  // namespace fundtrail::tests
