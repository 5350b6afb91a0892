// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/award.h"

#include "crypto/ensure.h"

namespace fundtrail::ledger::projections {

namespace {

AwardState stateOf(domain::Award const& award, AwardStatus const& sums) {
  if (award.withdrawn) return sums.requested.isPositive() ? AwardState::restWithdrawn : AwardState::withdrawn;
  return sums.paid == award.amount ? AwardState::paidInFull : AwardState::stands;
}

}  // namespace

std::string_view stateZh(AwardState state) {
  switch (state) {
    case AwardState::stands: return "有效";
    case AwardState::paidInFull: return "已全部支付";
    case AwardState::restWithdrawn: return "未付部分已撤销";
    case AwardState::withdrawn: return "已撤销";
  }
  return "";
}

std::string_view stateEn(AwardState state) {
  switch (state) {
    case AwardState::stands: return "stands";
    case AwardState::paidInFull: return "paid in full";
    case AwardState::restWithdrawn: return "rest withdrawn";
    case AwardState::withdrawn: return "withdrawn";
  }
  return "";
}

std::string_view stateName(AwardState state) {
  switch (state) {
    case AwardState::stands: return "stands";
    case AwardState::paidInFull: return "paidInFull";
    case AwardState::restWithdrawn: return "restWithdrawn";
    case AwardState::withdrawn: return "withdrawn";
  }
  return "";
}

AwardStatus awardStatusOf(domain::State const& state, domain::EventRef const& award) {
  auto const* const record = state.awards.find(award);
  crypto::ensure(record != nullptr, "the award is on record");
  AwardStatus status{AwardState::stands, record->amount, {}, {}, {}, {}};
  for (auto const& ref : record->payments) {
    auto const* const payment = state.payments.find(ref);
    if (!payment || payment->stage == domain::PaymentStage::cancelled) continue;
    status.requested += payment->amount;
    if (payment->stage == domain::PaymentStage::settled) status.paid += payment->amount;
  }
  if (record->withdrawn) status.withdrawn = record->amount - status.requested;
  state.recoveries.visit([&](domain::EventRef const&, domain::Recovery const& recovery) {
    if (recovery.award == award) status.recovered += recovery.received;
  });
  status.state = stateOf(*record, status);
  return status;
}

}  // namespace fundtrail::ledger::projections
