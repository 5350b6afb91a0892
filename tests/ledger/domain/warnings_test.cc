// SPDX-License-Identifier: Apache-2.0
#include <functional>

#include <capnp/message.h>
#include <gtest/gtest.h>

#include "ledger/domain/admit.h"
#include "ledger/schema/message.h"
#include "tests/support/founders.h"

namespace fundtrail::ledger::domain {
namespace {

CityCode const kCity = CityCode::fromNumber(440100).value();
AccountNumber const kAccount = AccountNumber::parse("44001000000000000001").value();

Date day(std::uint32_t number) {
  return Date::fromNumber(number).value();
}

class NoPast final : public History {
 public:
  [[nodiscard]] bool used(UsedNumber const&) const override { return false; }
  [[nodiscard]] std::optional<RecordedEvent> event(EventNumber) const override { return std::nullopt; }
};

/// A state with a policy and a city, and what is warned of an event in it.
class Warned : public ::testing::Test {
 protected:
  Warned() : state_(founded()) { publish(std::nullopt); }

  static State founded() {
    auto const batch = tests::foundingBatch(Instant::startOf(day(20240101)));
    schema::Message<schema::Statement> const statement(batch.statement.bytes());
    return State::initial(statement.root().getGenesis());
  }

  void publish(std::optional<std::uint32_t> accountChangeDays) {
    state_.policies.insert(static_cast<std::uint32_t>(state_.policies.size()),
                           Policy{day(20240101), day(20231011), day(20251231), BasisPoints::from(2000).value(), 2, 2,
                                  350, 200, accountChangeDays});
  }

  std::vector<std::string_view> warnings(std::function<void(schema::Event::Builder)> const& fill, Subject subject,
                                         Postings const& postings = {}) {
    capnp::MallocMessageBuilder message;
    auto event = message.initRoot<schema::Event>();
    event.setOccurredOn(20240601);
    fill(event);
    EventContext const context{EventNumber(0), EventRef(crypto::Digest{}), KeyId(crypto::Digest{}),
                               Instant::startOf(day(20240601))};
    NoPast const past;
    std::vector<std::string_view> ids;
    for (auto const& warning : warn(state_, past, {context, event.asReader(), std::move(subject), postings, {}})) {
      EXPECT_FALSE(warning.reason.zh.empty());
      EXPECT_FALSE(warning.reason.en.empty());
      ids.push_back(warning.rule->id);
    }
    return ids;
  }

  /// A payment to an account that was changed on a day, or never; recorded on that day, unless told otherwise.
  std::vector<std::string_view> paymentTo(std::optional<Date> changedOn,
                                          std::optional<Date> recordedOn = std::nullopt) {
    std::optional<AccountChange> changed;
    if (changedOn) changed = AccountChange{*changedOn, recordedOn.value_or(*changedOn)};
    Organisation const payee{"payee", schema::OrganisationKind::ENTERPRISE, kCity, std::nullopt, 1,
                             Fen(),   {{kAccount, "payee", changed}}};
    Subject subject;
    subject.organisation = &payee;
    return warnings([](auto event) { event.initPaymentRequested().setAccount("44001000000000000001"); },
                    std::move(subject));
  }

  /// A split of so much to platforms, in a city of which a full award is stated.
  std::vector<std::string_view> platformSplit(Fen fullAward, Fen amount) {
    EventRef const ref{crypto::Digest{}};
    state_.cities.put(kCity, City{schema::Region::PEARL_RIVER_DELTA, 350, fullAward, {}});
    Tranche tranche{
        kCity, schema::GovernmentLevel::PROVINCE, schema::TrancheKind::PREPAYMENT, 2024, day(20240102), 0, Fen(), {},
        {}};
    Place const available{{}, Stage::available};
    tranche.apply({ref, std::nullopt, available, Fen::literal(100'000)});
    state_.tranches.put(ref, tranche);
    Subject subject;
    subject.tranche = state_.tranches.find(ref);
    Place const platform{{schema::Purpose::PLATFORM, 0}, Stage::available};
    return warnings([](auto event) { event.initTrancheSplit(); }, std::move(subject),
                    {Posting{ref, available, platform, amount}});
  }

  State state_;
};

using Ids = std::vector<std::string_view>;

TEST_F(Warned, AnAccountAsFirstRegisteredIsNotFlagged) {
  EXPECT_EQ(paymentTo(std::nullopt), Ids{});
}

TEST_F(Warned, WithoutAParameterEveryChangedAccountIsFlagged) {
  EXPECT_EQ(paymentTo(day(20240531)), Ids{"F3w"});
  EXPECT_EQ(paymentTo(day(20240102)), Ids{"F3w"});
}

TEST_F(Warned, WithAParameterAnAccountIsFlaggedSoManyDays) {
  publish(30);
  EXPECT_EQ(paymentTo(day(20240502)), Ids{"F3w"}) << "30 days before";
  EXPECT_EQ(paymentTo(day(20240501)), Ids{}) << "31 days before";
}

TEST_F(Warned, AChangeThatIsDatedBackIsFlaggedByTheDayOnWhichItWasRecorded) {
  publish(30);
  EXPECT_EQ(paymentTo(day(20240201), day(20240502)), Ids{"F3w"}) << "recorded 30 days before";
  EXPECT_EQ(paymentTo(day(20240201), day(20240501)), Ids{}) << "recorded 31 days before";
}

TEST_F(Warned, PlatformMoneyAboveTheShareOfTheFullAwardIsFlagged) {
  EXPECT_EQ(platformSplit(Fen::literal(200'000), Fen::literal(40'000)), Ids{}) << "exactly a fifth";
  EXPECT_EQ(platformSplit(Fen::literal(200'000), Fen::literal(40'001)), Ids{"F2w"});
}

TEST_F(Warned, WhereNoDocumentStatesTheFullAwardThereIsNothingToWarnOf) {
  EXPECT_EQ(platformSplit(Fen(), Fen::literal(90'000)), Ids{});
}

TEST(Warnings, EachIsARowThatNoRuleBears) {
  for (auto const& warning : warnings()) {
    EXPECT_NE(warning.judge, nullptr);
    EXPECT_EQ(warning.examine, nullptr);
    for (auto const& rule : rules()) EXPECT_NE(rule.id, warning.id);
  }
}

}  // namespace
}  // namespace fundtrail::ledger::domain
