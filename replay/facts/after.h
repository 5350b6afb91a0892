// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "ledger/domain/city_code.h"
#include "ledger/domain/money.h"
#include "ledger/domain/uscc.h"
#include "replay/facts/projects.h"
#include "replay/facts/records.h"
#include "replay/facts/source.h"

// After the money: findings (问题), rectification (整改), penalties (处理处罚).

namespace fundtrail::replay::facts {

struct Rectification {
  Source source;
};

struct RectificationVerification {
  Source source;
  schema::Conclusion conclusion;
};

struct Penalty {
  Source source;
  domain::Uscc subject;
  domain::Fen fine;
  std::optional<domain::Date> banFrom;
  std::optional<domain::Date> banTo;
};

struct Finding {
  static constexpr auto kEvent = EventType::FINDING_RAISED;
  Source source;
  StringId check;
  std::optional<domain::CityCode> city;
  std::optional<Row<Project>> project;
  std::vector<domain::Uscc> subjects;
  schema::FraudKind fraud;  // notStated: none of the five kinds
  domain::Fen amount;
  std::optional<domain::Date> rectifyBy;
  std::vector<Rectification> rectifications{};
  std::vector<RectificationVerification> verifications{};
  std::vector<Penalty> penalties{};
};

}  // namespace fundtrail::replay::facts
