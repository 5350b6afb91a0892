// SPDX-License-Identifier: Apache-2.0
// E5: a project goes through its stages one by one; what is registered once is not registered again.

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ledger/domain/authority.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;
using S = ProjectStage;

std::string_view stageZh(S stage) {
  switch (stage) {
    case S::enrolled: return "已入库";
    case S::submitted: return "已申报";
    case S::reviewed: return "已审核";
    case S::siteChecked: return "已现场核查";
    case S::costVerified: return "已核定投入";
    case S::accepted: return "已验收";
    case S::proposed: return "已测算";
    case S::publicised: return "公示中";
    case S::publicityClosed: return "公示结束";
    case S::awarded: return "已核定奖补";
    case S::rejected: return "不通过";
  }
  return "";
}

std::string_view stageEn(S stage) {
  switch (stage) {
    case S::enrolled: return "enrolled";
    case S::submitted: return "submitted";
    case S::reviewed: return "reviewed";
    case S::siteChecked: return "site checked";
    case S::costVerified: return "cost verified";
    case S::accepted: return "accepted";
    case S::proposed: return "subsidy proposed";
    case S::publicised: return "under publicity";
    case S::publicityClosed: return "publicity closed";
    case S::awarded: return "awarded";
    case S::rejected: return "rejected";
  }
  return "";
}

Objection projectIsAt(Project const* project, S due) {
  if (!project || project->stage == due) return std::nullopt;
  return Text{fmt::format("项目目前为“{}”，本环节要求“{}”", stageZh(project->stage), stageZh(due)),
              fmt::format("the project is {}; this step needs it {}", stageEn(project->stage), stageEn(due))};
}

Objection isNew(bool known, std::string_view zh, std::string_view en) {
  if (!known) return std::nullopt;
  return Text{std::string(zh), std::string(en)};
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
    case E::PUBLICITY_OPENED: return state.publicities.contains(ref);
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
    if (contract->enterprise != *judgement.subject.enterprise || contract->city != judgement.subject.region) {
      return Text{"合同属于另一企业或另一城市", "the contract is another enterprise's, or another city's"};
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
  return Text{"企业登记在另一城市", "the enterprise is registered in another city"};
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
  if (publicity->closed) return Text{"公示已经结束", "the publicity is closed already"};
  if (judgement.occurredOn >= publicity->closesOn) return std::nullopt;
  return Text{fmt::format("公示期至 {}，不能在 {} 结束", publicity->closesOn.text(), judgement.occurredOn.text()),
              fmt::format("published until {}: it cannot close on {}", publicity->closesOn.text(),
                          judgement.occurredOn.text())};
}

Objection awardMayBeWithdrawn(Award const* award) {
  if (!award) return std::nullopt;
  if (award->withdrawn) return Text{"奖补已经撤销", "the award is withdrawn already"};
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
  if (has(body.getAccount().getNumber())) return Text{"新账号已经登记", "the new account is registered already"};
  return std::nullopt;
}

Objection changeIsOpen(Judgement const& judgement) {
  auto const* const pending = judgement.subject.pending;
  if (!pending) return std::nullopt;
  if (pending->decided) return Text{"该变更已有结论", "the change has been decided already"};
  if (judgement.event.getChangeConfirmed().getOutcome() != schema::Outcome::PASS) return std::nullopt;
  // Another change of the same account may have taken effect since this one was proposed.
  schema::Message<schema::Event> const change(pending->event.bytes());
  if (!change.root().isBankAccountChanged()) return std::nullopt;
  return accountChangeApplies(judgement, change.root().getBankAccountChanged());
}

}  // namespace

Objection stepIsDue(Judgement const& judgement) {
  auto const& [state, history, context, event, subject, postings, numbers, author, authorIndex, occurredOn] = judgement;
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
    case E::BANK_ACCOUNT_CHANGED: return accountChangeApplies(judgement, event.getBankAccountChanged());
    case E::PROJECT_ENROLLED:
      if (auto objection = countyIsTheCitys(subject.region, subject.county)) return objection;
      if (auto objection = enterpriseIsTheCitys(judgement)) return objection;
      return contractsAreFree(judgement);
    case E::APPLICATION_SUBMITTED: return projectIsAt(subject.project, S::enrolled);
    case E::APPLICATION_REVIEWED:
      // Form and expert review both start from here; after the first has passed, the second may still follow.
      if (subject.project && subject.project->stage == S::reviewed) return std::nullopt;
      return projectIsAt(subject.project, S::submitted);
    case E::SITE_CHECKED: return projectIsAt(subject.project, S::reviewed);
    case E::COST_VERIFIED: return projectIsAt(subject.project, S::siteChecked);
    case E::PROJECT_ACCEPTED: return projectIsAt(subject.project, S::costVerified);
    case E::SUBSIDY_PROPOSED: return projectIsAt(subject.project, S::accepted);
    case E::PUBLICITY_OPENED: return publicityMatches(judgement);
    case E::PUBLICITY_CLOSED: return publicityMayClose(judgement);
    case E::AWARD_APPROVED: return projectIsAt(subject.project, S::publicityClosed);
    case E::AWARD_WITHDRAWN: return awardMayBeWithdrawn(subject.award);
    case E::RECOVERY_ORDERED: return recoveryIsWithinPaid(judgement);
    case E::CHANGE_CONFIRMED: return changeIsOpen(judgement);
    case E::KEY_REVOKED:
      return isNew(subject.key && subject.key->revoked, "密钥已经吊销", "the key is revoked already");
    default: return std::nullopt;
  }
}

}  // namespace fundtrail::ledger::domain
