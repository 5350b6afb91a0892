// SPDX-License-Identifier: Apache-2.0
#include "replay/time/balances.h"

namespace fundtrail::replay::time {

using domain::Fen;

domain::Fen Balances::held() const {
  Fen sum;
  for (std::size_t i = 0; i < kAccounts; ++i) {
    if (Account(i) != Account::outside) sum += accounts[i];
  }
  return sum;
}

Balances& Balances::operator+=(Balances const& other) {
  for (std::size_t i = 0; i < kAccounts; ++i) accounts[i] += other.accounts[i];
  return *this;
}

void BalanceReading::add(std::span<JournalLine const> lines) {
  // The world outside owes what it issued: its side is turned round, so that it reads as an amount.
  auto const move = [](Balances& balances, Account account, Fen by) {
    balances.in(account) += account == Account::outside ? -by : by;
  };
  for (auto const& line : lines) {
    auto& pockets = tranches_[line.tranche];
    move(pockets[line.fromPocket], line.from, -line.amount);
    move(pockets[line.toPocket], line.to, line.amount);
    if (!line.award) continue;
    auto& award = awards_[*line.award][line.tranche];
    move(award, line.from, -line.amount);
    move(award, line.to, line.amount);
  }
}

Balances BalanceReading::ofAward(domain::EventRef const& award) const {
  auto const at = awards_.find(award);
  if (at == awards_.end()) return {};
  Balances held;
  for (auto const& [tranche, balances] : at->second) {
    for (auto const account : {Account::reserved, Account::inFlight, Account::paid}) {
      held.in(account) += balances.in(account);
    }
  }
  return held;
}

}  // namespace fundtrail::replay::time
