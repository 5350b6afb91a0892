// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <boost/json.hpp>

namespace fundtrail::tests {

/// What is wrong with a value by a schema of the document (JSON Schema 2020-12, as far as the interface uses it), with
/// where; empty where nothing is. A keyword that it does not know is a fault of the schema.
[[nodiscard]] std::string faultIn(boost::json::value const& value, boost::json::object const& schema,
                                  boost::json::object const& document, std::string const& where = "$");

}  // namespace fundtrail::tests
