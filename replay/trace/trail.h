// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "ledger/schema/event.capnp.h"
#include "replay/books.h"
#include "replay/time/balances.h"

// The way of money through a ledger, forward from the document that appropriated it to whoever has it, and backward
// from what was paid for to the document. Whole fen; nothing is estimated.
//
// What is exact: a payment names the tranches that it draws on, and so does an award; a recovery, those that it goes
// back to. What the rules do not make exact, and no figure here pretends: an award rests on the verified cost of its
// project as a whole, so a fen that was paid is backed by the lines that count, together, and no invoice has a share of
// it (docs/decisions/0030). Support in advance is awarded on what contracts plan: until the cost is verified, contracts
// alone back it.

namespace fundtrail::replay::trace {

namespace domain = ledger::domain;
namespace schema = ledger::schema;

/// An event on the way, and everything needed to look it up and to have its receipt.
struct Step {
  domain::EventNumber event;
  domain::EventRef ref;
  schema::Event::Which type;
  domain::Date occurredOn;
  domain::Instant acceptedAt;
  domain::BatchNumber batch;
  std::string person;  // who signed, by the identifier under which the key is enrolled
  std::string organisation;
  std::optional<domain::Fen> amount{};
  std::string reference{};  // the number that the event bears: of a document, a voucher, a bank's entry
  std::optional<domain::EventNumber> reversedBy{};
};
using Steps = std::vector<Step>;  // in the order of the log

/// Where money of a tranche is in the end, and whose award it was for, if for one.
struct End {
  Account account;
  std::optional<domain::Uscc> enterprise{};
  std::string enterpriseName{};
  domain::Fen amount;
};

struct PurposeShare {
  BooksPocket pocket;
  time::Balances balances;
};

struct TrancheTrail {
  domain::EventRef ref;
  domain::EventNumber event;
  std::string number;  // 指标文号
  domain::CityCode city;
  schema::GovernmentLevel level;
  schema::TrancheKind kind;
  std::uint32_t year;
  domain::Fen issued;  // with adjustments
  /// All money of the tranche, so that the ends add up to what was issued; else that of the awards of the trail alone.
  bool whole;
  std::vector<End> ends;
  std::vector<PurposeShare> pockets{};  // of a whole one
  Steps steps;                          // issued, received, split, adjusted, recalled
};

/// Money that comes from a tranche.
struct Source {
  domain::EventNumber tranche;
  std::string number;
  std::optional<domain::CityCode> county;  // nothing: held by the city
  domain::Fen amount;
};

/// What became of the money that an award draws on a tranche.
struct AwardShare {
  domain::EventNumber tranche;
  std::string number;
  domain::Fen reserved;
  domain::Fen inFlight;
  domain::Fen paid;                // net of what was recovered
  domain::Fen returnedToTreasury;  // recovered
};

struct AwardTrail {
  domain::EventRef ref;
  domain::EventNumber event;
  domain::EventNumber project;
  std::string number;
  domain::Uscc enterprise;
  std::string enterpriseName;
  domain::Fen amount;
  std::vector<Source> sources;
  std::vector<AwardShare> shares;
  Steps steps;
};

enum class PaymentState : std::uint8_t { requested, approved, inFlight, paid, cancelled, reversed };

/// A line of a bank's statement that was matched with an event of a payment.
struct BankLine {
  domain::EventNumber statement;
  std::size_t line;  // the first is 0, as the event has it
  domain::Date valueDate;
  domain::Fen credit;  // negative: a debit
  std::string bankReference;
  domain::EventNumber event;
  domain::EventNumber matchedBy;
};

struct PaymentTrail {
  domain::EventRef ref;
  domain::EventNumber event;
  domain::EventNumber award;
  domain::Uscc payee;
  std::string payeeName;
  std::string account;
  domain::Fen amount;
  PaymentState state;
  std::vector<Source> sources;
  std::vector<BankLine> bankLines;
  Steps steps;
};

struct RecoveryTrail {
  domain::EventRef ref;
  domain::EventNumber event;
  domain::EventNumber award;
  domain::Fen ordered;
  domain::Fen received;
  domain::Fen waived;
  std::vector<Source> returnsTo;
  std::vector<BankLine> bankLines;
  Steps steps;
};

/// A line of the verified cost of a project.
struct CostTrail {
  std::size_t line;  // the first is 0
  schema::CostCategory category;
  std::string invoice;  // or the number of a bank's receipt for interest
  std::optional<domain::Date> invoicedOn;
  std::optional<domain::Uscc> seller;
  std::string sellerName;
  domain::Fen net;
  domain::Fen tax;
  std::optional<domain::EventNumber> contract;  // where it is agreed
  std::size_t contractLine;
};

struct ProjectTrail {
  domain::EventRef ref;
  domain::EventNumber event;
  std::string title;
  domain::CityCode city;
  domain::Uscc enterprise;
  std::string enterpriseName;
  schema::Purpose purpose;
  schema::SupportMode mode;
  std::optional<domain::EventNumber> cost;  // the verification that holds; nothing: contracts alone back the award
  domain::Fen eligible;
  std::vector<CostTrail> costs;
  std::vector<domain::EventNumber> contracts;
  Steps steps;
};

struct ContractTrail {
  domain::EventRef ref;
  domain::EventNumber event;
  std::string number;
  domain::Date signedOn;
  std::vector<std::pair<domain::Uscc, std::string>> providers;  // with their names
  std::size_t lines;
  domain::Fen total;  // with tax
  Steps steps;
};

/// What is asked for, found.
struct Subject {
  enum class Kind : std::uint8_t { tranche, payment, enterprise, invoice };
  Kind kind;
  std::string name;  // as found, in its normal form
};

/// Each list in the order of the log.
struct Trail {
  Subject subject;
  std::uint64_t events;  // of the log that were looked at
  std::vector<TrancheTrail> tranches;
  std::vector<AwardTrail> awards;
  std::vector<PaymentTrail> payments;
  std::vector<RecoveryTrail> recoveries;
  std::vector<ProjectTrail> projects;
  std::vector<ContractTrail> contracts;
};

}  // namespace fundtrail::replay::trace
