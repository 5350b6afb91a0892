// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/table.h"

#include <map>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/domain/number_set.h"

namespace fundtrail::ledger::domain {
namespace {

using Names = Table<int, std::string>;

std::vector<std::pair<int, std::string>> rowsOf(Names const& table) {
  std::vector<std::pair<int, std::string>> rows;
  table.visit([&](int key, std::string const& record) { rows.emplace_back(key, record); });
  return rows;
}

TEST(Table, FindsWhatWasInserted) {
  Names table;
  table.insert(7, "seven");
  table.insert(3, "three");
  ASSERT_NE(table.find(7), nullptr);
  EXPECT_EQ(*table.find(7), "seven");
  EXPECT_EQ(table.find(8), nullptr);
  EXPECT_EQ(table.indexOf(3), 1U);
  EXPECT_EQ(table.indexOf(8), std::nullopt);
  EXPECT_EQ(rowsOf(table), (std::vector<std::pair<int, std::string>>{{7, "seven"}, {3, "three"}}));
}

TEST(Table, AbortsOnBugsOfItsCaller) {
  Names table;
  table.insert(7, "seven");
  EXPECT_DEATH(table.insert(7, "again"), "is new");
  EXPECT_DEATH(table.edit(8), "exists");
  table.savepoint();
  EXPECT_DEATH(table.savepoint(), "do not nest");
}

// Against a naive copy: what was there at the savepoint is there after the rollback, in the same order.
TEST(Table, RollsBackToTheCopyMadeAtTheSavepoint) {
  EXPECT_TRUE(rc::check([] {
    Names table;
    std::map<int, std::string> model;
    auto copy = table;
    auto modelAtSavepoint = model;
    bool recording = false;
    auto const actions = *rc::gen::container<std::vector<std::pair<unsigned, int>>>(
        rc::gen::pair(rc::gen::inRange(0U, 8U), rc::gen::inRange(0, 12)));
    for (auto const& [action, key] : actions) {
      switch (action) {
        case 0:
          if (recording) break;
          table.savepoint();
          copy = table;
          modelAtSavepoint = model;
          recording = true;
          break;
        case 1:
          table.release();
          recording = false;
          break;
        case 2:
          if (!recording) break;
          table.rollback();
          model = modelAtSavepoint;
          recording = false;
          RC_ASSERT(table == copy);
          break;
        default:
          if (model.contains(key)) {
            table.edit(key) += 'x';
            model[key] += 'x';
          } else {
            table.insert(key, "new");
            model[key] = "new";
          }
      }
      RC_ASSERT(table.size() == model.size());
      for (auto const& [known, record] : model) {
        RC_ASSERT(table.find(known) != nullptr);
        RC_ASSERT(*table.find(known) == record);
        RC_ASSERT(table.at(*table.indexOf(known)) == record);
      }
    }
  }));
}

UsedNumber number(unsigned i) {
  return UsedNumber::of(NumberKind::voucher, 0, std::to_string(i));
}

TEST(NumberSet, TellsKindsAndScopesApart) {
  NumberSet numbers;
  numbers.add(UsedNumber::of(NumberKind::voucher, 440100, "1"));
  EXPECT_TRUE(numbers.contains(UsedNumber::of(NumberKind::voucher, 440100, "1")));
  EXPECT_FALSE(numbers.contains(UsedNumber::of(NumberKind::voucher, 440400, "1")));
  EXPECT_FALSE(numbers.contains(UsedNumber::of(NumberKind::invoice, 440100, "1")));
  EXPECT_FALSE(numbers.contains(UsedNumber::of(NumberKind::voucher, 440100, "2")));
}

TEST(NumberSet, RollsBackWhatWasAddedSinceTheSavepointAlone) {
  NumberSet numbers;
  numbers.add(number(1));
  numbers.savepoint();
  numbers.add(number(1));
  numbers.add(number(2));
  ASSERT_EQ(numbers.addedSinceSavepoint().size(), 1U);
  EXPECT_EQ(numbers.addedSinceSavepoint().front(), number(2));
  numbers.rollback();
  EXPECT_TRUE(numbers.contains(number(1)));
  EXPECT_FALSE(numbers.contains(number(2)));
  EXPECT_EQ(numbers.size(), 1U);
}

TEST(NumberSet, ForgetsWhatTheLogAnswersFor) {
  NumberSet numbers;
  numbers.add(number(1));
  numbers.add(number(2));
  std::vector<UsedNumber> const durable{number(1), number(3)};
  numbers.forget(durable);
  EXPECT_FALSE(numbers.contains(number(1)));
  EXPECT_TRUE(numbers.contains(number(2)));
}

}  // namespace
}  // namespace fundtrail::ledger::domain
