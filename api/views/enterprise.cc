// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/enterprise.h"

#include "api/views/cells.h"
#include "api/views/reports.h"
#include "ledger/domain/codes.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using projections::AccountStatus;
using projections::Enterprise;

Cell statusCell(Reader const& reader, AccountStatus status) {
  switch (status) {
    case AccountStatus::registered: return cell(reader, {"随主体登记", "registered"}, "registered");
    case AccountStatus::proposed: return cell(reader, {"变更待确认", "change proposed"}, "proposed");
    case AccountStatus::confirmed: return cell(reader, {"变更已确认", "change confirmed"}, "confirmed");
    case AccountStatus::rejected: return cell(reader, {"变更未通过", "change rejected"}, "rejected");
  }
  return cell();
}

/// None is nothing to show, and a count like any other to programs.
Cell fraudsCell(std::uint32_t count) {
  auto cell = cellOf(count);
  if (count == 0) cell.shown.clear();
  return cell;
}

Section headFields() {
  return {"enterprise",
          {"企业", "enterprise"},
          {{{"统一社会信用代码", "credit code"}, "uscc"},
           {{"名称", "name"}, "name"},
           {{"主体类型", "kind"}, "kind"},
           {{"所在地", "region"}, "region"},
           {{"行业", "industry"}, "industry"},
           {{"从业人员", "staff"}, "staff"},
           {{"营业收入", "annual revenue"}, "annualRevenueFen"},
           {{"禁入", "banned"}, "banned"},
           {{"查实未结的骗补", "open findings of fraud"}, "confirmedFrauds"}},
          {},
          true};
}

Section headSection(Reader const& reader, Enterprise const& found, domain::Date day) {
  auto const& organisation = found.organisation;
  auto section = headFields();
  auto const industry = [&] {
    if (!organisation.industry) return cell();
    auto const code = organisation.industry->text();
    return Cell{reader.language == Language::zh
                    ? fmt::format("{} {}", code, domain::industryNameZh(*organisation.industry))
                    : std::string(code),
                boost::json::value(code)};
  };
  section.rows.push_back({cell(found.uscc.text()), cell(found.name), cellOf(reader, organisation.kind),
                          organisation.region ? regionCell(reader, *organisation.region) : cell(), industry(),
                          cellOf(organisation.staff), cell(organisation.annualRevenue),
                          markCell(reader, organisation.isBannedOn(day)), fraudsCell(organisation.confirmedFrauds)});
  return section;
}

Section accountsFields() {
  return {"accounts",
          {"账户及变更", "accounts and their changes"},
          {{{"事件", "event"}, "event", Align::right},
           {{"日期", "date"}, "occurredOn"},
           {{"账号", "account"}, "account"},
           {{"户名", "name"}, "name"},
           {{"替换", "replaces"}, "replaces"},
           {{"状态", "status"}, "status"},
           {{"确认日期", "decided on"}, "decidedOn"}}};
}

Section accountsSection(Reader const& reader, Enterprise const& found) {
  auto section = accountsFields();
  for (auto const& entry : found.accounts) {
    section.rows.push_back({cell(entry.event), cell(entry.occurredOn), accountCell(reader, entry.number),
                            cell(entry.name), entry.replaces ? accountCell(reader, *entry.replaces) : cell(),
                            statusCell(reader, entry.status), cell(entry.decidedOn)});
  }
  return section;
}

Section contractsFields() {
  return {"contracts",
          {"合同", "contracts"},
          {{{"事件", "event"}, "event", Align::right},
           {{"编号", "number"}, "number"},
           {{"签订日期", "signed on"}, "signedOn"},
           {{"支持方式", "mode"}, "mode"},
           {{"已入库", "enrolled"}, "enrolled"},
           {{"已冲销", "reversed"}, "reversed"},
           {{"不含税金额", "net"}, "netFen", Align::right}}};
}

Section contractsSection(Reader const& reader, Enterprise const& found) {
  auto section = contractsFields();
  for (auto const& contract : found.contracts) {
    section.rows.push_back({cell(contract.event), cell(contract.number), cell(contract.signedOn),
                            cellOf(reader, contract.mode), markCell(reader, contract.enrolled),
                            markCell(reader, contract.withdrawn), cell(contract.net)});
  }
  return section;
}

Section projectsFields() {
  return {"projects",
          {"项目", "projects"},
          {{{"事件", "event"}, "event", Align::right},
           {{"名称", "title"}, "title", Align::left, 40},
           {{"支持方向", "purpose"}, "purpose"},
           {{"支持方式", "mode"}, "mode"},
           {{"环节", "stage"}, "stage"},
           {{"自", "since"}, "since"},
           {{"核定投入", "eligible cost"}, "eligibleFen", Align::right},
           {{"测算奖补", "subsidy"}, "subsidyFen", Align::right}}};
}

Section projectsSection(Reader const& reader, Enterprise const& found) {
  auto section = projectsFields();
  for (auto const& project : found.projects) {
    section.rows.push_back({cell(project.event), cell(project.title), cellOf(reader, project.purpose),
                            cellOf(reader, project.mode), stageCell(reader, project.stage), cell(project.since),
                            cell(project.eligible), cell(project.subsidy)});
  }
  return section;
}

Section awardsFields() {
  return {"awards",
          {"奖补", "awards"},
          {{{"事件", "event"}, "event", Align::right},
           {{"文号", "number"}, "number"},
           {{"状态", "state"}, "state"},
           {{"核定", "awarded"}, "amountFen", Align::right},
           {{"撤销", "withdrawn"}, "withdrawnFen", Align::right},
           {{"已申请", "requested"}, "requestedFen", Align::right},
           {{"已支付", "paid"}, "paidFen", Align::right},
           {{"已追回", "recovered"}, "recoveredFen", Align::right}}};
}

Section awardsSection(Reader const& reader, Enterprise const& found) {
  auto section = awardsFields();
  for (auto const& [event, number, status] : found.awards) {
    section.rows.push_back({cell(event), cell(number), awardStateCell(reader, status.state), cell(status.amount),
                            cell(status.withdrawn), cell(status.requested), cell(status.paid), cell(status.recovered)});
  }
  return section;
}

Section paymentsFields() {
  return {"payments",
          {"拨付", "payments"},
          {{{"事件", "event"}, "event", Align::right},
           {{"收款账号", "account"}, "account"},
           {{"环节", "stage"}, "stage"},
           {{"自", "since"}, "since"},
           {{"金额", "amount"}, "amountFen", Align::right}}};
}

Section paymentsSection(Reader const& reader, Enterprise const& found) {
  auto section = paymentsFields();
  for (auto const& payment : found.payments) {
    section.rows.push_back({cell(payment.event), accountCell(reader, payment.account), stageCell(reader, payment.stage),
                            cell(payment.since), cell(payment.amount)});
  }
  return section;
}

Section recoveriesFields() {
  return {"recoveries",
          {"追回", "recoveries"},
          {{{"事件", "event"}, "event", Align::right},
           {{"原因", "reason"}, "reason", Align::left, 40},
           {{"期限", "due"}, "dueOn"},
           {{"责令追回", "ordered"}, "orderedFen", Align::right},
           {{"已到账", "received"}, "receivedFen", Align::right},
           {{"免予追回", "waived"}, "waivedFen", Align::right}}};
}

Section recoveriesSection(Reader const&, Enterprise const& found) {
  auto section = recoveriesFields();
  for (auto const& recovery : found.recoveries) {
    section.rows.push_back({cell(recovery.event), cell(recovery.reason), cell(recovery.due), cell(recovery.ordered),
                            cell(recovery.received), cell(recovery.waived)});
  }
  return section;
}

Section findingsFields() {
  return {"findings",
          {"问题", "findings"},
          {{{"事件", "event"}, "event", Align::right},
           {{"说明", "description"}, "description", Align::left, 40},
           {{"骗补情形", "fraud"}, "fraud"},
           {{"状态", "status"}, "status"},
           {{"整改期限", "rectify by"}, "rectifyBy"}}};
}

Section findingsSection(Reader const& reader, Enterprise const& found) {
  auto section = findingsFields();
  for (auto const& finding : found.findings) {
    auto const en = projections::stageEn(finding.stage);
    section.rows.push_back({cell(finding.event), cell(finding.description), cellOf(reader, finding.fraud),
                            cell(reader, {projections::stageZh(finding.stage), en}, en), cell(finding.due)});
  }
  return section;
}

}  // namespace

Shape enterpriseShape() {
  return {headFields(),   accountsFields(), contractsFields(),  projectsFields(),
          awardsFields(), paymentsFields(), recoveriesFields(), findingsFields()};
}

crypto::Result<Report> enterpriseReport(Reader const& reader, projections::Snapshot const& snapshot,
                                        domain::Uscc const& uscc, projections::AccountHistory const& history) {
  auto const found = projections::enterpriseOf(snapshot, uscc, history);
  if (!found) return notRegistered(reader, std::string(uscc.text()));
  return Report{{headSection(reader, *found, snapshot.day()), accountsSection(reader, *found),
                 contractsSection(reader, *found), projectsSection(reader, *found), awardsSection(reader, *found),
                 paymentsSection(reader, *found), recoveriesSection(reader, *found), findingsSection(reader, *found)},
                snapshot.basis};
}

}  // namespace fundtrail::api::views
