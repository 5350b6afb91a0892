// SPDX-License-Identifier: Apache-2.0
// Collects findings, so that a log that is wrong from end to end still makes a short report.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
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
    if (kept_.size() == kMaxFindings) {
      ++further_;
      return;
    }
    auto const last = kept_.empty() ? Place{} : kept_.back().place;
    kept_.push_back({std::max(last, placeOf(finding).value_or(last)), std::move(finding)});
  }
  void add(FindingKind kind, std::optional<domain::BatchNumber> batch, domain::Text text) {
    add({kind, batch, std::nullopt, {}, std::move(text)});
  }
  void damage(std::optional<domain::BatchNumber> batch, crypto::Error const& error) {
    add(FindingKind::damage, batch, damageText(error));
  }

  /// Takes in what another collected of the same events. Both are in the order of the log, and so is the sum.
  void merge(Findings other) {
    std::vector<Kept> merged;
    std::ranges::merge(kept_, other.kept_, std::back_inserter(merged), {}, &Kept::place, &Kept::place);
    verdict_ = std::max(verdict_, other.verdict_);
    further_ += other.further_;
    for (; merged.size() > kMaxFindings; merged.pop_back()) ++further_;
    kept_ = std::move(merged);
  }

  /// Adds what another collected.
  void append(Findings other) {
    for (auto& kept : other.kept_) add(std::move(kept.finding));
    verdict_ = std::max(verdict_, other.verdict_);
    further_ += other.further_;
  }

  /// Leaves out what the rules said of later events.
  void forgetRulesBehind(domain::EventNumber event) {
    std::erase_if(kept_, [&](Kept const& kept) {
      auto const& finding = kept.finding;
      return finding.kind == FindingKind::rule && finding.event && *finding.event > event;
    });
    verdict_ = Verdict::proven;
    for (auto const& kept : kept_) verdict_ = std::max(verdict_, verdictOf(kept.finding.kind));
  }

  /// Moves what was collected into the report.
  void conclude(Report& report) {
    report.verdict = verdict_;
    for (auto& kept : kept_) report.findings.push_back(std::move(kept.finding));
    report.furtherFindings = further_;
  }

 private:
  using Place = std::pair<std::uint64_t, std::uint64_t>;  // batch and event
  struct Kept {
    Place place;  // in the log; of what has none, that of the one before
    Finding finding;
  };

  static std::optional<Place> placeOf(Finding const& finding) {
    if (!finding.batch) return std::nullopt;
    return Place{finding.batch->value(), finding.event ? finding.event->value() : 0};
  }

  std::vector<Kept> kept_;
  std::uint64_t further_ = 0;
  Verdict verdict_ = Verdict::proven;
};

}  // namespace fundtrail::replay
