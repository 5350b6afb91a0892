// SPDX-License-Identifier: Apache-2.0
#include "replay/progress_bar.h"

#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace fundtrail::replay {

namespace {

constexpr auto kPause = std::chrono::milliseconds(200);
constexpr std::uint64_t kWidth = 30;
constexpr char const* kClearLine = "\r\x1b[K";

}  // namespace

ProgressBar::ProgressBar(ledger::schema::Language language)
    : language_(language), visible_(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
  if (drawn_) std::fputs(kClearLine, stderr);
}

void ProgressBar::show(Progress const& progress) {
  auto const now = Clock::now();
  if (!visible_ || now < next_) return;
  next_ = now + kPause;
  drawn_ = true;
  auto const& [done, total] = progress;
  auto const seconds = std::chrono::duration<double>(now - start_).count();
  auto const part = total.batches > 0 ? static_cast<double>(done.batches) / static_cast<double>(total.batches) : 1.0;
  auto const rate = seconds > 0 ? static_cast<double>(done.events) / seconds : 0.0;
  auto const left = part > 0 ? seconds / part - seconds : 0.0;
  auto const filled = static_cast<std::size_t>(part * kWidth);
  bool const chinese = language_ == ledger::schema::Language::zh;
  auto const line =
      fmt::format("{}[{}{}] {}/{} {}  {:.0f} {}  {} {:.0f} s", kClearLine, std::string(filled, '#'),
                  std::string(kWidth - filled, '.'), done.batches, total.batches, chinese ? "批" : "batches", rate,
                  chinese ? "事件/秒" : "events/s", chinese ? "剩余" : "left", left);
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace fundtrail::replay
