// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "crypto/digest.h"
#include "ledger/domain/money.h"
#include "ledger/programme/programme.h"
#include "ledger/simulation/desk.h"
#include "ledger/simulation/numbers.h"
#include "ledger/simulation/provider.h"
#include "ledger/simulation/purposes.h"
#include "ledger/simulation/staff.h"

// What each city is going to support, before anything of it happens: its rules, its enterprises and their projects,
// drawn so that the city's money is enough.

namespace fundtrail::ledger::simulation {

/// One line of a contract, and of the cost that is later verified.
struct CostLine {
  schema::CostCategory category;
  std::string_view name;
  Product* product;  // nullptr: none, as of excluded categories
  std::uint32_t quantity;
  domain::Fen unitPrice;
  domain::Fen net;
  domain::Fen tax;
};

/// The paper itself: what is filed twice says the same twice.
struct ContractPaper {
  Provider const* provider;
  domain::Date signedOn;
  std::array<std::uint8_t, crypto::Digest::kSize> digest;
};

struct Project {
  Enterprise enterprise;
  schema::OrganisationKind kind = schema::OrganisationKind::ENTERPRISE;
  schema::Purpose purpose = schema::Purpose::REFORM;
  std::uint32_t county;  // 0: the city has none
  std::uint8_t level;    // after reform; of other purposes 1
  domain::Fen eligible;
  domain::Fen subsidy;
  domain::Fen fromCounty{};        // part of the subsidy out of money handed on to the county
  domain::Fen fromMunicipality{};  // part of it out of the city's own money; the rest is the province's
  bool dependable = false;         // stands in a published list, and so passes every step at once

  std::size_t clerk = 0;  // who of the two clerks looks after it
  std::vector<CostLine> lines{};
  std::optional<ContractPaper> paper{};
  std::optional<Written> contract{};
  std::optional<Written> enrolled{};
  std::optional<Written> verified{};
  std::optional<Written> award{};
  domain::Fen payable{};  // the subsidy on what was really spent
  domain::Fen asked{};    // handed to the pay runs
  domain::Fen paid{};
  domain::Fen recovered{};
  bool rejected = false;
  bool accepted = false;
  bool withdrawn = false;
  bool awarded = false;
  bool suspect = false;      // nothing is paid until the audit has looked into it
  bool fraudProven = false;  // be the finding closed since
};

/// Projects that go through the steps together and are published in one list.
struct Wave {
  std::string title;
  std::string awardNumber;
  domain::Date publicOn;
  schema::SupportMode mode = schema::SupportMode::AFTER;
  std::vector<Project> projects;
};

/// Money handed on to a county.
struct CountyShare {
  std::uint32_t county;
  domain::Fen amount;
};

/// Money for one of the other purposes.
struct PurposeShare {
  OtherPurpose const* rules;
  domain::Fen amount;
};

/// A part of a subsidy: that from `from` on, of the fen in their order.
struct Instalment {
  Project* project;
  domain::Fen from;
  domain::Fen amount;
};

/// What the bank did with the city's account.
struct BankMove {
  domain::Date day;
  domain::Fen credit;  // negative: a debit
  std::string reference;
  std::string name;     // of the other side
  std::string account;  // of the other side
  std::optional<Written> event{};
  std::string_view explanation{};  // of a move that no event stands for
};

struct City {
  domain::CityCode code;
  std::string name;
  CityOffice office;
  domain::Fen firstTranche;
  domain::Fen municipal;  // what the city adds itself in 2025
  std::uint32_t minEnterprises;
  domain::BasisPoints rate;
  std::array<programme::CityRule::Cap, 3> caps;  // by level, from 2
  std::vector<domain::IndustryCode> industries;
  Enterprise assessor;
  std::vector<Provider> providers;
  std::vector<PurposeShare> others;
  domain::Fen reform;
  std::vector<CountyShare> handedOn;
  std::vector<Wave> waves;
  BankAccount account;

  std::optional<Written> tranche{};
  std::optional<Written> municipalTranche{};
  std::vector<Instalment> unpaid{};  // awarded, and waiting for the next pay run
  std::vector<BankMove> bankMoves{};
};

/// Rate and cap of the city's plan that hold for the project.
struct Terms {
  domain::BasisPoints rate;
  domain::Fen cap;
};
[[nodiscard]] Terms termsOf(City const& city, Project const& project);
[[nodiscard]] domain::Fen subsidyFor(Terms const& terms, domain::Fen eligible);

/// What a project supported in advance gets before it is accepted: this share of its award.
[[nodiscard]] domain::BasisPoints advanceShare(schema::SupportMode mode);

/// The 14 cities with `enterprises` enterprises, shared out in proportion to their minimum counts. Hires the cities'
/// staff.
[[nodiscard]] std::vector<City> planCities(unsigned enterprises, Staff& staff, Numbers& numbers, Random& random);

}  // namespace fundtrail::ledger::simulation
