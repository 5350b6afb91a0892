// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "ledger/domain/money.h"
#include "ledger/domain/uscc.h"
#include "replay/facts/awards.h"
#include "replay/facts/records.h"
#include "replay/facts/source.h"

// Payment (拨付) and recovery (追回). Account numbers are in normal form: digits only.

namespace fundtrail::replay::facts {

struct PaymentReview {
  Source source;
  schema::Outcome outcome;
};

struct PaymentApproval {
  Source source;
  domain::Fen amount;
};

struct PaymentInstruction {
  Source source;
  StringId voucher;
  domain::Fen amount;
  StringId account;
};

struct PaymentSettlement {
  Source source;
  StringId bankReference;
  domain::Date valueDate;
  domain::Fen amount;
  StringId account;
};

/// 退票
struct PaymentReturn {
  Source source;
  StringId bankReference;
  domain::Date valueDate;
  domain::Fen amount;
};

struct PaymentCancellation {
  Source source;
};

struct Payment {
  static constexpr auto kEvent = EventType::PAYMENT_REQUESTED;
  Source source;
  Row<Award> award;
  domain::Fen amount;
  domain::Uscc payee;
  StringId payeeName;
  StringId account;
  std::vector<Draw> draws;
  std::vector<PaymentReview> reviews{};
  std::vector<PaymentApproval> approvals{};
  std::vector<PaymentInstruction> instructions{};
  std::vector<PaymentSettlement> settlements{};
  std::vector<PaymentReturn> returns{};
  std::vector<PaymentCancellation> cancellations{};

  /// The settlement by which it is paid: the last that holds, unless the bank sent the money back after it.
  [[nodiscard]] PaymentSettlement const* settlement() const;
};

struct RecoveryReceipt {
  Source source;
  domain::Fen amount;
  StringId bankReference;
  domain::Date valueDate;
  schema::Disposition disposition;
  std::vector<Draw> draws;
};

struct RecoveryWaiver {
  static constexpr auto kEvent = EventType::RECOVERY_WAIVED;
  Source source;
  Row<Recovery> recovery;
  domain::Fen amount;
  std::optional<Decision> decision{};
};

struct Recovery {
  static constexpr auto kEvent = EventType::RECOVERY_ORDERED;
  Source source;
  Row<Award> award;
  domain::Fen amount;
  domain::Date dueOn;
  std::vector<RecoveryReceipt> receipts{};
  std::vector<Row<RecoveryWaiver>> waivers{};
};

}  // namespace fundtrail::replay::facts
