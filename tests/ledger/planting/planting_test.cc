// SPDX-License-Identifier: Apache-2.0
// What is planted: in the history as the manifest says, lawful or not as the table says, and nothing else.

#include <algorithm>

#include <gtest/gtest.h>

#include "ledger/domain/read.h"
#include "ledger/schema/message.h"
#include "tests/ledger/planting/planted_log.h"
#include "tests/support/sm2_keys.h"

namespace fundtrail::ledger::planting {
namespace {

using tests::plantedLog;

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::vector<std::string> namesOf(std::span<Kind const> list) {
  std::vector<std::string> names;
  for (auto const& kind : list) names.emplace_back(kind.name);
  return names;
}

class OfEachKind : public ::testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Kinds, OfEachKind, ::testing::ValuesIn(namesOf(kinds())),
                         [](auto const& each) { return each.param; });

TEST_P(OfEachKind, StandsAsTheManifestSaysAndBreaksTheRuleThatTheTableSays) {
  auto const& kind = *findKind(GetParam());
  auto const made = plantedLog({{&kind, 1}}, tests::planFor(kind.name));
  ASSERT_EQ(made.planted.size(), 1U);
  auto const& planted = made.planted.front();
  ASSERT_FALSE(planted.events.empty());
  for (auto const number : planted.events) EXPECT_TRUE(made.log->event(domain::EventNumber(number))) << number;
  EXPECT_NE(planted.city, 0U);
  EXPECT_FALSE(planted.what.zh.empty());
  EXPECT_FALSE(planted.what.en.empty());
  auto const json = toJson(made.planted);
  EXPECT_TRUE(holds(json, "\"kind\":\"" + GetParam() + "\""));
  EXPECT_TRUE(holds(json, "\"amountFen\":\"" + std::to_string(planted.amount.count()) + "\""));
  if (!kind.breaksRules()) {
    EXPECT_TRUE(made.breaches.empty()) << "event " << made.breaches.front().event.text() << " breaks "
                                       << made.breaches.front().rule << ": " << planted.what.en;
    return;
  }
  ASSERT_FALSE(made.breaches.empty());
  EXPECT_EQ(made.breaches.front().rule, kind.rule);
  EXPECT_EQ(made.breaches.front().event.value(), planted.events.front());
}

TEST(Planting, WithoutRequestsTheHistoryIsTheSimulationsToTheByte) {
  simulation::Plan const plan{.seed = 3, .enterprises = 60, .alone = false};
  simulation::Simulation const simulation(plan);
  std::vector<batch::SignedBatch> plain;
  std::vector<batch::SignedBatch> written;
  simulation.run([&](batch::SignedBatch batch) { plain.push_back(std::move(batch)); });
  ASSERT_TRUE(plant(simulation, plan.seed, {}, [&](batch::SignedBatch batch) { written.push_back(std::move(batch)); }));
  EXPECT_EQ(written, plain);
}

TEST(Planting, TheSameSeedAndRequestsGiveTheSameRoot) {
  std::vector<Request> const requests{{findKind("offLedgerDebit"), 2}, {findKind("cityRetains")}};
  auto const once = plantedLog(requests);
  auto const again = plantedLog(requests);
  EXPECT_EQ(once.log->root(), again.log->root());
  EXPECT_EQ(toJson(once.planted), toJson(again.planted));
}

TEST(Planting, InTheGmProfileItStandsAtTheSamePlacesAndBreaksTheSameRules) {
  std::vector<Request> const requests{{findKind("expertNotRecused")}, {findKind("offLedgerDebit")}};
  auto plan = tests::kPlantedPlan;
  plan.signing = {schema::Profile::GM, &tests::sm2KeyOf};
  auto const gm = plantedLog(requests, plan);
  auto const standard = plantedLog(requests);
  EXPECT_EQ(gm.log->hashAlgorithm(), crypto::HashAlgorithm::sm3);
  EXPECT_EQ(toJson(gm.planted), toJson(standard.planted));
  ASSERT_EQ(gm.breaches.size(), standard.breaches.size());
  for (std::size_t i = 0; i < gm.breaches.size(); ++i) {
    EXPECT_EQ(gm.breaches[i].event, standard.breaches[i].event);
    EXPECT_EQ(gm.breaches[i].rule, standard.breaches[i].rule);
  }
}

TEST(Planting, SeveralOfAKindAndOfAllLawfulKindsStandBesideEachOther) {
  std::vector<Request> requests;
  for (auto const& kind : kinds()) {
    bool const once = kind.name == "inspectorEverywhere" || kind.name == "yearEndRush";
    if (!kind.breaksRules()) requests.push_back({&kind, once ? 1U : 2U});
  }
  auto const made = plantedLog(requests, {.seed = 11, .enterprises = 400, .alone = false});
  ASSERT_TRUE(made.breaches.empty()) << made.breaches.front().rule << " " << made.breaches.front().event.text();
  for (auto const& one : made.planted) {
    auto const same = std::ranges::count_if(
        made.planted, [&](Planted const& other) { return other.kind == one.kind && other.events == one.events; });
    EXPECT_EQ(same, 1) << one.kind->name;
  }
}

TEST(Planting, AHistoryThatIsTooSmallIsRefusedBeforeAnythingIsHandedOver) {
  simulation::Plan const plan{.seed = 3, .enterprises = 1, .alone = false};
  std::vector<Request> const requests{{findKind("fictitiousContract")}};
  std::size_t batches = 0;
  auto const made =
      plant(simulation::Simulation(plan), plan.seed, requests, [&](batch::SignedBatch const&) { ++batches; });
  ASSERT_FALSE(made);
  EXPECT_TRUE(holds(made.error().message, "--enterprises"));
  EXPECT_TRUE(holds(made.error().zh, "--enterprises"));
  EXPECT_EQ(batches, 0U);
}

TEST(Planting, ARequestIsAKindAndHowMany) {
  auto const one = parseRequest("aboveCap");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->kind->name, "aboveCap");
  EXPECT_EQ(one->count, 1U);
  EXPECT_EQ(parseRequest("aboveCap:12")->count, 12U);
  for (auto const* const wrong : {"", "aboveCap:", "aboveCap:0", "aboveCap:-1", "aboveCap:100", "aboveCap:1x", "cap"}) {
    auto const refused = parseRequest(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().kind, crypto::ErrorKind::badInput);
    EXPECT_FALSE(refused.error().zh.empty());
  }
  EXPECT_TRUE(holds(parseRequest("aboveCup").error().message, "aboveCap"));
}

}  // namespace
}  // namespace fundtrail::ledger::planting
