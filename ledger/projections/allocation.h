// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "crypto/result.h"
#include "ledger/domain/case.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/event_context.h"
#include "ledger/domain/funds.h"
#include "ledger/domain/uscc.h"
#include "ledger/log/event_log.h"
#include "ledger/projections/as_of.h"

// City allocation: where the money of each tranche stands, and how far the city's programme is. Amounts are whole fen.

namespace fundtrail::ledger::projections {

/// Money of one tranche, of a pocket of it, or of many: where it stands, and what has flowed. A value.
struct Amounts {
  std::array<domain::Fen, domain::kStages> stages{};
  domain::Fen issued;     // all that was ever issued, adjustments included
  domain::Fen received;   // all that ever arrived at the city, reversed receipts not counted
  domain::Fen recovered;  // all that enterprises ever paid back, reversed receipts not counted

  [[nodiscard]] domain::Fen in(domain::Stage stage) const { return stages[static_cast<std::size_t>(stage)]; }
  /// The sum over the stages. Of a whole tranche: `issued`. Of a pocket: what stands in it.
  [[nodiscard]] domain::Fen held() const;
  Amounts& operator+=(Amounts const& other);
  friend bool operator==(Amounts const&, Amounts const&) = default;
};

/// Issues and receipts are entered in the undivided pocket (no purpose, county 0), from which splits lead into the
/// others.
struct PocketAllocation {
  domain::Pocket pocket;
  Amounts amounts;
  friend bool operator==(PocketAllocation const&, PocketAllocation const&) = default;
};

struct TrancheAllocation {
  domain::EventRef ref;
  domain::EventNumber event;
  std::string number;  // 指标文号
  schema::GovernmentLevel level;
  schema::TrancheKind kind;
  std::uint16_t year;
  std::vector<PocketAllocation> pockets;  // in the order in which they were first used
  [[nodiscard]] Amounts total() const;
  friend bool operator==(TrancheAllocation const&, TrancheAllocation const&) = default;
};

/// A list of proposed awards as the city published it (公示). What was published stays published.
struct PublishedList {
  domain::EventRef ref;
  domain::EventNumber event;
  std::string title;
  domain::Date opensOn;
  domain::Date closesOn;
  std::size_t count;  // projects
  domain::Fen total;
  bool closed;
  friend bool operator==(PublishedList const&, PublishedList const&) = default;
};

struct CityAllocation {
  domain::CityCode city;
  schema::Region region;
  std::uint32_t minEnterprises;  // to be reformed, as designated
  std::vector<TrancheAllocation> tranches;
  std::vector<PublishedList> published;
  std::size_t projectsEnrolled = 0;
  std::map<domain::Uscc, std::size_t> settledFor;  // enterprises with settled payments, and how many
  [[nodiscard]] std::size_t enterprisesPaid() const { return settledFor.size(); }
  [[nodiscard]] Amounts total() const;
  friend bool operator==(CityAllocation const&, CityAllocation const&) = default;
};

/// The projection: follows the log event by event. A value; one thread.
class Allocation {
 public:
  /// Takes in a later event of the log, before evolve() applies it. An event before position() or an unlawful one is a
  /// bug. Events may be left out by their date (as_of.h): a city that is not designated by then is listed without
  /// region and target.
  void apply(domain::Case const& about);

  /// Behind the last event that it has taken in.
  [[nodiscard]] std::uint64_t position() const { return position_; }
  /// In order of designation. Valid until the next apply().
  [[nodiscard]] std::span<CityAllocation const> cities() const { return cities_; }
  /// The same with the tranches of one kind alone; published lists and counts stay.
  [[nodiscard]] Allocation ofKind(schema::TrancheKind kind) const;
  /// nullptr for a city that is not designated.
  [[nodiscard]] CityAllocation const* find(domain::CityCode city) const;
  [[nodiscard]] Amounts total() const;
  friend bool operator==(Allocation const&, Allocation const&) = default;

 private:
  struct TrancheAt {
    std::size_t city;
    std::size_t tranche;
    friend bool operator==(TrancheAt const&, TrancheAt const&) = default;
  };

  CityAllocation& edit(domain::CityCode city);
  void designate(schema::CityDesignated::Reader body);
  void open(domain::EventContext const& context, CityAllocation& city, schema::TrancheIssued::Reader body);
  void post(domain::Posting const& posting);

  std::uint64_t position_ = 0;
  std::vector<CityAllocation> cities_;
  boost::unordered_flat_map<domain::EventRef, TrancheAt> tranches_;
};

struct AllocationAsOf {
  Allocation allocation;
  Basis basis;
};

/// As of a position and a date (as_of.h), with its errors.
[[nodiscard]] crypto::Result<AllocationAsOf> project(log::EventLog const& log, AsOf const& asOf);

}  // namespace fundtrail::ledger::projections
