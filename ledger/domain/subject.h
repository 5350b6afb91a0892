// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/domain/event_context.h"
#include "ledger/domain/state.h"
#include "ledger/schema/event.capnp.h"

namespace fundtrail::ledger::domain {

/// What an event is about: the records that it names, found once and looked at by every rule and by evolve(). Pointers
/// go into the state and hold until it changes. Where an event names something that is not on record, `missing` names
/// the field.
struct Subject {
  CityCode region = CityCode::province();  // whose business it is: the province, or a city
  std::uint32_t county = 0;

  City const* city = nullptr;
  Tranche const* tranche = nullptr;
  Organisation const* organisation = nullptr;
  Contract const* contract = nullptr;  // of several, the one filed last
  Project const* project = nullptr;
  Publicity const* publicity = nullptr;
  Award const* award = nullptr;
  Payment const* payment = nullptr;
  Recovery const* recovery = nullptr;
  AuthorKey const* key = nullptr;
  PendingChange const* pending = nullptr;
  Product const* product = nullptr;
  Complaint const* complaint = nullptr;
  PublicityObjection const* objection = nullptr;
  Finding const* finding = nullptr;
  Statement const* statement = nullptr;

  std::optional<EventRef> trancheRef;
  std::optional<EventRef> contractRef;  // of a filing that is reversed
  std::optional<EventRef> projectRef;
  std::optional<EventRef> publicityRef;
  std::optional<EventRef> awardRef;
  std::optional<EventRef> paymentRef;
  std::optional<EventRef> recoveryRef;
  std::optional<EventRef> pendingRef;
  std::optional<EventRef> complaintRef;
  std::optional<EventRef> objectionRef;
  std::optional<EventRef> findingRef;
  std::optional<EventRef> statementRef;
  std::optional<PersonIndex> person;      // who is granted or loses a role
  std::optional<Uscc> enterprise;         // whose project it is
  std::optional<RecordedEvent> reversed;  // the event that is, or is to be, taken back
  std::optional<RecordedEvent> matched;   // the event that a statement's line stands for

  std::string_view missing;  // the field whose reference leads nowhere; empty where all was found

  /// The chain that the event continues: the payment's, the recovery's or the project's; nullptr for events outside
  /// any.
  [[nodiscard]] Chain const* chain() const;
};

/// Finds the subject of an examined event. `history` is asked for the event that a reversal or a match names.
[[nodiscard]] Subject subjectOf(State const& state, History const& history, schema::Event::Reader event);

}  // namespace fundtrail::ledger::domain
