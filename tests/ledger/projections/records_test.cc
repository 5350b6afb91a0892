// SPDX-License-Identifier: Apache-2.0
// Timelines, payments, enterprises, providers, progress, work lists and explanations of a simulated ledger.

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "ledger/domain/account_name.h"
#include "ledger/domain/counting.h"
#include "ledger/domain/provincial_money.h"
#include "ledger/domain/read.h"
#include "ledger/projections/allocation.h"
#include "ledger/projections/as_of.h"
#include "ledger/projections/award.h"
#include "ledger/projections/enterprise.h"
#include "ledger/projections/explanation.h"
#include "ledger/projections/payments.h"
#include "ledger/projections/progress.h"
#include "ledger/projections/provider.h"
#include "ledger/projections/timeline.h"
#include "ledger/projections/work_list.h"
#include "ledger/schema/names.h"
#include "tests/support/simulated_log.h"

namespace fundtrail::ledger::projections {
namespace {

using E = schema::Event::Which;
using domain::EventNumber;
using domain::EventRef;
using domain::Fen;
using tests::simulatedLog;

/// Everything about the end of the simulated ledger; made once.
struct Whole {
  Timelines timelines;
  Allocation allocation;
  Snapshot snapshot;
};

Whole const& whole() {
  static auto const all = [] {
    Timelines timelines;
    Allocation allocation;
    auto snapshot = read(
        simulatedLog(), {},
        [&](domain::Case const& about) {
          timelines.apply(about);
          allocation.apply(about);
        },
        [&](domain::State const& after) { timelines.observe(after); });
    EXPECT_TRUE(snapshot) << snapshot.error().message;
    return Whole{std::move(timelines), std::move(allocation), *std::move(snapshot)};
  }();
  return all;
}

TEST(Timelines, HoldEveryStepOfAProjectAndEndInItsStage) {
  std::size_t looked = 0;
  whole().snapshot.state.projects.visit([&](EventRef const& ref, domain::Project const& project) {
    auto const entries = whole().timelines.of(ref);
    EXPECT_TRUE(std::ranges::is_sorted(entries, {}, [](auto const& entry) { return entry.event.context.number; }));
    for (auto const& step : project.steps) {
      auto const at =
          std::ranges::find(entries, step.event, [](TimelineEntry const& entry) { return entry.event.context.number; });
      ASSERT_NE(at, entries.end()) << "event " << step.event.text();
      EXPECT_EQ(at->event.type, step.type);
      EXPECT_EQ(at->event.occurredOn, step.occurredOn);
    }
    std::optional<domain::ProjectStage> last;
    for (auto const& entry : entries) last = entry.stage ? entry.stage : last;
    EXPECT_EQ(last, project.stage);
    ++looked;
  });
  EXPECT_GT(looked, 50U);
}

TEST(Timelines, FollowAPaymentThroughItsStages) {
  for (auto const& payment : paymentsOf(whole().snapshot.state)) {
    std::optional<domain::PaymentStage> last;
    for (auto const& entry : whole().timelines.of(payment.project)) {
      if (entry.payment == payment.ref && entry.paymentStage) last = entry.paymentStage;
    }
    EXPECT_EQ(last, payment.stage) << payment.event.text();
  }
}

TEST(Timelines, KnowNothingOfWhatIsNoProject) {
  EXPECT_TRUE(whole().timelines.of(EventRef(crypto::Digest{})).empty());
}

TEST(Progress, CountsWhatTheSettlementCounts) {
  auto const& state = whole().snapshot.state;
  auto const cities = progressOf(whole().snapshot, whole().allocation);
  ASSERT_EQ(cities.size(), state.cities.size());
  std::uint32_t counted = 0;
  for (auto const& city : cities) {
    EXPECT_EQ(city.counted, domain::countedEnterprises(state, city.city, whole().snapshot.day()));
    auto const money = domain::provincialMoney(state, city.city);
    EXPECT_EQ(city.share.issued, money.issued);
    EXPECT_EQ(city.share.platform, money.platform);
    EXPECT_EQ(city.minimum, state.cities.find(city.city)->minEnterprises);
    EXPECT_GE(city.target(), city.minimum);
    counted += city.counted;
  }
  EXPECT_GT(counted, 20U);
}

TEST(Progress, NamesEachProjectThatDoesNotCountOnceAndWhy) {
  auto const half = read(simulatedLog(), {EventNumber(simulatedLog().size().events * 2 / 3), std::nullopt});
  ASSERT_TRUE(half);
  std::size_t uncounted = 0;
  std::size_t counting = 0;
  half->state.projects.visit([&](EventRef const&, domain::Project const& project) {
    counting += domain::whyNotCounted(half->state, project, half->day()) ? 0U : 1U;
  });
  for (auto const& city : progressOf(*half, {})) {
    std::set<EventRef> seen;
    for (auto const& project : city.uncounted) {
      EXPECT_TRUE(seen.insert(project.ref).second);
      auto const why = domain::whyNotCounted(half->state, *half->state.projects.find(project.ref), half->day());
      EXPECT_EQ(why.value_or(domain::Uncounted::enterpriseCounts), project.why);
    }
    uncounted += city.uncounted.size();
    counting -= city.counted;
  }
  EXPECT_GT(uncounted, 0U);
  EXPECT_LE(counting, uncounted) << "of several projects of an enterprise that meet the conditions, one counts";
}

TEST(Progress, CountsTheProjectsWhoseAwardStandsAtWhateverStage) {
  auto const& state = whole().snapshot.state;
  std::map<domain::CityCode, std::set<EventRef>> awarded;
  std::size_t cutDown = 0;
  state.awards.visit([&](EventRef const&, domain::Award const& award) {
    if (award.withdrawn && !award.requested().isPositive()) return;
    cutDown += award.withdrawn ? 1U : 0U;
    awarded[award.city].insert(award.project);
  });
  EXPECT_GT(cutDown, 0U) << "some were settled on what was spent, and their rest withdrawn";
  for (auto const& city : progressOf(whole().snapshot, whole().allocation)) {
    EXPECT_EQ(city.awarded, awarded[city.city].size()) << city.city.text();
    std::set<domain::Uscc> paid;
    for (auto const& payment : paymentsOf(state)) {
      if (payment.city == city.city && payment.stage == domain::PaymentStage::settled) paid.insert(payment.enterprise);
    }
    EXPECT_GE(city.awarded, paid.size()) << "nobody is paid without an award";
  }
}

TEST(AwardStatus, AddsUpAndSaysWhatWasWithdrawn) {
  std::map<AwardState, std::size_t> seen;
  whole().snapshot.state.awards.visit([&](EventRef const& ref, domain::Award const& award) {
    auto const status = awardStatusOf(whole().snapshot.state, ref);
    EXPECT_EQ(status.requested, award.requested());
    EXPECT_EQ(status.paid, award.paid());
    EXPECT_EQ(status.recovered, award.recovered());
    EXPECT_EQ(status.withdrawn, award.withdrawn ? award.rest() : Fen());
    EXPECT_EQ(status.state == AwardState::stands || status.state == AwardState::paidInFull, !award.withdrawn);
    ++seen[status.state];
  });
  EXPECT_GT(seen[AwardState::paidInFull], 0U);
  EXPECT_GT(seen[AwardState::restWithdrawn], 0U);
}

TEST(Timelines, SayHowMuchAWithdrawalSetFree) {
  std::size_t looked = 0;
  whole().snapshot.state.awards.visit([&](EventRef const& ref, domain::Award const& award) {
    for (auto const& entry : whole().timelines.of(award.project)) {
      if (entry.event.type != E::AWARD_WITHDRAWN || !award.withdrawn) continue;
      EXPECT_EQ(entry.event.amount.value_or(Fen()), awardStatusOf(whole().snapshot.state, ref).withdrawn);
      ++looked;
    }
  });
  EXPECT_GT(looked, 0U);
}

TEST(Register, NamesOrganisationsAsTheyWereRegistered) {
  std::size_t different = 0;
  auto const& snapshot = whole().snapshot;
  snapshot.state.organisations.visit([&](domain::Uscc const& uscc, domain::Organisation const& organisation) {
    auto const name = snapshot.particulars.organisationName(uscc);
    EXPECT_EQ(domain::normalisedName(name), organisation.name);
    different += name != organisation.name ? 1U : 0U;
  });
  EXPECT_GT(different, 0U) << "（模拟） in full-width brackets";
}

/// What stands for an event's step in a work list: the record that it continues.
std::optional<EventRef> recordOf(domain::Case const& about) {
  switch (about.event.which()) {
    case E::APPLICATION_SUBMITTED:
    case E::SITE_CHECKED:
    case E::COST_VERIFIED:
    case E::PROJECT_ACCEPTED:
    case E::SUBSIDY_PROPOSED:
    case E::AWARD_APPROVED:
    case E::PAYMENT_REQUESTED: return about.subject.projectRef;
    case E::PAYMENT_REVIEWED:
    case E::PAYMENT_APPROVED:
    case E::PAYMENT_INSTRUCTED:
    case E::PAYMENT_SETTLED:
    case E::PAYMENT_RETURNED: return about.subject.paymentRef;
    case E::TRANCHE_RECEIVED: return about.subject.trancheRef;
    case E::RECOVERY_RECEIVED: return about.subject.recoveryRef;
    case E::CHANGE_CONFIRMED: return about.subject.pendingRef;
    case E::OBJECTION_RESOLVED: return about.subject.objectionRef;
    case E::COMPLAINT_CLOSED: return about.subject.complaintRef;
    case E::RECTIFICATION_FILED:
    case E::RECTIFICATION_VERIFIED: return about.subject.findingRef;
    case E::PUBLICITY_CLOSED: return about.subject.publicityRef;
    default: return std::nullopt;
  }
}

TEST(WorkList, WhatIsRecordedNextWaitedForARoleOfItsSigner) {
  struct Recorded {
    EventNumber number;
    E type;
    EventRef record;
    domain::KeyId author;
  };
  std::map<E, std::vector<Recorded>> byType;
  ASSERT_TRUE(read(simulatedLog(), {}, [&](domain::Case const& about) {
    if (auto const record = recordOf(about)) {
      byType[about.event.which()].push_back({about.context.number, about.event.which(), *record, about.context.author});
    }
  }));
  EXPECT_GT(byType.size(), 10U);
  for (auto const& [type, events] : byType) {
    for (auto const& event : {events.front(), events[events.size() / 2], events.back()}) {
      auto const before = read(simulatedLog(), {event.number, std::nullopt});
      ASSERT_TRUE(before);
      auto const tasks = tasksOf(*before);
      auto const task = std::ranges::find_if(
          tasks, [&](Task const& each) { return each.next == event.type && each.ref == event.record; });
      // A publicity's last day is a working day; whoever closes it the day after sees it wait from that last day on.
      ASSERT_NE(task, tasks.end()) << "event " << event.number.text() << " " << schema::eventTypeName(event.type);
      auto const& grants = before->state.person(before->state.keys.find(event.author)->person).grants;
      EXPECT_TRUE(std::ranges::any_of(grants, [&](auto const& grant) { return task->roles.contains(grant.role); }));
    }
  }
}

TEST(WorkList, IsInOrderOfWaiting) {
  auto const half = read(simulatedLog(), {EventNumber(simulatedLog().size().events / 2), std::nullopt});
  ASSERT_TRUE(half);
  EXPECT_TRUE(std::ranges::is_sorted(tasksOf(*half), {}, &Task::since));
}

TEST(WorkList, AFinishedPaymentWaitsForNobody) {
  for (auto const& payment : paymentsOf(whole().snapshot.state)) {
    bool const finished =
        payment.stage == domain::PaymentStage::settled || payment.stage == domain::PaymentStage::cancelled;
    EXPECT_EQ(payment.next.empty(), finished);
  }
}

TEST(Enterprise, ItsPaymentsAddUpToItsAwards) {
  std::size_t looked = 0;
  std::set<domain::Uscc> beneficiaries;
  auto const& state = whole().snapshot.state;
  state.awards.visit([&](EventRef const&, domain::Award const& award) { beneficiaries.insert(award.beneficiary); });
  for (auto const& uscc : beneficiaries) {
    auto const found = enterpriseOf(whole().snapshot, uscc, AccountHistory(uscc));
    ASSERT_TRUE(found);
    ASSERT_FALSE(found->awards.empty());
    for (auto const& row : found->awards) {
      Fen paid;
      state.awards.visit([&](EventRef const&, domain::Award const& award) {
        if (award.event == row.event) paid = award.paid();
      });
      EXPECT_EQ(row.status.paid, paid);
      EXPECT_LE(row.status.paid, row.status.requested);
      EXPECT_LE(row.status.requested, row.status.amount);
    }
    EXPECT_FALSE(found->projects.empty());
    ++looked;
  }
  EXPECT_GT(looked, 20U);
  EXPECT_FALSE(enterpriseOf(whole().snapshot, *domain::Uscc::parse("91440101327598294H"),
                            AccountHistory(*domain::Uscc::parse("91440101327598294H"))));
}

TEST(Enterprise, ItsAccountsAreThoseOfTheRules) {
  auto const& state = whole().snapshot.state;
  std::size_t looked = 0;
  std::map<domain::Uscc, AccountHistory> histories;
  state.organisations.visit(
      [&](domain::Uscc const& uscc, domain::Organisation const&) { histories.emplace(uscc, AccountHistory(uscc)); });
  ASSERT_TRUE(read(simulatedLog(), {}, [&](domain::Case const& about) {
    for (auto& [uscc, history] : histories) history.apply(about);
  }));
  state.organisations.visit([&](domain::Uscc const& uscc, domain::Organisation const& organisation) {
    std::set<std::string> expected;
    for (auto const& account : organisation.accounts) expected.emplace(account.number.text());
    std::set<std::string> found;
    for (auto const& entry : histories.at(uscc).entries()) {
      if (entry.status == AccountStatus::proposed || entry.status == AccountStatus::rejected) continue;
      if (entry.replaces) found.erase(std::string(entry.replaces->text()));
      found.emplace(entry.number.text());
    }
    EXPECT_EQ(found, expected) << uscc.text();
    ++looked;
  });
  EXPECT_GT(looked, 50U);
}

TEST(Provider, HasItsProductsAndContractsAndNoOthers) {
  auto const& state = whole().snapshot.state;
  std::map<domain::Uscc, Provider> providers;
  state.providers.visit([&](domain::ProviderKey const& key, domain::ProviderListing const&) {
    providers.emplace(key.provider, Provider(key.provider));
  });
  ASSERT_FALSE(providers.empty());
  ASSERT_TRUE(read(simulatedLog(), {}, [&](domain::Case const& about) {
    for (auto& [uscc, provider] : providers) provider.apply(about);
  }));
  std::size_t contracts = 0;
  for (auto const& each : providers) {
    auto const& uscc = each.first;
    auto const& provider = each.second;
    ASSERT_TRUE(provider.name());
    std::set<domain::ProductKey> products;
    state.products.visit([&](domain::ProductKey const& key, domain::Product const& product) {
      if (product.provider == uscc) products.insert(key);
    });
    std::set<domain::ProductKey> listed;
    for (auto const& product : provider.products()) {
      listed.insert({product.city, product.code});
      EXPECT_EQ(product.prices.back().price, state.products.find({product.city, product.code})->price);
    }
    EXPECT_EQ(listed, products);
    EXPECT_FALSE(provider.listings().empty());
    contracts += provider.contracts().size();
  }
  EXPECT_GT(contracts, 50U);
}

TEST(Explanation, GivesEachAwardFromItsLinesToItsSources) {
  std::vector<EventNumber> awards;
  auto const& state = whole().snapshot.state;
  state.awards.visit([&](EventRef const&, domain::Award const& award) { awards.push_back(award.event); });
  ASSERT_GT(awards.size(), 20U);
  for (std::size_t i = 0; i < awards.size(); i += 5) {
    auto const explained = explain(simulatedLog(), awards[i]);
    ASSERT_TRUE(explained) << explained.error().message;
    EXPECT_EQ(explained->award, awards[i]);
    Fen counted;
    for (auto const& line : explained->lines) counted += line.why ? Fen() : line.net;
    EXPECT_EQ(counted, explained->cost);
    EXPECT_EQ(explained->subsidy, std::min(explained->portion, explained->cap));
    Fen sources;
    for (auto const& source : explained->sources) sources += source.amount;
    EXPECT_EQ(sources, explained->subsidy);
    ASSERT_TRUE(explained->policy);
    ASSERT_TRUE(explained->plan);
    EXPECT_LE(explained->policy->inForceFrom, explained->day);
    EXPECT_LE(explained->plan->inForceFrom, explained->day);
    EXPECT_GE(explained->grounds.size(), 7U);
  }
}

TEST(Explanation, OfAPaymentNamesWhatItDraws) {
  auto const payments = paymentsOf(whole().snapshot.state);
  ASSERT_FALSE(payments.empty());
  auto const explained = explain(simulatedLog(), payments.front().event);
  ASSERT_TRUE(explained) << explained.error().message;
  EXPECT_EQ(explained->payment, payments.front().event);
  Fen drawn;
  for (auto const& source : explained->paid) drawn += source.amount;
  EXPECT_EQ(drawn, payments.front().amount);
  EXPECT_EQ(explained->basis.position, payments.front().event.value() + 1);
}

TEST(Explanation, RefusesAnEventWithoutAProposal) {
  auto const explained = explain(simulatedLog(), EventNumber(0));
  ASSERT_FALSE(explained);
  EXPECT_EQ(explained.error().kind, crypto::ErrorKind::notFound);
  EXPECT_FALSE(explain(simulatedLog(), EventNumber(simulatedLog().size().events)));
}

}  // namespace
}  // namespace fundtrail::ledger::projections
