// SPDX-License-Identifier: Apache-2.0
#include "replay/journal/vouchers.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/replay/journal/shared.h"

namespace fundtrail::replay::journal {
namespace {

TEST(Vouchers, AgreeWithBooksAndProjectionToTheFen) {
  auto const sums = sumsOf(wholeVouchers());
  EXPECT_EQ(sums, sumsOfBooks());
  EXPECT_EQ(sums, sumsOfProjection());
  EXPECT_GT(sums.size(), 14U * 3) << "every city has money in several stages";
}

TEST(Vouchers, HoldASignedEventEachWhoseDebitsAreItsCredits) {
  auto const& vouchers = wholeVouchers();
  std::size_t end = 0;
  for (auto const& voucher : vouchers.vouchers()) {
    domain::Fen sum;
    for (auto const& line : vouchers.lines(voucher)) sum += line.amount;
    EXPECT_TRUE(sum.isZero()) << "event " << voucher.event.text();
    EXPECT_EQ(voucher.firstLine, end) << "lines follow each other";
    EXPECT_EQ(voucher.ref, wholeLedger().events()[voucher.event.value()].context.ref);
    end = voucher.lastLine;
  }
  EXPECT_GT(end, 300U);
}

/// Books by books: after any number of events the two derivations agree, account by account.
TEST(Vouchers, AgreeWithBooksAtEveryPrefix) {
  Books books;
  Vouchers vouchers;
  struct Both final : Observer {
    Both(Books& b, Vouchers& v) : books(b), vouchers(v) {}
    void take(ShownEvent const& shown) override {
      ASSERT_FALSE(books.book(shown.context, shown.event));
      vouchers.take(shown);
      if (shown.event.which() != schema::Event::Which::CHANGE_CONFIRMED) compare();
    }
    void takeBack(ShownEvent const& original, ShownEvent const& confirmation) override {
      ASSERT_FALSE(books.takeBack(original.context, original.event));
      vouchers.takeBack(original, confirmation);
      compare();
    }
    void compare() {
      if (++events % 7 != 0) return;  // the sums of all accounts are many
      Sums ours;
      for (auto const& totals : books.totals()) {
        for (std::size_t i = 0; i < kAccounts; ++i) {
          auto const amount = totals.balances[i].count();
          if (amount != 0) ours[{totals.city.number(), Account(i)}] = i == 0 ? -amount : amount;
        }
      }
      ASSERT_EQ(sumsOf(vouchers), ours) << "after event " << events;
    }
    Books& books;
    Vouchers& vouchers;
    std::size_t events = 0;
  } both(books, vouchers);
  show(wholeLedger(), both);
}

TEST(Vouchers, TakeBackWhatAReversalNamesLineByLine) {
  // Given a payment that is settled in the history, and then reversed by two persons.
  auto const at = find(schema::Event::Which::PAYMENT_SETTLED);
  auto const ledger = ledgerAfter(at.batch + 1);
  Vouchers vouchers;
  show(ledger, vouchers);
  auto const before = sumsOf(vouchers);
  auto const settled = std::ranges::find(vouchers.vouchers(), schema::Event::Which::PAYMENT_SETTLED, &Voucher::type);
  ASSERT_NE(settled, vouchers.vouchers().end());
  auto const& original = ledger.events()[settled->event.value()];
  schema::Message<schema::Event> const message(original.bytes.bytes());
  auto const lines = vouchers.lines(*settled).size();
  // When its confirmation, which here is the event itself under another number, takes it back.
  domain::EventContext const later{domain::EventNumber(ledger.events().size()), domain::EventRef(crypto::Digest()),
                                   original.context.author, original.context.acceptedAt};
  vouchers.takeBack({original.context, domain::BatchNumber(1), "one", message.root()},
                    {later, domain::BatchNumber(2), "another", message.root()});
  // Then the money is in flight again, and the voucher in red says what it takes back.
  auto const& red = vouchers.vouchers().back();
  EXPECT_EQ(red.takesBack, original.context.number);
  EXPECT_EQ(red.person, "another");
  EXPECT_EQ(vouchers.lines(red).size(), lines);
  auto const city = vouchers.tranches()[vouchers.accounts()[vouchers.lines(red)[0].account].tranche].city.number();
  auto const paid = vouchers.lines(red)[0].amount;
  EXPECT_TRUE(paid.isNegative());
  auto const after = sumsOf(vouchers);
  auto const moved = [&](Sums const& sums, Account account) {
    auto const found = sums.find({city, account});
    return found == sums.end() ? 0 : found->second;
  };
  EXPECT_EQ(moved(after, Account::paid) + moved(after, Account::inFlight),
            moved(before, Account::paid) + moved(before, Account::inFlight));
  EXPECT_LT(moved(after, Account::paid), moved(before, Account::paid));
}

}  // namespace
}  // namespace fundtrail::replay::journal
