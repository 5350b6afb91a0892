// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "ledger/domain/city_code.h"
#include "ledger/domain/money.h"
#include "ledger/schema/parties.capnp.h"
#include "ledger/schema/values.capnp.h"

// What the cities' money is for, besides the reform of an enterprise. No document states the figures: they are made up.

namespace fundtrail::ledger::simulation {

struct OtherPurpose {
  schema::Purpose purpose;
  std::string_view title;             // of a project
  schema::OrganisationKind supports;  // who gets the money
  domain::BasisPoints rate;
  domain::Fen cap;
  std::span<schema::CostCategory const> categories;  // what may count as cost; the first is what it is about
  std::string_view item;                             // what is bought, or paid for
  std::int64_t leastPercent;                         // of the city's first tranche
  std::int64_t mostPercent;
  bool restsOnContract;
};

/// Platform, interest, diagnosis, training, security; and administration, which not every plan allows.
[[nodiscard]] std::span<OtherPurpose const> otherPurposes();
/// `purpose` is one of them.
[[nodiscard]] OtherPurpose const& otherPurpose(schema::Purpose purpose);

/// One city's plan pays its office's running cost out of the programme.
[[nodiscard]] bool allowsAdministration(domain::CityCode city);

}  // namespace fundtrail::ledger::simulation
