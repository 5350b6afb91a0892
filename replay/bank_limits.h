// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/domain/money.h"

namespace fundtrail::replay {

/// What the audit allows between the books and the bank. Whoever audits sets them; the report says what they were.
struct BankLimits {
  /// Days by which the bank may book money later, or earlier, than the event that sends it away is dated.
  int daysToLeave = 10;
  /// Days after its import by which a statement's lines must be matched or explained: the month in which books are
  /// closed.
  int daysToReconcile = 31;
  /// What a bank takes for itself at a time, 1,000 yuan; more that goes out to nobody is money that went to somebody.
  ledger::domain::Fen mostFee = ledger::domain::Fen::literal(100'000);

  friend bool operator==(BankLimits const&, BankLimits const&) = default;
};

/// No auditor allows more, in days: ten years.
inline constexpr int kMostBankDays = 3'660;

}  // namespace fundtrail::replay
