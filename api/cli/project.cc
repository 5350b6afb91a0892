// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "api/cli/commands.h"
#include "api/cli/remote.h"
#include "api/cli/view.h"
#include "api/views/reports.h"

namespace fundtrail::api::cli {

namespace {

using crypto::Result;

struct Options {
  ViewOptions view;
  std::string event;
};

Result<Exit> show(Session const& session, Options const& options) {
  auto const view = readProjectView(session, options.view, options.event);
  if (!view) return view.error();
  auto const report = views::projectReport(session, view->snapshot, view->timelines, view->named);
  if (!report) return report.error();
  views::print(session.out, session, *report, formatOf(options.view));
  return Exit::ok;
}

Result<Exit> showAt(Session const& session, client::Server const& server, Options const& options) {
  client::Target target("/v1/projects");
  target.then(options.event);
  addTo(target, options.view.asOf);
  return showFrom(session, server, target, options.view.format);
}

}  // namespace

void addProject(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command =
      program.command("project", {"一个项目的经过和下一步", "one project: its timeline, and what comes next"});
  addEvent(command, options->event);
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
