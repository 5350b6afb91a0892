// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/provider.h"

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
  projections::Provider provider(*uscc);
  auto const snapshot = readLedger(session, options.view, [&](domain::Case const& about) { provider.apply(about); });
  if (!snapshot) return snapshot.error();
  auto const report = views::providerReport(session, snapshot->basis, provider);
  if (!report) return report.error();
  views::print(session.out, session, *report, formatOf(options.view));
  return Exit::ok;
}

Result<Exit> showAt(Session const& session, client::Server const& server, Options const& options) {
  client::Target target("/v1/providers");
  target.then(options.uscc);
  addTo(target, options.view.asOf);
  return showFrom(session, server, target, options.view.format);
}

}  // namespace

void addProvider(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "provider", {"一家供给方的入库清退、产品价格、合同、投诉、回头看和处罚",
                   "one provider: listings, products and prices, contracts, complaints, look-backs, penalties"});
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
