// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/domain/money.h"
#include "ledger/programme/programme.h"
#include "ledger/simulation/desk.h"
#include "ledger/simulation/numbers.h"
#include "ledger/simulation/provider.h"
#include "ledger/simulation/staff.h"

// What each city is going to support, before anything of it happens: its rules, its enterprises and their projects,
// drawn so that the city's money is enough.

namespace fundtrail::ledger::simulation {

/// One line of a contract, and of the cost that is later verified.
struct CostLine {
  schema::CostCategory category;
  std::string_view name;
  std::string product;  // its code; of excluded categories none
  std::uint32_t quantity;
  domain::Fen unitPrice;
  domain::Fen net;
  domain::Fen tax;
};

struct Project {
  Enterprise enterprise;
  std::uint32_t county;  // 0: the city has none
  std::uint8_t level;    // after reform
  domain::Fen eligible;
  domain::Fen subsidy;
  domain::Fen fromCounty;  // part of the subsidy that the county pays, out of money handed on to it
  bool dependable;         // stands in a published list, and so passes every step at once

  std::vector<CostLine> lines{};
  std::optional<Written> enrolled{};
  std::optional<Written> award{};
  bool rejected = false;
};

/// Projects that go through the steps together and are published in one list.
struct Wave {
  std::string title;
  std::string awardNumber;
  domain::Date publicOn;
  std::vector<Project> projects;
};

/// Money handed on to a county.
struct CountyShare {
  std::uint32_t county;
  domain::Fen amount;
};

struct City {
  domain::CityCode code;
  std::string name;
  CityOffice office;
  domain::Fen firstTranche;
  std::uint32_t minEnterprises;
  domain::BasisPoints rate;
  std::array<programme::CityRule::Cap, 3> caps;  // by level, from 2
  std::vector<domain::IndustryCode> industries;
  Enterprise assessor;
  std::vector<Provider> providers;
  domain::Fen platform;
  domain::Fen diagnosis;
  domain::Fen reform;
  std::vector<CountyShare> handedOn;
  std::vector<Wave> waves;

  std::optional<Written> tranche{};
  std::vector<Project*> unpaid{};  // awarded, and waiting for the next pay run
};

/// The 14 cities with `enterprises` enterprises, shared out in proportion to their minimum counts. Hires the cities'
/// staff.
[[nodiscard]] std::vector<City> planCities(unsigned enterprises, Staff& staff, Numbers& numbers, Random& random);

}  // namespace fundtrail::ledger::simulation
