// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "api/cli/commands.h"
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

}  // namespace

void addProject(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command =
      program.command("project", {"一个项目的经过和下一步", "one project: its timeline, and what comes next"});
  addEvent(command, options->event);
  addView(command, options->view);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return show(session, *options); }; });
}

}  // namespace fundtrail::api::cli
