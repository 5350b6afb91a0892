// SPDX-License-Identifier: Apache-2.0
// P2, P3, A1, A2, A4: from the contract to the amount of the award.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/authority.h"
#include "ledger/domain/eligible_cost.h"
#include "ledger/domain/party.h"
#include "ledger/domain/percent.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"
#include "ledger/domain/subsidy.h"
#include "ledger/schema/names.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

Text differs(std::string_view zh, std::string_view en, Fen stated, Fen right) {
  return {fmt::format("{}：所填 {} 元，应为 {} 元", zh, formatYuan(stated), formatYuan(right)),
          fmt::format("{}: stated {} yuan, must be {} yuan", en, formatYuan(stated), formatYuan(right))};
}

Objection sixPartsArePresent(schema::ContractFiled::Reader body) {
  auto const parts = std::to_array<std::pair<bool, Text>>({
      {body.getStatesDuties(), {"各方责任", "each party's duties"}},
      {body.getStatesMeasures(), {"改造措施", "measures"}},
      {body.getStatesPeriod(), {"实施期限", "period"}},
      {body.getStatesGoals(), {"实现目标", "goals"}},
      {body.getStatesProducts(), {"产品和服务清单", "list of products and services"}},
      {body.getStatesPrices(), {"价格明细", "itemised prices"}},
  });
  for (auto const& [present, name] : parts) {
    if (!present) return Text{"合同未载明" + name.zh, "the contract does not state: " + name.en};
  }
  // Rule W1 judges the period by its days.
  if (body.getStartsOn() != 0 && body.getEndsOn() != 0) return std::nullopt;
  return Text{"合同载明实施期限的，须填开始和结束日期", "the contract states its period: give its first and last day"};
}

/// The unit price may be rounded to the fen: half a fen for each unit, and never more than a hundredth of the line.
Objection linesAreQuantityTimesPrice(schema::ContractFiled::Reader body) {
  unsigned position = 0;
  for (auto const line : body.getLines()) {
    ++position;
    std::int64_t product = 0;
    bool const fits = !__builtin_mul_overflow(line.getUnitPriceFen(), std::int64_t{line.getQuantity()}, &product) &&
                      product <= Fen::kMaxMagnitude;
    auto const off = product - line.getNetFen();
    if (fits && 2 * std::abs(off) <= line.getQuantity() && std::abs(off) <= line.getNetFen() / 100) continue;
    auto const price = formatYuan(readFen(line.getUnitPriceFen()));
    auto const net = formatYuan(readFen(line.getNetFen()));
    return Text{
        fmt::format("第 {} 行：数量 {} 乘单价 {} 元，与不含税金额 {} 元不符", position, line.getQuantity(), price, net),
        fmt::format("line {}: {} × {} yuan is not the net {} yuan", position, line.getQuantity(), price, net)};
  }
  return std::nullopt;
}

Objection priceLinesAddUp(schema::ContractFiled::Reader body) {
  std::optional<Fen> total = Fen();
  unsigned position = 0;
  for (auto const line : body.getLines()) {
    ++position;
    auto const gross = readFen(line.getNetFen()).plus(readFen(line.getTaxFen()));
    if (gross && !gross->isPositive()) {
      return Text{fmt::format("第 {} 行未标价", position), fmt::format("line {} is not priced", position)};
    }
    if (!gross) return Text{"合同金额过大", "the contract is larger than any amount may be"};
    total = total->plus(*gross);
    if (!total) return Text{"合同金额过大", "the contract is larger than any amount may be"};
  }
  auto const stated = readFen(body.getTotalFen());
  if (*total == stated) return linesAreQuantityTimesPrice(body);
  return differs("合同总额与明细合计不符", "the contract's total is not the sum of its lines", stated, *total);
}

Objection subsidyIsAsComputed(Judgement const& judgement) {
  auto const body = judgement.event.getSubsidyProposed();
  auto const* const project = judgement.subject.project;
  if (!project || !judgement.subject.city) return std::nullopt;
  auto const right = subsidyOf(judgement.state, *project, body.getLevel(), judgement.occurredOn);
  if (body.getLevel() != right.level) {
    if (project->purpose != schema::Purpose::REFORM) {
      return Text{fmt::format("所填等级 {}，该支持方向不分等级，应填 1", body.getLevel()),
                  fmt::format("level {} stated: this purpose has no levels, so it is 1", body.getLevel())};
    }
    return Text{fmt::format("所填等级 {}，验收等级为 {}", body.getLevel(), right.level),
                fmt::format("level {} stated, accepted at level {}", body.getLevel(), right.level)};
  }
  if (!right.cap) {
    return Text{fmt::format("城市方案未规定该方向等级 {} 的比例和上限", right.level),
                fmt::format("the city's plan states no rate and cap for level {} of this purpose", right.level)};
  }
  if (!right.cost) return Text{"合同计划投入过大", "the contracts plan more than any amount may be"};
  auto const eligible = readFen(body.getEligibleFen());
  if (eligible != *right.cost) return differs("核定投入不符", "eligible cost", eligible, *right.cost);
  if (body.getRateBp() != right.plan->rate.count()) {
    auto const stated = percentText(body.getRateBp());
    auto const filed = percentText(right.plan->rate.count());
    return Text{fmt::format("比例所填 {}，方案规定 {}", stated, filed),
                fmt::format("a rate of {} stated, the plan says {}", stated, filed)};
  }
  auto const cap = readFen(body.getCapFen());
  if (cap != *right.cap) return differs("上限不符", "cap", cap, *right.cap);
  auto const stated = readFen(body.getSubsidyFen());
  if (stated != checked(right.amount)) return differs("奖补金额不符", "subsidy", stated, *right.amount);
  return std::nullopt;
}

/// A loan and an office's running cost have no itemised contract of clause （三）.
bool restsOnContracts(schema::Purpose purpose) {
  return purpose != schema::Purpose::INTEREST && purpose != schema::Purpose::ADMINISTRATION;
}

/// Each cost line is one of a contract's lines: of its category and product, and together no dearer.
Objection linesAreTheContracts(Judgement const& judgement, Project const& project) {
  if (project.contracts.empty()) return std::nullopt;
  std::map<std::pair<unsigned, unsigned>, Fen> spent;
  unsigned position = 0;
  for (auto const line : judgement.event.getCostVerified().getLines()) {
    ++position;
    auto const* const contract = line.getContract() < project.contracts.size()
                                     ? judgement.state.contracts.find(project.contracts[line.getContract()])
                                     : nullptr;
    if (!contract || line.getContractLine() >= contract->lines.size()) {
      return Text{fmt::format("第 {} 行：没有合同序号 {} 的第 {} 行（均从 0 起）", position, line.getContract(),
                              line.getContractLine()),
                  fmt::format("line {}: there is no line {} of contract {} (both count from 0)", position,
                              line.getContractLine(), line.getContract())};
    }
    auto const& agreed = contract->lines[line.getContractLine()];
    if (agreed.category != line.getCategory() || agreed.product != textOf(line.getProduct())) {
      return Text{
          fmt::format("第 {} 行：所填“{}”{}，合同为“{}”{}", position,
                      schema::enumerantTitle(line.getCategory(), schema::Language::zh), textOf(line.getProduct()),
                      schema::enumerantTitle(agreed.category, schema::Language::zh), agreed.product),
          fmt::format("line {}: {} {} stated, the contract has {} {}", position,
                      schema::enumerantName(line.getCategory()), textOf(line.getProduct()),
                      schema::enumerantName(agreed.category), agreed.product)};
    }
    auto& sum = spent[{line.getContract(), line.getContractLine()}];
    auto const more = sum.plus(readFen(line.getNetFen()));
    if (!more || *more > agreed.net) {
      auto const verified = more ? formatYuan(*more) : formatYuan(readFen(line.getNetFen()));
      return Text{
          fmt::format("第 {} 行：合同该项不含税 {} 元，累计核定 {} 元", position, formatYuan(agreed.net), verified),
          fmt::format("line {}: {} yuan verified so far, of {} yuan in the contract", position, verified,
                      formatYuan(agreed.net))};
    }
    sum = *more;
  }
  return std::nullopt;
}

}  // namespace

Objection contractIsComplete(Judgement const& judgement) {
  if (judgement.event.isProjectEnrolled()) {
    auto const body = judgement.event.getProjectEnrolled();
    if (body.getContracts().size() != 0 || !restsOnContracts(body.getPurpose())) return std::nullopt;
    return Text{"项目没有合同", "the project rests on no contract"};
  }
  if (!judgement.event.isContractFiled()) return std::nullopt;
  auto const body = judgement.event.getContractFiled();
  if (auto objection = sixPartsArePresent(body)) return objection;
  return priceLinesAddUp(body);
}

Objection onlyEligibleCostCounts(Judgement const& judgement) {
  if (!judgement.event.isCostVerified()) return std::nullopt;
  auto const* const project = judgement.subject.project;
  if (!project) return std::nullopt;
  auto const body = judgement.event.getCostVerified();
  if (auto objection = linesAreTheContracts(judgement, *project)) return objection;
  auto const* const plan = judgement.state.cities.find(project->city)->planFor(project->purpose, judgement.occurredOn);
  auto const right = eligibleCost(body.getLines(), project->purpose, plan);
  if (!right) return Text{"核定投入过大", "the lines add up to more than any amount may be"};
  auto const stated = readFen(body.getEligibleFen());
  if (stated == *right) return std::nullopt;
  return differs("核定投入与列支范围内的不含税合计不符", "eligible cost is not the net sum of the eligible lines",
                 stated, *right);
}

namespace {

/// That site check, assessment and verification come before is rule E5; the date that is stated says so too. Else a
/// project that was finished late could be accepted on a day inside the window.
Objection isAcceptedAfterItsSteps(Judgement const& judgement) {
  auto const body = judgement.event.getProjectAccepted();
  auto const* const project = judgement.subject.project;
  if (!project || body.getOutcome() != schema::Outcome::PASS) return std::nullopt;
  auto const acceptedOn = readDate(body.getAcceptedOn());
  for (auto const& step : project->steps) {
    if (step.occurredOn <= acceptedOn) continue;
    return Reason({fmt::format("验收日期 {} 早于“{}”日期 {}", acceptedOn.text(),
                               schema::eventTypeTitle(step.type, schema::Language::zh), step.occurredOn.text()),
                   fmt::format("accepted on {}, before {} of {}", acceptedOn.text(), schema::eventTypeName(step.type),
                               step.occurredOn.text())},
                  Text{"请核对验收日期", "Check the date of the acceptance"});
  }
  return std::nullopt;
}

/// An inspector is no party to the project, and has neither made nor approved anything of it.
Objection inspectorIsApart(Judgement const& judgement, Person const& inspector) {
  auto const* const project = judgement.subject.project;
  if (!project) return std::nullopt;
  Text const askOthers{"请由与项目无关的人员核查", "Have people inspect who are apart from the project"};
  if (isParty(judgement.state, *project, inspector)) {
    return Reason({fmt::format("核查人员 {} 是项目企业或供给方的人员", inspector.id),
                   fmt::format("the inspector {} is staff of the project's enterprise or of a provider", inspector.id)},
                  askOthers);
  }
  for (auto const& step : project->steps) {
    auto const duty = authorityOf(step.type).duty;
    if ((duty != Duty::make && duty != Duty::approve) || &judgement.state.person(step.person) != &inspector) continue;
    return Reason({fmt::format("核查人员 {} 已经办理过本项目的“{}”（事件 {}）", inspector.id,
                               schema::eventTypeTitle(step.type, schema::Language::zh), step.event.text()),
                   fmt::format("the inspector {} has already done {} here (event {})", inspector.id,
                               schema::eventTypeName(step.type), step.event.text())},
                  askOthers);
  }
  return std::nullopt;
}

}  // namespace

Objection siteWasChecked(Judgement const& judgement) {
  if (judgement.event.isProjectAccepted()) return isAcceptedAfterItsSteps(judgement);
  if (!judgement.event.isSiteChecked()) return std::nullopt;
  auto const body = judgement.event.getSiteChecked();
  if (body.getOutcome() != schema::Outcome::PASS) return std::nullopt;
  auto const policy = judgement.state.figuresOn(judgement.occurredOn);
  // A policy may ask for more inspectors, never for fewer.
  std::size_t const needed = std::max<std::size_t>(2, policy ? policy->minInspectors : 0);
  std::set<std::string_view> persons;
  for (auto const inspector : body.getInspectors()) {
    auto const* const person = judgement.state.persons.find(std::string(textOf(inspector.getPerson())));
    if (auto objection = person ? inspectorIsApart(judgement, *person) : std::nullopt) return objection;
    persons.insert(textOf(inspector.getPerson()));
  }
  if (persons.size() < needed) {
    return Text{fmt::format("现场核查人员 {} 名，至少 {} 名", persons.size(), needed),
                fmt::format("{} inspectors at the site check, at least {} are needed", persons.size(), needed)};
  }
  if (judgement.event.getDocuments().size() == 0) {
    return Text{"现场核查没有附依据", "the site check rests on no evidence: list its documents"};
  }
  return std::nullopt;
}

Objection subsidyFollowsThePlan(Judgement const& judgement) {
  if (judgement.event.isSubsidyProposed()) return subsidyIsAsComputed(judgement);
  if (!judgement.event.isAwardApproved() || !judgement.subject.project) return std::nullopt;
  auto const stated = readFen(judgement.event.getAwardApproved().getAmountFen());
  auto const right = judgement.subject.project->subsidy;
  if (stated == right) return std::nullopt;
  return differs("奖补金额与公示金额不符", "the award is not what was proposed and published", stated, right);
}

namespace {

/// What is verified; of a project awarded before it is done, what its contracts plan.
std::optional<Fen> costThatCounts(Judgement const& judgement) {
  auto const& project = *judgement.subject.project;
  if (!project.isPaidInAdvance() || project.award) return project.eligible;
  auto const* const plan = judgement.state.cities.find(project.city)->planFor(project.purpose, judgement.occurredOn);
  return plannedCost(judgement.state, project, plan);
}

}  // namespace

Objection publicMoneyStaysWithinCost(Judgement const& judgement) {
  auto const& event = judgement.event;
  if (!(event.isAwardApproved() || event.isSubsidyProposed()) || !judgement.subject.project) return std::nullopt;
  auto const amount = readFen(event.isAwardApproved() ? event.getAwardApproved().getAmountFen()
                                                      : event.getSubsidyProposed().getSubsidyFen());
  auto const eligible = costThatCounts(judgement);
  if (!eligible || amount <= *eligible) return std::nullopt;
  return Text{
      fmt::format("奖补 {} 元超过核定投入 {} 元", formatYuan(amount), formatYuan(*eligible)),
      fmt::format("{} yuan awarded for an eligible cost of {} yuan", formatYuan(amount), formatYuan(*eligible))};
}

}  // namespace fundtrail::ledger::domain
