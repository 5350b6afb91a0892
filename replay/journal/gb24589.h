// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"
#include "replay/journal/source.h"
#include "replay/journal/vouchers.h"

namespace fundtrail::replay::journal {

/// The special fund's books of one city and year, for an audit office's own software.
struct AuditBook {
  std::string number;         // of the electronic book: "440100-2024"
  std::string archives;       // 公共档案.xml
  std::string generalLedger;  // 总账.xml
};

/// The vouchers by the audit data interface GB/T 24589.1-2010: XML in GB18030 (§5 and Appendix A there), element names
/// and order by its element list; by city and year, from each city's first year to that of the log's last voucher.
/// Written are 电子账簿, 会计期间, 记账凭证类型, 币种, 总账基础信息, 会计科目, 科目余额及发生额 and 记账凭证; a table
/// whose contents no event states (staff with their identity papers, suppliers, statements …) is left out. Accounts are
/// coded 4-4-2-6: the account, the city's tranche, the purpose, the holder (docs/decisions/0028). Balances and vouchers
/// name accounts of the last level. Amounts are yuan with two decimals (D20.2), in the direction of the account's
/// balance; vouchers are numbered from 1 in each month, without a gap, by date and then in the order of the log; a
/// reversal stands in red, negative on the sides of the original. Error: io, if this system cannot convert to GB18030.
[[nodiscard]] crypto::Result<std::vector<AuditBook>> toGb24589(Vouchers const& vouchers, Source const& source,
                                                               std::string_view programVersion);

}  // namespace fundtrail::replay::journal
