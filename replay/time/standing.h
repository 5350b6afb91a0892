// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "crypto/result.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/project.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/rule.h"
#include "ledger/domain/uscc.h"
#include "ledger/log/event_log.h"
#include "ledger/projections/as_of.h"
#include "replay/time/balances.h"

// How the ledger stood: after the first N events, or on a business date as far as those events know of it
// (ledger/projections/as_of.h). Money is read from the audit's own books; what is no money (stages, findings) from the
// rules' state, which the audit derives again. Amounts are whole fen.
//
// On a date the books still book every event in the order of the log, so that each line rests on what the event was
// judged by, and the lines of those dated later are not counted. Books that left out events would meet payments whose
// tranche they do not know, and would have to give up what makes them worth asking.

namespace fundtrail::replay::time {

namespace projections = ledger::projections;
namespace schema = ledger::schema;

/// So many, and their amounts.
struct Tally {
  std::size_t count = 0;
  domain::Fen amount{};
  friend bool operator==(Tally const&, Tally const&) = default;
};

struct TrancheStanding {
  domain::EventRef ref;
  domain::EventNumber event;
  std::string number;  // 指标文号
  domain::CityCode city;
  schema::GovernmentLevel level{};
  schema::TrancheKind kind{};
  std::uint16_t year = 0;
  std::map<BooksPocket, Balances> pockets;  // that hold money, or have issued it
  [[nodiscard]] Balances total() const;
  friend bool operator==(TrancheStanding const&, TrancheStanding const&) = default;
};

struct ProjectStanding {
  domain::EventRef ref;
  domain::EventNumber event;
  std::string title;
  domain::CityCode city;
  domain::Uscc enterprise;
  std::string enterpriseName;
  domain::ProjectStage stage{};
  domain::Fen eligible{};  // as verified
  domain::Fen award{};     // as approved; of one withdrawn nothing
  Balances money{};        // of all its awards: reserved, in flight, paid (net of what was recovered)
  friend bool operator==(ProjectStanding const&, ProjectStanding const&) = default;
};

struct RecoveryTally {
  std::size_t count = 0;
  std::size_t open = 0;
  domain::Fen ordered{};
  domain::Fen received{};
  domain::Fen waived{};
  friend bool operator==(RecoveryTally const&, RecoveryTally const&) = default;
};

struct CityStanding {
  domain::CityCode city;                    // or the province, which holds no money and may have findings
  std::vector<TrancheStanding> tranches{};  // in order of issue
  std::map<domain::ProjectStage, std::size_t> projects{};
  std::map<domain::PaymentStage, Tally> payments{};
  RecoveryTally recoveries{};
  std::size_t openFindings = 0;
  [[nodiscard]] Balances total() const;
  /// Over all tranches.
  [[nodiscard]] std::map<BooksPocket, Balances> pockets() const;
};

/// An event that a second person has taken back.
struct Reversal {
  domain::EventNumber event;
  schema::Event::Which type;
  domain::EventNumber confirmation;
  domain::Date on;  // of the confirmation
  friend bool operator==(Reversal const&, Reversal const&) = default;
};

struct LedgerStanding {
  projections::Basis basis;
  std::map<domain::CityCode, CityStanding> cities{};
  std::vector<ProjectStanding> projects{};               // in order of enrolment
  std::map<schema::Event::Which, std::size_t> events{};  // that count, by their type
  std::vector<Reversal> reversals{};                     // in order of confirmation
  /// What the books and the ledger's own projection say differently, if anything.
  std::optional<domain::Text> disagreement{};
};

/// Reads a log that verify() has proven, as far as the position. Errors: those of projections::read(); corrupt where
/// the books cannot book what is there, which is then not what was proven.
[[nodiscard]] crypto::Result<LedgerStanding> standingAt(ledger::log::EventLog const& log,
                                                        projections::AsOf const& asOf);

}  // namespace fundtrail::replay::time
