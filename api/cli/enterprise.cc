// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/enterprise.h"

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
  std::string uscc;
};

Result<Exit> show(Session const& session, Options const& options) {
  auto const uscc = domain::Uscc::parse(options.uscc);
  if (!uscc) return views::notACreditCode(session, options.uscc);
  projections::AccountHistory history(*uscc);
  auto const snapshot = readLedger(session, options.view, [&](domain::Case const& about) { history.apply(about); });
  if (!snapshot) return snapshot.error();
  auto const report = views::enterpriseReport(session, *snapshot, *uscc, history);
  if (!report) return report.error();
  views::print(session.out, session, *report, formatOf(options.view));
  return Exit::ok;
}

Result<Exit> showAt(Session const& session, client::Server const& server, Options const& options) {
  client::Target target("/v1/enterprises");
  target.then(options.uscc);
  addTo(target, options.view.asOf);
  return showFrom(session, server, target, options.view.format);
}

}  // namespace

void addEnterprise(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "enterprise", {"一家企业的合同、项目、奖补、拨付、追回、问题和账户",
                     "one enterprise: contracts, projects, awards, payments, recoveries, findings, accounts"});
  addUscc(command, options->uscc);
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
