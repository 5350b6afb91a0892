// SPDX-License-Identifier: Apache-2.0
#include "api/views/status.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "api/cli/commands.h"
#include "api/cli/remote.h"
#include "api/cli/view.h"
#include "ledger/projections/allocation.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using crypto::Result;

struct Options {
  ViewOptions view;
  std::string city;
  std::string kind;  // of tranches; empty: all
};

std::map<std::string, ledger::schema::TrancheKind> const kKinds{
    {"prepayment", ledger::schema::TrancheKind::PREPAYMENT},
    {"finalSettlement", ledger::schema::TrancheKind::FINAL_SETTLEMENT},
    {"contribution", ledger::schema::TrancheKind::CONTRIBUTION}};

Result<Exit> status(Session const& session, Options const& options) {
  projections::Allocation allocation;
  auto const view =
      readCityView(session, options.view, options.city, [&](domain::Case const& about) { allocation.apply(about); });
  if (!view) return view.error();
  views::StatusScope scope{view->city, std::nullopt};
  if (!options.kind.empty()) scope.kind = kKinds.at(options.kind);
  views::printStatus(session.out, session, view->snapshot, allocation, scope, formatOf(options.view));
  return Exit::ok;
}

Result<Exit> statusAt(Session const& session, client::Server const& server, Options const& options) {
  auto const city = cityCode(session, options.city);
  if (!city) return city.error();
  client::Target target("/v1/cities");
  if (!city->empty()) target.then(*city);
  target.with("kind", options.kind);
  addTo(target, options.view.asOf);
  return showFrom(session, server, target, options.view.format);
}

}  // namespace

void addStatus(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "status", {"各市资金状况和已公示名单", "where each city's money stands, and the published lists"});
  addPlace(command, options->view.place);
  addCity(command, options->city,
          {"只看一市：代码或名称，按资金批次、方向、区县列出",
           "one city, by code or name: by tranche, purpose and county"});
  addAsOf(command, options->view.asOf);
  command
      .option("--kind", options->kind,
              {"只看一种资金：prepayment 预拨，finalSettlement 清算，contribution 配套",
               "the tranches of one kind: prepayment, finalSettlement or contribution"})
      .oneOf({"prepayment", "finalSettlement", "contribution"});
  addFormat(command, options->view.format, {"table", "json", "csv"});
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) {
      return at(
          session, options->view.place, [&] { return status(session, *options); },
          [&](client::Server const& server) { return statusAt(session, server, *options); });
    };
  });
}

}  // namespace fundtrail::api::cli
