// SPDX-License-Identifier: Apache-2.0
// The tables that an auditor brings.
#include <gtest/gtest.h>

#include "tests/replay/indicators/story.h"

namespace fundtrail::replay::indicators {
namespace {

TEST(Registry, IsReadInTheFormInWhichItIsCompared) {
  auto const entries = readRegistry(
                           "uscc,kind,value\n"
                           "91440101327598294H,representative,张 （某）\n"
                           "91440101327598294H,account,6222 0000 1111 2222\n")
                           .value();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0], (RegistryEntry{kEnterprise, RegistryEntry::Kind::representative, "张(某)"}));
  EXPECT_EQ(entries[1], (RegistryEntry{kEnterprise, RegistryEntry::Kind::account, "6222000011112222"}));
}

TEST(Registry, RefusesWhatMeansNothing) {
  for (auto const& [row, says] : {
           std::pair<std::string, std::string_view>{"91440101MA59J1K15C,phone,1", "line 2: 91440101MA59J1K15C is no"},
           {"91440101327598294H,fax,1", "line 2: fax is no kind"},
           {"91440101327598294H,account,12", "line 2: 12 is no account number"},
           {"91440101327598294H,phone,", "line 2: the value is empty"},
       }) {
    auto const read = readRegistry("uscc,kind,value\n" + row + "\n");
    ASSERT_FALSE(read) << row;
    EXPECT_NE(read.error().message.find(says), std::string::npos) << read.error().message;
    EXPECT_TRUE(read.error().zh.starts_with("第 2 行：")) << read.error().zh;
  }
}

TEST(Movements, AreRead) {
  auto const movements = readMovements(
                             "date,from_account,from_name,to_account,to_name,amount\n"
                             "2024-07-10,6222000033334444,,,甲公司,\"3,000.50\"\n")
                             .value();
  ASSERT_EQ(movements.size(), 1U);
  EXPECT_EQ(movements[0], (Movement{2, on("2024-07-10"), "6222000033334444", "", "", "甲公司", Fen::literal(300'050)}));
}

TEST(Movements, RefuseWhatMeansNothing) {
  for (auto const& [row, says] : {
           std::pair<std::string, std::string_view>{"2024-02-30,62220000,,62220001,,1", "2024-02-30 is no date"},
           {"2024-02-03,62220000,,62220001,,0", "0 is no amount above 0"},
           {"2024-02-03,62220000,,62220001,,1.234", "1.234 is no amount"},
           {"2024-02-03,62220000,,,,1", "each side needs an account or a name"},
           {"2024-02-03,x,,62220001,,1", "x is no account number"},
       }) {
    auto const read = readMovements("date,from_account,from_name,to_account,to_name,amount\n" + row);
    ASSERT_FALSE(read) << row;
    EXPECT_NE(read.error().message.find(says), std::string::npos) << read.error().message;
  }
}

}  // namespace
}  // namespace fundtrail::replay::indicators
