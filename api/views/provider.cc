// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/provider.h"

#include "api/views/cells.h"
#include "api/views/reports.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
namespace schema = ledger::schema;
using projections::Provider;

Section headFields() {
  return {"provider",
          {"供给方", "provider"},
          {{{"统一社会信用代码", "credit code"}, "uscc"}, {{"名称", "name"}, "name"}, {{"主体类型", "kind"}, "kind"}},
          {},
          true};
}

Section headSection(Reader const& reader, Provider const& provider) {
  auto section = headFields();
  section.rows.push_back({cell(provider.uscc().text()), cell(*provider.name()), cellOf(reader, provider.kind())});
  return section;
}

Section listingsFields() {
  return {"listings",
          {"入库和清退", "listed and delisted"},
          {{{"事件", "event"}, "event", Align::right},
           {{"城市", "city"}, "city"},
           {{"状态", "status"}, "status"},
           {{"自", "from"}, "from"},
           {{"清退原因", "cause"}, "cause"},
           {{"说明", "reason"}, "reason", Align::left, 40}}};
}

Section listingsSection(Reader const& reader, Provider const& provider) {
  auto section = listingsFields();
  for (auto const& listing : provider.listings()) {
    bool const listed = listing.cause == schema::DelistingCause::NOT_STATED;
    section.rows.push_back(
        {cell(listing.event), regionCell(reader, listing.city),
         listed ? cell(reader, {"入库", "listed"}, "listed") : cell(reader, {"清退", "delisted"}, "delisted"),
         cell(listing.from), cellOf(reader, listing.cause), cell(listing.reason)});
  }
  return section;
}

Section productsFields() {
  return {"products",
          {"产品和目录价（不含税）", "products and their prices, net of tax"},
          {{{"事件", "event"}, "event", Align::right},
           {{"城市", "city"}, "city"},
           {{"编号", "code"}, "code"},
           {{"名称", "name"}, "name", Align::left, 32},
           {{"费用类别", "category"}, "category", Align::left, 24},
           {{"入库日期", "listed"}, "listedFrom"},
           {{"退库日期", "delisted"}, "delistedFrom"},
           {{"价格起", "priced from"}, "pricedFrom"},
           {{"目录价", "price"}, "priceFen", Align::right}}};
}

Section productsSection(Reader const& reader, Provider const& provider) {
  auto section = productsFields();
  for (auto const& product : provider.products()) {
    for (auto const& price : product.prices) {  // a row per price
      section.rows.push_back({cell(price.event), regionCell(reader, product.city), cell(product.code),
                              cell(product.name), cellOf(reader, product.category), cell(product.listedFrom),
                              cell(product.delistedFrom), cell(price.from), cell(price.price)});
    }
  }
  return section;
}

Section contractsFields() {
  return {"contracts",
          {"合同", "contracts"},
          {{{"事件", "event"}, "event", Align::right},
           {{"城市", "city"}, "city"},
           {{"企业", "enterprise"}, "enterprise"},
           {{"签订日期", "signed on"}, "signedOn"},
           {{"已冲销", "reversed"}, "reversed"},
           {{"合同总额", "total"}, "totalFen", Align::right}}};
}

Section contractsSection(Reader const& reader, Provider const& provider) {
  auto section = contractsFields();
  for (auto const& contract : provider.contracts()) {
    section.rows.push_back({cell(contract.event), regionCell(reader, contract.city), cell(contract.enterprise.text()),
                            cell(contract.signedOn), markCell(reader, contract.reversed), cell(contract.total)});
  }
  return section;
}

Section complaintsFields() {
  return {"complaints",
          {"投诉", "complaints"},
          {{{"事件", "event"}, "event", Align::right},
           {{"城市", "city"}, "city"},
           {{"受理日期", "filed on"}, "filedOn"},
           {{"事由", "subject"}, "subject", Align::left, 40},
           {{"状态", "status"}, "status"},
           {{"办结日期", "closed on"}, "closedOn"}}};
}

Section complaintsSection(Reader const& reader, Provider const& provider) {
  auto section = complaintsFields();
  for (auto const& complaint : provider.complaints()) {
    auto const status = !complaint.closedOn ? cell(reader, {"未办结", "open"}, "open")
                        : complaint.upheld  ? cell(reader, {"属实", "upheld"}, "upheld")
                                            : cell(reader, {"不属实", "not upheld"}, "notUpheld");
    section.rows.push_back({cell(complaint.event), regionCell(reader, complaint.city), cell(complaint.filedOn),
                            cell(complaint.subject), status, cell(complaint.closedOn)});
  }
  return section;
}

Section lookBacksFields() {
  return {"lookBacks",
          {"回头看", "look-backs"},
          {{{"事件", "event"}, "event", Align::right},
           {{"企业", "enterprise"}, "enterprise"},
           {{"日期", "date"}, "doneOn"},
           {{"产品持续使用", "product in use"}, "productInUse"},
           {{"服务长期到位", "service there"}, "serviceThere"},
           {{"企业反馈良好", "satisfied"}, "satisfied"}}};
}

Section lookBacksSection(Reader const& reader, Provider const& provider) {
  auto section = lookBacksFields();
  for (auto const& lookBack : provider.lookBacks()) {
    section.rows.push_back({cell(lookBack.event), cell(lookBack.enterprise.text()), cell(lookBack.doneOn),
                            cellOf(reader, lookBack.productInUse), cellOf(reader, lookBack.serviceThere),
                            cellOf(reader, lookBack.satisfied)});
  }
  return section;
}

Section penaltiesFields() {
  return {"penalties",
          {"处理处罚", "penalties"},
          {{{"事件", "event"}, "event", Align::right},
           {{"日期", "date"}, "imposedOn"},
           {{"处理措施", "measure"}, "measure", Align::left, 40},
           {{"禁入起", "banned from"}, "banFrom"},
           {{"禁入止", "banned to"}, "banTo"},
           {{"罚款", "fine"}, "fineFen", Align::right}}};
}

Section penaltiesSection(Provider const& provider) {
  auto section = penaltiesFields();
  for (auto const& penalty : provider.penalties()) {
    section.rows.push_back({cell(penalty.event), cell(penalty.imposedOn), cell(penalty.measure), cell(penalty.banFrom),
                            cell(penalty.banTo), cell(penalty.fine)});
  }
  return section;
}

}  // namespace

Shape providerShape() {
  return {headFields(),       listingsFields(),  productsFields(), contractsFields(),
          complaintsFields(), lookBacksFields(), penaltiesFields()};
}

crypto::Result<Report> providerReport(Reader const& reader, projections::Basis const& basis, Provider const& provider) {
  if (!provider.name()) return notRegistered(reader, std::string(provider.uscc().text()));
  return Report{{headSection(reader, provider), listingsSection(reader, provider), productsSection(reader, provider),
                 contractsSection(reader, provider), complaintsSection(reader, provider),
                 lookBacksSection(reader, provider), penaltiesSection(provider)},
                basis};
}

}  // namespace fundtrail::api::views
