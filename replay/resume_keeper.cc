// SPDX-License-Identifier: Apache-2.0
#include "replay/resume_keeper.h"

#include <fmt/format.h>

#include "replay/build_id.h"

namespace fundtrail::replay {

namespace domain = ledger::domain;

namespace {

constexpr auto kPause = std::chrono::seconds(30);

domain::Instant now() {
  auto const sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
  auto const milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count();
  return domain::Instant::fromMilliseconds(milliseconds).value_or(domain::Instant::startOf(domain::Date::first()));
}

}  // namespace

crypto::Result<ResumeKeeper> ResumeKeeper::open(std::filesystem::path file) {
  auto const build = buildId();
  if (build.empty()) {
    return crypto::Error{crypto::ErrorKind::unsupported,
                         "this program was linked without a build identifier, so --resume cannot tell whose word a "
                         "file is: verify without it",
                         "本程序未带构建标识，--resume 无从辨认续验文件由谁写成：请不用该选项"};
  }
  auto program = fmt::format("{} {}", FUNDTRAIL_VERSION, build);
  auto before = readResume(file, program);
  if (!before) return before.error();
  return ResumeKeeper(std::move(file), std::move(program), *std::move(before));
}

void ResumeKeeper::reached(VerifiedBeginning const& beginning) {
  reached_ = beginning;
  if (Clock::now() - written_ < kPause) return;
  written_ = Clock::now();
  static_cast<void>(keep());
}

crypto::Result<void> ResumeKeeper::keep() {
  if (!reached_ || (before_ && before_->beginning == *reached_)) return {};
  return writeResume(file_, goneOn(before_, *reached_, now()), program_);
}

}  // namespace fundtrail::replay
