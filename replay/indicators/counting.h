// SPDX-License-Identifier: Apache-2.0
// Private to this folder: what stands on the audit date, and how strong a sign is.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "replay/indicators/indicator.h"

namespace fundtrail::replay::indicators {

__extension__ using Wide = __int128;  // products of amounts and ten-thousandths

/// The last of a project's (or payment's) steps that counts and pleases; nullptr if there is none.
template <class Step, class Pleases>
Step const* lastOf(Question const& question, std::vector<Step> const& steps, Pleases pleases) {
  Step const* last = nullptr;
  for (auto const& step : steps) {
    if (question.counts(step.source) && pleases(step)) last = &step;
  }
  return last;
}

inline facts::VerifiedCost const* costOf(Question const& question, facts::Project const& project) {
  return lastOf(question, project.costs, [](auto const&) { return true; });
}

inline facts::Acceptance const* acceptanceOf(Question const& question, facts::Project const& project) {
  return lastOf(question, project.acceptances,
                [](auto const& acceptance) { return acceptance.outcome == schema::Outcome::PASS; });
}

inline bool isWithdrawn(Question const& question, facts::Award const& award) {
  return std::ranges::any_of(award.withdrawals, [&](auto const& step) { return question.counts(step.source); });
}

/// By which the payment is paid on the audit date; nullptr if it is not.
inline facts::PaymentSettlement const* settlementOf(Question const& question, facts::Payment const& payment) {
  auto const* const settled = payment.settlement();
  return settled && settled->valueDate <= question.asOf && question.counts(settled->source) ? settled : nullptr;
}

inline facts::Project const& projectOf(Facts const& facts, facts::Payment const& payment) {
  return facts.projects[facts.awards[payment.award].project];
}

/// What stands awarded to a project; nothing where no award does.
inline std::optional<Fen> awardedTo(Question const& question, facts::Project const& project) {
  std::optional<Fen> sum;
  for (auto const row : project.awards) {
    auto const& award = question.facts.awards[row];
    if (question.counts(award.source) && !isWithdrawn(question, award)) sum = sum.value_or(Fen()) + award.amount;
  }
  return sum;
}

/// part ÷ whole in ten-thousandths, rounded down; the whole is above 0.
inline std::int64_t tenThousandths(Fen part, Fen whole) {
  return static_cast<std::int64_t>(static_cast<Wide>(part.count()) * 10'000 / whole.count());
}

/// amount × part ÷ whole, rounded down; the whole is above 0, and no part above it.
inline Fen partOf(Fen amount, std::int64_t part, std::int64_t whole) {
  return Fen::literal(static_cast<std::int64_t>(static_cast<Wide>(amount.count()) * part / whole));
}

/// 50 at the threshold, 100 at `full` and beyond.
inline unsigned scoreOver(std::int64_t value, std::int64_t threshold, std::int64_t full) {
  if (value >= full || threshold >= full) return 100;
  if (value <= threshold) return 50;
  return static_cast<unsigned>(50 + static_cast<Wide>(value - threshold) * 50 / (full - threshold));
}
inline unsigned scoreOver(std::int64_t value, std::int64_t threshold) {
  return scoreOver(value, threshold, threshold == 0 ? 1 : 2 * threshold);
}

inline std::string yuan(Fen amount) {
  return domain::formatYuan(amount);
}

}  // namespace fundtrail::replay::indicators
