// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <string>
#include <string_view>

#include "crypto/result.h"

namespace fundtrail::replay::journal {

/// UTF-8 as GB18030, which has a code for every character of Unicode. Errors: badInput for what is not UTF-8; io where
/// the system's iconv does not know GB18030.
[[nodiscard]] crypto::Result<std::string> toGb18030(std::string_view utf8);

}  // namespace fundtrail::replay::journal
