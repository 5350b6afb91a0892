// SPDX-License-Identifier: Apache-2.0
// Private to the program: which build of it runs.
#pragma once

#include <string>

namespace fundtrail::replay {

/// The linker's identifier of this executable, a hash of its contents in hexadecimal digits: two programs that differ
/// in anything that they do have two. Empty where it was linked without one.
[[nodiscard]] std::string buildId();

}  // namespace fundtrail::replay
