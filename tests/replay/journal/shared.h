// SPDX-License-Identifier: Apache-2.0
// The vouchers of the shared history, and the sums that the other two derivations give.
#pragma once

#include <map>
#include <utility>

#include "ledger/projections/allocation.h"
#include "replay/journal/source.h"
#include "replay/journal/vouchers.h"
#include "tests/replay/bookkeeper.h"
#include "tests/replay/history.h"
#include "tests/replay/shown.h"

namespace fundtrail::replay::journal {

/// By city and account; accounts that hold nothing are left out.
using Sums = std::map<std::pair<std::uint32_t, Account>, std::int64_t>;

inline tests::DomainLedger const& wholeLedger() {
  static auto const ledger = ledgerAfter(History::shared().batches.size());
  return ledger;
}

inline Vouchers const& wholeVouchers() {
  static auto const vouchers = [] {
    Vouchers made;
    show(wholeLedger(), made);
    return made;
  }();
  return vouchers;
}

inline Source const kSource{"00ff", "专项 <资金>; 模拟", 12, "ff00"};

inline Sums sumsOf(Vouchers const& vouchers) {
  Sums sums;
  auto const balances = vouchers.balances();
  for (std::size_t i = 0; i < balances.size(); ++i) {
    auto const& account = vouchers.accounts()[i];
    sums[{vouchers.tranches()[account.tranche].city.number(), account.account}] += balances[i].count();
  }
  std::erase_if(sums, [](auto const& sum) { return sum.second == 0; });
  return sums;
}

/// By the audit's own books.
inline Sums sumsOfBooks() {
  Books books;
  for (std::size_t i = 0; i < wholeLedger().events().size(); ++i) {
    crypto::ensure(!bookNext(books, wholeLedger(), i), "the history is lawful");
  }
  Sums sums;
  for (auto const& totals : books.totals()) {
    for (std::size_t i = 0; i < kAccounts; ++i) {
      auto const amount = totals.balances[i].count();
      if (amount != 0) sums[{totals.city.number(), Account(i)}] = Account(i) == Account::outside ? -amount : amount;
    }
  }
  return sums;
}

/// By the ledger's own projection.
inline Sums sumsOfProjection() {
  using domain::Stage;
  auto const log = logOf(History::shared().batches.size());
  auto const allocated = ledger::projections::project(*log, {}).value();
  static constexpr std::pair<Stage, Account> kSame[] = {
      {Stage::issued, Account::issued},     {Stage::available, Account::available},
      {Stage::reserved, Account::reserved}, {Stage::inFlight, Account::inFlight},
      {Stage::paid, Account::paid},         {Stage::returnedToTreasury, Account::returnedToTreasury},
      {Stage::recalled, Account::recalled}};
  Sums sums;
  for (auto const& city : allocated.allocation.cities()) {
    auto const total = city.total();
    sums[{city.city.number(), Account::outside}] = -total.issued.count();
    for (auto const& [stage, account] : kSame) sums[{city.city.number(), account}] = total.in(stage).count();
  }
  std::erase_if(sums, [](auto const& sum) { return sum.second == 0; });
  return sums;
}

}  // namespace fundtrail::replay::journal
