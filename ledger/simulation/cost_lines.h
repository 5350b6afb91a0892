// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ledger/simulation/portfolio.h"

namespace fundtrail::ledger::simulation {

/// The lines of a contract whose eligible ones (clause （四）) add up to `eligible`, net, with the excluded ones that
/// come along: implementation, training, maintenance. Eligible lines are the provider's products, at its catalogue
/// prices or below; excluded ones name none. Goods and software bear 13 % tax, services 6 %.
[[nodiscard]] std::vector<CostLine> drawReformLines(domain::Fen eligible, Provider& provider, Random& random);

/// The same of another purpose: what it is about, and now and then something that does not count.
[[nodiscard]] std::vector<CostLine> drawOtherLines(domain::Fen eligible, OtherPurpose const& rules, Random& random);

/// What was really spent is less than what was agreed: a reform's software cost so many percent of its price.
void spendLess(std::vector<CostLine>& lines, std::int64_t percent);

}  // namespace fundtrail::ledger::simulation
