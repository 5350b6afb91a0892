// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/container/small_vector.hpp>

#include "ledger/domain/account_number.h"
#include "ledger/domain/chain.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/funds.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "ledger/schema/project.capnp.h"
#include "ledger/schema/values.capnp.h"

// From contract to award, and from award to payment and recovery.

namespace fundtrail::ledger::domain {

struct ContractLine {
  schema::CostCategory category;
  std::string product;  // its code in the catalogue; may be empty
  Fen net;
  friend bool operator==(ContractLine const&, ContractLine const&) = default;
};

struct Contract {
  CityCode city;
  Uscc enterprise;
  PersonIndex filedBy;
  EventNumber event;
  Date filedOn;
  Date signedOn;
  std::optional<Date> startsOn;
  std::optional<Date> endsOn;
  schema::SupportMode mode;
  std::vector<ContractLine> lines;
  boost::container::small_vector<Uscc, 1> providers;
  bool enrolled = false;   // part of a project: a contract is paid for once
  bool withdrawn = false;  // its filing was reversed
  friend bool operator==(Contract const&, Contract const&) = default;
};

/// How far a project is. Each step leads from one stage to one other; reviews can send back to `enrolled` or end in
/// `rejected`. A project supported afterwards (事后) goes straight through. One supported before or during its work is
/// proposed, published and awarded on what its contracts plan, right after the site check, and then goes from `awarded`
/// through siteChecked, costVerified, accepted and proposed a second time, on what was really spent.
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
  withdrawn,  // its enrolment was reversed
};

[[nodiscard]] std::string_view stageZh(ProjectStage stage);
[[nodiscard]] std::string_view stageEn(ProjectStage stage);

/// Somebody enrolled who took part in a site check.
struct Inspection {
  EventNumber check;
  PersonIndex inspector;
  friend bool operator==(Inspection const&, Inspection const&) = default;
};

/// What an assessor found (数字化水平评测).
struct Assessment {
  schema::AssessmentStage stage;
  std::uint8_t level;
  std::uint16_t edition;
  bool onSite;
  Date assessedOn;
  Uscc assessor;
  friend bool operator==(Assessment const&, Assessment const&) = default;
};

struct Project {
  CityCode city;
  std::uint32_t county;
  Uscc enterprise;
  schema::Purpose purpose;
  schema::SupportMode mode;
  boost::container::small_vector<EventRef, 1> contracts{};
  ProjectStage stage = ProjectStage::enrolled;
  boost::container::small_vector<Assessment, 2> assessments{};
  boost::container::small_vector<Inspection, 2> inspections{};
  std::uint8_t level = 0;               // after reform, as accepted
  std::optional<Date> acceptedOn{};     // passed
  Fen eligible{};                       // as verified
  std::vector<std::string> products{};  // of the eligible lines, each once
  Fen subsidy{};                        // as proposed last
  std::optional<EventRef> award{};      // neither withdrawn nor reversed, or withdrawn after acceptance
  std::uint32_t openObjections = 0;     // rule A3
  std::optional<Date> upheldOn{};       // the last day on which an objection to it was upheld
  std::uint32_t confirmedFrauds = 0;    // rule X1: confirmed and not closed
  std::uint32_t provenFrauds = 0;       // confirmed and not found to be none since: rectified ones too
  Chain steps{};
  /// Awarded on what it plans, not on what it has spent.
  [[nodiscard]] bool isPaidInAdvance() const { return mode != schema::SupportMode::AFTER; }
  /// The last assessment of that stage; nullptr where there is none.
  [[nodiscard]] Assessment const* assessment(schema::AssessmentStage stage) const;
  friend bool operator==(Project const&, Project const&) = default;
};

struct Publicity {
  CityCode city;
  Date opensOn;
  Date closesOn;
  std::vector<EventRef> projects;
  std::optional<EventNumber> closedBy{};  // the event that closed it
  bool withdrawn = false;                 // its opening was reversed
  friend bool operator==(Publicity const&, Publicity const&) = default;
};

/// 异议 against one project of a publicity.
struct PublicityObjection {
  EventRef publicity;
  EventRef project;
  bool open = true;
  friend bool operator==(PublicityObjection const&, PublicityObjection const&) = default;
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
  boost::container::small_vector<EventRef, 1> payments{};  // that were ever requested

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
[[nodiscard]] std::string_view stageZh(PaymentStage stage);
[[nodiscard]] std::string_view stageEn(PaymentStage stage);

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
  Fen received{};
  Fen waived{};
  Chain steps{};
  [[nodiscard]] Fen open() const { return ordered - received - waived; }
  friend bool operator==(Recovery const&, Recovery const&) = default;
};

}  // namespace fundtrail::ledger::domain
