// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <capnp/schema.h>

namespace fundtrail::ledger::schema {

/// The annotations of annotations.capnp by the identifiers they state there: Cap'n Proto gives C++ no other handle on
/// them.
enum class Annotation : std::uint64_t {
  zh = 0x866f96e83355f307,
  maxBytes = 0xffec954abd825ed2,
  exactBytes = 0xa95b0b187ab972eb,
  maxItems = 0xa949701e81e6490f,
  required = 0xa0ad6f0cd5836840,
  positive = 0xfbca6deb142b8f27,
  notNegative = 0xb70cad97e59a23ab,
  format = 0xb099a68d3757f1da,
};

using Annotations = capnp::List<capnp::schema::Annotation>::Reader;

/// The value that an annotation has on something of the schema; nothing where it is not annotated. The schema owns it.
std::optional<capnp::schema::Value::Reader> annotated(Annotations annotations, Annotation which);

/// Whether it is annotated so at all: what an annotation of type Void says.
bool has(Annotations annotations, Annotation which);

/// The value of $zh, which everything that a person sees bears: a bug in the schema if it does not.
std::string_view zhOf(Annotations annotations);

/// A view of a text that the schema owns.
std::string_view view(capnp::Text::Reader text);

}  // namespace fundtrail::ledger::schema
