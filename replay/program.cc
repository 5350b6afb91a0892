// SPDX-License-Identifier: Apache-2.0
#include "replay/program.h"

#include <cstdio>

namespace fundtrail::replay {

crypto::Result<void> Session::print(std::string_view text) const {
  bool const written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (written) return {};
  return crypto::Error{crypto::ErrorKind::io, "the report cannot be written: check standard output",
                       "报告无法写出：请检查输出位置"};
}

}  // namespace fundtrail::replay
