// SPDX-License-Identifier: Apache-2.0
#include "api/views/status.h"

#include <cstddef>
#include <map>
#include <span>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include "api/views/basis.h"
#include "api/views/city.h"
#include "ledger/domain/codes.h"
#include "ledger/domain/money.h"
#include "ledger/projections/progress.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace json = boost::json;
namespace projections = ledger::projections;
namespace schema = ledger::schema;
using domain::Stage;
using ledger::projections::Amounts;
using ledger::projections::CityAllocation;

/// How far projects and enterprises of a city are.
struct Counts {
  std::size_t awarded = 0;  // projects
  std::size_t counted = 0;  // enterprises, towards the target
};
using CountsOfCities = std::map<domain::CityCode, Counts>;

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

void addColumns(Reader const& reader, Table& table, std::span<Figure const> figures) {
  for (auto const& figure : figures) table.columns.push_back({reader.text(figure.title), Align::right});
}

void addFigures(std::vector<std::string>& row, std::span<Figure const> figures, Amounts const& amounts) {
  for (auto const& figure : figures) row.push_back(domain::formatYuan(figure.of(amounts)));
}

std::string countyName(Reader const& reader, std::uint32_t county) {
  auto const code = domain::CityCode::fromNumber(county);
  return county == 0 || !code ? reader.text({"市本级", "the city"}) : cityName(reader, *code);
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

Table cityTable(Reader const& reader, projections::Allocation const& allocation) {
  Table table{{{reader.text({"城市", "city"})}}, {}};
  addColumns(reader, table, kOfCities);
  auto const add = [&table](std::string name, Amounts const& amounts) {
    table.rows.push_back({std::move(name)});
    addFigures(table.rows.back(), kOfCities, amounts);
  };
  for (auto const& city : allocation.cities()) add(cityName(reader, city.city), city.total());
  add(reader.text({"合计", "total"}), allocation.total());
  return table;
}

Table pocketTable(Reader const& reader, CityAllocation const& city) {
  Table table{{{reader.text({"资金批次", "tranche"})},
               {reader.text({"年度", "year"}), Align::right},
               {reader.text({"支持方向", "purpose"})},
               {reader.text({"区县", "held by"})}},
              {}};
  addColumns(reader, table, kOfPockets);
  for (auto const& tranche : city.tranches) {
    for (auto const& [pocket, amounts] : tranche.pockets) {
      table.rows.push_back({tranche.number, std::to_string(tranche.year),
                            std::string(schema::enumerantTitle(pocket.purpose, reader.language)),
                            countyName(reader, pocket.county)});
      addFigures(table.rows.back(), kOfPockets, amounts);
    }
  }
  table.rows.push_back({reader.text({"合计", "total"}), "", "", ""});
  addFigures(table.rows.back(), kOfPockets, city.total());
  return table;
}

Table publishedTable(Reader const& reader, std::span<CityAllocation const> cities) {
  Table table{{{reader.text({"城市", "city"})},
               {reader.text({"公示起", "opens"})},
               {reader.text({"公示止", "closes"})},
               {reader.text({"项目数", "projects"}), Align::right},
               {reader.text({"金额", "amount"}), Align::right},
               {reader.text({"事件", "event"}), Align::right},
               {reader.text({"公示名称", "title"})}},
              {}};
  for (auto const& city : cities) {
    for (auto const& list : city.published) {
      table.rows.push_back({cityName(reader, city.city), list.opensOn.text(), list.closesOn.text(),
                            std::to_string(list.count), domain::formatYuan(list.total), list.event.text(), list.title});
    }
  }
  return table;
}

Counts countsIn(CountsOfCities const& counts, domain::CityCode city) {
  auto const at = counts.find(city);
  return at == counts.end() ? Counts{} : at->second;
}

void printJson(std::ostream& out, std::span<CityAllocation const> cities, CountsOfCities const& counts,
               projections::Basis const& basis, std::optional<schema::TrancheKind> kind) {
  json::array list;
  Amounts total;
  for (auto const& city : cities) {
    list.push_back(jsonOf(city, countsIn(counts, city.city)));
    total += city.total();
  }
  out << json::serialize(json::object{{"basis", views::jsonOf(basis)},
                                      {"kind", kind ? json::value(schema::enumerantName(*kind)) : json::value(nullptr)},
                                      {"cities", std::move(list)},
                                      {"total", figuresOf(total)}})
      << '\n';
}

void printPublished(std::ostream& out, Reader const& reader, std::span<CityAllocation const> cities) {
  auto const table = publishedTable(reader, cities);
  if (table.rows.empty()) return;
  out << '\n' << reader.text({"已公示的奖补名单", "published award lists"}) << '\n';
  table.printAligned(out);
}

void printCounts(std::ostream& out, Reader const& reader, CityAllocation const& city, Counts const& counts) {
  out << reader.text({"项目入库 {}，已核定 {}；已获支付企业 {}；计入改造家数 {}，最低 {}\n",
                      "projects enrolled {}, awarded {}; enterprises paid {}; enterprises counted as reformed "
                      "{} of at least {}\n"},
                     city.projectsEnrolled, counts.awarded, city.enterprisesPaid(), counts.counted,
                     city.minEnterprises);
}

CountsOfCities countsOf(projections::Snapshot const& snapshot, projections::Allocation const& allocation) {
  CountsOfCities counts;
  for (auto const& city : projections::progressOf(snapshot, allocation)) {
    counts.emplace(city.city, Counts{city.awarded, city.counted});
  }
  return counts;
}

/// The tranches and cities that were asked for.
struct Scoped {
  Scoped(projections::Allocation const& everything, StatusScope const& scope)
      : allocation(scope.kind ? everything.ofKind(*scope.kind) : everything),
        cities(scope.city ? std::span(allocation.find(*scope.city), 1) : allocation.cities()) {}
  projections::Allocation allocation;
  std::span<CityAllocation const> cities;
};

/// With a last row that sums up.
Table mainTable(Reader const& reader, Scoped const& scoped, StatusScope const& scope) {
  return scope.city ? pocketTable(reader, scoped.cities.front()) : cityTable(reader, scoped.allocation);
}

/// Without the sum, which is no city: programs that add up a column would count it too.
Table tableOfRecords(Reader const& reader, Scoped const& scoped, StatusScope const& scope,
                     projections::Basis const& basis) {
  auto table = mainTable(reader, scoped, scope);
  table.rows.pop_back();
  addBasis(reader, table, basis);
  return table;
}

}  // namespace

void printStatus(std::ostream& out, Reader const& reader, projections::Snapshot const& snapshot,
                 projections::Allocation const& allocation, StatusScope const& scope, Format format) {
  Scoped const scoped(allocation, scope);
  if (format == Format::csv) return tableOfRecords(reader, scoped, scope, snapshot.basis).printCsv(out);
  auto const counts = countsOf(snapshot, allocation);
  if (format == Format::json) return printJson(out, scoped.cities, counts, snapshot.basis, scope.kind);
  mainTable(reader, scoped, scope).printAligned(out);
  if (scope.city) printCounts(out, reader, scoped.cities.front(), countsIn(counts, *scope.city));
  printPublished(out, reader, scoped.cities);
  out << '\n'
      << reader.text(
             {"金额单位：元；已支付为净额，已扣除累计追回\n", "amounts in yuan; paid is net of what was recovered\n"})
      << basisLine(reader, snapshot.basis) << '\n';
}

std::vector<NamedTable> statusTables(Reader const& reader, projections::Snapshot const& snapshot,
                                     projections::Allocation const& allocation, StatusScope const& scope) {
  Scoped const scoped(allocation, scope);
  auto published = publishedTable(reader, scoped.cities);
  addBasis(reader, published, snapshot.basis);
  return {{reader.text({"资金状况", "status"}), tableOfRecords(reader, scoped, scope, snapshot.basis)},
          {reader.text({"已公示的奖补名单", "published award lists"}), std::move(published)}};
}

}  // namespace fundtrail::api::views
