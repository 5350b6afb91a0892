// SPDX-License-Identifier: Apache-2.0
// Collects findings, so that a log that is wrong from end to end still makes a short report.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "replay/verify.h"

namespace fundtrail::replay {

/// What the log could not read, in both languages; the sentence says what to do.
inline domain::Text damageText(crypto::Error const& error) {
  return {"存储的记录缺失或损坏：" + (error.zh.empty() ? error.message : error.zh), error.message};
}

/// One thread.
class Findings {
 public:
  void add(Finding finding) {
    verdict_ = std::max(verdict_, verdictOf(finding.kind));
    if (kept_.size() < kMaxFindings) {
      kept_.push_back(std::move(finding));
    } else {
      ++further_;
    }
  }
  void add(FindingKind kind, std::optional<domain::BatchNumber> batch, domain::Text text) {
    add({kind, batch, std::nullopt, {}, std::move(text)});
  }
  void damage(std::optional<domain::BatchNumber> batch, crypto::Error const& error) {
    add(FindingKind::damage, batch, damageText(error));
  }

  /// Moves what was collected into the report.
  void conclude(Report& report) {
    report.verdict = verdict_;
    report.findings = std::move(kept_);
    report.furtherFindings = further_;
  }

 private:
  std::vector<Finding> kept_;
  std::uint64_t further_ = 0;
  Verdict verdict_ = Verdict::proven;
};

}  // namespace fundtrail::replay
