// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// An event as a row of a table writes it: its type, its business date and its fields, by the names of the schema.
//
//   amount 1,000.00        a field amountFen, in yuan
//   draws[0].county 440115 a field of a list's first element
//   closesOn 2025-05-28    a date
//   tranche @t1            the event that another step recorded;  number #t1  its position
//   publicKey spki:lin     the public key of a person;            key key:lin  the name of that key
//   digest hash:contract   a digest of that text
//   statesGoals no         a yes or a no
//   county -               nothing: the field, and all below it, is left out

namespace fundtrail::tests {

/// Paths and values in the order in which they stand. `documents…` and `cause` are the event's, all else is its body's.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// "a 1; b 2" as fields. Throws std::runtime_error where a field has no value.
Fields fieldsOf(std::string_view cell);

/// The fields with some of them changed, added or (by "-") left out.
Fields changed(Fields fields, Fields const& changes);

/// The event as JSON without its salt. `positionOf` gives the position of the step with a label. Throws
/// std::runtime_error that names the field that the schema does not know, or whose value is not one.
std::string eventJson(std::string_view type, std::uint32_t occurredOn, Fields const& fields,
                      std::function<std::uint64_t(std::string_view label)> const& positionOf);

}  // namespace fundtrail::tests
