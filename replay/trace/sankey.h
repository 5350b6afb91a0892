// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "ledger/schema/names.h"
#include "replay/trace/flow.h"

namespace fundtrail::replay::trace {

/// Pixels; A4 paper across its width holds about 1000 of them legibly.
struct SankeySize {
  std::uint32_t width = 1000;
  std::uint32_t height = 420;     // that the tallest column's money takes; labels may need more
  std::size_t mostInColumn = 12;  // nodes; small ones beyond are drawn together (FlowNode::together)
};

/// A Sankey drawing: a box per node, as high as its money; bands between them, as high as theirs. An <svg> element that
/// stands for itself, without a style sheet, a script, an id or a reference, so that it can be a file of its own or
/// stand in an HTML page, several times in one. Greys tell everything apart; amounts are in yuan. Texts are escaped,
/// and what is no plain text of one line is replaced, whoever wrote it. Equal flows make equal drawings. A flow without
/// money is drawn as empty. A band that leads nowhere, backwards, or moves nothing is a bug.
[[nodiscard]] std::string sankeySvg(Flow const& flow, ledger::schema::Language language, SankeySize size = {});

}  // namespace fundtrail::replay::trace
