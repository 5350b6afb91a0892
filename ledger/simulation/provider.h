// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/domain/city_code.h"
#include "ledger/domain/industry_code.h"
#include "ledger/domain/money.h"
#include "ledger/schema/parties.capnp.h"
#include "ledger/schema/values.capnp.h"
#include "ledger/simulation/numbers.h"
#include "ledger/simulation/random.h"

// The companies of the programme, and what those among them sell that help the others along.

namespace fundtrail::ledger::simulation {

/// A company: one that is supported, one that sells, one that assesses.
struct Enterprise {
  std::string uscc;
  std::string name;
  domain::IndustryCode industry;
  std::uint32_t staff;
  domain::Fen revenue;
  BankAccount account;
};

/// What is sold, whoever sells it.
struct Ware {
  schema::CostCategory category;
  std::string_view name;
  std::string_view unit;
  std::int64_t yuan;  // in the catalogue, net of tax
};

/// A ware as one provider offers it.
struct Product {
  std::string code;
  Ware const* ware;
  domain::Fen price;
  bool listed = true;    // false: sold before the city has it in its list, and admitted after review （五）
  bool retired = false;  // sold no more; taken off the list when nobody waits for an award with it
  unsigned awaited = 0;  // projects that name it and are not awarded yet
};

struct Provider {
  Enterprise company;
  schema::OrganisationKind kind;
  std::vector<Product> products;

  bool delisted = false;

  [[nodiscard]] std::span<Product> equipment();
  [[nodiscard]] std::span<Product> software();
  [[nodiscard]] Product& cloudService() { return products.back(); }
};

/// Integrators and vendors of a city in turns. Each sells everything, under codes of its own.
[[nodiscard]] std::vector<Provider> planProviders(domain::CityCode city, domain::IndustryCode industry,
                                                  Numbers& numbers, Random& random);

/// A company without any history.
[[nodiscard]] Enterprise planCompany(domain::CityCode region, domain::CityCode city, std::string name,
                                     domain::IndustryCode industry, Numbers& numbers, Random& random);

/// The house that assesses a city's enterprises (评测机构).
[[nodiscard]] Enterprise planAssessor(domain::CityCode city, domain::IndustryCode industry, Numbers& numbers,
                                      Random& random);

}  // namespace fundtrail::ledger::simulation
