// SPDX-License-Identifier: Apache-2.0
#include "replay/books.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "tests/replay/bookkeeper.h"
#include "tests/replay/history.h"

namespace fundtrail::replay {
namespace {

using domain::Fen;
using E = schema::Event::Which;

/// Books of every event of the ledger, as an auditor keeps them.
Books booksOf(tests::DomainLedger const& ledger) {
  Books books;
  for (std::size_t i = 0; i < ledger.events().size(); ++i) {
    auto const disagreement = bookNext(books, ledger, i);
    EXPECT_FALSE(disagreement) << disagreement->en;
  }
  return books;
}

tests::DomainLedger const& wholeLedger() {
  static auto const ledger = ledgerAfter(History::shared().batches.size());
  return ledger;
}

domain::EventRef anyTranche(domain::State const& state) {
  std::optional<domain::EventRef> found;
  state.tranches.visit([&](domain::EventRef const& ref, domain::Tranche const& tranche) {
    if (!found && tranche.sum(domain::Stage::paid).isPositive()) found = ref;
  });
  return found.value();
}

TEST(Books, AgreeWithTheRulesToTheFenAtTheEnd) {
  auto const disagreement = booksOf(wholeLedger()).compare(wholeLedger().state());
  EXPECT_FALSE(disagreement) << disagreement->en;
}

TEST(Books, AgreeWithTheRulesAfterEveryEvent) {
  Books books;
  auto const& batches = History::shared().batches;
  tests::DomainLedger ledger(batches.front().batch);
  for (std::size_t i = 1; i < batches.size(); ++i) {
    auto const before = ledger.events().size();
    ASSERT_FALSE(ledger.submit(batches[i].batch));
    for (auto e = before; e < ledger.events().size(); ++e) ASSERT_FALSE(bookNext(books, ledger, e));
    auto const disagreement = books.compare(ledger.state());
    ASSERT_FALSE(disagreement) << "batch " << i << ": " << disagreement->en;
  }
}

TEST(Books, DisagreeWithAStateThatOneFenWasMovedIn) {
  auto const books = booksOf(wholeLedger());
  auto const ref = anyTranche(wholeLedger().state());
  auto const pockets = wholeLedger().state().tranches.find(ref)->pockets.size();
  for (std::size_t pocket = 0; pocket < pockets; ++pocket) {
    for (std::size_t stage = 0; stage < domain::kStages; ++stage) {
      auto doctored = wholeLedger().state();
      doctored.tranches.edit(ref).pockets[pocket].stages[stage] += Fen::literal(1);
      EXPECT_TRUE(books.compare(doctored)) << pocket << " " << stage;
    }
  }
}

TEST(Books, DisagreeWithAStateThatLacksAPocketOrSaysThatMoreWasIssued) {
  auto const books = booksOf(wholeLedger());
  auto const ref = anyTranche(wholeLedger().state());
  auto lacks = wholeLedger().state();
  auto& pockets = lacks.tranches.edit(ref).pockets;
  auto const paidFrom = std::ranges::find_if(pockets, [](domain::PocketBalance const& balance) {
    return balance.stages[static_cast<std::size_t>(domain::Stage::paid)].isPositive();
  });
  ASSERT_NE(paidFrom, pockets.end());
  pockets.erase(paidFrom);
  EXPECT_TRUE(books.compare(lacks));

  auto more = wholeLedger().state();
  more.tranches.edit(ref).issued += Fen::literal(1);
  EXPECT_TRUE(books.compare(more));
}

TEST(Books, DisagreeWithAStateThatLacksATranche) {
  auto const ledger = ledgerAfter(find(E::TRANCHE_ISSUED).batch);  // before any tranche
  EXPECT_TRUE(booksOf(wholeLedger()).compare(ledger.state()));
  EXPECT_TRUE(booksOf(ledger).compare(wholeLedger().state()));
}

/// Books the history up to the event, and then the event with a change that no rule has seen.
Disagreement booked(Found const& at, std::function<void(schema::Event::Builder)> const& change) {
  auto const ledger = ledgerAfter(at.batch + 1);
  auto const first = ledger.events().size() - History::shared().batches[at.batch].batch.events.size();
  Books books;
  for (std::size_t i = 0; i < first + at.event; ++i) EXPECT_FALSE(bookNext(books, ledger, i));
  auto const& original = History::shared().batches[at.batch].batch;
  auto const changed = altered(original, at.event, change, authorOf(original));
  schema::Message<schema::Event> const message(changed.events[at.event]);
  return books.book(ledger.events()[first + at.event].context, message.root());
}

TEST(Books, FindAnOverdrawnAccountByThemselves) {
  EXPECT_TRUE(booked(find(E::TRANCHE_RECEIVED), [](schema::Event::Builder event) {
    event.getTrancheReceived().setAmountFen(100 * event.getTrancheReceived().getAmountFen());
  }));
  EXPECT_FALSE(booked(find(E::TRANCHE_RECEIVED), [](schema::Event::Builder event) {
    event.getTrancheReceived().setAmountFen(event.getTrancheReceived().getAmountFen() - 1);
  }));
}

TEST(Books, FindMoneyThatTheyDoNotKnow) {
  std::array<std::uint8_t, 32> const nobody{};
  EXPECT_TRUE(booked(find(E::TRANCHE_RECEIVED), [&](schema::Event::Builder event) {
    event.getTrancheReceived().setTranche({nobody.data(), nobody.size()});
  }));
  EXPECT_TRUE(booked(find(E::PAYMENT_SETTLED), [&](schema::Event::Builder event) {
    event.getPaymentSettled().setPayment({nobody.data(), nobody.size()});
  }));
}

TEST(Books, DemandToBeShownWhatAReversalNamesAndNothingElse) {
  auto const& ledger = wholeLedger();
  Books books;
  std::size_t i = 0;
  domain::RecordedEvent const* original = nullptr;
  for (; !original; ++i) {
    schema::Message<schema::Event> const message(ledger.events()[i].bytes.bytes());
    original = takenBackBy(ledger, message.root());
    ASSERT_FALSE(original ? books.book(ledger.events()[i].context, message.root()) : bookNext(books, ledger, i));
  }
  auto const show = [&](Books& to, domain::RecordedEvent const& recorded) {
    schema::Message<schema::Event> const message(recorded.bytes.bytes());
    return to.takeBack(recorded.context, message.root());
  };
  auto silent = books;
  EXPECT_TRUE(silent.compare(ledger.state())) << "nothing was shown";
  EXPECT_TRUE(bookNext(silent, ledger, i)) << "nothing was shown";
  auto wrong = books;
  EXPECT_TRUE(show(wrong, ledger.events()[i - 1])) << "the confirmation itself is not what it takes back";
  EXPECT_FALSE(show(books, *original));
  EXPECT_TRUE(show(books, *original)) << "once";
}

TEST(Books, RefuseAnIssueLargerThanAnyProgramme) {
  EXPECT_TRUE(booked(find(E::TRANCHE_ISSUED, 1),
                     [](schema::Event::Builder event) { event.getTrancheIssued().setAmountFen(Fen::kMaxMagnitude); }));
}

}  // namespace
}  // namespace fundtrail::replay
