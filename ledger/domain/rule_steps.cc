// SPDX-License-Identifier: Apache-2.0
// E5: a project goes through its stages one by one; what is registered once is not registered again.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ledger/domain/account_name.h"
#include "ledger/domain/authority.h"
#include "ledger/domain/next_step.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"
#include "ledger/schema/names.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;
using S = ProjectStage;

Objection projectIsAt(Project const* project, S due) {
  if (!project || project->stage == due) return std::nullopt;
  return Text{fmt::format("项目目前为“{}”，本环节要求“{}”", stageZh(project->stage), stageZh(due)),
              fmt::format("the project is {}; this step needs it {}", stageEn(project->stage), stageEn(due))};
}

Objection projectIsDue(Judgement const& judgement) {
  auto const* const project = judgement.subject.project;
  if (!project) return std::nullopt;
  auto const* const award = project->award ? judgement.state.awards.find(*project->award) : nullptr;
  if (award && award->withdrawn) return Text{"项目的奖补已经撤销", "the project's award is withdrawn"};
  return projectIsAt(project, dueStage(judgement.event.which(), *project));
}

Objection isNew(bool known, std::string_view zh, std::string_view en) {
  if (!known) return std::nullopt;
  return Reason({std::string(zh), std::string(en)},
                Text{"不必重复办理；内容有误的以后续事件更正",
                     "There is nothing left to do; what is wrong is corrected by a later event"});
}

/// A record is named by the hash of the event that created it: the same bytes cannot create it twice. Types that bear a
/// number of their own are held apart by rule U1 and by their stage; these are not.
bool isOnRecord(Judgement const& judgement) {
  auto const& state = judgement.state;
  auto const& ref = judgement.context.ref;
  auto const type = judgement.event.which();
  if (authorityOf(type).secondPerson) return state.pending.contains(ref);
  switch (type) {
    case E::TRANCHE_ISSUED: return state.tranches.contains(ref);
    case E::CONTRACT_FILED: return state.contracts.contains(ref);
    case E::PROJECT_ENROLLED: return state.projects.contains(ref);
    case E::COMPLAINT_FILED: return state.complaints.contains(ref);
    case E::PUBLICITY_OPENED: return state.publicities.contains(ref);
    case E::OBJECTION_RAISED: return state.objections.contains(ref);
    case E::STATEMENT_IMPORTED: return state.statements.contains(ref);
    case E::FINDING_RAISED: return state.findings.contains(ref);
    case E::AWARD_APPROVED: return state.awards.contains(ref);
    case E::PAYMENT_REQUESTED: return state.payments.contains(ref);
    case E::RECOVERY_ORDERED: return state.recoveries.contains(ref);
    default: return false;
  }
}

Objection contractsAreFree(Judgement const& judgement) {
  auto const body = judgement.event.getProjectEnrolled();
  std::set<EventRef> seen;
  for (auto const reference : body.getContracts()) {
    auto const ref = readRef(reference.getEvent());
    auto const* const contract = judgement.state.contracts.find(ref);
    if (!contract) continue;
    if (contract->enrolled || !seen.insert(ref).second) {
      return Text{"合同已属于一个项目", "the contract already belongs to a project"};
    }
    if (contract->withdrawn) return Text{"合同备案已冲销", "the contract's filing was reversed"};
    if (contract->mode != body.getMode()) {
      return Text{
          fmt::format("合同的支持方式为“{}”，项目为“{}”", schema::enumerantTitle(contract->mode, schema::Language::zh),
                      schema::enumerantTitle(body.getMode(), schema::Language::zh)),
          fmt::format("the contract is supported {} the work, the project {}", schema::enumerantName(contract->mode),
                      schema::enumerantName(body.getMode()))};
    }
    if (contract->enterprise != *judgement.subject.enterprise || contract->city != judgement.subject.region) {
      return Text{
          fmt::format("合同属于企业 {}（城市 {}），项目属于企业 {}（城市 {}）", contract->enterprise.text(),
                      contract->city.number(), judgement.subject.enterprise->text(), judgement.subject.region.number()),
          fmt::format("the contract is that of {} in city {}, the project that of {} in city {}",
                      contract->enterprise.text(), contract->city.number(), judgement.subject.enterprise->text(),
                      judgement.subject.region.number())};
    }
  }
  return std::nullopt;
}

/// Reform is an enterprise's own: a provider, or an enterprise of another city, is not supported for it.
Objection enterpriseIsTheCitys(Judgement const& judgement) {
  auto const* const organisation = judgement.subject.organisation;
  if (!organisation || judgement.event.getProjectEnrolled().getPurpose() != schema::Purpose::REFORM) {
    return std::nullopt;
  }
  if (organisation->kind != schema::OrganisationKind::ENTERPRISE) {
    return Text{"数字化改造项目的主体须登记为试点企业",
                "a reform project is that of an organisation registered as an enterprise"};
  }
  if (organisation->region && !organisation->region->isProvince() &&
      organisation->region->cityOf() == judgement.subject.region) {
    return std::nullopt;
  }
  auto const region = organisation->region ? organisation->region->number() : 0;
  return Text{fmt::format("企业登记在地区 {}，不属于城市 {}", region, judgement.subject.region.number()),
              fmt::format("the enterprise is registered in region {}, not in city {}", region,
                          judgement.subject.region.number())};
}

Objection countyIsTheCitys(CityCode city, std::uint32_t county) {
  if (county == 0 || readRegion(county).cityOf() == city) return std::nullopt;
  return Text{fmt::format("区县 {} 不属于城市 {}", county, city.number()),
              fmt::format("county {} is not in city {}", county, city.number())};
}

Objection publicityMatches(Judgement const& judgement) {
  for (auto const entry : judgement.event.getPublicityOpened().getEntries()) {
    auto const* const project = judgement.state.projects.find(readRef(entry.getProject()));
    if (!project) continue;
    if (auto objection = projectIsAt(project, S::proposed)) return objection;
    if (project->award) return Text{"项目已核定奖补，不再公示", "the project has its award already"};
    if (project->city != judgement.subject.region) {
      return Text{"公示名单中有其他城市的项目", "the list holds a project of another city"};
    }
    auto const stated = readFen(entry.getAmountFen());
    if (stated != project->subsidy) {
      return Text{fmt::format("公示金额 {} 元与测算金额 {} 元不符", formatYuan(stated), formatYuan(project->subsidy)),
                  fmt::format("published {} yuan, proposed {} yuan", formatYuan(stated), formatYuan(project->subsidy))};
    }
  }
  return std::nullopt;
}

Objection publicityMayClose(Judgement const& judgement) {
  auto const* const publicity = judgement.subject.publicity;
  if (!publicity) return std::nullopt;
  if (publicity->closedBy) return isNew(true, "公示已经结束", "the publicity is closed already");
  if (publicity->withdrawn) return Text{"公示已冲销", "the publicity was reversed"};
  // Whoever objects has the whole of the last day.
  if (judgement.occurredOn > publicity->closesOn) return std::nullopt;
  return Reason({fmt::format("公示期至 {}，不能在 {} 结束", publicity->closesOn.text(), judgement.occurredOn.text()),
                 fmt::format("published until {}: it cannot close on {}", publicity->closesOn.text(),
                             judgement.occurredOn.text())},
                Text{"公示期满次日起方可结束", "Close it on the day after, at the earliest"});
}

Objection awardMayBeWithdrawn(Award const* award) {
  if (!award) return std::nullopt;
  if (award->withdrawn) return isNew(true, "奖补已经撤销", "the award is withdrawn already");
  if (award->requested() == award->paid()) return std::nullopt;
  return Text{"仍有未完成的拨付，请先取消", "a payment is still under way: cancel it first"};
}

Objection recoveryIsWithinPaid(Judgement const& judgement) {
  auto const* const award = judgement.subject.award;
  if (!award) return std::nullopt;
  auto const ordered = readFen(judgement.event.getRecoveryOrdered().getAmountFen());
  auto const recoverable = award->paid() - award->recovered() - award->recoveryOrdered;
  if (ordered <= recoverable) return std::nullopt;
  return Text{fmt::format("责令追回 {} 元，可追回 {} 元", formatYuan(ordered), formatYuan(recoverable)),
              fmt::format("{} yuan ordered back, {} yuan can be", formatYuan(ordered), formatYuan(recoverable))};
}

Objection objectionConcernsThePublicity(Judgement const& judgement) {
  auto const* const publicity = judgement.subject.publicity;
  auto const* const project = judgement.subject.project;
  if (!publicity || !project) return std::nullopt;
  if (std::ranges::find(publicity->projects, *judgement.subject.projectRef) == publicity->projects.end()) {
    return Text{"项目不在该公示名单内", "the project is not in that list"};
  }
  if (publicity->withdrawn) return Text{"公示已冲销", "the publicity was reversed"};
  if (judgement.occurredOn < publicity->opensOn) return Text{"公示尚未开始", "the publicity has not begun"};
  return projectIsAt(project, S::publicised);
}

Objection listingApplies(Judgement const& judgement) {
  auto const& state = judgement.state;
  auto const& subject = judgement.subject;
  auto const& event = judgement.event;
  auto const provider = [&](capnp::Text::Reader uscc) {
    return state.providers.find({subject.region, readUscc(uscc)});
  };
  switch (event.which()) {
    case E::PROVIDER_LISTED: {
      auto const* const listing = provider(event.getProviderListed().getProvider());
      if (auto objection = isNew(listing && listing->isListed(), "供给方已经入库", "the provider is listed already")) {
        return objection;
      }
      // Else its delisting could be undone for the time that has passed.
      auto const from = readDate(event.getProviderListed().getListedFrom());
      if (!listing || !listing->isDelisted()) return std::nullopt;
      auto const earliest = std::max(judgement.occurredOn, listing->delistings.back().from.plusDays(1));
      if (from >= earliest) return std::nullopt;
      return Text{fmt::format("供给方曾被清退，重新入库日期 {} 不得早于 {}", from.text(), earliest.text()),
                  fmt::format("the provider was delisted: it is listed again from {} at the earliest, not from {}",
                              earliest.text(), from.text())};
    }
    case E::PROVIDER_DELISTED: {
      auto const* const listing = provider(event.getProviderDelisted().getProvider());
      return isNew(listing && listing->isDelisted(), "供给方已经清退", "the provider is delisted already");
    }
    case E::PRODUCT_LISTED: {
      auto const* const product =
          state.products.find({subject.region, std::string(textOf(event.getProductListed().getCode()))});
      return isNew(product && !product->delistedFrom, "产品已经入库", "the product is listed already");
    }
    default:
      return isNew(subject.product && subject.product->delistedFrom, "产品已经退库", "the product is delisted already");
  }
}

Objection assessmentIsDue(Judgement const& judgement) {
  auto const* const project = judgement.subject.project;
  if (!project) return std::nullopt;
  if (project->acceptedOn || project->stage == S::rejected || project->stage == S::withdrawn) {
    return Text{fmt::format("项目目前为“{}”，不再评测", stageZh(project->stage)),
                fmt::format("the project is {}: it is not assessed any more", stageEn(project->stage))};
  }
  return std::nullopt;
}

/// raised → confirmed, or closed; confirmed → closed.
Objection findingMayBecome(Finding const* finding, schema::Conclusion conclusion) {
  if (!finding) return std::nullopt;
  if (finding->stage == FindingStage::closed) return Text{"该问题已经办结", "the finding is closed"};
  if (conclusion == schema::Conclusion::CONFIRMED) {
    return isNew(finding->stage == FindingStage::confirmed, "该问题已经查实", "the finding is confirmed already");
  }
  if (conclusion == schema::Conclusion::RECTIFIED && !finding->rectificationFiledOn) {
    return Text{"尚未提交整改报告", "no rectification has been filed"};
  }
  return std::nullopt;
}

Objection penaltyFitsItsFinding(Judgement const& judgement) {
  auto const* const finding = judgement.subject.finding;
  if (!finding) return std::nullopt;
  if (finding->stage == FindingStage::raised) return Text{"该问题尚未查实", "the finding is not confirmed"};
  if (finding->stage == FindingStage::closed) return Text{"该问题已经办结", "the finding is closed"};
  auto const subject = readUscc(judgement.event.getPenaltyImposed().getSubject());
  if (std::ranges::find(finding->subjects, subject) != finding->subjects.end()) return std::nullopt;
  return Text{fmt::format("{} 不是该问题的涉及主体", subject.text()),
              fmt::format("{} is no subject of the finding", subject.text())};
}

Objection isWithinTheOrder(Recovery const* recovery, schema::RecoveryWaived::Reader body) {
  if (!recovery) return std::nullopt;
  auto const amount = readFen(body.getAmountFen());
  if (amount <= recovery->open()) return std::nullopt;
  return Text{fmt::format("免予追回 {} 元，待追回 {} 元", formatYuan(amount), formatYuan(recovery->open())),
              fmt::format("{} yuan waived, {} yuan still open", formatYuan(amount), formatYuan(recovery->open()))};
}

Objection periodMayClose(Judgement const& judgement) {
  auto const body = judgement.event.getPeriodClosed();
  auto const from = readDate(body.getPeriodFrom());
  auto const to = readDate(body.getPeriodTo());
  Objection objection;
  judgement.state.closedPeriods.visit([&](std::uint32_t, ClosedPeriod const& closed) {
    bool const isIts = closed.region == judgement.subject.region || closed.region.isProvince();
    if (!isIts || closed.to < from || to < closed.from) return;
    objection = Text{fmt::format("{} 至 {} 已经结账，与所填 {} 至 {} 重叠", closed.from.text(), closed.to.text(),
                                 from.text(), to.text()),
                     fmt::format("{} to {} is closed already, and overlaps {} to {}", closed.from.text(),
                                 closed.to.text(), from.text(), to.text())};
  });
  return objection;
}

Objection accountChangeApplies(Judgement const& judgement, schema::BankAccountChanged::Reader body) {
  auto const* const organisation = judgement.subject.organisation;
  if (!organisation) return std::nullopt;
  auto const has = [&](capnp::Text::Reader number) {
    return std::ranges::find(organisation->accounts, readAccount(number), &PayeeAccount::number) !=
           organisation->accounts.end();
  };
  if (body.getReplaces().size() != 0 && !has(body.getReplaces())) {
    return Text{"原账号未登记", "the account to be replaced is not registered"};
  }
  if (has(body.getAccount().getNumber())) return isNew(true, "新账号已经登记", "the new account is registered already");
  return std::nullopt;
}

Objection renamingApplies(Judgement const& judgement, schema::OrganisationRenamed::Reader body) {
  auto const* const organisation = judgement.subject.organisation;
  if (!organisation) return std::nullopt;
  auto const name = normalisedName(textOf(body.getName()));
  bool isKnown = name == organisation->name;
  for (auto const renamed : body.getAccounts()) {
    auto const number = readAccount(renamed.getNumber());
    auto const account = std::ranges::find(organisation->accounts, number, &PayeeAccount::number);
    if (account == organisation->accounts.end()) {
      return Text{fmt::format("账号 {} 未登记在该主体名下", number.text()),
                  fmt::format("the account {} is not registered for the organisation", number.text())};
    }
    isKnown = isKnown && account->name == name;
  }
  return isNew(isKnown, "该主体及其账户已是此名称", "it and its accounts bear that name already");
}

/// What a change that waits for its second person needs, when it is proposed and again when it is confirmed.
Objection changeApplies(Judgement const& judgement, schema::Event::Reader change) {
  switch (change.which()) {
    case E::BANK_ACCOUNT_CHANGED: return accountChangeApplies(judgement, change.getBankAccountChanged());
    case E::ORGANISATION_RENAMED: return renamingApplies(judgement, change.getOrganisationRenamed());
    case E::RECOVERY_WAIVED: return isWithinTheOrder(judgement.subject.recovery, change.getRecoveryWaived());
    case E::KEY_REVOKED:
      return isNew(judgement.subject.key && judgement.subject.key->revoked, "密钥已经吊销",
                   "the key is revoked already");
    case E::WITNESS_ENROLLED:
      return isNew(judgement.state.witnesses.contains(std::string(textOf(change.getWitnessEnrolled().getName()))),
                   "见证人已经登记", "the witness is enrolled already");
    default: return std::nullopt;
  }
}

Objection changeIsOpen(Judgement const& judgement) {
  auto const* const pending = judgement.subject.pending;
  if (!pending) return std::nullopt;
  if (pending->decided) return isNew(true, "该变更已有结论", "the change has been decided already");
  if (judgement.event.getChangeConfirmed().getOutcome() != schema::Outcome::PASS) return std::nullopt;
  // Another change of the same record may have taken effect since this one was proposed.
  schema::Message<schema::Event> const change(pending->event.bytes());
  return changeApplies(judgement, change.root());
}

}  // namespace

Objection stepIsDue(Judgement const& judgement) {
  auto const& state = judgement.state;
  auto const& event = judgement.event;
  auto const& subject = judgement.subject;
  if (auto objection = isNew(isOnRecord(judgement), "同一事件已经入账", "this very event is on record already")) {
    return objection;
  }
  switch (event.which()) {
    case E::CITY_DESIGNATED:
      return isNew(state.cities.contains(readRegion(event.getCityDesignated().getCity())), "城市已经确定为试点",
                   "the city is designated already");
    case E::TRANCHE_SPLIT:
      return subject.tranche ? countyIsTheCitys(subject.tranche->city, event.getTrancheSplit().getCounty())
                             : std::nullopt;
    case E::ORGANISATION_REGISTERED:
      return isNew(state.organisations.contains(readUscc(event.getOrganisationRegistered().getUscc())), "主体已经登记",
                   "the organisation is registered already");
    case E::BANK_ACCOUNT_CHANGED:
    case E::ORGANISATION_RENAMED:
    case E::RECOVERY_WAIVED:
    case E::KEY_REVOKED:
    case E::WITNESS_ENROLLED: return changeApplies(judgement, event);
    case E::PROVIDER_LISTED:
    case E::PROVIDER_DELISTED:
    case E::PRODUCT_LISTED:
    case E::PRODUCT_PRICE_CHANGED:
    case E::PRODUCT_DELISTED: return listingApplies(judgement);
    case E::COMPLAINT_FILED:
      if (!subject.project || subject.project->city == subject.region) return std::nullopt;
      return Text{"投诉所涉项目属于另一城市", "the project is another city's"};
    case E::COMPLAINT_CLOSED:
      return isNew(subject.complaint && subject.complaint->closed, "投诉已经办结", "the complaint is closed already");
    case E::FINAL_SETTLEMENT:
      return isNew(subject.city && subject.city->settlement, "该市已经清算", "the city has been settled with already");
    case E::PROJECT_ENROLLED:
      if (auto objection = countyIsTheCitys(subject.region, subject.county)) return objection;
      if (auto objection = enterpriseIsTheCitys(judgement)) return objection;
      return contractsAreFree(judgement);
    case E::LEVEL_ASSESSED: return assessmentIsDue(judgement);
    case E::APPLICATION_REVIEWED:
      // Form and expert review both start from here; after the first has passed, the second may still follow.
      if (subject.project && subject.project->stage == S::reviewed) return std::nullopt;
      return projectIsDue(judgement);
    case E::APPLICATION_SUBMITTED:
    case E::SITE_CHECKED:
    case E::COST_VERIFIED:
    case E::PROJECT_ACCEPTED:
    case E::SUBSIDY_PROPOSED:
    case E::AWARD_APPROVED: return projectIsDue(judgement);
    case E::PUBLICITY_OPENED: return publicityMatches(judgement);
    case E::PUBLICITY_CLOSED: return publicityMayClose(judgement);
    case E::OBJECTION_RAISED: return objectionConcernsThePublicity(judgement);
    case E::FINDING_RAISED:
      if (!subject.project || subject.project->city == subject.region) return std::nullopt;
      return Text{
          fmt::format("疑点所涉项目属于城市 {}，所填城市 {}", subject.project->city.number(), subject.region.number()),
          fmt::format("the project is city {}'s, the finding city {}'s", subject.project->city.number(),
                      subject.region.number())};
    case E::OBJECTION_RESOLVED:
      return isNew(subject.objection && !subject.objection->open, "异议已经办结", "the objection is resolved already");
    case E::AWARD_WITHDRAWN: return awardMayBeWithdrawn(subject.award);
    case E::RECOVERY_ORDERED: return recoveryIsWithinPaid(judgement);
    case E::LOOK_BACK_DONE:
      return subject.project && !subject.project->award
                 ? Objection(Text{"项目尚未核定奖补，不必回头看", "the project has no award to look back at"})
                 : std::nullopt;
    case E::RECTIFICATION_FILED:
      return isNew(subject.finding && subject.finding->stage == FindingStage::closed, "该问题已经办结",
                   "the finding is closed");
    case E::RECTIFICATION_VERIFIED:
      return findingMayBecome(subject.finding, event.getRectificationVerified().getConclusion());
    case E::PENALTY_IMPOSED: return penaltyFitsItsFinding(judgement);
    case E::PERIOD_CLOSED: return periodMayClose(judgement);
    case E::CHANGE_CONFIRMED: return changeIsOpen(judgement);
    default: return std::nullopt;
  }
}

}  // namespace fundtrail::ledger::domain
