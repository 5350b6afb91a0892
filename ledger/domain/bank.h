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

// What the bank says: statements line by line, each matched with an event or explained.

namespace fundtrail::ledger::domain {

struct StatementLine {
  Date valueDate;
  Fen credit;             // negative: a debit
  std::string reference;  // normalised; empty where the bank gives none
  std::optional<AccountNumber> counterparty;
  std::optional<EventNumber> matched{};
  bool explained = false;
  [[nodiscard]] bool isOpen() const { return !matched && !explained; }
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
  CityCode city;
  std::vector<EventRef> statements;
  friend bool operator==(AccountBook const&, AccountBook const&) = default;
};

}  // namespace fundtrail::ledger::domain
