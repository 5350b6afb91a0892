// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/explanation.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "ledger/domain/percent.h"
#include "ledger/domain/read.h"
#include "ledger/domain/subsidy.h"
#include "ledger/history/reading.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::projections {

namespace {

using E = schema::Event::Which;
using domain::EventNumber;

/// What an event is about, as far as it is explained.
struct Asked {
  std::optional<domain::EventRef> project;
  std::optional<domain::EventRef> award;
  std::optional<domain::EventRef> payment;
};

Asked askedOf(domain::Case const& about) {
  auto const& subject = about.subject;
  Asked asked{subject.projectRef, subject.awardRef, subject.paymentRef};
  if (about.event.isAwardApproved()) asked.award = about.context.ref;
  if (about.event.isPaymentRequested()) asked.payment = about.context.ref;
  return asked;
}

/// The last of that type; with a bound, the last before it.
domain::Step const* lastStep(domain::Project const& project, E type, std::optional<EventNumber> before = std::nullopt) {
  auto const at = std::find_if(project.steps.rbegin(), project.steps.rend(), [&](domain::Step const& step) {
    return step.type == type && (!before || step.event < *before);
  });
  return at == project.steps.rend() ? nullptr : &*at;
}

template <class Draws>
std::vector<ExplainedSource> sourcesOf(Snapshot const& snapshot, Draws const& draws) {
  std::vector<ExplainedSource> sources;
  for (auto const& draw : draws) {
    auto const& tranche = *snapshot.state.tranches.find(draw.tranche);
    sources.push_back(
        {snapshot.particulars.find(draw.tranche)->name, tranche.level, tranche.year, draw.county, draw.amount});
  }
  return sources;
}

std::optional<ExplainedPaper> policyOn(Snapshot const& snapshot, domain::Date day) {
  auto const& policies = snapshot.state.policies;
  auto const* const policy = snapshot.state.policyOn(day);
  for (std::uint32_t i = 0; policy && i < policies.size(); ++i) {
    if (&policies.at(i) != policy) continue;
    auto const& record = *snapshot.particulars.find(snapshot.particulars.policies()[i]);
    return ExplainedPaper{record.event, record.name, policy->inForceFrom};
  }
  return std::nullopt;
}

/// The paper of the plan that a purpose's terms stand in.
std::optional<ExplainedPaper> paperOf(Snapshot const& snapshot, domain::CityCode code,
                                      domain::PurposePlan const* terms) {
  auto const* const city = snapshot.state.cities.find(code);
  for (std::size_t i = 0; terms && city && i < city->plans.size(); ++i) {
    auto const& plan = city->plans[i];
    if (terms < plan.plans.data() || terms >= plan.plans.data() + plan.plans.size()) continue;
    auto const& record = *snapshot.particulars.find(snapshot.particulars.plans(code)[i]);
    return ExplainedPaper{record.event, record.name, plan.inForceFrom};
  }
  return std::nullopt;
}

std::vector<ExplainedLine> plannedLines(Snapshot const& snapshot, domain::Project const& project,
                                        domain::PurposePlan const* plan) {
  std::vector<ExplainedLine> lines;
  for (std::size_t contract = 0; contract < project.contracts.size(); ++contract) {
    auto const& agreed = snapshot.state.contracts.find(project.contracts[contract])->lines;
    auto const event = snapshot.particulars.find(project.contracts[contract])->event;
    for (std::size_t line = 0; line < agreed.size(); ++line) {
      auto const category = agreed[line].category;
      lines.push_back({category,
                       {},
                       ContractLineName{event, line + 1},
                       agreed[line].net,
                       std::nullopt,
                       domain::whyExcluded(category, project.purpose, plan)});
    }
  }
  return lines;
}

std::vector<ExplainedLine> verifiedLines(schema::CostVerified::Reader body, domain::Project const& project,
                                         domain::PurposePlan const* plan) {
  std::vector<ExplainedLine> lines;
  for (auto const line : body.getLines()) {
    auto const backing = line.getInvoice().size() != 0 ? line.getInvoice() : line.getReceipt();
    lines.push_back({line.getCategory(), std::string(domain::textOf(backing)), std::nullopt,
                     domain::readFen(line.getNetFen()), domain::readFen(line.getTaxFen()),
                     domain::whyExcluded(line.getCategory(), project.purpose, plan)});
  }
  return lines;
}

/// The ledger before a proposal, and the lines that were verified for it, by the plan in force on the day of the
/// verification, as rule P3 saw them.
struct Proposed {
  Snapshot before;
  std::vector<ExplainedLine> verified;
};

crypto::Result<Proposed> readProposed(log::EventLog const& log, EventNumber proposal,
                                      std::optional<EventNumber> verification, domain::EventRef const& project) {
  std::vector<ExplainedLine> lines;
  std::optional<schema::Words> verified;
  auto before = read(
      log, {proposal, std::nullopt},
      [&](domain::Case const& about) {
        if (about.context.number == verification) verified = schema::canonical<schema::Event>(about.event);
      },
      [&](domain::State const& state) {
        if (!verified) return;
        schema::Message<schema::Event> const message(verified->bytes());
        auto const& record = *state.projects.find(project);
        auto const day = domain::readDate(message.root().getOccurredOn());
        lines = verifiedLines(message.root().getCostVerified(), record,
                              state.cities.find(record.city)->planFor(record.purpose, day));
        verified.reset();
      });
  if (!before) return before.error();
  return Proposed{*std::move(before), std::move(lines)};
}

std::vector<EventNumber> stepsOf(domain::Project const& project, E type) {
  std::vector<EventNumber> numbers;
  for (auto const& step : project.steps) {
    if (step.type == type) numbers.push_back(step.event);
  }
  return numbers;
}

/// What meets the rules, one by one, in the order of the notice.
std::vector<Ground> groundsOf(Explanation const& explained, domain::State const& state,
                              domain::Project const& project) {
  std::vector<Ground> grounds;
  auto const add = [&grounds](std::string_view rule, std::vector<EventNumber> events, domain::Text what) {
    grounds.push_back({&domain::ruleNamed(rule), std::move(events), std::move(what)});
  };
  if (auto const* const policy = state.policyOn(explained.day)) {
    add("W1", {explained.policy->event},
        {fmt::format("支持时间段 {} 至 {}", policy->windowFrom.text(), policy->windowTo.text()),
         fmt::format("the window is {} to {}", policy->windowFrom.text(), policy->windowTo.text())});
  }
  if (project.acceptedOn) {
    add("P1", stepsOf(project, E::PROJECT_ACCEPTED),
        {fmt::format("{} 验收，改造后 {} 级", project.acceptedOn->text(), project.level),
         fmt::format("accepted on {}, level {} after the reform", project.acceptedOn->text(), project.level)});
  }
  if (!project.contracts.empty()) {
    add("P2", stepsOf(project, E::CONTRACT_FILED),
        {fmt::format("合同 {} 份", project.contracts.size()), fmt::format("{} contracts", project.contracts.size())});
  }
  auto const counted = std::ranges::count_if(explained.lines, [](auto const& line) { return !line.why; });
  add("P3", explained.planned ? std::vector<EventNumber>{} : stepsOf(project, E::COST_VERIFIED),
      {fmt::format("明细 {} 行，计入 {} 行，不含税合计 {} 元", explained.lines.size(), counted,
                   domain::formatYuan(explained.cost)),
       fmt::format("{} lines, {} count: {} yuan net of tax", explained.lines.size(), counted,
                   domain::formatYuan(explained.cost))});
  if (auto const checks = stepsOf(project, E::SITE_CHECKED); !checks.empty()) {
    add("A2", checks, {fmt::format("现场核查 {} 次", checks.size()), fmt::format("{} site checks", checks.size())});
  }
  add("A1", {explained.proposal},
      {fmt::format("{} 元 × {} = {} 元，上限 {} 元，取 {} 元", domain::formatYuan(explained.cost),
                   domain::percentText(explained.rate.count()), domain::formatYuan(explained.portion),
                   domain::formatYuan(explained.cap), domain::formatYuan(explained.subsidy)),
       fmt::format("{} yuan × {} = {} yuan, at most {} yuan: {} yuan", domain::formatYuan(explained.cost),
                   domain::percentText(explained.rate.count()), domain::formatYuan(explained.portion),
                   domain::formatYuan(explained.cap), domain::formatYuan(explained.subsidy))});
  add("A4", {explained.proposal},
      {fmt::format("{} 元不超过核定投入", domain::formatYuan(explained.subsidy)),
       fmt::format("{} yuan are within the eligible cost", domain::formatYuan(explained.subsidy))});
  if (auto const closed = stepsOf(project, E::PUBLICITY_CLOSED); !closed.empty()) {
    add("A3", closed, {"公示已结束", "the publicity is closed"});
  }
  return grounds;
}

crypto::Error nothingToExplain(EventNumber event) {
  return {
      crypto::ErrorKind::notFound,
      fmt::format("event {} rests on no proposal of a subsidy: name a proposal, an award or a payment", event.value()),
      fmt::format("事件 {} 不以奖补测算为依据：请给出奖补测算、奖补核定或拨付事件", event.value())};
}

}  // namespace

crypto::Result<Explanation> explain(log::EventLog const& log, EventNumber event) {
  Asked asked;
  auto const now = read(log, {EventNumber(event.value() + 1), std::nullopt}, [&](domain::Case const& about) {
    if (about.context.number == event) asked = askedOf(about);
  });
  if (!now) return now.error();
  auto const* const project = asked.project ? now->state.projects.find(*asked.project) : nullptr;
  auto const* const proposed = project ? lastStep(*project, E::SUBSIDY_PROPOSED) : nullptr;
  if (!proposed) return nothingToExplain(event);

  auto const* const verification = lastStep(*project, E::COST_VERIFIED, proposed->event);
  auto proposal = readProposed(log, proposed->event, verification ? std::optional(verification->event) : std::nullopt,
                               *asked.project);
  if (!proposal) return proposal.error();
  auto const& state = proposal->before.state;
  auto const recorded = history::readEvent(log, proposed->event);
  if (!recorded) return recorded.error();
  schema::Message<schema::Event> const message(recorded->bytes.bytes());
  auto const& then = *state.projects.find(*asked.project);
  auto const day = domain::readDate(message.root().getOccurredOn());
  auto const figures = domain::subsidyOf(state, then, message.root().getSubsidyProposed().getLevel(), day);
  crypto::ensure(figures.amount.has_value(), "rule A1 admits a proposal that can be computed");
  auto lines = figures.planned || !verification ? plannedLines(proposal->before, then, figures.plan)
                                                : std::move(proposal->verified);

  auto const& record = *now->particulars.find(*asked.project);
  Explanation explained{event,
                        record.event,
                        record.name,
                        project->enterprise,
                        project->city,
                        project->purpose,
                        project->mode,
                        proposed->event,
                        day,
                        policyOn(proposal->before, day),
                        paperOf(proposal->before, project->city, figures.plan),
                        figures.planned,
                        std::move(lines),
                        *figures.cost,
                        figures.level,
                        figures.plan->rate,
                        *figures.portion,
                        *figures.cap,
                        *figures.amount,
                        {},
                        {},
                        {},
                        {},
                        {},
                        now->basis};
  if (auto const* const award = asked.award ? now->state.awards.find(*asked.award) : nullptr) {
    explained.award = award->event;
    explained.sources = sourcesOf(*now, award->draws);
  }
  if (auto const* const payment = asked.payment ? now->state.payments.find(*asked.payment) : nullptr) {
    explained.payment = payment->steps.front().event;
    explained.paid = sourcesOf(*now, payment->draws);
  }
  explained.grounds = groundsOf(explained, state, *project);
  return explained;
}

}  // namespace fundtrail::ledger::projections
