// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/domain/city_code.h"
#include "ledger/domain/money.h"
#include "ledger/domain/uscc.h"
#include "replay/facts/funds.h"
#include "replay/facts/records.h"
#include "replay/facts/source.h"

// The award: proposed, published, objected to, approved, withdrawn.

namespace fundtrail::replay::facts {

struct Project;
struct Publicity;
struct Payment;
struct Recovery;

struct Proposal {
  Source source;
  std::uint32_t level;
  domain::Fen eligible;
  std::uint32_t rateBp;
  domain::Fen cap;
  domain::Fen subsidy;
};

struct PublicityEntry {
  Row<Project> project;
  domain::Fen amount;
};

struct ObjectionResolution {
  Source source;
  bool upheld;
};

struct Objection {
  static constexpr auto kEvent = EventType::OBJECTION_RAISED;
  Source source;
  Row<Publicity> publicity;
  Row<Project> project;
  std::vector<ObjectionResolution> resolutions{};
};

struct PublicityClosing {
  Source source;
};

struct Publicity {
  static constexpr auto kEvent = EventType::PUBLICITY_OPENED;
  Source source;
  domain::CityCode city;
  StringId title;
  domain::Date opensOn;
  domain::Date closesOn;
  std::vector<PublicityEntry> entries;
  domain::Fen total;
  std::vector<Row<Objection>> objections{};
  std::vector<PublicityClosing> closings{};
};

struct Withdrawal {
  Source source;
};

struct Award {
  static constexpr auto kEvent = EventType::AWARD_APPROVED;
  Source source;
  Row<Project> project;
  StringId number;
  domain::Fen amount;
  domain::Uscc beneficiary;
  std::vector<Draw> draws;
  std::vector<Withdrawal> withdrawals{};
  std::vector<Row<Payment>> payments{};
  std::vector<Row<Recovery>> recoveries{};
};

}  // namespace fundtrail::replay::facts
