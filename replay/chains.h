// SPDX-License-Identifier: Apache-2.0
// What hangs on what, from the tranche to the payment and from the contract to the award, as
// the audit reads it from the events. Nothing here asks the domain for a record, so that a mistake there does not
// repeat itself here.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <boost/container/small_vector.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include "ledger/domain/account_number.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "replay/observer.h"

namespace fundtrail::replay {

/// One thread. Amounts are whole fen.
class Chains final : public Observer {
 public:
  using Fen = ledger::domain::Fen;
  using EventRef = ledger::domain::EventRef;
  using EventNumber = ledger::domain::EventNumber;

  struct Tranche {
    EventNumber event;
    ledger::domain::CityCode city;
  };
  struct Contract {
    EventNumber event;
    ledger::domain::Uscc enterprise;
    std::vector<ledger::schema::CostCategory> lines;
    Fen net;
  };
  /// 核定投入, line by line.
  struct Cost {
    EventNumber event;
    Fen eligible;            // as stated
    Fen backed;              // what its lines bear by clause （四）, each backed by an invoice or a receipt
    std::uint32_t invoices;  // lines so backed
    std::uint32_t loose;     // lines that count and are backed by nothing, or are of no line of a contract
  };
  struct Project {
    EventNumber event;
    ledger::domain::CityCode city;
    ledger::domain::Uscc enterprise;
    ledger::schema::Purpose purpose;
    ledger::schema::SupportMode mode;
    boost::container::small_vector<EventRef, 1> contracts;
    boost::container::small_vector<Cost, 1> costs;  // the last one holds
  };
  struct Award {
    EventNumber event;
    EventRef project;
    Fen amount;
    Fen paid;  // settled, less what was recovered
  };
  struct Draw {
    EventRef tranche;
    Fen amount;
  };
  struct Payment {
    EventNumber event;
    EventRef award;
    Fen amount;
    ledger::domain::Uscc payee;
    ledger::domain::AccountNumber account;  // as requested, which is what was approved
    boost::container::small_vector<Draw, 1> draws;
    bool approved = false;
    bool settled = false;
  };
  struct Recovery {
    EventRef award;
  };

  void take(ShownEvent const& shown) override;
  void takeBack(ShownEvent const& original, ShownEvent const& confirmation) override;

  // nullptr for what is not on record, or was taken back.
  [[nodiscard]] Tranche const* tranche(EventRef const& ref) const { return find(tranches_, ref); }
  [[nodiscard]] Contract const* contract(EventRef const& ref) const { return find(contracts_, ref); }
  [[nodiscard]] Project const* project(EventRef const& ref) const { return find(projects_, ref); }
  [[nodiscard]] Award const* award(EventRef const& ref) const { return find(awards_, ref); }
  [[nodiscard]] Payment const* payment(EventRef const& ref) const { return find(payments_, ref); }
  [[nodiscard]] Recovery const* recovery(EventRef const& ref) const { return find(recoveries_, ref); }

  [[nodiscard]] boost::unordered_flat_map<EventRef, Award> const& awards() const { return awards_; }

 private:
  template <class Map>
  static auto find(Map const& map, EventRef const& ref) -> typename Map::mapped_type const* {
    auto const at = map.find(ref);
    return at == map.end() ? nullptr : &at->second;
  }
  [[nodiscard]] Cost costOf(EventNumber event, Project const& project, ledger::schema::CostVerified::Reader body) const;
  void pay(EventRef const& award, Fen amount);

  boost::unordered_flat_map<EventRef, Tranche> tranches_;
  boost::unordered_flat_map<EventRef, Contract> contracts_;
  boost::unordered_flat_map<EventRef, Project> projects_;
  boost::unordered_flat_map<EventRef, Award> awards_;
  boost::unordered_flat_map<EventRef, Payment> payments_;
  boost::unordered_flat_map<EventRef, Recovery> recoveries_;
};

}  // namespace fundtrail::replay
