// SPDX-License-Identifier: Apache-2.0
// What there is of one kind: projects, organisations, products, findings, tranches.

#include "api/views/cells.h"
#include "api/views/reports.h"
#include "ledger/domain/codes.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using domain::Stage;

Section projectsFields() {
  return {"projects",
          {"项目", "projects"},
          {{{"项目", "project"}, "event", Align::right},
           {{"名称", "title"}, "title", Align::left, 40},
           {{"城市", "city"}, "city"},
           {{"企业", "enterprise"}, "enterprise"},
           {{"企业名称", "enterprise name"}, "enterpriseName", Align::left, 34},
           {{"支持方向", "purpose"}, "purpose"},
           {{"支持方式", "mode"}, "mode"},
           {{"环节", "stage"}, "stage"},
           {{"自", "since"}, "since"},
           {{"核定投入", "eligible cost"}, "eligibleFen", Align::right},
           {{"测算奖补", "subsidy proposed"}, "subsidyFen", Align::right}}};
}

Section organisationsFields() {
  return {"organisations",
          {"主体", "organisations"},
          {{{"统一社会信用代码", "credit code"}, "uscc"},
           {{"名称", "name"}, "name", Align::left, 40},
           {{"主体类型", "kind"}, "kind"},
           {{"所在地", "region"}, "region"},
           {{"行业", "industry"}, "industry"},
           {{"禁入", "banned"}, "banned"}}};
}

Section productsFields() {
  return {"products",
          {"产品和目录价（不含税）", "products and their prices, net of tax"},
          {{{"城市", "city"}, "city"},
           {{"编号", "code"}, "code"},
           {{"供给方", "provider"}, "provider"},
           {{"供给方名称", "provider name"}, "providerName", Align::left, 34},
           {{"费用类别", "category"}, "category", Align::left, 24},
           {{"入库日期", "listed"}, "listedFrom"},
           {{"退库日期", "delisted"}, "delistedFrom"},
           {{"价格起", "priced from"}, "pricedFrom"},
           {{"目录价", "price"}, "priceFen", Align::right}}};
}

Section findingsFields() {
  return {"findings",
          {"问题", "findings"},
          {{{"事件", "event"}, "event", Align::right},
           {{"地区", "region"}, "region"},
           {{"提出日期", "raised on"}, "raisedOn"},
           {{"说明", "description"}, "description", Align::left, 40},
           {{"骗补情形", "fraud"}, "fraud"},
           {{"状态", "status"}, "status"},
           {{"整改期限", "rectify by"}, "rectifyBy"},
           {{"项目", "project"}, "project", Align::right},
           {{"涉及主体", "subjects"}, "subjects"}}};
}

Section tranchesFields() {
  return {"tranches",
          {"资金批次", "tranches"},
          {{{"事件", "event"}, "event", Align::right},
           {{"指标文号", "number"}, "number"},
           {{"城市", "city"}, "city"},
           {{"政府层级", "level"}, "level"},
           {{"资金性质", "kind"}, "kind"},
           {{"年度", "year"}, "year", Align::right},
           {{"下达", "issued"}, "issuedFen", Align::right},
           {{"到账", "received"}, "receivedFen", Align::right},
           {{"可用", "available"}, "availableFen", Align::right},
           {{"已核定待拨付", "reserved"}, "reservedFen", Align::right},
           {{"支付在途", "in flight"}, "inFlightFen", Align::right},
           {{"已支付（净额）", "paid (net)"}, "paidFen", Align::right},
           {{"累计追回", "recovered"}, "recoveredFen", Align::right},
           {{"已缴回国库", "returned"}, "returnedToTreasuryFen", Align::right},
           {{"已收回", "recalled"}, "recalledFen", Align::right}}};
}

Cell subjectsCell(domain::Finding const& finding) {
  Cell cell{{}, boost::json::array()};
  for (auto const& subject : finding.subjects) {
    cell.shown += (cell.shown.empty() ? "" : " ") + std::string(subject.text());
    cell.value.as_array().push_back(boost::json::value(subject.text()));
  }
  return cell;
}

}  // namespace

Shape projectsShape() {
  return {projectsFields()};
}

Report projectsReport(Reader const& reader, projections::Snapshot const& snapshot,
                      std::function<bool(domain::Project const&)> const& wanted) {
  auto section = projectsFields();
  snapshot.state.projects.visit([&](domain::EventRef const& ref, domain::Project const& project) {
    auto const* const record = snapshot.particulars.find(ref);
    if (!record || !wanted(project)) return;
    auto const since = project.steps.empty() ? record->occurredOn : project.steps.back().occurredOn;
    section.rows.push_back(
        {cell(record->event), cell(record->name), regionCell(reader, project.city), cell(project.enterprise.text()),
         cell(snapshot.particulars.organisationName(project.enterprise)), cellOf(reader, project.purpose),
         cellOf(reader, project.mode), stageCell(reader, project.stage), cell(since), cell(project.eligible),
         cell(project.subsidy)});
  });
  return {{std::move(section)}, snapshot.basis};
}

Shape organisationsShape() {
  return {organisationsFields()};
}

Report organisationsReport(Reader const& reader, projections::Snapshot const& snapshot,
                           std::function<bool(domain::Uscc const&, domain::Organisation const&)> const& wanted) {
  auto section = organisationsFields();
  auto const day = snapshot.day();
  snapshot.state.organisations.visit([&](domain::Uscc const& uscc, domain::Organisation const& organisation) {
    if (!wanted(uscc, organisation)) return;
    section.rows.push_back({cell(uscc.text()), cell(snapshot.particulars.organisationName(uscc)),
                            cellOf(reader, organisation.kind),
                            organisation.region ? regionCell(reader, *organisation.region) : cell(),
                            organisation.industry ? cell(organisation.industry->text()) : cell(),
                            markCell(reader, organisation.isBannedOn(day))});
  });
  return {{std::move(section)}, snapshot.basis};
}

Shape productsShape() {
  return {productsFields()};
}

Report productsReport(Reader const& reader, projections::Snapshot const& snapshot,
                      std::function<bool(domain::ProductKey const&, domain::Product const&)> const& wanted) {
  auto section = productsFields();
  snapshot.state.products.visit([&](domain::ProductKey const& key, domain::Product const& product) {
    if (!wanted(key, product)) return;
    section.rows.push_back({regionCell(reader, key.city), cell(key.code), cell(product.provider.text()),
                            cell(snapshot.particulars.organisationName(product.provider)),
                            cellOf(reader, product.category), cell(product.listedFrom), cell(product.delistedFrom),
                            cell(product.pricedFrom), cell(product.price)});
  });
  return {{std::move(section)}, snapshot.basis};
}

Shape findingsShape() {
  return {findingsFields()};
}

Report findingsReport(Reader const& reader, projections::Snapshot const& snapshot,
                      std::function<bool(domain::Finding const&)> const& wanted) {
  auto section = findingsFields();
  snapshot.state.findings.visit([&](domain::EventRef const& ref, domain::Finding const& finding) {
    auto const* const record = snapshot.particulars.find(ref);
    if (!record || !wanted(finding)) return;
    auto const* const project = finding.project ? snapshot.particulars.find(*finding.project) : nullptr;
    auto const en = projections::stageEn(finding.stage);
    section.rows.push_back({cell(record->event), regionCell(reader, finding.region), cell(finding.raisedOn),
                            cell(record->name), cellOf(reader, finding.fraud),
                            cell(reader, {projections::stageZh(finding.stage), en}, en), cell(record->due),
                            project ? cell(project->event) : cell(), subjectsCell(finding)});
  });
  return {{std::move(section)}, snapshot.basis};
}

Shape tranchesShape() {
  return {tranchesFields()};
}

Report tranchesReport(Reader const& reader, projections::Basis const& basis,
                      std::span<projections::CityAllocation const> cities) {
  auto section = tranchesFields();
  for (auto const& city : cities) {
    for (auto const& tranche : city.tranches) {
      auto const amounts = tranche.total();
      section.rows.push_back({cell(tranche.event), cell(tranche.number), regionCell(reader, city.city),
                              cellOf(reader, tranche.level), cellOf(reader, tranche.kind), cellOf(tranche.year),
                              cell(amounts.issued), cell(amounts.received), cell(amounts.in(Stage::available)),
                              cell(amounts.in(Stage::reserved)), cell(amounts.in(Stage::inFlight)),
                              cell(amounts.in(Stage::paid)), cell(amounts.recovered),
                              cell(amounts.in(Stage::returnedToTreasury)), cell(amounts.in(Stage::recalled))});
    }
  }
  return {{std::move(section)}, basis};
}

}  // namespace fundtrail::api::views
