// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/enterprise.h"

#include <memory>

#include "api/cli/commands.h"
#include "api/cli/view.h"
#include "ledger/domain/codes.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using crypto::Result;
using projections::AccountStatus;
using projections::Enterprise;

struct Options {
  ViewOptions view;
  std::string uscc;
};

Cell statusCell(Session const& session, AccountStatus status) {
  switch (status) {
    case AccountStatus::registered: return cell(session, {"随主体登记", "registered"}, "registered");
    case AccountStatus::proposed: return cell(session, {"变更待确认", "change proposed"}, "proposed");
    case AccountStatus::confirmed: return cell(session, {"变更已确认", "change confirmed"}, "confirmed");
    case AccountStatus::rejected: return cell(session, {"变更未通过", "change rejected"}, "rejected");
  }
  return cell();
}

/// None is nothing to show, and a count like any other to programs.
Cell fraudsCell(std::uint32_t count) {
  auto cell = cellOf(count);
  if (count == 0) cell.shown.clear();
  return cell;
}

Section headSection(Session const& session, Enterprise const& found, domain::Date day) {
  auto const& organisation = found.organisation;
  Section section{"enterprise",
                  {"企业", "enterprise"},
                  {{{"统一社会信用代码", "credit code"}, "uscc"},
                   {{"名称", "name"}, "name"},
                   {{"主体类型", "kind"}, "kind"},
                   {{"所在地", "region"}, "region"},
                   {{"行业", "industry"}, "industry"},
                   {{"从业人员", "staff"}, "staff"},
                   {{"营业收入", "annual revenue"}, "annualRevenueFen"},
                   {{"禁入", "banned"}, "banned"},
                   {{"查实未结的骗补", "open findings of fraud"}, "confirmedFrauds"}}};
  section.isSingle = true;
  auto const industry = [&] {
    if (!organisation.industry) return cell();
    auto const code = organisation.industry->text();
    return Cell{session.language == Language::zh
                    ? fmt::format("{} {}", code, domain::industryNameZh(*organisation.industry))
                    : std::string(code),
                boost::json::value(code)};
  };
  section.rows.push_back({cell(found.uscc.text()), cell(found.name), cellOf(session, organisation.kind),
                          organisation.region ? regionCell(session, *organisation.region) : cell(), industry(),
                          cellOf(organisation.staff), cell(organisation.annualRevenue),
                          markCell(session, organisation.isBannedOn(day)), fraudsCell(organisation.confirmedFrauds)});
  return section;
}

Section accountsSection(Session const& session, Enterprise const& found) {
  Section section{"accounts",
                  {"账户及变更", "accounts and their changes"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"日期", "date"}, "occurredOn"},
                   {{"账号", "account"}, "account"},
                   {{"户名", "name"}, "name"},
                   {{"替换", "replaces"}, "replaces"},
                   {{"状态", "status"}, "status"},
                   {{"确认日期", "decided on"}, "decidedOn"}}};
  for (auto const& entry : found.accounts) {
    section.rows.push_back({cell(entry.event), cell(entry.occurredOn), cell(entry.number.text()), cell(entry.name),
                            entry.replaces ? cell(entry.replaces->text()) : cell(), statusCell(session, entry.status),
                            cell(entry.decidedOn)});
  }
  return section;
}

Section contractsSection(Session const& session, Enterprise const& found) {
  Section section{"contracts",
                  {"合同", "contracts"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"编号", "number"}, "number"},
                   {{"签订日期", "signed on"}, "signedOn"},
                   {{"支持方式", "mode"}, "mode"},
                   {{"已入库", "enrolled"}, "enrolled"},
                   {{"已冲销", "reversed"}, "reversed"},
                   {{"不含税金额", "net"}, "netFen", Align::right}}};
  for (auto const& contract : found.contracts) {
    section.rows.push_back({cell(contract.event), cell(contract.number), cell(contract.signedOn),
                            cellOf(session, contract.mode), markCell(session, contract.enrolled),
                            markCell(session, contract.withdrawn), cell(contract.net)});
  }
  return section;
}

Section projectsSection(Session const& session, Enterprise const& found) {
  Section section{"projects",
                  {"项目", "projects"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"名称", "title"}, "title", Align::left, 40},
                   {{"支持方向", "purpose"}, "purpose"},
                   {{"支持方式", "mode"}, "mode"},
                   {{"环节", "stage"}, "stage"},
                   {{"自", "since"}, "since"},
                   {{"核定投入", "eligible cost"}, "eligibleFen", Align::right},
                   {{"测算奖补", "subsidy"}, "subsidyFen", Align::right}}};
  for (auto const& project : found.projects) {
    section.rows.push_back({cell(project.event), cell(project.title), cellOf(session, project.purpose),
                            cellOf(session, project.mode), stageCell(session, project.stage), cell(project.since),
                            cell(project.eligible), cell(project.subsidy)});
  }
  return section;
}

Section awardsSection(Session const& session, Enterprise const& found) {
  Section section{"awards",
                  {"奖补", "awards"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"文号", "number"}, "number"},
                   {{"状态", "state"}, "state"},
                   {{"核定", "awarded"}, "amountFen", Align::right},
                   {{"撤销", "withdrawn"}, "withdrawnFen", Align::right},
                   {{"已申请", "requested"}, "requestedFen", Align::right},
                   {{"已支付", "paid"}, "paidFen", Align::right},
                   {{"已追回", "recovered"}, "recoveredFen", Align::right}}};
  for (auto const& [event, number, status] : found.awards) {
    section.rows.push_back({cell(event), cell(number), awardStateCell(session, status.state), cell(status.amount),
                            cell(status.withdrawn), cell(status.requested), cell(status.paid), cell(status.recovered)});
  }
  return section;
}

Section paymentsSection(Session const& session, Enterprise const& found) {
  Section section{"payments",
                  {"拨付", "payments"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"收款账号", "account"}, "account"},
                   {{"环节", "stage"}, "stage"},
                   {{"自", "since"}, "since"},
                   {{"金额", "amount"}, "amountFen", Align::right}}};
  for (auto const& payment : found.payments) {
    section.rows.push_back({cell(payment.event), cell(payment.account.text()), stageCell(session, payment.stage),
                            cell(payment.since), cell(payment.amount)});
  }
  return section;
}

Section recoveriesSection(Session const&, Enterprise const& found) {
  Section section{"recoveries",
                  {"追回", "recoveries"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"原因", "reason"}, "reason", Align::left, 40},
                   {{"期限", "due"}, "dueOn"},
                   {{"责令追回", "ordered"}, "orderedFen", Align::right},
                   {{"已到账", "received"}, "receivedFen", Align::right},
                   {{"免予追回", "waived"}, "waivedFen", Align::right}}};
  for (auto const& recovery : found.recoveries) {
    section.rows.push_back({cell(recovery.event), cell(recovery.reason), cell(recovery.due), cell(recovery.ordered),
                            cell(recovery.received), cell(recovery.waived)});
  }
  return section;
}

Section findingsSection(Session const& session, Enterprise const& found) {
  Section section{"findings",
                  {"问题", "findings"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"说明", "description"}, "description", Align::left, 40},
                   {{"骗补情形", "fraud"}, "fraud"},
                   {{"状态", "status"}, "status"},
                   {{"整改期限", "rectify by"}, "rectifyBy"}}};
  for (auto const& finding : found.findings) {
    auto const en = projections::stageEn(finding.stage);
    section.rows.push_back({cell(finding.event), cell(finding.description), cellOf(session, finding.fraud),
                            cell(session, {projections::stageZh(finding.stage), en}, en), cell(finding.due)});
  }
  return section;
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const uscc = domain::Uscc::parse(options.uscc);
  if (!uscc) return notACreditCode(session, options.uscc);
  projections::AccountHistory history(*uscc);
  auto const snapshot = readLedger(session, options.view, [&](domain::Case const& about) { history.apply(about); });
  if (!snapshot) return snapshot.error();
  auto const found = projections::enterpriseOf(*snapshot, *uscc, history);
  if (!found) return notRegistered(session, options.uscc);
  print(session,
        {{headSection(session, *found, snapshot->day()), accountsSection(session, *found),
          contractsSection(session, *found), projectsSection(session, *found), awardsSection(session, *found),
          paymentsSection(session, *found), recoveriesSection(session, *found), findingsSection(session, *found)},
         snapshot->basis},
        options.view.format);
  return Exit::ok;
}

}  // namespace

void addEnterprise(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "enterprise", {"一家企业的合同、项目、奖补、拨付、追回、问题和账户",
                     "one enterprise: contracts, projects, awards, payments, recoveries, findings, accounts"});
  addUscc(command, options->uscc);
  addView(command, options->view);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return show(session, *options); }; });
}

}  // namespace fundtrail::api::cli
