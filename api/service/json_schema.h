// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <boost/json.hpp>

#include "api/views/reports.h"

namespace fundtrail::api::service {

/// The schemas that OpenAPI names, by their names. Those of reports follow from the reports' own fields, so that they
/// cannot drift from what is printed.
[[nodiscard]] boost::json::object schemas();

}  // namespace fundtrail::api::service
