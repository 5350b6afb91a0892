// SPDX-License-Identifier: Apache-2.0
#include "api/cli/progress_line.h"

#include <unistd.h>

namespace fundtrail::api::cli {

ProgressLine::ProgressLine(Session const& session, Text text)
    : session_(session), text_(text), visible_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (drawn_) session_.err << "\r\x1b[K" << std::flush;
}

void ProgressLine::show(std::uint64_t done, std::uint64_t of) {
  auto const now = Clock::now();
  if (!visible_ || now < next_) return;
  next_ = now + std::chrono::milliseconds(200);
  drawn_ = true;
  session_.err << "\r\x1b[K" << session_.text(text_, done, of) << std::flush;
}

}  // namespace fundtrail::api::cli
