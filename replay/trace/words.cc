// SPDX-License-Identifier: Apache-2.0
#include "replay/trace/words.h"

namespace fundtrail::replay::trace {

domain::Text wordsOf(Account account) {
  switch (account) {
    case Account::outside: return {"下达", "issued"};
    case Account::issued: return {"未到账", "not received"};
    case Account::available: return {"可用", "available"};
    case Account::reserved: return {"已核定待拨付", "reserved"};
    case Account::inFlight: return {"支付在途", "in flight"};
    case Account::paid: return {"已支付（扣除追回）", "paid (less what was recovered)"};
    case Account::returnedToTreasury: return {"追回并缴回国库", "recovered, to treasury"};
    case Account::recalled: return {"已收回", "recalled"};
  }
  return {};
}

domain::Text wordsOf(PaymentState state) {
  switch (state) {
    case PaymentState::requested: return {"已申请", "requested"};
    case PaymentState::approved: return {"已审批", "approved"};
    case PaymentState::inFlight: return {"在途", "in flight"};
    case PaymentState::paid: return {"已到账", "paid"};
    case PaymentState::cancelled: return {"已取消", "cancelled"};
    case PaymentState::reversed: return {"已冲销", "reversed"};
  }
  return {};
}

std::string_view nameOf(Account account) {
  switch (account) {
    case Account::outside: return "issued";
    case Account::issued: return "notReceived";
    case Account::available: return "available";
    case Account::reserved: return "reserved";
    case Account::inFlight: return "inFlight";
    case Account::paid: return "paid";
    case Account::returnedToTreasury: return "returnedToTreasury";
    case Account::recalled: return "recalled";
  }
  return {};
}

std::string_view nameOf(PaymentState state) {
  switch (state) {
    case PaymentState::requested: return "requested";
    case PaymentState::approved: return "approved";
    case PaymentState::inFlight: return "inFlight";
    case PaymentState::paid: return "paid";
    case PaymentState::cancelled: return "cancelled";
    case PaymentState::reversed: return "reversed";
  }
  return {};
}

std::string_view nameOf(Subject::Kind kind) {
  switch (kind) {
    case Subject::Kind::tranche: return "tranche";
    case Subject::Kind::payment: return "payment";
    case Subject::Kind::enterprise: return "enterprise";
    case Subject::Kind::invoice: return "invoice";
  }
  return {};
}

}  // namespace fundtrail::replay::trace
