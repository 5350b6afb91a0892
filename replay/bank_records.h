// SPDX-License-Identifier: Apache-2.0
// What the ledger and the bank's statements say of money at the bank. Amounts are whole fen.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "ledger/domain/account_number.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"

namespace fundtrail::replay {

/// What an event says of money at the bank: a tranche or a recovery received, a payment settled or returned.
struct BankMove {
  ledger::domain::CityCode city;
  ledger::domain::Fen credit;  // negative: a debit
  ledger::domain::Date day;
  std::string reference;  // normalised
  std::optional<ledger::domain::AccountNumber> other;
  bool matched = false;
};

/// Money that left an account by an event that states no reference of the bank: recalled, returned to the treasury, or
/// sent out before it came back.
struct BankOutgoing {
  ledger::domain::CityCode city;
  ledger::domain::Fen amount;
  ledger::domain::Date day;
};

struct BankLine {
  ledger::domain::Date day;
  ledger::domain::Fen credit;  // negative: a debit
  std::string reference;       // normalised; empty where the bank gives none
  std::optional<ledger::domain::AccountNumber> other;
  bool byBank;  // booked by the bank for itself: nobody is on the other side
  std::optional<ledger::domain::EventNumber> matched{};
  bool explained = false;
};

struct BankStatement {
  ledger::domain::EventNumber event;
  ledger::domain::BatchNumber batch;
  ledger::domain::Date importedOn;
  ledger::domain::CityCode city;
  ledger::domain::Date from;
  ledger::domain::Date to;
  ledger::domain::Fen opening;
  ledger::domain::Fen closing;
  std::vector<BankLine> lines;
};

struct BankRecords {
  std::map<ledger::domain::EventNumber, BankMove> moves;  // in order, so that reports are
  std::map<ledger::domain::EventNumber, BankOutgoing> outgoing;
  boost::unordered_flat_map<ledger::domain::EventRef, BankStatement> statements;
  std::map<ledger::domain::AccountNumber, std::vector<ledger::domain::EventRef>> books;  // in order
};

}  // namespace fundtrail::replay
