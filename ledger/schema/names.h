// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <capnp/schema.h>

#include "ledger/schema/event.capnp.h"

namespace fundtrail::ledger::schema {

/// Names as the schema itself states them, so that no second list can drift from it: the camel-case name that JSON
/// uses, the Chinese term from $zh, and an English title made from the name ("paymentRequested" → "payment requested").
/// All views live as long as the program. Safe on any thread.
enum class Language : std::uint8_t { en, zh };

/// Every event type, in the order of the numbers on disk; notStated is none.
std::span<Event::Which const> eventTypes();

std::string_view eventTypeName(Event::Which type);
std::string_view eventTypeTitle(Event::Which type, Language language);

/// The type of that name (exactly as eventTypeName writes it); nothing for any other text and for "notStated".
std::optional<Event::Which> eventTypeNamed(std::string_view name);

/// The names of one enum of the schema.
class EnumNames {
 public:
  explicit EnumNames(capnp::EnumSchema schema);

  /// The number must be one that the schema knows, as checkShape makes sure.
  std::string_view name(std::uint16_t number) const;
  std::string_view title(std::uint16_t number, Language language) const;

 private:
  struct Names {
    std::string_view name;
    std::string_view zh;
    std::string en;
  };
  std::vector<Names> enumerants_;
};

/// The names of the enum of the schema that Enum stands for.
template <class Enum>
EnumNames const& enumNames() {
  static EnumNames const names(capnp::Schema::from<Enum>());
  return names;
}

template <class Enum>
std::string_view enumerantName(Enum value) {
  return enumNames<Enum>().name(static_cast<std::uint16_t>(value));
}

template <class Enum>
std::string_view enumerantTitle(Enum value, Language language) {
  return enumNames<Enum>().title(static_cast<std::uint16_t>(value), language);
}

/// The title of a field of an event's body, by its path without positions ("draws.tranche": "资金来源·资金批次"); empty
/// for a path that leads to no field.
std::string fieldTitle(Event::Which type, std::string_view path, Language language);

/// A listing for people: the event's type, then one line "title: value" per field that says something (stated.h),
/// nested ones indented by two spaces. Dates as 2025-05-21, amounts in yuan ("80,000,000.00"), data in hexadecimal,
/// enumerants by title. Ends in a line feed. The event must have passed checkShape.
std::string describe(Event::Reader event, Language language);

}  // namespace fundtrail::ledger::schema
