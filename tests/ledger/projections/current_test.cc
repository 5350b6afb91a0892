// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/current.h"

#include <memory>
#include <span>

#include <gtest/gtest.h>

#include "ledger/log/memory_log.h"
#include "ledger/projections/progress.h"
#include "tests/support/passing_log.h"
#include "tests/support/simulated_log.h"

namespace fundtrail::ledger::projections {
namespace {

using tests::simulatedLog;

/// The simulated log, of which so many batches are durable yet.
class GrowingLog final : public tests::PassingLog {
 public:
  GrowingLog()
      : PassingLog(std::make_shared<log::MemoryLog>(crypto::HashAlgorithm::sha256)),
        all_(simulatedLog().read(domain::BatchNumber(0))) {}

  void grow(std::uint64_t batches) {
    for (std::uint64_t i = 0; i < batches; ++i) {
      auto const stored = all_->next().value();
      if (!stored) return;
      log::PreparedBatch const batch[] = {
          {stored->entry, stored->events, domain::KeyId(crypto::Digest{}), idempotencyKeyOf(stored->number), {}}};
      ASSERT_TRUE(append(batch));
    }
  }

 private:
  static log::IdempotencyKey idempotencyKeyOf(domain::BatchNumber number) {
    log::IdempotencyKey key{};
    auto value = number.value();
    for (auto& byte : key) {
      byte = static_cast<std::uint8_t>(value);
      value >>= 8U;
    }
    return key;
  }

  std::unique_ptr<log::Cursor> all_;
};

void expectIsAFold(Current const& current, log::EventLog const& log) {
  Allocation allocation;
  Timelines timelines;
  Journal journal;
  auto const folded = read(
      log, {domain::EventNumber(current.snapshot().basis.position), {}},
      [&](domain::Case const& about) {
        allocation.apply(about);
        timelines.apply(about);
        journal.apply(about);
      },
      [&](domain::State const& after) { timelines.observe(after); });
  ASSERT_TRUE(folded) << folded.error().message;
  EXPECT_EQ(current.snapshot().basis, folded->basis);
  EXPECT_TRUE(current.snapshot().state == folded->state);
  EXPECT_TRUE(current.snapshot().particulars == folded->particulars);
  EXPECT_TRUE(current.allocation() == allocation);
  EXPECT_EQ(current.journal().lines().size(), journal.lines().size());
  folded->state.projects.visit([&](domain::EventRef const& project, domain::Project const&) {
    EXPECT_EQ(current.timelines().of(project).size(), timelines.of(project).size());
  });
}

TEST(Current, SaysWhatAFoldSaysHoweverItCameThere) {
  GrowingLog log;
  log.grow(1);
  auto const opened = Current::open(log);
  ASSERT_TRUE(opened) << opened.error().message;
  auto& current = **opened;
  EXPECT_FALSE(current.advance(1000).value());
  expectIsAFold(current, log);
  for (std::uint64_t const batches : {1U, 2U, 50U, 400U}) {
    log.grow(batches);
    EXPECT_TRUE(current.advance(1'000'000).value());
    EXPECT_EQ(current.snapshot().basis.position, log.size().events);
    EXPECT_FALSE(current.advance(1'000'000).value());
  }
  expectIsAFold(current, log);
}

TEST(Current, MayStopWithinABatchAndGoOn) {
  GrowingLog log;
  log.grow(60);
  auto const opened = Current::open(log);
  ASSERT_TRUE(opened);
  auto& current = **opened;
  log.grow(60);
  std::uint64_t steps = 0;
  while (current.advance(7).value()) {
    EXPECT_LE(current.snapshot().basis.position, log.size().events);
    if (++steps % 10 == 0) expectIsAFold(current, log);
  }
  EXPECT_EQ(current.snapshot().basis.position, log.size().events);
  expectIsAFold(current, log);
}

TEST(Current, KnowsOrganisationsAsTheirOwnFollowersDo) {
  GrowingLog log;
  log.grow(400);
  auto const opened = Current::open(log);
  ASSERT_TRUE(opened);
  auto const& current = **opened;
  std::size_t looked = 0;
  current.snapshot().state.organisations.visit([&](domain::Uscc const& uscc, domain::Organisation const& organisation) {
    if (++looked % 20 != 0) return;  // each costs a fold
    AccountHistory accounts(uscc);
    Provider provider(uscc);
    ASSERT_TRUE(read(log, {}, [&](domain::Case const& about) {
      accounts.apply(about);
      provider.apply(about);
    }));
    EXPECT_EQ(current.organisations().accountsOf(uscc)->entries(), accounts.entries());
    if (organisation.kind == schema::OrganisationKind::ENTERPRISE) {
      EXPECT_EQ(current.organisations().provider(uscc), nullptr);
    } else {
      EXPECT_TRUE(*current.organisations().provider(uscc) == provider);
    }
  });
  EXPECT_GT(looked, 20U);
}

}  // namespace
}  // namespace fundtrail::ledger::projections
