// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_set.hpp>

#include "ledger/domain/used_number.h"

namespace fundtrail::ledger::domain {

/// Numbers used up by events that the History does not answer for yet. The ledger hands each batch's numbers to the log
/// with the batch and forgets them here once they are durable; a replay, which has no index to ask, never forgets. One
/// thread.
class NumberSet {
 public:
  [[nodiscard]] bool contains(UsedNumber const& number) const { return numbers_.contains(number); }
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }
  void add(UsedNumber const& number) {
    if (numbers_.insert(number).second) added_.push_back(number);
  }
  void forget(std::span<UsedNumber const> numbers) {
    for (auto const& number : numbers) numbers_.erase(number);
  }

  void clear() {
    numbers_.clear();
    added_.clear();
  }

  void savepoint() { added_.clear(); }
  [[nodiscard]] std::span<UsedNumber const> addedSinceSavepoint() const { return added_; }
  void rollback() {
    forget(added_);
    added_.clear();
  }

  /// Calls visit(number) in no particular order.
  template <class Visit>
  void visit(Visit&& visit) const {
    for (auto const& number : numbers_) visit(number);
  }

 private:
  boost::unordered_flat_set<UsedNumber> numbers_;
  std::vector<UsedNumber> added_;
};

}  // namespace fundtrail::ledger::domain
