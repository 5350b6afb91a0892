// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ledger/schema/names.h"
#include "replay/journal/source.h"
#include "replay/journal/vouchers.h"

namespace fundtrail::replay::journal {

/// The vouchers as a plain-text journal (hledger.org/hledger.html#journal, ledger-cli.org) that both hledger and ledger
/// read, in UTF-8, amounts in CNY with two decimals. One transaction per voucher, by business date and then in the
/// order of the log; its code is the event's number. Accounts are
///
///     assets | expenses | equity : city : event number and document of the tranche : purpose : holder : account
///
/// where what is paid is an expense, and what came from outside, went back to the treasury or was recalled is equity.
/// At the end of each month a transaction of zero amounts asserts the balance of every account that moved in it, and at
/// the end of the journal that of all accounts; both programs refuse a journal whose balances are others. City,
/// purpose, holder and account are named in the language.
[[nodiscard]] std::string toHledger(Vouchers const& vouchers, Source const& source, schema::Language language);

}  // namespace fundtrail::replay::journal
