// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/payments.h"

namespace fundtrail::ledger::projections {

std::vector<PaymentStatus> paymentsOf(domain::State const& state) {
  std::vector<PaymentStatus> payments;
  state.payments.visit([&](domain::EventRef const& ref, domain::Payment const& payment) {
    auto const* const award = state.awards.find(payment.award);
    if (!award || payment.steps.empty()) return;
    payments.push_back({ref, payment.steps.front().event, payment.award, award->project, payment.city,
                        award->beneficiary, payment.account, payment.amount, payment.stage,
                        payment.steps.back().occurredOn, domain::nextSteps(payment), payment.draws});
  });
  return payments;
}

}  // namespace fundtrail::ledger::projections
