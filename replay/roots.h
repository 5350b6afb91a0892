// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <cstdint>
#include <map>

#include "crypto/digest.h"

namespace fundtrail::replay {

/// The tree's root at some sizes.
using Roots = std::map<std::uint64_t, crypto::Digest>;

}  // namespace fundtrail::replay
