// SPDX-License-Identifier: Apache-2.0
#include "ledger/programme/programme.h"

#include <set>

#include <gtest/gtest.h>

#include "ledger/schema/json.h"

namespace fundtrail::ledger::programme {
namespace {

TEST(Programme, HasFourteenCitiesWithTheirMinimumCounts) {
  std::set<std::uint32_t> delta = {440100, 440400, 440600, 440700, 441200, 441300, 441900, 442000};
  ASSERT_EQ(pilotCities().size(), 14U);
  std::uint32_t whole = 0;
  for (auto const& city : pilotCities()) {
    EXPECT_EQ(city.minEnterprises, delta.contains(city.code.number()) ? 350U : 200U) << city.code.number();
    whole += city.minEnterprises;
  }
  EXPECT_EQ(whole, 4000U);
}

TEST(Programme, TheFirstTrancheIs744MillionYuan) {
  domain::Fen sum;
  for (auto const& city : pilotCities()) sum += city.firstTranche;
  EXPECT_EQ(domain::formatYuan(sum), "744,000,000.00");
}

TEST(Programme, EveryFileIsABatchFileWhoseEventsAreOfItsSigner) {
  std::multiset<std::string> types;
  for (auto const& file : batchFiles()) {
    auto const parsed = schema::parseBatchFile(file.json);
    ASSERT_TRUE(parsed) << file.name;
    for (auto const& prepared : parsed->events) {
      auto const words = prepared.encode({}, [](std::string_view) -> crypto::Result<crypto::Digest> {
        return crypto::Error{crypto::ErrorKind::notFound, "no references"};
      });
      ASSERT_TRUE(words) << words.error().message;
      schema::Message<schema::Event> const message(words->bytes());
      auto const event = message.root();
      types.insert(event.isPolicyPublished()  ? "policy"
                   : event.isCityDesignated() ? "city"
                   : event.isTrancheIssued()  ? "tranche"
                                              : "other");
      EXPECT_EQ(file.signedBy == schema::Role::PROVINCE_FINANCE, event.isTrancheIssued());
    }
  }
  EXPECT_EQ(types.count("policy"), 2U);
  EXPECT_EQ(types.count("city"), 14U);
  EXPECT_EQ(types.count("tranche"), 14U);
  EXPECT_EQ(types.count("other"), 0U);
}

}  // namespace
}  // namespace fundtrail::ledger::programme
