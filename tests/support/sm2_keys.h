// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "crypto/keys.h"

namespace fundtrail::tests {

/// The SM2 key of a person: from the name, for ever the same.
[[nodiscard]] crypto::PrivateKey sm2KeyOf(std::string_view person);

}  // namespace fundtrail::tests
