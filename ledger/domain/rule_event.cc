// SPDX-License-Identifier: Apache-2.0
// E1 … E5: what holds for any event, whatever it is about.

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ledger/domain/account_name.h"
#include "ledger/domain/authority.h"
#include "ledger/domain/eligible_cost.h"
#include "ledger/domain/invoice_number.h"
#include "ledger/domain/numbers.h"
#include "ledger/domain/percent.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"
#include "ledger/domain/sums.h"
#include "ledger/schema/names.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;
using schema::Language;

Text text(std::string zh, std::string en) {
  return {std::move(zh), std::move(en)};
}

Objection notEqual(std::string_view zh, std::string_view en, Fen stated, Fen computed) {
  if (stated == computed) return std::nullopt;
  return text(fmt::format("{}：所填 {} 元，合计 {} 元", zh, formatYuan(stated), formatYuan(computed)),
              fmt::format("{}: stated {} yuan, sum {} yuan", en, formatYuan(stated), formatYuan(computed)));
}

Objection outOfOrder(std::uint32_t from, std::uint32_t to, std::string_view zh, std::string_view en) {
  if (from <= to) return std::nullopt;
  return text(fmt::format("{}：{} 晚于 {}", zh, readDate(from).text(), readDate(to).text()),
              fmt::format("{}: {} is later than {}", en, readDate(from).text(), readDate(to).text()));
}

Objection tooLarge() {
  return text("金额合计过大", "the amounts add up to more than any programme holds");
}

Objection drawsAddUp(capnp::List<schema::Draw>::Reader draws, std::int64_t amountFen) {
  std::set<std::pair<EventRef, std::uint32_t>> seen;
  for (auto const draw : draws) {
    if (!seen.emplace(readRef(draw.getTranche()), draw.getCounty()).second) {
      return text("同一资金来源出现两次", "the same source of money stands twice among the draws");
    }
  }
  auto const sum = sumOf(draws);
  if (!sum) return tooLarge();
  return notEqual("资金来源合计与金额不符", "the draws do not add up to the amount", readFen(amountFen), *sum);
}

Objection publicityAddsUp(schema::PublicityOpened::Reader body) {
  if (auto objection =
          outOfOrder(body.getOpensOn(), body.getClosesOn(), "公示期颠倒", "publicity closes before it opens")) {
    return objection;
  }
  std::set<EventRef> seen;
  for (auto const entry : body.getEntries()) {
    if (!seen.insert(readRef(entry.getProject())).second) {
      return text("同一项目公示两次", "a project stands twice in the list");
    }
  }
  auto const sum = sumOf(body.getEntries());
  if (!sum) return tooLarge();
  return notEqual("公示合计不符", "the published total is not the sum of its entries", readFen(body.getTotalFen()),
                  *sum);
}

Objection roleFitsRegion(schema::RoleGranted::Reader body) {
  if (auto objection =
          outOfOrder(body.getValidFrom(), body.getValidTo(), "任期颠倒", "the role ends before it begins")) {
    return objection;
  }
  auto const region = readRegion(body.getRegion());
  auto const fits = [&] {
    switch (reachOf(body.getRole())) {
      case Reach::province: return region.isProvince();
      case Reach::city: return region.isCity();
      case Reach::cityOrCounty: return !region.isProvince();
      case Reach::anywhere: return true;
    }
    return false;
  }();
  if (fits) return std::nullopt;
  return text(
      fmt::format("角色“{}”不能授予地区 {}", schema::enumerantTitle(body.getRole(), Language::zh), region.number()),
      fmt::format("the role {} is not held for region {}", schema::enumerantName(body.getRole()), region.number()));
}

/// Two people whose identifiers look alike could confirm each other.
Objection personIsPlain(std::string_view person) {
  if (normalisedName(person) == std::string(person)) return std::nullopt;
  return text(fmt::format("人员编号“{}”含空格或全角字符", person),
              fmt::format("the personnel identifier \"{}\" holds spaces or full-width characters", person));
}

Objection splitMoves(schema::TrancheSplit::Reader body) {
  bool const moves = body.getFromPurpose() != body.getPurpose() || body.getFromCounty() != body.getCounty();
  if (moves) return std::nullopt;
  return text("分解前后用途和区县相同", "the split leads to where the money already is");
}

Objection atMostTheWhole(std::uint32_t tenThousandths) {
  if (tenThousandths <= BasisPoints::kWhole) return std::nullopt;
  return text(fmt::format("比例 {} 超过 100%", percentText(tenThousandths)),
              fmt::format("a share of {} is more than the whole", percentText(tenThousandths)));
}

Objection policyAgrees(schema::PolicyPublished::Reader body) {
  if (auto objection = atMostTheWhole(body.getPlatformShareCapBp())) return objection;
  return outOfOrder(body.getWindowFrom(), body.getWindowTo(), "支持时间段颠倒", "the window ends before it begins");
}

Objection planAgrees(schema::CityPlanFiled::Reader body) {
  std::set<schema::Purpose> purposes;
  for (auto const plan : body.getPlans()) {
    std::set<unsigned> levels;
    bool once = purposes.insert(plan.getPurpose()).second;
    for (auto const category : plan.getCategories()) {
      if (mayServe(category, plan.getPurpose())) continue;
      return text(fmt::format("“{}”不能列入“{}”方向", schema::enumerantTitle(category, schema::Language::zh),
                              schema::enumerantTitle(plan.getPurpose(), schema::Language::zh)),
                  fmt::format("{} is no cost of {}", schema::enumerantName(category),
                              schema::enumerantName(plan.getPurpose())));
    }
    for (auto const cap : plan.getCaps()) once = levels.insert(cap.getLevel()).second && once;
    if (!once) {
      return text("同一方向或等级在方案中出现两次", "a purpose, or a level of one, stands twice in the plan");
    }
    for (auto const part : {plan.getRateBp(), plan.getBeforeShareBp(), plan.getDuringShareBp()}) {
      if (auto objection = atMostTheWhole(part)) return objection;
    }
  }
  return std::nullopt;
}

/// Every line is backed by one paper: interest by the bank's receipt, everything else by an invoice. An invoice may
/// have several lines, which the contract bounds; a receipt is one amount.
Objection linesAreBacked(schema::CostVerified::Reader body) {
  std::set<std::string> receipts;
  std::map<std::string, schema::CostLine::Reader> invoices;
  unsigned position = 0;
  for (auto const line : body.getLines()) {
    ++position;
    if (line.getInvoice().size() != 0) {
      auto const number = InvoiceNumber::parse(textOf(line.getInvoice()));
      if (!number) continue;  // rule U2
      auto const first = invoices.emplace(number->text(), line).first->second;
      if (first.getInvoicedOn() != line.getInvoicedOn() || textOf(first.getSeller()) != textOf(line.getSeller())) {
        return text(
            fmt::format("第 {} 行：发票 {} 的开票日期或开票方前后不一", position, textOf(line.getInvoice())),
            fmt::format("line {}: the invoice {} has two dates or two sellers", position, textOf(line.getInvoice())));
      }
    }
    bool const isInterest = line.getCategory() == schema::CostCategory::LOAN_INTEREST;
    bool const hasInvoice = line.getInvoice().size() != 0;
    bool const hasReceipt = line.getReceipt().size() != 0;
    // A paper without its day would escape the window of rule W1.
    if (line.getInvoicedOn() == 0) {
      return text(fmt::format("第 {} 行：未填开票日期（利息填回单日期）", position),
                  fmt::format("line {}: the day of its invoice, or receipt, is not stated", position));
    }
    if (hasReceipt && !receipts.insert(normalReference(textOf(line.getReceipt()))).second) {
      return text(fmt::format("第 {} 行：利息回单 {} 出现两次", position, textOf(line.getReceipt())),
                  fmt::format("line {}: the receipt {} stands twice", position, textOf(line.getReceipt())));
    }
    if (hasInvoice != isInterest && hasReceipt == isInterest) continue;
    return isInterest ? text(fmt::format("第 {} 行：贷款利息以利息回单为凭证", position),
                             fmt::format("line {}: interest is backed by the bank's receipt", position))
                      : text(fmt::format("第 {} 行：须有发票，且只有发票", position),
                             fmt::format("line {}: it is backed by an invoice, and by nothing else", position));
  }
  return std::nullopt;
}

Objection contractAgrees(schema::ContractFiled::Reader body) {
  auto const zero = [](std::uint32_t day) { return day == 0; };
  if (!zero(body.getStartsOn()) && !zero(body.getEndsOn())) {
    if (auto objection =
            outOfOrder(body.getStartsOn(), body.getEndsOn(), "合同期限颠倒", "the contract ends before it starts")) {
      return objection;
    }
  }
  std::set<std::string_view> providers;
  for (auto const provider : body.getProviders()) {
    if (textOf(provider.getUscc()) == textOf(body.getEnterprise())) {
      return text("试点企业不能与自己签约", "the enterprise contracts with itself");
    }
    providers.insert(textOf(provider.getUscc()));
  }
  for (auto const line : body.getLines()) {
    if (line.getProvider().size() == 0 || providers.contains(textOf(line.getProvider()))) continue;
    return text(fmt::format("明细中的供给方 {} 不是合同一方", textOf(line.getProvider())),
                fmt::format("the provider {} of a line is no party to the contract", textOf(line.getProvider())));
  }
  return std::nullopt;
}

Objection statementAgrees(schema::StatementImported::Reader body) {
  if (auto objection = outOfOrder(body.getPeriodFrom(), body.getPeriodTo(), "对账单期间颠倒",
                                  "the statement ends before it begins")) {
    return objection;
  }
  unsigned position = 0;
  for (auto const line : body.getLines()) {
    ++position;
    if ((line.getDebitFen() == 0) == (line.getCreditFen() == 0)) {
      return text(fmt::format("第 {} 行：借方和贷方须有且只有一项", position),
                  fmt::format("line {}: it is either a debit or a credit", position));
    }
    if (line.getValueDate() < body.getPeriodFrom() || line.getValueDate() > body.getPeriodTo()) {
      return text(
          fmt::format("第 {} 行的日期 {} 不在对账单期间内", position, readDate(line.getValueDate()).text()),
          fmt::format("line {}: {} is outside the statement's period", position, readDate(line.getValueDate()).text()));
    }
  }
  return std::nullopt;
}

Objection banAgrees(schema::PenaltyImposed::Reader body) {
  if ((body.getBanFrom() == 0) != (body.getBanTo() == 0)) {
    return text("禁入期须有起止", "a ban has a first and a last day");
  }
  if (body.getBanFrom() == 0) return std::nullopt;
  return outOfOrder(body.getBanFrom(), body.getBanTo(), "禁入期颠倒", "the ban ends before it begins");
}

Objection assessmentAgrees(schema::LevelAssessed::Reader body) {
  if (body.getEdition() != 2022 && body.getEdition() != 2024) {
    return text(fmt::format("没有 {} 版评测指标，应为 2022 或 2024", body.getEdition()),
                fmt::format("there is no edition {}: it is 2022 or 2024", body.getEdition()));
  }
  constexpr unsigned kHighestLevel = 4;
  if (body.getLevel() > kHighestLevel) {
    return text(fmt::format("数字化水平最高 {} 级", kHighestLevel),
                fmt::format("the highest level is {}", kHighestLevel));
  }
  return std::nullopt;
}

Objection findingHasASubject(schema::FindingRaised::Reader body) {
  if (body.getFraud() == schema::FraudKind::NOT_STATED || body.getSubjects().size() != 0) return std::nullopt;
  return text("骗补问题须列明涉及主体", "a finding of fraud names its subjects");
}

/// The day on which something is said to have happened; 0 where the event states none.
std::uint32_t statedDay(schema::Event::Reader event) {
  if (event.isCostVerified()) {
    std::uint32_t latest = 0;
    for (auto const line : event.getCostVerified().getLines()) latest = std::max(latest, line.getInvoicedOn());
    return latest;
  }
  return event.isSiteChecked()            ? event.getSiteChecked().getCheckedOn()
         : event.isProjectAccepted()      ? event.getProjectAccepted().getAcceptedOn()
         : event.isLevelAssessed()        ? event.getLevelAssessed().getAssessedOn()
         : event.isLookBackDone()         ? event.getLookBackDone().getDoneOn()
         : event.isPaymentSettled()       ? event.getPaymentSettled().getValueDate()
         : event.isPaymentReturned()      ? event.getPaymentReturned().getValueDate()
         : event.isRecoveryReceived()     ? event.getRecoveryReceived().getValueDate()
         : event.isContractFiled()        ? event.getContractFiled().getSignedOn()
         : event.isStatementImported()    ? event.getStatementImported().getPeriodTo()
         : event.isPeriodClosed()         ? event.getPeriodClosed().getPeriodTo()
         : event.isPerformanceEvaluated() ? event.getPerformanceEvaluated().getPeriodTo()
                                          : 0;
}

/// It is not after the day on which it is recorded.
Objection statedDayHasCome(Judgement const& judgement) {
  auto const stated = statedDay(judgement.event);
  if (stated <= judgement.occurredOn.number()) return std::nullopt;
  return text(fmt::format("所填日期 {} 晚于业务日期 {}", readDate(stated).text(), judgement.occurredOn.text()),
              fmt::format("it is said to have happened on {}, after the business date {}", readDate(stated).text(),
                          judgement.occurredOn.text()));
}

/// When money could first move at the bank: a payment after its approval (its instruction may have been reversed, and
/// recorded anew in a later period, since); what comes back after it was first asked for, before the order even, for an
/// enterprise may give it back of its own accord.
Date firstDayAtTheBank(Judgement const& judgement, Chain const& chain) {
  if (judgement.event.isRecoveryReceived() && judgement.subject.award) {
    auto first = chain.front().occurredOn;
    for (auto const& payment : judgement.subject.award->payments) {
      first = std::min(first, judgement.state.payments.find(payment)->steps.front().occurredOn);
    }
    return first;
  }
  auto const approval = std::ranges::find(chain, E::PAYMENT_APPROVED, &Step::type);
  return approval == chain.end() ? chain.front().occurredOn : approval->occurredOn;
}

Objection bankDayHasItsReason(Judgement const& judgement) {
  auto const& event = judgement.event;
  auto const* const chain = judgement.subject.chain();
  bool const isAtTheBank = event.isPaymentSettled() || event.isPaymentReturned() || event.isRecoveryReceived();
  if (!isAtTheBank || !chain || chain->empty()) return std::nullopt;
  auto const stated = readDate(statedDay(event));
  auto const first = firstDayAtTheBank(judgement, *chain);
  if (stated >= first) return std::nullopt;
  return text(fmt::format("银行入账日期 {} 早于审批（追回的早于拨付申请）日期 {}", stated.text(), first.text()),
              fmt::format("valued on {} at the bank, before the approval (of a recovery: the request) of {}",
                          stated.text(), first.text()));
}

/// The business date of the latest event that an event answers to, as far as it answers to one.
std::optional<Date> dateOfWhatItFollows(Judgement const& judgement) {
  auto const& state = judgement.state;
  auto const& event = judgement.event;
  auto const& subject = judgement.subject;
  std::optional<Date> latest;
  auto const consider = [&](Date date) { latest = latest ? std::max(*latest, date) : date; };
  auto const considerProject = [&](EventRef const& ref) {
    auto const* const project = state.projects.find(ref);
    if (project && !project->steps.empty()) consider(project->steps.back().occurredOn);
  };
  if (auto const* const chain = subject.chain(); chain && !chain->empty()) consider(chain->back().occurredOn);
  if (subject.project && subject.project->upheldOn) consider(*subject.project->upheldOn);
  if (subject.tranche) consider(subject.tranche->issuedOn);
  if (event.isFinalSettlement() && subject.city && subject.city->evaluatedOn) consider(*subject.city->evaluatedOn);
  if (event.isAwardApproved()) {
    for (auto const draw : event.getAwardApproved().getDraws()) {
      if (auto const* const tranche = state.tranches.find(readRef(draw.getTranche()))) consider(tranche->issuedOn);
    }
  }
  // What ends an award, or claims it back, answers to every payment that it led to.
  if (subject.award && (event.isAwardWithdrawn() || event.isRecoveryOrdered())) {
    for (auto const& payment : subject.award->payments) {
      consider(state.payments.find(payment)->steps.back().occurredOn);
    }
  }
  if (subject.contract) consider(subject.contract->filedOn);
  // A publicity is a step of every project in its list.
  if (event.isPublicityOpened()) {
    for (auto const entry : event.getPublicityOpened().getEntries()) considerProject(readRef(entry.getProject()));
  }
  if (subject.publicity) std::ranges::for_each(subject.publicity->projects, considerProject);
  if (subject.complaint) consider(subject.complaint->filedOn);
  if (subject.finding) consider(subject.finding->raisedOn);
  if (subject.product) consider(subject.product->listedFrom);
  if (subject.statement) consider(subject.statement->to);
  if (subject.pending) {
    consider(readDate(schema::Message<schema::Event>(subject.pending->event.bytes()).root().getOccurredOn()));
  }
  if (subject.reversed) {
    consider(readDate(schema::Message<schema::Event>(subject.reversed->bytes.bytes()).root().getOccurredOn()));
  }
  return latest;
}

}  // namespace

Objection typeIsJudged(schema::Event::Reader event) {
  if (authorityOf(event.which()).judged) return std::nullopt;
  return text(fmt::format("尚不支持“{}”", schema::eventTypeTitle(event.which(), Language::zh)),
              fmt::format("{} is not supported yet", schema::eventTypeName(event.which())));
}

Objection eventAgreesWithItself(schema::Event::Reader event) {
  switch (event.which()) {
    case E::POLICY_PUBLISHED: return policyAgrees(event.getPolicyPublished());
    case E::CITY_PLAN_FILED: return planAgrees(event.getCityPlanFiled());
    case E::TRANCHE_SPLIT: return splitMoves(event.getTrancheSplit());
    case E::TRANCHE_ISSUED:
      if (event.getTrancheIssued().getKind() != schema::TrancheKind::FINAL_SETTLEMENT ||
          event.getTrancheIssued().getLevel() == schema::GovernmentLevel::PROVINCE) {
        return std::nullopt;
      }
      return text("清算资金由省级下达", "the final settlement is the province's money");
    case E::PERFORMANCE_EVALUATED:
      return outOfOrder(event.getPerformanceEvaluated().getPeriodFrom(), event.getPerformanceEvaluated().getPeriodTo(),
                        "评价期颠倒", "the evaluated period ends before it begins");
    case E::CONTRACT_FILED: return contractAgrees(event.getContractFiled());
    case E::LEVEL_ASSESSED: return assessmentAgrees(event.getLevelAssessed());
    case E::COST_VERIFIED: return linesAreBacked(event.getCostVerified());
    case E::STATEMENT_IMPORTED: return statementAgrees(event.getStatementImported());
    case E::FINDING_RAISED: return findingHasASubject(event.getFindingRaised());
    case E::PENALTY_IMPOSED: return banAgrees(event.getPenaltyImposed());
    case E::PERIOD_CLOSED:
      return outOfOrder(event.getPeriodClosed().getPeriodFrom(), event.getPeriodClosed().getPeriodTo(), "结账期间颠倒",
                        "the period ends before it begins");
    case E::PUBLICITY_OPENED: return publicityAddsUp(event.getPublicityOpened());
    case E::AWARD_APPROVED:
      return drawsAddUp(event.getAwardApproved().getDraws(), event.getAwardApproved().getAmountFen());
    case E::PAYMENT_REQUESTED:
      return drawsAddUp(event.getPaymentRequested().getDraws(), event.getPaymentRequested().getAmountFen());
    case E::RECOVERY_RECEIVED:
      return drawsAddUp(event.getRecoveryReceived().getDraws(), event.getRecoveryReceived().getAmountFen());
    case E::KEY_ENROLLED: return personIsPlain(textOf(event.getKeyEnrolled().getPerson()));
    case E::ROLE_GRANTED: return roleFitsRegion(event.getRoleGranted());
    case E::CHANGE_CONFIRMED:
      if (event.getChangeConfirmed().getOutcome() != schema::Outcome::SEND_BACK) return std::nullopt;
      return text("确认只能是通过或不通过", "a change is confirmed (pass) or rejected, never sent back");
    default: return std::nullopt;
  }
}

Objection namesWhatIsOnRecord(Judgement const& judgement) {
  if (judgement.subject.missing.empty()) return std::nullopt;
  auto const field = judgement.subject.missing;
  auto const title = schema::fieldTitle(judgement.event.which(), field, Language::zh);
  auto const zh = title.empty() ? std::string(field) : fmt::format("“{}”（{}）", title, field);
  return text(fmt::format("字段{}没有引用账上的此类事项", zh),
              fmt::format("the field {} names nothing of its kind that is on record", field));
}

Objection isDatedInOrder(Judgement const& judgement) {
  auto const today = judgement.context.acceptedAt.businessDate();
  if (judgement.occurredOn > today) {
    return text(fmt::format("业务日期 {} 晚于入账日 {}", judgement.occurredOn.text(), today.text()),
                fmt::format("dated {}, accepted on {}", judgement.occurredOn.text(), today.text()));
  }
  // Else an older plan with a better rate, or a role held earlier, could be had by dating a step back.
  if (auto objection = statedDayHasCome(judgement)) return objection;
  if (auto objection = bankDayHasItsReason(judgement)) return objection;
  auto const before = dateOfWhatItFollows(judgement);
  if (!before || judgement.occurredOn >= *before) return std::nullopt;
  return text(fmt::format("业务日期 {} 早于所承接事项的日期 {}", judgement.occurredOn.text(), before->text()),
              fmt::format("dated {}, but what it follows is of {}", judgement.occurredOn.text(), before->text()));
}

}  // namespace fundtrail::ledger::domain
