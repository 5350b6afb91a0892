// SPDX-License-Identifier: Apache-2.0
#include "crypto/ensure.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace fundtrail::crypto {

void abortOnBug(std::string_view what, std::source_location where) {
  std::fprintf(stderr, "%s:%" PRIuLEAST32 ": bug: %.*s\n", where.file_name(), where.line(),
               static_cast<int>(what.size()), what.data());
  std::abort();
}

}  // namespace fundtrail::crypto
