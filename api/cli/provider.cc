// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/provider.h"

#include <memory>

#include "api/cli/commands.h"
#include "api/cli/view.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
namespace schema = ledger::schema;
using crypto::Result;
using projections::Provider;

struct Options {
  ViewOptions view;
  std::string uscc;
};

Section headSection(Session const& session, Provider const& provider) {
  Section section{
      "provider",
      {"供给方", "provider"},
      {{{"统一社会信用代码", "credit code"}, "uscc"}, {{"名称", "name"}, "name"}, {{"主体类型", "kind"}, "kind"}}};
  section.isSingle = true;
  section.rows.push_back({cell(provider.uscc().text()), cell(*provider.name()), cellOf(session, provider.kind())});
  return section;
}

Section listingsSection(Session const& session, Provider const& provider) {
  Section section{"listings",
                  {"入库和清退", "listed and delisted"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"城市", "city"}, "city"},
                   {{"状态", "status"}, "status"},
                   {{"自", "from"}, "from"},
                   {{"清退原因", "cause"}, "cause"},
                   {{"说明", "reason"}, "reason", Align::left, 40}}};
  for (auto const& listing : provider.listings()) {
    bool const listed = listing.cause == schema::DelistingCause::NOT_STATED;
    section.rows.push_back(
        {cell(listing.event), regionCell(session, listing.city),
         listed ? cell(session, {"入库", "listed"}, "listed") : cell(session, {"清退", "delisted"}, "delisted"),
         cell(listing.from), cellOf(session, listing.cause), cell(listing.reason)});
  }
  return section;
}

Section productsSection(Session const& session, Provider const& provider) {
  Section section{"products",
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
  for (auto const& product : provider.products()) {
    for (auto const& price : product.prices) {  // a row per price
      section.rows.push_back({cell(price.event), regionCell(session, product.city), cell(product.code),
                              cell(product.name), cellOf(session, product.category), cell(product.listedFrom),
                              cell(product.delistedFrom), cell(price.from), cell(price.price)});
    }
  }
  return section;
}

Section contractsSection(Session const& session, Provider const& provider) {
  Section section{"contracts",
                  {"合同", "contracts"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"城市", "city"}, "city"},
                   {{"企业", "enterprise"}, "enterprise"},
                   {{"签订日期", "signed on"}, "signedOn"},
                   {{"已冲销", "reversed"}, "reversed"},
                   {{"合同总额", "total"}, "totalFen", Align::right}}};
  for (auto const& contract : provider.contracts()) {
    section.rows.push_back({cell(contract.event), regionCell(session, contract.city), cell(contract.enterprise.text()),
                            cell(contract.signedOn), markCell(session, contract.reversed), cell(contract.total)});
  }
  return section;
}

Section complaintsSection(Session const& session, Provider const& provider) {
  Section section{"complaints",
                  {"投诉", "complaints"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"城市", "city"}, "city"},
                   {{"受理日期", "filed on"}, "filedOn"},
                   {{"事由", "subject"}, "subject", Align::left, 40},
                   {{"状态", "status"}, "status"},
                   {{"办结日期", "closed on"}, "closedOn"}}};
  for (auto const& complaint : provider.complaints()) {
    auto const status = !complaint.closedOn ? cell(session, {"未办结", "open"}, "open")
                        : complaint.upheld  ? cell(session, {"属实", "upheld"}, "upheld")
                                            : cell(session, {"不属实", "not upheld"}, "notUpheld");
    section.rows.push_back({cell(complaint.event), regionCell(session, complaint.city), cell(complaint.filedOn),
                            cell(complaint.subject), status, cell(complaint.closedOn)});
  }
  return section;
}

Section lookBacksSection(Session const& session, Provider const& provider) {
  Section section{"lookBacks",
                  {"回头看", "look-backs"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"企业", "enterprise"}, "enterprise"},
                   {{"日期", "date"}, "doneOn"},
                   {{"产品持续使用", "product in use"}, "productInUse"},
                   {{"服务长期到位", "service there"}, "serviceThere"},
                   {{"企业反馈良好", "satisfied"}, "satisfied"}}};
  for (auto const& lookBack : provider.lookBacks()) {
    section.rows.push_back({cell(lookBack.event), cell(lookBack.enterprise.text()), cell(lookBack.doneOn),
                            cellOf(session, lookBack.productInUse), cellOf(session, lookBack.serviceThere),
                            cellOf(session, lookBack.satisfied)});
  }
  return section;
}

Section penaltiesSection(Provider const& provider) {
  Section section{"penalties",
                  {"处理处罚", "penalties"},
                  {{{"事件", "event"}, "event", Align::right},
                   {{"日期", "date"}, "imposedOn"},
                   {{"处理措施", "measure"}, "measure", Align::left, 40},
                   {{"禁入起", "banned from"}, "banFrom"},
                   {{"禁入止", "banned to"}, "banTo"},
                   {{"罚款", "fine"}, "fineFen", Align::right}}};
  for (auto const& penalty : provider.penalties()) {
    section.rows.push_back({cell(penalty.event), cell(penalty.imposedOn), cell(penalty.measure), cell(penalty.banFrom),
                            cell(penalty.banTo), cell(penalty.fine)});
  }
  return section;
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const uscc = domain::Uscc::parse(options.uscc);
  if (!uscc) return notACreditCode(session, options.uscc);
  Provider provider(*uscc);
  auto const snapshot = readLedger(session, options.view, [&](domain::Case const& about) { provider.apply(about); });
  if (!snapshot) return snapshot.error();
  if (!provider.name()) return notRegistered(session, options.uscc);
  print(session,
        {{headSection(session, provider), listingsSection(session, provider), productsSection(session, provider),
          contractsSection(session, provider), complaintsSection(session, provider),
          lookBacksSection(session, provider), penaltiesSection(provider)},
         snapshot->basis},
        options.view.format);
  return Exit::ok;
}

}  // namespace

void addProvider(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "provider", {"一家供给方的入库清退、产品价格、合同、投诉、回头看和处罚",
                   "one provider: listings, products and prices, contracts, complaints, look-backs, penalties"});
  addUscc(command, options->uscc);
  addView(command, options->view);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return show(session, *options); }; });
}

}  // namespace fundtrail::api::cli
