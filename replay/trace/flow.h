// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/domain/money.h"
#include "ledger/domain/rule.h"

// Sums of money on their way from left to right: what a Sankey drawing shows (sankey.h). A value, made by whoever knows
// the money: the trace, or a report over all cities. Amounts are whole fen.

namespace fundtrail::replay::trace {

/// A place that money came from, went through, or ended in.
struct FlowNode {
  ledger::domain::Text name;  // as people know it; where it is no word of ours, the same in both languages
  std::uint32_t column = 0;   // counted from the left
  /// What several such places are called together: where a column holds too many, the smallest of those that share
  /// these words are drawn as one. Nothing: always drawn by itself.
  std::optional<ledger::domain::Text> together{};
};

/// Money that went from one place to another further to the right.
struct FlowBand {
  std::size_t from;  // of the nodes, by their position
  std::size_t to;
  ledger::domain::Fen amount;  // positive
};

struct Flow {
  ledger::domain::Text title;                    // for readers that do not see the drawing, as is `description`
  ledger::domain::Text description;              // in a sentence or two
  std::vector<ledger::domain::Text> headings{};  // of the columns, from the left; may be fewer than there are
  std::vector<FlowNode> nodes{};
  std::vector<FlowBand> bands{};
};

}  // namespace fundtrail::replay::trace
