// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "ledger/domain/enum_set.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/values.capnp.h"

// Who may record what: one row per event type. Rule S1 reads it, and so do help texts and work lists.

namespace fundtrail::ledger::domain {

using RoleSet = EnumSet<schema::Role>;

/// What a person does in a chain. Within one chain different duties are different people's.
enum class Duty : std::uint8_t { none, make, review, approve, instruct, settle };

struct Authority {
  schema::Event::Which type;
  bool judged;        // false: its rules are not written yet, and the ledger refuses it (rule E1)
  RoleSet roles;      // any of these may record it
  Duty duty;          // in the project's, the payment's or the recovery's chain
  bool secondPerson;  // takes effect when a second person confirms it
};

/// The row of an event type; every type has one.
[[nodiscard]] Authority const& authorityOf(schema::Event::Which type);

/// The second person of a pending change may hold one of these.
[[nodiscard]] RoleSet confirmingRoles(schema::Event::Which pendingType);

/// An event is taken back by the office that recorded it: what the province alone may record, a city's people neither
/// propose to reverse nor confirm; what finance may record is finance's.
struct ReversingRoles {
  RoleSet propose;
  RoleSet confirm;
};
/// Nothing: events of the type are corrected by a later event, and never reversed (rule X2).
[[nodiscard]] std::optional<ReversingRoles> reversingRoles(schema::Event::Which type);

/// Business, administration and audit are kept apart (等保): nobody holds roles of two of them.
enum class Side : std::uint8_t { business, administration, audit };
[[nodiscard]] constexpr Side sideOf(schema::Role role) {
  switch (role) {
    case schema::Role::SYSTEM_ADMIN:
    case schema::Role::SECURITY_ADMIN: return Side::administration;
    case schema::Role::AUDITOR: return Side::audit;
    default: return Side::business;
  }
}

/// How wide a region a role is held for.
enum class Reach : std::uint8_t { province, city, cityOrCounty, anywhere };
[[nodiscard]] Reach reachOf(schema::Role role);

}  // namespace fundtrail::ledger::domain
