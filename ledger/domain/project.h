// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/domain/account_number.h"
#include "ledger/domain/chain.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/funds.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "ledger/schema/values.capnp.h"

// From contract to award, and from award to payment and recovery.

namespace fundtrail::ledger::domain {

struct Contract {
  CityCode city;
  Uscc enterprise;
  PersonIndex filedBy;
  EventNumber event;
  Date filedOn;
  bool enrolled = false;  // part of a project: a contract is paid for once
  friend bool operator==(Contract const&, Contract const&) = default;
};

/// How far a project is. Each step leads from one stage to one other; reviews can send back to `enrolled` or end in
/// `rejected`.
enum class ProjectStage : std::uint8_t {
  enrolled,
  submitted,
  reviewed,
  siteChecked,
  costVerified,
  accepted,
  proposed,
  publicised,
  publicityClosed,
  awarded,
  rejected,
};

struct Project {
  CityCode city;
  std::uint32_t county;
  Uscc enterprise;
  schema::Purpose purpose;
  ProjectStage stage = ProjectStage::enrolled;
  std::uint8_t level = 0;  // after reform, as accepted
  Fen eligible{};          // as verified
  Fen subsidy{};           // as proposed
  std::optional<EventRef> award{};
  Chain steps{};
  friend bool operator==(Project const&, Project const&) = default;
};

struct Publicity {
  CityCode city;
  Date opensOn;
  Date closesOn;
  std::vector<EventRef> projects;
  bool closed = false;
  friend bool operator==(Publicity const&, Publicity const&) = default;
};

/// Money of one pocket that an award reserved, and what became of it.
struct AwardDraw {
  EventRef tranche;
  std::uint32_t county;
  Fen amount;
  Fen requested;  // in payments that are not cancelled, settled ones included
  Fen paid;       // settled
  Fen recovered;
  friend bool operator==(AwardDraw const&, AwardDraw const&) = default;
};
using AwardDraws = boost::container::small_vector<AwardDraw, 1>;

struct Award {
  EventRef project;
  CityCode city;
  Uscc beneficiary;
  schema::Purpose purpose;
  Fen amount;
  Fen recoveryOrdered;  // not yet received or waived
  AwardDraws draws;
  bool withdrawn = false;
  EventNumber event;

  [[nodiscard]] Fen requested() const;
  [[nodiscard]] Fen paid() const;
  [[nodiscard]] Fen recovered() const;
  [[nodiscard]] Fen rest() const { return amount - requested(); }
  [[nodiscard]] AwardDraw const* find(EventRef const& tranche, std::uint32_t county) const;
  [[nodiscard]] AwardDraw& edit(EventRef const& tranche, std::uint32_t county);
  friend bool operator==(Award const&, Award const&) = default;
};

struct Draw {
  EventRef tranche;
  std::uint32_t county;
  Fen amount;
  friend bool operator==(Draw const&, Draw const&) = default;
};
using Draws = boost::container::small_vector<Draw, 1>;

/// request → review → approve → instruct → settle (rule F4). A return leads from instructed back to approved, so that
/// the payment can be instructed again.
enum class PaymentStage : std::uint8_t { requested, reviewed, approved, instructed, settled, cancelled };

struct Payment {
  EventRef award;
  CityCode city;
  AccountNumber account;
  Fen amount;
  PaymentStage stage = PaymentStage::requested;
  Draws draws{};
  Chain steps{};
  friend bool operator==(Payment const&, Payment const&) = default;
};

struct Recovery {
  EventRef award;
  CityCode city;
  Fen ordered;
  Fen received;
  Fen waived;
  Chain steps;
  [[nodiscard]] Fen open() const { return ordered - received - waived; }
  friend bool operator==(Recovery const&, Recovery const&) = default;
};

}  // namespace fundtrail::ledger::domain
