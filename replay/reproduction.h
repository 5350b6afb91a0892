// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the part of the proof that published figures follow from the events.
#pragma once

#include <cstddef>
#include <vector>

#include "ledger/domain/case.h"
#include "ledger/projections/allocation.h"
#include "replay/books.h"
#include "replay/findings.h"
#include "replay/parts.h"
#include "replay/published.h"
#include "replay/roots.h"

namespace fundtrail::replay {

/// 数字重现. The ledger publishes each city's money by a projection; the audit keeps books of its own. At the position
/// of each figure that the auditor brings, and at the end, both must say the same of every city and stage, to the fen,
/// and so must the figure. One thread.
class Reproduction {
 public:
  /// The figures must outlive it.
  Reproduction(std::vector<PublishedFigures> const& published, Findings& findings);

  /// A lawful event, before evolve() applies it.
  void follow(ledger::domain::Case const& about) { allocation_.apply(about); }
  /// Whether a figure is of this position.
  [[nodiscard]] bool isDue(std::uint64_t position) const {
    return next_ < due_.size() && due_[next_]->position == position;
  }
  /// The books have taken in as many events, and a figure is of this position.
  void booked(std::uint64_t position, Books const& books) { compareDue(position, books); }

  /// Compares once more, with the roots that figures state. `whole`: every event was judged and booked.
  [[nodiscard]] Part conclude(Books const& books, Roots const& roots, bool whole);

 private:
  void compareDue(std::uint64_t position, Books const& books);
  void compareProjection(Books const& books);
  void compare(PublishedFigures const& figures, Books const& books);
  void add(ledger::domain::Text text, std::optional<ledger::domain::Fen> amount);

  Findings& findings_;
  std::vector<PublishedFigures const*> due_;  // by position
  std::size_t next_ = 0;
  ledger::projections::Allocation allocation_;
  std::uint64_t compared_ = 0;  // figures of cities, published or projected
  std::uint64_t equal_ = 0;
  bool fails_ = false;
};

}  // namespace fundtrail::replay
