// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <memory>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/status_report.h"
#include "ledger/domain/codes.h"
#include "ledger/projections/allocation.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
using crypto::ErrorKind;
using crypto::Result;
using ledger::projections::CityAllocation;

struct Options {
  std::filesystem::path ledger;
  std::string city;
  std::optional<std::uint64_t> asOf;
  std::string format;
};

bool equalIgnoringCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// Whether the text is the city's code or its name: "441900", "东莞市", "东莞", "Dongguan".
bool names(std::string_view text, domain::CityCode city) {
  constexpr std::string_view kRank = "市";
  auto name = domain::cityNameZh(city);
  if (text == city.text() || text == name || equalIgnoringCase(text, domain::cityNameEn(city))) return true;
  if (name.ends_with(kRank)) name.remove_suffix(kRank.size());
  return text == name;
}

Result<CityAllocation const*> findCity(Session const& session, ledger::projections::Allocation const& allocation,
                                       std::string const& text) {
  auto const at = std::ranges::find_if(allocation.cities(), [&](auto const& city) { return names(text, city.city); });
  if (at != allocation.cities().end()) return &*at;
  std::string known;
  for (auto const& city : allocation.cities()) {
    if (!known.empty()) known += ' ';
    known += session.language == Language::zh ? domain::cityNameZh(city.city) : domain::cityNameEn(city.city);
  }
  return session.error(ErrorKind::notFound,
                       {"账本此时没有城市“{}”，现有：{}", "the ledger has no city {} at that position; it has: {}"},
                       text, known.empty() ? session.text({"（无）", "(none)"}) : known);
}

void print(Session const& session, Table table, ledger::projections::Basis const& basis, std::string const& format) {
  if (format == "csv") {
    addBasis(table, basis);
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

void printCounts(Session const& session, CityAllocation const& city) {
  session.out << session.text({"项目入库 {}，已核定 {}，已获支付企业 {}，最低改造家数 {}\n",
                               "projects enrolled {}, awarded {}; enterprises paid {} of at least {}\n"},
                              city.projectsEnrolled, city.projectsAwarded, city.enterprisesPaid(), city.minEnterprises);
}

Result<Exit> status(Session const& session, Options const& options) {
  auto const log = LedgerDirectory(options.ledger).openForReading(session);
  if (!log) return log.error();
  auto const asOf = options.asOf ? std::optional(domain::EventNumber(*options.asOf)) : std::nullopt;
  auto const projected = ledger::projections::project(**log, asOf);
  if (!projected) return projected.error();
  auto const& [allocation, basis] = *projected;

  auto cities = allocation.cities();
  if (!options.city.empty()) {
    auto const found = findCity(session, allocation, options.city);
    if (!found) return found.error();
    cities = {*found, 1};
  }
  if (options.format == "json") {
    printJson(session.out, cities, basis);
    return Exit::ok;
  }
  bool const one = !options.city.empty();
  print(session, one ? pocketTable(session, cities.front()) : cityTable(session, allocation), basis, options.format);
  if (options.format == "csv") return Exit::ok;
  if (one) printCounts(session, cities.front());
  printPublished(session, cities);
  session.out << '\n' << session.text({"金额单位：元\n", "amounts in yuan\n"}) << basisLine(session, basis) << '\n';
  return Exit::ok;
}

}  // namespace

void addStatus(CLI::App& program, Language language, Command& chosen) {
  auto options = std::make_shared<Options>();
  auto& command = addCommand(program, "status", language,
                             {"各市资金状况和已公示名单", "where each city's money stands, and the published lists"});
  addLedger(command, language, options->ledger);
  command
      .add_option("--city", options->city,
                  describe(language, {"只看一市：代码或名称，按资金批次、方向、区县列出",
                                      "one city, by code or name: by tranche, purpose and county"}))
      ->type_name("CITY");
  command
      .add_option("--as-of", options->asOf,
                  describe(language, {"前 N 个事件之后（即事件 N-1 之后）的状况",
                                      "as it stood after the first N events, 0 to N-1"}))
      ->check(wholeNumber(language))
      ->type_name("N");
  addFormat(command, language, options->format, {"table", "json", "csv"});
  command.callback(
      [options, &chosen] { chosen = [options](Session const& session) { return status(session, *options); }; });
}

}  // namespace fundtrail::api::cli
