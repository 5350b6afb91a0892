// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "ledger/schema/after.capnp.h"

namespace fundtrail::ledger::domain {

/// raised → (rectification filed) → confirmed, dismissed or rectified. A confirmed finding is closed by being rectified
/// or dismissed later; until then rule X1 stops the money of its subjects, if it is one of fraud （十）.
enum class FindingStage : std::uint8_t { raised, confirmed, closed };

struct Finding {
  CityCode region;  // a city, or the province
  std::optional<EventRef> project;
  std::vector<Uscc> subjects;  // each once
  schema::FraudKind fraud;     // notStated: no fraud
  Date raisedOn;
  FindingStage stage = FindingStage::raised;
  std::optional<Date> rectificationFiledOn{};
  [[nodiscard]] bool isFraud() const { return fraud != schema::FraudKind::NOT_STATED; }
  friend bool operator==(Finding const&, Finding const&) = default;
};

}  // namespace fundtrail::ledger::domain
