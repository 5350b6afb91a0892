// SPDX-License-Identifier: Apache-2.0
// What the ledger and the bank's statements say of money at the bank. Amounts are whole fen. What agrees is kept as
// sums alone: most of a long ledger does, and a match that is taken back reads both sides again from the log.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

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
  bool explained = false;
};

/// Money and how often; sums that no account holds stay at the most that one could.
struct BankSum {
  std::uint64_t count = 0;
  ledger::domain::Fen money;
  void add(ledger::domain::Fen amount) {
    ++count;
    money = money.plus(amount).value_or(money);
  }
  void take(ledger::domain::Fen amount) {
    --count;
    money = money.minus(amount).value_or(money);
  }
};
[[nodiscard]] inline ledger::domain::Fen magnitude(ledger::domain::Fen amount) {
  return amount.isNegative() ? -amount : amount;
}

struct BankStatement {
  ledger::domain::EventNumber event;
  ledger::domain::BatchNumber batch;
  ledger::domain::Date importedOn;
  ledger::domain::CityCode city;
  ledger::domain::Date from;
  ledger::domain::Date to;
  ledger::domain::Fen opening;
  ledger::domain::Fen closing;
  std::uint32_t lines;                     // in all
  std::map<std::uint32_t, BankLine> open;  // those that no event was matched with, by their place
  BankSum matched;                         // the others, without their signs
};

/// One city's events that stand on a line.
struct BankAgreement {
  BankSum moves;                // without their signs
  ledger::domain::Fen credits;  // with them
};

struct BankRecords {
  std::map<ledger::domain::EventNumber, BankMove> open;  // on no line; in order, so that reports are
  boost::unordered_flat_set<ledger::domain::EventNumber> matched;
  std::map<ledger::domain::CityCode, BankAgreement> agreed;  // the matched ones, in sums
  std::map<ledger::domain::EventNumber, BankOutgoing> outgoing;
  boost::unordered_flat_map<ledger::domain::EventRef, BankStatement> statements;
  std::map<ledger::domain::AccountNumber, std::vector<ledger::domain::EventRef>> books;  // in order
};

}  // namespace fundtrail::replay
