// SPDX-License-Identifier: Apache-2.0
#include "crypto/result.h"

#include "crypto/ensure.h"

namespace fundtrail::crypto {

void throw_exception_from_error(Error const& error, boost::source_location const& where) {
  abortOnBug("the value of an error was asked for: " + error.message,
             {where.file_name(), static_cast<int>(where.line())});
}

}  // namespace fundtrail::crypto
