// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <span>

#include <boost/unordered/unordered_flat_map.hpp>

#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "replay/books.h"

// The audit's books read once more, by tranche, pocket and award, and of those events alone whose date counts.

namespace fundtrail::replay::time {

namespace domain = ledger::domain;

/// What stands in each account; in `outside` what was issued in all.
struct Balances {
  std::array<domain::Fen, kAccounts> accounts{};
  [[nodiscard]] domain::Fen in(Account account) const { return accounts[static_cast<std::size_t>(account)]; }
  [[nodiscard]] domain::Fen& in(Account account) { return accounts[static_cast<std::size_t>(account)]; }
  /// Over the accounts inside the ledger. Of a whole tranche: what was issued.
  [[nodiscard]] domain::Fen held() const;
  Balances& operator+=(Balances const& other);
  friend bool operator==(Balances const&, Balances const&) = default;
};

/// Sums lines of the journal. That the books never overdraw an account holds in the order of the log; of some of its
/// events, picked by their date, a sum can be less than nothing.
class BalanceReading {
 public:
  void add(std::span<JournalLine const> lines);

  using Pockets = std::map<BooksPocket, Balances>;
  /// By tranche, in no order.
  [[nodiscard]] boost::unordered_flat_map<domain::EventRef, Pockets> const& tranches() const { return tranches_; }
  /// What stands reserved, in flight and paid for an award; nothing for one that no line names.
  [[nodiscard]] Balances ofAward(domain::EventRef const& award) const;
  /// By award and tranche: what the award moved into each account, less what it moved out of it. So `available` is less
  /// than nothing by what was drawn and did not come back.
  [[nodiscard]] boost::unordered_flat_map<domain::EventRef, std::map<domain::EventRef, Balances>> const& awards()
      const {
    return awards_;
  }

 private:
  boost::unordered_flat_map<domain::EventRef, Pockets> tranches_;
  boost::unordered_flat_map<domain::EventRef, std::map<domain::EventRef, Balances>> awards_;
};

}  // namespace fundtrail::replay::time
