// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "ledger/domain/account_number.h"
#include "ledger/domain/chain.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/next_step.h"
#include "ledger/domain/project.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "ledger/projections/as_of.h"

namespace fundtrail::ledger::projections {

/// Where a payment is, and what it waits for. Who may record the next step is authority.h's. Whole fen.
struct PaymentStatus {
  domain::EventRef ref;
  domain::EventNumber event;  // the request
  domain::EventRef award;
  domain::EventRef project;
  domain::CityCode city;
  domain::Uscc enterprise;
  domain::AccountNumber account;
  domain::Fen amount;
  domain::PaymentStage stage;
  domain::Date since;      // its last step
  domain::NextSteps next;  // empty: settled or cancelled
  domain::Draws draws;
  friend bool operator==(PaymentStatus const&, PaymentStatus const&) = default;
};

/// Every payment, in order of request.
[[nodiscard]] std::vector<PaymentStatus> paymentsOf(domain::State const& state);

}  // namespace fundtrail::ledger::projections
