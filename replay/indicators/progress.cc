// SPDX-License-Identifier: Apache-2.0
// K20: what a city has paid beside what it has to show.
#include <map>
#include <set>

#include <fmt/format.h>

#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

namespace fundtrail::replay::indicators {

namespace {

struct City {
  Fen received;            // of all levels
  Fen paid;                // of it
  Fen provincial;          // issued by the province
  Fen provincialPlatform;  // of it, awarded for platforms
  std::set<domain::Uscc> counted;
  std::uint32_t target = 0;
  std::optional<EventNumber> targetBy;
  std::vector<EventNumber> platformAwards;
};

std::map<domain::CityCode, City> citiesOf(Question const& question) {
  auto const& facts = question.facts;
  std::map<domain::CityCode, City> cities;
  for (auto const& designation : facts.designations) {
    if (!question.counts(designation.source)) continue;
    auto& city = cities[designation.city];
    city.target = designation.minEnterprises;
    city.targetBy = designation.source.event;
  }
  for (auto const& plan : facts.cityPlans) {
    if (!question.counts(plan.source)) continue;
    auto& city = cities[plan.city];
    if (plan.promisedEnterprises <= city.target) continue;
    city.target = plan.promisedEnterprises;
    city.targetBy = plan.source.event;
  }
  for (auto const& tranche : facts.tranches) {
    if (!question.counts(tranche.source)) continue;
    auto& city = cities[tranche.city];
    for (auto const& receipt : tranche.receipts) {
      if (question.counts(receipt.source)) city.received += receipt.amount;
    }
    if (tranche.level != schema::GovernmentLevel::PROVINCE) continue;
    city.provincial += tranche.amount;
    for (auto const& adjustment : tranche.adjustments) {
      if (question.counts(adjustment.source)) city.provincial += adjustment.change;
    }
  }
  for (auto const& payment : facts.payments) {
    if (auto const* const settled = settlementOf(question, payment)) {
      cities[projectOf(facts, payment).city].paid += settled->amount;
    }
  }
  for (auto const& project : facts.projects) {
    if (!question.counts(project.source)) continue;
    auto& city = cities[project.city];
    if (project.purpose == schema::Purpose::REFORM && acceptanceOf(question, project)) {
      city.counted.insert(project.enterprise);
    }
    if (project.purpose != schema::Purpose::PLATFORM) continue;
    for (auto const row : project.awards) {
      auto const& award = facts.awards[row];
      if (!question.counts(award.source) || isWithdrawn(question, award)) continue;
      for (auto const& draw : award.draws) {
        if (facts.tranches[draw.tranche].level == schema::GovernmentLevel::PROVINCE) {
          city.provincialPlatform += draw.amount;
        }
      }
      city.platformAwards.push_back(award.source.event);
    }
  }
  return cities;
}

/// The end of the window in force on the audit date.
std::optional<Date> windowEnd(Question const& question) {
  facts::Policy const* last = nullptr;
  for (auto const& policy : question.facts.policies) {
    if (question.counts(policy.source) && policy.inForceFrom <= question.asOf) last = &policy;
  }
  return last ? std::optional(last->windowTo) : std::nullopt;
}

}  // namespace

Answer cityLag(Question const& question) {
  Answer answer;
  auto const lag = question.parameters["lagBp"];
  auto const near = question.parameters["platformNearBp"];
  auto const over = windowEnd(question);
  for (auto const& [code, city] : citiesOf(question)) {
    if (!city.targetBy || city.target == 0) continue;
    ++answer.population;
    auto const counted = static_cast<std::int64_t>(city.counted.size());
    auto const countedShare = std::min<std::int64_t>(10'000, counted * 10'000 / city.target);
    auto const paidShare = city.received.isPositive() ? tenThousandths(city.paid, city.received) : 0;
    if (paidShare - countedShare > lag) {
      auto const ahead = city.paid - partOf(city.received, std::min<std::int64_t>(counted, city.target), city.target);
      answer.hits.push_back(
          {{*city.targetBy},
           {Subject::of(code)},
           ahead,
           scoreOver(paidShare - countedShare, lag, 10'000),
           {fmt::format(
                "已拨付到账资金的万分之 {}，只完成目标 {} 家中的 {} 家（万分之 {}；允许相差 {}）：超前拨付 {} 元",
                paidShare, city.target, counted, countedShare, lag, yuan(ahead)),
            fmt::format("{} of 10,000 of the money is paid, {} of {} enterprises are done ({} of 10,000; {} may lie "
                        "between): {} yuan are paid ahead of the work",
                        paidShare, counted, city.target, countedShare, lag, yuan(ahead))}});
    }
    if (over && *over < question.asOf && counted < city.target) {
      answer.hits.push_back(
          {{*city.targetBy},
           {Subject::of(code)},
           std::nullopt,
           scoreOver(10'000 - countedShare, 0, 10'000),
           {fmt::format("支持时间段已于 {} 结束，完成 {} 家，少于 {} 家", over->text(), counted, city.target),
            fmt::format("the window ended on {}; {} enterprises are done, fewer than {}", over->text(), counted,
                        city.target)}});
    }
    auto const platform = city.provincial.isPositive() ? tenThousandths(city.provincialPlatform, city.provincial) : 0;
    if (platform >= near && !city.platformAwards.empty()) {
      answer.hits.push_back(
          {city.platformAwards,
           {Subject::of(code)},
           city.provincialPlatform,
           scoreOver(platform, near, 2'000),
           {fmt::format("行业平台用去省级资金的万分之 {}（关注线 {}，上限 2000）", platform, near),
            fmt::format("platforms take {} of 10,000 of the provincial money (looked at from {}, capped at 2000)",
                        platform, near)}});
    }
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators
