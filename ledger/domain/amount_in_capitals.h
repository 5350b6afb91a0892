// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/domain/money.h"

namespace fundtrail::ledger::domain {

/// The amount in capital numerals (大写, 会计基础工作规范 art. 52), the currency's name first:
/// 人民币壹仟肆佰零玖元伍角整. 整 closes an amount that ends at 元 or 角. A negative amount has 负 after the currency's
/// name.
std::string amountInCapitals(Fen amount);

/// Reads what amountInCapitals writes, and the other forms that the rules on payment (支付结算办法, annex 1) allow:
/// without 人民币; 圆 for 元; 正 for 整; no 整 after 角; and 零 where the digit before 万, 亿 or 元 is zero and digits
/// follow (壹拾万零柒仟元零伍角叁分). nullopt for anything else, and for amounts beyond Fen's range.
std::optional<Fen> parseAmountInCapitals(std::string_view text);

}  // namespace fundtrail::ledger::domain
