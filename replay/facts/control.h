// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "crypto/digest.h"
#include "ledger/domain/city_code.h"
#include "replay/facts/records.h"
#include "replay/facts/source.h"

// Control: keys, roles, witnesses, reversals (红字冲销), closed periods, conclusions, erasures. Whom the ledger was
// founded with is in no event, and not here.

namespace fundtrail::replay::facts {

struct Key {
  static constexpr auto kEvent = EventType::KEY_ENROLLED;
  Source source;
  StringId person;
  StringId personName;
  StringId organisation;
  std::optional<Decision> decision{};
};

struct KeyRevocation {
  static constexpr auto kEvent = EventType::KEY_REVOKED;
  Source source;
  domain::KeyId key;
  std::optional<Decision> decision{};
};

struct RoleGrant {
  static constexpr auto kEvent = EventType::ROLE_GRANTED;
  Source source;
  StringId person;
  schema::Role role;
  domain::CityCode region;
  domain::Date validFrom;
  domain::Date validTo;
  std::optional<Decision> decision{};
};

struct RoleRevocation {
  static constexpr auto kEvent = EventType::ROLE_REVOKED;
  Source source;
  std::optional<Row<RoleGrant>> grant;  // nothing: one of those that the ledger was founded with
  domain::Date lastDay;
  std::optional<Decision> decision{};
};

struct Witness {
  static constexpr auto kEvent = EventType::WITNESS_ENROLLED;
  Source source;
  StringId name;
  std::optional<Decision> decision{};
};

struct Reversal {
  static constexpr auto kEvent = EventType::EVENT_REVERSED;
  Source source;
  domain::EventNumber original;
  std::optional<Decision> decision{};
};

struct ClosedPeriod {
  static constexpr auto kEvent = EventType::PERIOD_CLOSED;
  Source source;
  domain::CityCode region;
  domain::Date from;
  domain::Date to;
};

struct AuditConclusion {
  static constexpr auto kEvent = EventType::AUDIT_CONCLUDED;
  Source source;
  std::uint64_t treeSize;
  crypto::Digest root;
  schema::AuditVerdict verdict;
  domain::CityCode region;
};

struct Erasure {
  static constexpr auto kEvent = EventType::SUBJECT_ERASED;
  Source source;
  std::optional<Decision> decision{};
};

}  // namespace fundtrail::replay::facts
