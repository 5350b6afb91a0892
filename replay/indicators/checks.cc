// SPDX-License-Identifier: Apache-2.0
// Whoever looked at a project: K14, K15, K22.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

namespace fundtrail::replay::indicators {

namespace {

void findOddLevels(Question const& question, facts::Project const& project, Answer& answer) {
  auto const at = [&](schema::AssessmentStage stage) {
    return lastOf(question, project.assessments, [&](auto const& one) { return one.stage == stage; });
  };
  auto const* const before = at(schema::AssessmentStage::BEFORE_REFORM);
  auto const* const after = at(schema::AssessmentStage::AFTER_REFORM);
  if (!before || !after) return;
  auto const days = before->assessedOn.daysUntil(after->assessedOn);
  auto const limit = question.parameters.days("jumpDays");
  bool const unchanged = after->level <= before->level;
  bool const jump = after->level >= before->level + 2 && days <= limit;
  if (!unchanged && !jump) return;
  answer.hits.push_back(
      {{after->source.event, before->source.event},
       {Subject::of(after->assessor), Subject::of(project.enterprise), Subject::of(project)},
       awardedTo(question, project),
       unchanged ? 70U : 60U,
       {fmt::format("改造前 {} 级，改造后 {} 级，相隔 {} 天", before->level, after->level, days),
        fmt::format("level {} before and {} after, {} days apart", before->level, after->level, days)}});
}

void findOwnAssessor(Question const& question, facts::Project const& project, Answer& answer) {
  for (auto const& assessment : project.assessments) {
    if (!question.counts(assessment.source)) continue;
    for (auto const row : project.contracts) {
      auto const& contract = question.facts.contracts[row];
      if (std::ranges::find(contract.providers, assessment.assessor) == contract.providers.end()) continue;
      answer.hits.push_back({{assessment.source.event, contract.source.event},
                             {Subject::of(assessment.assessor), Subject::of(project.enterprise), Subject::of(project)},
                             awardedTo(question, project),
                             100,
                             {"评测机构同时是该项目的供给方", "the assessor is a provider of the project too"}});
      break;
    }
  }
}

}  // namespace

Answer assessmentOdd(Question const& question) {
  struct Assessor {
    std::int64_t all = 0;
    std::int64_t passed = 0;
    std::vector<EventNumber> events;
  };
  Answer answer;
  std::map<domain::Uscc, Assessor> assessors;
  auto const passLevel = question.parameters["passLevel"];
  for (auto const& project : question.facts.projects) {
    if (!question.counts(project.source)) continue;
    findOddLevels(question, project, answer);
    findOwnAssessor(question, project, answer);
    for (auto const& assessment : project.assessments) {
      if (!question.counts(assessment.source)) continue;
      ++answer.population;
      if (assessment.stage != schema::AssessmentStage::AFTER_REFORM) continue;
      auto& assessor = assessors[assessment.assessor];
      ++assessor.all;
      if (assessment.level < passLevel) continue;
      ++assessor.passed;
      assessor.events.push_back(assessment.source.event);
    }
  }
  auto const limit = question.parameters["passRateBp"];
  for (auto const& [uscc, assessor] : assessors) {
    auto const rate = assessor.passed * 10'000 / assessor.all;
    if (assessor.all < question.parameters["minAssessments"] || rate <= limit) continue;
    answer.hits.push_back({assessor.events,
                           {Subject::of(uscc)},
                           std::nullopt,
                           scoreOver(rate, limit, 10'000),
                           {fmt::format("{} 次改造后评测中 {} 次达到 {} 级，占万分之 {}（上限 {}）", assessor.all,
                                        assessor.passed, passLevel, rate, limit),
                            fmt::format("{} of {} assessments after the reform reach level {}, {} of 10,000 (limit {})",
                                        assessor.passed, assessor.all, passLevel, rate, limit)}});
  }
  return answer;
}

Answer siteCheckOdd(Question const& question) {
  Answer answer;
  auto const& facts = question.facts;
  auto const limit = static_cast<std::size_t>(question.parameters["sitesPerDay"]);
  struct Tour {
    std::set<EventNumber> sites;  // by the events that enrolled them
    std::vector<EventNumber> checks;
  };
  std::map<std::pair<facts::StringId, Date>, Tour> tours;
  for (auto const& project : facts.projects) {
    if (!question.counts(project.source)) continue;
    for (auto const& check : project.siteChecks) {
      if (!question.counts(check.source)) continue;
      ++answer.population;
      for (auto const inspector : check.inspectors) {
        auto& tour = tours[{inspector, check.checkedOn}];
        tour.sites.insert(project.source.event);
        tour.checks.push_back(check.source.event);
      }
    }
    auto const* const accepted = acceptanceOf(question, project);
    if (!accepted) continue;
    bool const checked = std::ranges::any_of(project.siteChecks, [&](auto const& check) {
      return question.counts(check.source) && check.outcome == schema::Outcome::PASS &&
             check.checkedOn <= accepted->acceptedOn;
    });
    if (checked) continue;
    answer.hits.push_back(
        {{accepted->source.event, project.source.event},
         {Subject::of(project), Subject::of(project.enterprise), Subject::of(project.city)},
         awardedTo(question, project),
         100,
         {fmt::format("{} 验收，此前没有通过的现场核查", accepted->acceptedOn.text()),
          fmt::format("accepted on {} without a passed site check before", accepted->acceptedOn.text())}});
  }
  for (auto const& [who, tour] : tours) {
    if (tour.sites.size() <= limit) continue;
    auto const id = facts.strings[who.first];
    answer.hits.push_back(
        {tour.checks,
         {Subject::person(id)},
         std::nullopt,
         scoreOver(static_cast<std::int64_t>(tour.sites.size()), static_cast<std::int64_t>(limit)),
         {fmt::format("{} 在 {} 一天核查 {} 处（上限 {} 处）", id, who.second.text(), tour.sites.size(), limit),
          fmt::format("{} inspected {} sites on {} (limit {})", id, tour.sites.size(), who.second.text(), limit)}});
  }
  return answer;
}

Answer productUnused(Question const& question) {
  Answer answer;
  auto const& facts = question.facts;
  auto const months = question.parameters.days("months");
  for (auto const& project : facts.projects) {
    if (!question.counts(project.source)) continue;
    auto const* const accepted = acceptanceOf(question, project);
    for (auto const& look : project.lookBacks) {
      if (!question.counts(look.source)) continue;
      ++answer.population;
      if (look.productInUse != schema::Answer::NO || !accepted) continue;
      auto const age = accepted->acceptedOn.daysUntil(look.doneOn);
      if (age > months * 366 / 12) continue;  // a month that is too long errs on the side of looking
      answer.hits.push_back(
          {{look.source.event, accepted->source.event},
           {Subject::of(project.enterprise), Subject::of(project), Subject::of(project.city)},
           awardedTo(question, project),
           85,
           {fmt::format("{} 验收，{} 回头看时产品已不再使用", accepted->acceptedOn.text(), look.doneOn.text()),
            fmt::format("accepted on {}, and the product not in use when looked back on {}",
                        accepted->acceptedOn.text(), look.doneOn.text())}});
    }
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators
