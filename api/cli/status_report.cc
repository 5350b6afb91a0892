// SPDX-License-Identifier: Apache-2.0
#include "api/cli/status_report.h"

#include <utility>

#include <boost/json.hpp>

#include "api/cli/basis.h"
#include "api/cli/city.h"
#include "ledger/domain/codes.h"
#include "ledger/domain/money.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace json = boost::json;
namespace schema = ledger::schema;
using domain::Stage;
using ledger::projections::Amounts;
using ledger::projections::CityAllocation;

/// A figure of the allocation: its title, its name in JSON, and where it is found.
struct Figure {
  Text title;
  std::string_view name;
  domain::Fen (*of)(Amounts const&);
};

template <Stage stage>
domain::Fen standing(Amounts const& amounts) {
  return amounts.in(stage);
}

constexpr Figure kIssued{{"下达", "issued"}, "issuedFen", [](Amounts const& a) { return a.issued; }};
constexpr Figure kReceived{{"到账", "received"}, "receivedFen", [](Amounts const& a) { return a.received; }};
constexpr Figure kAwaited{{"未到账", "not received"}, "notReceivedFen", standing<Stage::issued>};
constexpr Figure kAvailable{{"可用", "available"}, "availableFen", standing<Stage::available>};
constexpr Figure kReserved{{"已核定待拨付", "reserved"}, "reservedFen", standing<Stage::reserved>};
constexpr Figure kInFlight{{"支付在途", "in flight"}, "inFlightFen", standing<Stage::inFlight>};
constexpr Figure kPaid{{"已支付（净额）", "paid (net)"}, "paidFen", standing<Stage::paid>};
constexpr Figure kRecovered{{"累计追回", "recovered"}, "recoveredFen", [](Amounts const& a) { return a.recovered; }};
constexpr Figure kReturned{{"已缴回国库", "returned"}, "returnedToTreasuryFen", standing<Stage::returnedToTreasury>};
constexpr Figure kRecalled{{"已收回", "recalled"}, "recalledFen", standing<Stage::recalled>};
constexpr Figure kHeld{{"合计", "sum"}, "sumFen", [](Amounts const& a) { return a.held(); }};

// What stands where adds up to what was issued; received and recovered are flows and stand beside.
constexpr Figure kOfCities[] = {kIssued, kReceived, kAvailable, kReserved, kInFlight, kPaid, kRecovered, kReturned};
constexpr Figure kOfPockets[] = {kAwaited, kAvailable, kReserved, kInFlight, kPaid, kReturned, kRecalled, kHeld};
constexpr Figure kAll[] = {kIssued,   kReceived, kAwaited,  kAvailable, kReserved,
                           kInFlight, kPaid,     kReturned, kRecalled,  kRecovered};

void addColumns(Session const& session, Table& table, std::span<Figure const> figures) {
  for (auto const& figure : figures) table.columns.push_back({session.text(figure.title), Align::right});
}

void addFigures(std::vector<std::string>& row, std::span<Figure const> figures, Amounts const& amounts) {
  for (auto const& figure : figures) row.push_back(domain::formatYuan(figure.of(amounts)));
}

std::string countyName(Session const& session, std::uint32_t county) {
  auto const code = domain::CityCode::fromNumber(county);
  return county == 0 || !code ? session.text({"市本级", "the city"}) : cityName(session, *code);
}

json::object figuresOf(Amounts const& amounts, std::span<Figure const> figures = kAll) {
  json::object object;
  for (auto const& figure : figures) object[figure.name] = std::to_string(figure.of(amounts).count());
  return object;
}

json::object jsonOf(ledger::projections::TrancheAllocation const& tranche) {
  json::array pockets;
  for (auto const& pocket : tranche.pockets) {
    json::object object{{"purpose", schema::enumerantName(pocket.pocket.purpose)}, {"county", pocket.pocket.county}};
    object["amounts"] =
        figuresOf(pocket.amounts, kOfPockets);  // what is issued and received belongs to the whole tranche
    pockets.push_back(std::move(object));
  }
  return {{"event", tranche.event.value()},
          {"hash", tranche.ref.text()},
          {"number", tranche.number},
          {"level", schema::enumerantName(tranche.level)},
          {"kind", schema::enumerantName(tranche.kind)},
          {"year", tranche.year},
          {"amounts", figuresOf(tranche.total())},
          {"pockets", std::move(pockets)}};
}

json::object jsonOf(ledger::projections::PublishedList const& list) {
  return {{"event", list.event.value()},
          {"hash", list.ref.text()},
          {"title", list.title},
          {"opensOn", list.opensOn.text()},
          {"closesOn", list.closesOn.text()},
          {"projects", list.count},
          {"totalFen", std::to_string(list.total.count())},
          {"closed", list.closed}};
}

json::object jsonOf(CityAllocation const& city, Counts const& counts) {
  json::array tranches;
  for (auto const& tranche : city.tranches) tranches.push_back(jsonOf(tranche));
  json::array published;
  for (auto const& list : city.published) published.push_back(jsonOf(list));
  return {{"city", city.city.number()},
          {"nameZh", domain::cityNameZh(city.city)},
          {"nameEn", domain::cityNameEn(city.city)},
          {"minEnterprises", city.minEnterprises},
          {"projectsEnrolled", city.projectsEnrolled},
          {"projectsAwarded", counts.awarded},
          {"enterprisesPaid", city.enterprisesPaid()},
          {"enterprisesCounted", counts.counted},
          {"amounts", figuresOf(city.total())},
          {"tranches", std::move(tranches)},
          {"published", std::move(published)}};
}

}  // namespace

Table cityTable(Session const& session, ledger::projections::Allocation const& allocation) {
  Table table{{{session.text({"城市", "city"})}}, {}};
  addColumns(session, table, kOfCities);
  auto const add = [&table](std::string name, Amounts const& amounts) {
    table.rows.push_back({std::move(name)});
    addFigures(table.rows.back(), kOfCities, amounts);
  };
  for (auto const& city : allocation.cities()) add(cityName(session, city.city), city.total());
  add(session.text({"合计", "total"}), allocation.total());
  return table;
}

Table pocketTable(Session const& session, CityAllocation const& city) {
  Table table{{{session.text({"资金批次", "tranche"})},
               {session.text({"年度", "year"}), Align::right},
               {session.text({"支持方向", "purpose"})},
               {session.text({"区县", "held by"})}},
              {}};
  addColumns(session, table, kOfPockets);
  for (auto const& tranche : city.tranches) {
    for (auto const& [pocket, amounts] : tranche.pockets) {
      table.rows.push_back({tranche.number, std::to_string(tranche.year),
                            std::string(schema::enumerantTitle(pocket.purpose, session.language)),
                            countyName(session, pocket.county)});
      addFigures(table.rows.back(), kOfPockets, amounts);
    }
  }
  table.rows.push_back({session.text({"合计", "total"}), "", "", ""});
  addFigures(table.rows.back(), kOfPockets, city.total());
  return table;
}

Table publishedTable(Session const& session, std::span<CityAllocation const> cities) {
  Table table{{{session.text({"城市", "city"})},
               {session.text({"公示起", "opens"})},
               {session.text({"公示止", "closes"})},
               {session.text({"项目数", "projects"}), Align::right},
               {session.text({"金额", "amount"}), Align::right},
               {session.text({"事件", "event"}), Align::right},
               {session.text({"公示名称", "title"})}},
              {}};
  for (auto const& city : cities) {
    for (auto const& list : city.published) {
      table.rows.push_back({cityName(session, city.city), list.opensOn.text(), list.closesOn.text(),
                            std::to_string(list.count), domain::formatYuan(list.total), list.event.text(), list.title});
    }
  }
  return table;
}

void printJson(std::ostream& out, std::span<CityAllocation const> cities, CountsOfCities const& counts,
               ledger::projections::Basis const& basis, std::string_view kind) {
  json::array list;
  Amounts total;
  for (auto const& city : cities) {
    auto const at = counts.find(city.city);
    list.push_back(jsonOf(city, at == counts.end() ? Counts{} : at->second));
    total += city.total();
  }
  out << json::serialize(json::object{{"basis", jsonOf(basis)},
                                      {"kind", kind.empty() ? json::value(nullptr) : json::value(kind)},
                                      {"cities", std::move(list)},
                                      {"total", figuresOf(total)}})
      << '\n';
}

}  // namespace fundtrail::api::cli
