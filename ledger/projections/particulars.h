// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "ledger/domain/case.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "ledger/schema/event.capnp.h"

namespace fundtrail::ledger::projections {

/// What readers ask about a record and no rule does: the event that made it, what it is called, when it is due.
struct Particulars {
  domain::EventNumber event;
  schema::Event::Which type;
  domain::Date occurredOn;
  domain::CityCode region;
  std::uint32_t county;
  std::string name;                                // its number, title or subject, as far as it has one
  std::optional<domain::Date> due{};               // of a recovery, or of a finding's rectification
  std::optional<schema::Event::Which> reverses{};  // of a reversal: the type of the event that it takes back
  friend bool operator==(Particulars const&, Particulars const&) = default;
};

/// The particulars of every record, by the event that made it. Follows the log event by event. A value; one thread.
class Register {
 public:
  /// Takes in an event before evolve() applies it.
  void apply(domain::Case const& about);

  /// nullptr for an event that made no record, or was not taken in. Valid until the next apply().
  [[nodiscard]] Particulars const* find(domain::EventRef const& ref) const;
  /// In order of publication, as in State::policies.
  [[nodiscard]] std::span<domain::EventRef const> policies() const { return policies_; }
  /// Of a city, in order of filing, as in City::plans.
  [[nodiscard]] std::span<domain::EventRef const> plans(domain::CityCode city) const;
  /// As it was registered or renamed last, while the rules' state compares names in one form; empty for one that is not
  /// registered.
  [[nodiscard]] std::string_view organisationName(domain::Uscc const& uscc) const;
  friend bool operator==(Register const&, Register const&) = default;

 private:
  boost::unordered_flat_map<domain::EventRef, Particulars> records_;
  std::vector<domain::EventRef> policies_;
  std::map<domain::CityCode, std::vector<domain::EventRef>> plans_;
  boost::unordered_flat_map<domain::Uscc, std::string> organisations_;
};

}  // namespace fundtrail::ledger::projections
