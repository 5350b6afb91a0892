// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/progress.h"

#include <memory>

#include "api/cli/commands.h"
#include "api/cli/remote.h"
#include "api/cli/view.h"
#include "api/views/reports.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using crypto::Result;

struct Options {
  ViewOptions view;
  std::string city;
};

Result<Exit> show(Session const& session, Options const& options) {
  projections::Allocation allocation;
  auto const view =
      readCityView(session, options.view, options.city, [&](domain::Case const& about) { allocation.apply(about); });
  if (!view) return view.error();
  views::print(session.out, session, views::progressReport(session, view->snapshot, allocation, view->city),
               formatOf(options.view));
  return Exit::ok;
}

Result<Exit> showAt(Session const& session, client::Server const& server, Options const& options) {
  auto const city = cityCode(session, options.city);
  if (!city) return city.error();
  client::Target target("/v1/progress");
  target.with("city", *city);
  addTo(target, options.view.asOf);
  return showFrom(session, server, target, options.view.format);
}

}  // namespace

void addProgress(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "progress", {"各市认定改造家数、行业平台占比、绩效评价和清算",
                   "each city's counted enterprises against its target, platform share, evaluation, settlement"});
  addCity(command, options->city,
          {"只看一市：代码或名称，并列出未计入的项目及原因",
           "one city, by code or name: with the projects that do not count, and why"});
  addView(command, options->view);
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) {
      return at(
          session, options->view.place, [&] { return show(session, *options); },
          [&](client::Server const& server) { return showAt(session, server, *options); });
    };
  });
}

}  // namespace fundtrail::api::cli
