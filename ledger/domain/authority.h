// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>

#include "ledger/schema/event.capnp.h"
#include "ledger/schema/values.capnp.h"

// Who may record what: one row per event type. Rule S1 reads it, and so do help texts and work lists.

namespace fundtrail::ledger::domain {

class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr RoleSet(std::initializer_list<schema::Role> roles) {
    for (auto const role : roles) bits_ |= 1U << static_cast<unsigned>(role);
  }
  friend constexpr bool operator==(RoleSet, RoleSet) = default;
  [[nodiscard]] constexpr bool contains(schema::Role role) const {
    return ((bits_ >> static_cast<unsigned>(role)) & 1U) != 0;
  }

 private:
  std::uint32_t bits_ = 0;
};

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

/// An event is taken back by the level that recorded it: what the province alone may record, a city's people neither
/// propose to reverse nor confirm. `type` is the event's to be reversed, `otherwise` who may where it is a city's.
[[nodiscard]] RoleSet reversingRoles(schema::Event::Which type, RoleSet otherwise);

/// Business roles are kept apart from administration (等保): nobody holds both.
[[nodiscard]] constexpr bool isAdministration(schema::Role role) {
  return role == schema::Role::SYSTEM_ADMIN || role == schema::Role::SECURITY_ADMIN;
}

/// How wide a region a role is held for.
enum class Reach : std::uint8_t { province, city, cityOrCounty, anywhere };
[[nodiscard]] Reach reachOf(schema::Role role);

}  // namespace fundtrail::ledger::domain
