// SPDX-License-Identifier: Apache-2.0
// Private to this folder: how the exports write accounts and amounts.
#pragma once

#include <string>
#include <string_view>

#include "ledger/commandline/text.h"
#include "ledger/domain/money.h"
#include "replay/journal/vouchers.h"

namespace fundtrail::replay::journal {

/// In yuan with two decimals and no comma: "-80000000.00".
[[nodiscard]] std::string decimalYuan(domain::Fen amount);

/// The name of an account; "账外" is where issued money comes from.
[[nodiscard]] ledger::commandline::Text titleOf(Account account);

/// Who holds the money: the county's name, or that it is the city itself.
[[nodiscard]] std::string holderOf(std::uint32_t county, schema::Language language);

}  // namespace fundtrail::replay::journal
