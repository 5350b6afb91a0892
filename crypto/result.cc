// SPDX-License-Identifier: Apache-2.0
#include "crypto/result.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace fundtrail::crypto {

void throw_exception_from_error(Error const& error, boost::source_location const& where) {
  std::fprintf(stderr, "%s:%" PRIuLEAST32 ": bug: the value of an error was asked for: %s\n", where.file_name(),
               where.line(), error.message.c_str());
  std::abort();
}

}  // namespace fundtrail::crypto
