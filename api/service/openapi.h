// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <boost/json.hpp>

namespace fundtrail::api::service {

/// The interface as OpenAPI 3.1 describes it, generated from the table of endpoints. The same for everybody.
[[nodiscard]] boost::json::object openApi();

}  // namespace fundtrail::api::service
