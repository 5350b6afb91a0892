// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "replay/facts/after.h"
#include "replay/facts/awards.h"
#include "replay/facts/bank.h"
#include "replay/facts/control.h"
#include "replay/facts/funds.h"
#include "replay/facts/parties.h"
#include "replay/facts/payments.h"
#include "replay/facts/projects.h"
#include "replay/facts/records.h"
#include "replay/facts/source.h"
#include "replay/facts/string_pool.h"

// What a log says happened, as plain records: one kind per table, in the order of the log, each with the event that
// says so. They follow from the events' bytes alone, by code apart from the rules and their state, and judge nothing.
// Indicators, traces and reports read them. Amounts are whole fen.

namespace fundtrail::replay::facts {

struct Facts {
  StringPool strings;
  std::uint64_t events = 0;  // that were taken in
  std::optional<domain::Instant> lastAcceptedAt;

  Records<Policy> policies;
  Records<Designation> designations;
  Records<CityPlan> cityPlans;
  Records<Tranche> tranches;
  Records<PerformanceEvaluation> evaluations;
  Records<FinalSettlement> finalSettlements;

  Records<Organisation> organisations;
  Records<AccountChange> accountChanges;
  Records<Renaming> renamings;
  Records<ProviderListing> providerListings;
  Records<ProviderDelisting> providerDelistings;
  Records<Product> products;
  Records<Complaint> complaints;

  Records<Contract> contracts;
  Records<Project> projects;
  Records<Publicity> publicities;
  Records<Objection> objections;
  Records<Award> awards;
  Records<Payment> payments;
  Records<Recovery> recoveries;
  Records<RecoveryWaiver> waivers;

  Records<Statement> statements;

  Records<Finding> findings;

  Records<Key> keys;
  Records<KeyRevocation> keyRevocations;
  Records<RoleGrant> roleGrants;
  Records<RoleRevocation> roleRevocations;
  Records<Witness> witnesses;
  Records<Reversal> reversals;
  Records<ClosedPeriod> closedPeriods;
  Records<AuditConclusion> auditConclusions;
  Records<Erasure> erasures;

  /// The record that the event made, if it is of that kind.
  template <class Record>
  [[nodiscard]] std::optional<Row<Record>> find(domain::EventRef const& ref) const {
    auto const at = rows.find(ref);
    if (at == rows.end() || at->second.type != Record::kEvent) return std::nullopt;
    return Row<Record>(at->second.index);
  }
  /// As registered first; nothing for a code that no one registered.
  [[nodiscard]] Organisation const* organisation(domain::Uscc const& uscc) const;
  /// The name by which it goes now; empty for a code that no one registered. Valid as long as this object.
  [[nodiscard]] std::string_view nameOf(domain::Uscc const& uscc) const;

  /// Of every record that stands in a table above: its type and place.
  struct Place {
    EventType type;
    std::uint32_t index;
  };
  boost::unordered_flat_map<domain::EventRef, Place> rows;
  boost::unordered_flat_map<domain::Uscc, Row<Organisation>> byUscc;
  boost::unordered_flat_map<std::pair<domain::CityCode, StringId>, Row<Product>> byProduct;  // listed last
};

}  // namespace fundtrail::replay::facts
