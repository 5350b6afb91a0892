// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "api/cli/basis.h"
#include "api/cli/city.h"
#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/status_report.h"
#include "ledger/projections/allocation.h"
#include "ledger/projections/progress.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using crypto::Result;
using ledger::projections::CityAllocation;

struct Options {
  std::filesystem::path ledger;
  std::string city;
  AsOfOptions asOf;
  std::string kind;  // of tranches; empty: all
  std::string format;
};

std::map<std::string, ledger::schema::TrancheKind> const kKinds{
    {"prepayment", ledger::schema::TrancheKind::PREPAYMENT},
    {"finalSettlement", ledger::schema::TrancheKind::FINAL_SETTLEMENT},
    {"contribution", ledger::schema::TrancheKind::CONTRIBUTION}};

void print(Session const& session, Table table, ledger::projections::Basis const& basis, std::string const& format) {
  if (format == "csv") {
    table.rows.pop_back();  // the sum is no city: programs that add up a column would count it too
    addBasis(session, table, basis);
    table.printCsv(session.out);
  } else {
    table.printAligned(session.out);
  }
}

void printPublished(Session const& session, std::span<CityAllocation const> cities) {
  auto const table = publishedTable(session, cities);
  if (table.rows.empty()) return;
  session.out << '\n' << session.text({"已公示的奖补名单", "published award lists"}) << '\n';
  table.printAligned(session.out);
}

void printCounts(Session const& session, CityAllocation const& city, Counts const& counts) {
  session.out << session.text({"项目入库 {}，已核定 {}；已获支付企业 {}；计入改造家数 {}，最低 {}\n",
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

Result<Exit> status(Session const& session, Options const& options) {
  auto const log = LedgerDirectory(options.ledger).openForReading(session);
  if (!log) return log.error();
  projections::Allocation everything;
  auto const snapshot = projections::read(**log, asOf(options.asOf),
                                          [&everything](domain::Case const& about) { everything.apply(about); });
  if (!snapshot) return snapshot.error();
  auto const& basis = snapshot->basis;
  auto const counts = countsOf(*snapshot, everything);
  auto const allocation = options.kind.empty() ? everything : everything.ofKind(kKinds.at(options.kind));

  auto cities = allocation.cities();
  if (!options.city.empty()) {
    std::vector<domain::CityCode> known;
    for (auto const& city : cities) known.push_back(city.city);
    auto const found = cityNamed(session, known, options.city);
    if (!found) return found.error();
    cities = {allocation.find(*found), 1};
  }
  if (options.format == "json") {
    printJson(session.out, cities, counts, basis, options.kind);
    return Exit::ok;
  }
  bool const one = !options.city.empty();
  print(session, one ? pocketTable(session, cities.front()) : cityTable(session, allocation), basis, options.format);
  if (options.format == "csv") return Exit::ok;
  if (one) {
    auto const at = counts.find(cities.front().city);
    printCounts(session, cities.front(), at == counts.end() ? Counts{} : at->second);
  }
  printPublished(session, cities);
  session.out << '\n'
              << session.text({"金额单位：元；已支付为净额，已扣除累计追回\n",
                               "amounts in yuan; paid is net of what was recovered\n"})
              << basisLine(session, basis) << '\n';
  return Exit::ok;
}

}  // namespace

void addStatus(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "status", {"各市资金状况和已公示名单", "where each city's money stands, and the published lists"});
  addLedger(command, options->ledger);
  addCity(command, options->city,
          {"只看一市：代码或名称，按资金批次、方向、区县列出",
           "one city, by code or name: by tranche, purpose and county"});
  addAsOf(command, options->asOf);
  command
      .option("--kind", options->kind,
              {"只看一种资金：prepayment 预拨，finalSettlement 清算，contribution 配套",
               "the tranches of one kind: prepayment, finalSettlement or contribution"})
      .oneOf({"prepayment", "finalSettlement", "contribution"});
  addFormat(command, options->format, {"table", "json", "csv"});
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return status(session, *options); }; });
}

}  // namespace fundtrail::api::cli
