// SPDX-License-Identifier: Apache-2.0
// W1, W2, P5, F2, F5: what the programme's policies say of time and of the city's money as a whole.

#include <optional>

#include <fmt/format.h>

#include "ledger/domain/counting.h"
#include "ledger/domain/percent.h"
#include "ledger/domain/provincial_money.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

/// What a policy judges: from the contract to the award, and how the money is split.
bool restsOnPolicy(E type) {
  switch (type) {
    case E::TRANCHE_SPLIT:
    case E::CONTRACT_FILED:
    case E::PROJECT_ENROLLED:
    case E::COST_VERIFIED:
    case E::PROJECT_ACCEPTED:
    case E::SUBSIDY_PROPOSED:
    case E::PUBLICITY_OPENED:
    case E::AWARD_APPROVED: return true;
    default: return false;
  }
}

Objection isInside(Policy const& policy, std::uint32_t day, std::string_view zh, std::string_view en) {
  if (day == 0) return std::nullopt;  // not stated
  auto const date = readDate(day);
  if (policy.windowFrom <= date && date <= policy.windowTo) return std::nullopt;
  return Text{fmt::format("{} {} 不在支持时间段 {} 至 {} 内", zh, date.text(), policy.windowFrom.text(),
                          policy.windowTo.text()),
              fmt::format("{} {} is outside the window {} to {}", en, date.text(), policy.windowFrom.text(),
                          policy.windowTo.text())};
}

// ---- F5

Objection settlementAddsUp(Judgement const& judgement) {
  auto const body = judgement.event.getFinalSettlement();
  auto const city = readRegion(body.getCity());
  if (!judgement.subject.city->evaluatedOn) {
    return Text{"该市尚无绩效评价", "the city's performance has not been evaluated"};
  }
  auto const counted = countedEnterprises(judgement.state, city, judgement.occurredOn);
  if (body.getCountedEnterprises() != counted) {
    return Text{
        fmt::format("认定改造家数 {}，账上符合条件的 {} 家", body.getCountedEnterprises(), counted),
        fmt::format("{} enterprises counted, {} on record meet the conditions", body.getCountedEnterprises(), counted)};
  }
  auto const issued = provincialMoney(judgement.state, city).issued;
  auto const due = readFen(body.getConfirmedFen()) - issued;
  if (readFen(body.getDueFen()) == due) return std::nullopt;
  return Text{fmt::format("应补金额 {} 元，核定总额减已下达 {} 元后应为 {} 元", formatYuan(readFen(body.getDueFen())),
                          formatYuan(issued), formatYuan(due)),
              fmt::format("{} yuan due; the confirmed total less {} yuan issued is {} yuan",
                          formatYuan(readFen(body.getDueFen())), formatYuan(issued), formatYuan(due))};
}

/// Money that comes in settlement of a city, newly issued or added to a tranche of the settlement, is due to it.
Objection finalMoneyIsDue(State const& state, CityCode code, Fen amount) {
  auto const& settlement = state.cities.find(code)->settlement;
  if (!settlement) return Text{"该市尚未清算", "the city has not been settled with"};
  auto open = settlement->due;
  state.tranches.visit([&](EventRef const&, Tranche const& tranche) {
    if (tranche.city == code && tranche.kind == schema::TrancheKind::FINAL_SETTLEMENT) open -= tranche.issued;
  });
  if (amount <= open) return std::nullopt;
  return Text{fmt::format("清算资金 {} 元，尚应补 {} 元", formatYuan(amount), formatYuan(open)),
              fmt::format("{} yuan issued in settlement, {} yuan are still due", formatYuan(amount), formatYuan(open))};
}

/// Once a city is settled with, the province's money reaches it as the settlement's alone: else a prepayment, or an
/// older tranche that is raised, would pass by what is due.
Objection moreMoneyIsDue(State const& state, CityCode code, schema::TrancheKind kind, schema::GovernmentLevel level,
                         Fen amount) {
  if (kind == schema::TrancheKind::FINAL_SETTLEMENT) return finalMoneyIsDue(state, code, amount);
  if (!isOfTheFund(level, kind) || !amount.isPositive() || !state.cities.find(code)->settlement) {
    return std::nullopt;
  }
  return Text{fmt::format("该市已经清算，省级资金 {} 元只能以清算资金下达", formatYuan(amount)),
              fmt::format("the city is settled with: the province's {} yuan can only be issued as final settlement",
                          formatYuan(amount))};
}

/// A reversal that gives a city back what an adjustment or a recall took. It is no new money where it only undoes what
/// came after the settlement, which counted without it.
Objection restoredMoneyIsDue(Judgement const& judgement) {
  auto const& subject = judgement.subject;
  if (!subject.reversed || !subject.tranche || judgement.postings.empty()) return std::nullopt;
  auto const& tranche = *subject.tranche;
  auto const& settlement = judgement.state.cities.find(tranche.city)->settlement;
  auto const before = provincialMoney(judgement.state, tranche.city);
  auto const after = provincialMoneyAfter(judgement.state, judgement.postings, tranche.city);
  if (!settlement || !after || after->issued <= before.issued) return std::nullopt;
  auto const restored = after->issued - before.issued;
  schema::Message<schema::Event> const target(subject.reversed->bytes.bytes());
  bool const isRaised = target.root().isTrancheAdjusted();
  bool const isFinal = tranche.kind == schema::TrancheKind::FINAL_SETTLEMENT;
  if (isFinal && !isRaised) return std::nullopt;  // what is due was reckoned with the money that was recalled
  if (!isFinal && subject.reversed->context.number > settlement->event) return std::nullopt;
  return moreMoneyIsDue(judgement.state, tranche.city, tranche.kind, tranche.level, restored);
}

}  // namespace

Objection aPolicyIsInForce(Judgement const& judgement) {
  if (!restsOnPolicy(judgement.event.which()) || judgement.state.policyOn(judgement.occurredOn)) return std::nullopt;
  return Text{fmt::format("{} 没有施行中的政策", judgement.occurredOn.text()),
              fmt::format("no policy is in force on {}", judgement.occurredOn.text())};
}

Objection happenedInsideTheWindow(Judgement const& judgement) {
  auto const* const policy = judgement.state.policyOn(judgement.occurredOn);
  if (!policy) return std::nullopt;  // rule W2
  switch (judgement.event.which()) {
    case E::CONTRACT_FILED: {
      auto const body = judgement.event.getContractFiled();
      if (auto objection = isInside(*policy, body.getSignedOn(), "合同签订日期", "the contract's date"))
        return objection;
      if (auto objection = isInside(*policy, body.getStartsOn(), "开始日期", "its start")) return objection;
      return isInside(*policy, body.getEndsOn(), "结束日期", "its end");
    }
    case E::COST_VERIFIED:
      for (auto const line : judgement.event.getCostVerified().getLines()) {
        if (auto objection = isInside(*policy, line.getInvoicedOn(), "开票日期", "the invoice's date"))
          return objection;
      }
      return std::nullopt;
    // What is paid before the work is done is decided while it may still be done.
    case E::SUBSIDY_PROPOSED:
    case E::AWARD_APPROVED:
    case E::PAYMENT_REQUESTED: {
      auto const* const project = judgement.subject.project;
      if (!project || project->acceptedOn) return std::nullopt;
      return isInside(*policy, judgement.event.getOccurredOn(), "验收前支持的日期", "support before the acceptance");
    }
    case E::PROJECT_ACCEPTED: {
      auto const body = judgement.event.getProjectAccepted();
      if (body.getOutcome() != schema::Outcome::PASS) return std::nullopt;
      return isInside(*policy, body.getAcceptedOn(), "验收日期", "the acceptance");
    }
    default: return std::nullopt;
  }
}

Objection administrationIsAllowed(Judgement const& judgement) {
  auto const& event = judgement.event;
  auto const purpose = event.isProjectEnrolled() ? event.getProjectEnrolled().getPurpose()
                       : event.isTrancheSplit()  ? event.getTrancheSplit().getPurpose()
                                                 : schema::Purpose::NOT_STATED;
  if (purpose != schema::Purpose::ADMINISTRATION) return std::nullopt;
  auto const* const city = judgement.state.cities.find(judgement.subject.region);
  if (!city || city->allowsAdministration(judgement.occurredOn)) return std::nullopt;
  return Text{"该市实施方案不允许列支工作经费", "the city's plan allows no administration cost"};
}

Objection platformShareStaysWithinItsCap(Judgement const& judgement) {
  switch (judgement.event.which()) {
    case E::TRANCHE_SPLIT:
    case E::TRANCHE_ADJUSTED:
    case E::TRANCHE_RECALLED:
    case E::CHANGE_CONFIRMED: break;
    default: return std::nullopt;
  }
  if (!judgement.subject.tranche) return std::nullopt;
  auto const policy = judgement.state.figuresOn(judgement.occurredOn);
  if (!policy || policy->platformShareCap.isZero()) return std::nullopt;
  auto const city = judgement.subject.tranche->city;
  auto const before = provincialMoney(judgement.state, city);
  auto const after = provincialMoneyAfter(judgement.state, judgement.postings, city);
  if (!after || after->issued.isNegative()) return std::nullopt;  // rule F1
  if (after->platform <= before.platform && after->issued >= before.issued)
    return std::nullopt;  // no worse than it was
  auto const most = checked(share(after->issued, policy->platformShareCap, Rounding::down));
  if (after->platform <= most) return std::nullopt;
  bool const takesAway = after->platform <= before.platform;
  // Money that must go back goes back: what platforms were awarded already cannot be taken from them first.
  if (takesAway && before.platformAvailable.isZero()) return std::nullopt;
  Text clash{fmt::format("行业平台资金 {} 元，不得超过省级资金 {} 元的 {}，即 {} 元", formatYuan(after->platform),
                         formatYuan(after->issued), percentText(policy->platformShareCap.count()), formatYuan(most)),
             fmt::format("{} yuan for platforms; {} of the province's {} yuan are {} yuan", formatYuan(after->platform),
                         percentText(policy->platformShareCap.count()), formatYuan(after->issued), formatYuan(most))};
  if (!takesAway) return clash;
  return Reason(std::move(clash),
                Text{fmt::format("请先从行业平台方向调出或收回可用的 {} 元", formatYuan(before.platformAvailable)),
                     fmt::format("Move or recall the {} yuan that platforms have available first",
                                 formatYuan(before.platformAvailable))});
}

Objection settlementRestsOnResults(Judgement const& judgement) {
  auto const& event = judgement.event;
  switch (event.which()) {
    case E::FINAL_SETTLEMENT: return judgement.subject.city ? settlementAddsUp(judgement) : std::nullopt;
    case E::TRANCHE_ISSUED: {
      auto const body = event.getTrancheIssued();
      if (!judgement.subject.city) return std::nullopt;
      return moreMoneyIsDue(judgement.state, judgement.subject.region, body.getKind(), body.getLevel(),
                            readFen(body.getAmountFen()));
    }
    case E::TRANCHE_ADJUSTED: {
      auto const* const tranche = judgement.subject.tranche;
      if (!tranche) return std::nullopt;
      return moreMoneyIsDue(judgement.state, tranche->city, tranche->kind, tranche->level,
                            readFen(event.getTrancheAdjusted().getChangeFen()));
    }
    case E::CHANGE_CONFIRMED: return restoredMoneyIsDue(judgement);
    default: return std::nullopt;
  }
}

}  // namespace fundtrail::ledger::domain
