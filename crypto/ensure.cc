// SPDX-License-Identifier: Apache-2.0
#include "crypto/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace fundtrail::crypto {

void abortOnBug(std::string_view what, Place where) {
  std::fprintf(stderr, "%s:%d: bug: %.*s\n", where.file, where.line, static_cast<int>(what.size()), what.data());
  std::abort();
}

}  // namespace fundtrail::crypto
