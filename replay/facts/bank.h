// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/domain/city_code.h"
#include "ledger/domain/money.h"
#include "replay/facts/parties.h"
#include "replay/facts/records.h"
#include "replay/facts/source.h"

// What the bank says, line by line, and what was said of each line.

namespace fundtrail::replay::facts {

/// A line is the event that it is matched with.
struct LineMatch {
  Source source;
  domain::EventNumber event;
};

struct LineExplanation {
  Source source;
  StringId explanation;
};

struct StatementLine {
  domain::Date valueDate;
  domain::Fen debit;
  domain::Fen credit;
  StringId counterpartyName;
  StringId counterpartyAccount;  // in normal form
  StringId bankReference;
  std::vector<LineMatch> matches{};
  std::vector<LineExplanation> explanations{};
};

struct Statement {
  static constexpr auto kEvent = EventType::STATEMENT_IMPORTED;
  Source source;
  domain::CityCode city;  // the province itself, where the account is the province's
  Account account;
  domain::Date periodFrom;
  domain::Date periodTo;
  domain::Fen opening;
  domain::Fen closing;
  std::vector<StatementLine> lines;
};

}  // namespace fundtrail::replay::facts
