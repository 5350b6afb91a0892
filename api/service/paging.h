// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/service/arguments.h"
#include "api/views/report.h"
#include "crypto/result.h"

namespace fundtrail::api::service {

/// Sorts the one list of a report by the fields that `sort` names, and by `keys`, which tell its rows apart; drops what
/// stands up to the cursor `after`, and what is more than `limit` (100). Gives the cursor of the last row where more
/// follow. A page is exact of its own moment: a row that moved in the meantime is seen where it then stands. Error:
/// badInput for fields that there are not, and for a cursor that is none of this order.
[[nodiscard]] crypto::Result<std::optional<std::string>> cutPage(views::Reader const& reader, views::Section& list,
                                                                 std::span<std::string_view const> keys,
                                                                 Arguments const& arguments);

}  // namespace fundtrail::api::service
