// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ledger/simulation/portfolio.h"

namespace fundtrail::ledger::simulation {

/// The lines of a contract whose eligible ones (clause （四）) add up to `eligible`, net, with the excluded ones that
/// come along: implementation, training, maintenance. Eligible lines are the provider's products, at its catalogue
/// prices or below; excluded ones name none. Goods and software bear 13 % tax, services 6 %.
[[nodiscard]] std::vector<CostLine> drawCostLines(domain::Fen eligible, Provider const& provider, Random& random);

}  // namespace fundtrail::ledger::simulation
