// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/refs.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fundtrail::ledger::domain {
namespace {

static_assert(!std::is_convertible_v<EventRef, KeyId> && !std::is_constructible_v<EventRef, KeyId>);
static_assert(!std::is_convertible_v<crypto::Digest, EventRef> && !std::is_convertible_v<std::uint64_t, EventNumber>);
static_assert(!std::is_constructible_v<EventNumber, BatchNumber>);
static_assert(EventNumber(3) < EventNumber(4));

TEST(EventRef, ReadsBackWhatItWrites) {
  EXPECT_TRUE(rc::check([](std::array<std::uint8_t, 32> const& bytes) {
    EventRef const ref(crypto::Digest{bytes});
    std::string text = ref.text();
    RC_ASSERT(text.size() == 64u);
    RC_ASSERT(text.find_first_not_of("0123456789abcdef") == std::string::npos);
    RC_ASSERT(EventRef::parse(text) == ref);
    RC_ASSERT(EventRef::from(bytes) == ref);
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    RC_ASSERT(EventRef::parse(text) == ref);
  }));
}

TEST(EventRef, RefusesWhatIsNoDigest) {
  std::string const valid(64, 'a');
  for (std::string const& text : {std::string(), valid.substr(1), valid.substr(2), valid + "aa", " " + valid.substr(1),
                                  valid.substr(1) + "g", "0x" + valid.substr(2)}) {
    EXPECT_EQ(EventRef::parse(text), std::nullopt) << text;
  }
  EXPECT_EQ(EventRef::from(std::vector<std::uint8_t>(31)), std::nullopt);
  EXPECT_EQ(EventRef::from(std::vector<std::uint8_t>(33)), std::nullopt);
}

TEST(EventRef, EqualDigestsAreOneKeyInASet) {
  EventRef const a = EventRef::parse(std::string(64, 'a')).value();
  EventRef const b = EventRef::parse(std::string(64, 'b')).value();
  EXPECT_EQ((std::unordered_set<EventRef>{a, b, a}).size(), 2u);
  EXPECT_LT(a, b);
}

TEST(EventNumber, ReadsBackWhatItWrites) {
  EXPECT_TRUE(rc::check([](std::uint64_t value) {
    RC_ASSERT(EventNumber::parse(EventNumber(value).text()) == EventNumber(value));
    RC_ASSERT(BatchNumber::parse(std::to_string(value))->value() == value);
  }));
  EXPECT_EQ(EventNumber::parse("0"), EventNumber(0));
  EXPECT_EQ(EventNumber::parse("18446744073709551615"), EventNumber(std::numeric_limits<std::uint64_t>::max()));
}

TEST(EventNumber, RefusesEveryOtherSpelling) {
  for (char const* const text :
       {"", "-1", "+1", " 1", "1 ", "01", "00", "1.0", "0x1", "1e3", "a", "18446744073709551616"}) {
    EXPECT_EQ(EventNumber::parse(text), std::nullopt) << text;
  }
}

TEST(EventNumber, EqualNumbersAreOneKeyInASet) {
  EXPECT_EQ((std::unordered_set<EventNumber>{EventNumber(1), EventNumber(2), EventNumber(1)}).size(), 2u);
}

}  // namespace
}  // namespace fundtrail::ledger::domain
