// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/domain/account_number.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/event.capnp.h"

// What the bank says: statements line by line, each matched with an event or explained.

namespace fundtrail::ledger::domain {

/// Money that came in or went out at the bank: what a statement's line can stand for.
[[nodiscard]] constexpr bool isAtTheBank(schema::Event::Which type) {
  using E = schema::Event::Which;
  return type == E::TRANCHE_RECEIVED || type == E::PAYMENT_SETTLED || type == E::PAYMENT_RETURNED ||
         type == E::RECOVERY_RECEIVED;
}

struct StatementLine {
  Date valueDate;
  Fen credit;             // negative: a debit
  std::string reference;  // normalised; empty where the bank gives none
  std::optional<AccountNumber> counterparty;
  std::optional<EventNumber> matched{};    // the event that it stands for
  std::optional<EventNumber> settledBy{};  // the event that matched or explained it
  [[nodiscard]] bool isOpen() const { return !settledBy; }
  friend bool operator==(StatementLine const&, StatementLine const&) = default;
};

struct Statement {
  CityCode city;
  AccountNumber account;
  Date from;
  Date to;
  Fen closing;
  EventNumber event;
  std::vector<StatementLine> lines;
  friend bool operator==(Statement const&, Statement const&) = default;
};

/// One bank account's statements, in order: each goes on where the one before ends (rule B1).
struct AccountBook {
  std::vector<EventRef> statements;
  friend bool operator==(AccountBook const&, AccountBook const&) = default;
};

}  // namespace fundtrail::ledger::domain
