// SPDX-License-Identifier: Apache-2.0
#include "replay/progress_bar.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

#include <fmt/format.h>

namespace fundtrail::replay {

namespace {

constexpr auto kPause = std::chrono::milliseconds(200);
constexpr std::uint64_t kWidth = 30;
constexpr char const* kClearLine = "\r\x1b[K";
// What verifying one signature takes, in events that are checked and judged; as measured (docs/PERFORMANCE.md).
constexpr std::uint64_t kEventsPerSignature = 16;

/// In events.
std::uint64_t workOf(Progress const& progress, log::LogSize const& size) {
  auto const signatures = size.batches - std::min(size.batches, progress.takenOver);
  return size.events + kEventsPerSignature * signatures;
}

}  // namespace

std::optional<std::chrono::seconds> timeLeft(Progress const& progress, std::chrono::milliseconds elapsed) {
  auto const done = workOf(progress, progress.done);
  auto const whole = std::max(done, workOf(progress, progress.total));
  if (done == 0) return std::nullopt;
  auto const left =
      static_cast<double>(elapsed.count()) * static_cast<double>(whole - done) / static_cast<double>(done);
  return std::chrono::ceil<std::chrono::seconds>(std::chrono::duration<double, std::milli>(left));
}

std::string durationText(std::chrono::seconds duration, ledger::schema::Language language) {
  bool const chinese = language == ledger::schema::Language::zh;
  constexpr std::int64_t kMinute = 60;
  auto const seconds = duration.count();
  auto const minutes = seconds / kMinute;
  if (minutes == 0) return fmt::format("{} {}", seconds, chinese ? "秒" : "s");
  if (minutes < kMinute) {
    return fmt::format("{} {} {} {}", minutes, chinese ? "分" : "min", seconds % kMinute, chinese ? "秒" : "s");
  }
  return fmt::format("{} {} {} {}", minutes / kMinute, chinese ? "小时" : "h", minutes % kMinute,
                     chinese ? "分" : "min");
}

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
  auto const elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - start_);
  auto const whole = std::max<std::uint64_t>(1, workOf(progress, progress.total));
  auto const filled = kWidth * workOf(progress, progress.done) / whole;
  auto const milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(1, elapsed.count()));
  bool const chinese = language_ == ledger::schema::Language::zh;
  auto const left = timeLeft(progress, elapsed);
  auto const line = fmt::format(
      "{}[{}{}] {}/{} {}  {} {}  {}", kClearLine, std::string(filled, '#'), std::string(kWidth - filled, '.'),
      progress.done.batches, progress.total.batches, chinese ? "批" : "batches",
      progress.done.events * 1000 / milliseconds, chinese ? "事件/秒" : "events/s",
      left ? fmt::format("{} {}", chinese ? "剩余" : "left", durationText(*left, language_)) : std::string());
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace fundtrail::replay
