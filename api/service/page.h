// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <string>

#include "api/views/reader.h"

namespace fundtrail::api::service {

/// A page that shows what there is to ask for, by itself: no script, nothing from elsewhere. HTML.
[[nodiscard]] std::string pageOf(views::Reader const& reader);

}  // namespace fundtrail::api::service
