// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/work_list.h"

#include <memory>
#include <string>

#include "api/cli/commands.h"
#include "api/cli/remote.h"
#include "api/cli/view.h"
#include "api/views/reports.h"

namespace fundtrail::api::cli {

namespace {

namespace projections = ledger::projections;
namespace schema = ledger::schema;
using crypto::Result;

struct Options {
  ViewOptions view;
  std::string role;
  std::string city;
};

std::vector<std::string> roleNames() {
  std::vector<std::string> names;
  auto const enumerants = capnp::Schema::from<schema::Role>().getEnumerants().size();
  for (unsigned i = 1; i < enumerants; ++i) names.emplace_back(schema::enumerantName(static_cast<schema::Role>(i)));
  return names;
}

/// The name is one of roleNames().
schema::Role roleNamed(std::string const& name) {
  unsigned number = 1;
  while (schema::enumerantName(static_cast<schema::Role>(number)) != name) ++number;
  return static_cast<schema::Role>(number);
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const view = readCityView(session, options.view, options.city);
  if (!view) return view.error();
  auto const role = roleNamed(options.role);
  auto const report = views::workListReport(session, view->snapshot, [&](projections::Task const& task) {
    return task.roles.contains(role) && (!view->city || task.region == *view->city);
  });
  views::print(session.out, session, report, formatOf(options.view));
  return Exit::ok;
}

Result<Exit> showAt(Session const& session, client::Server const& server, Options const& options) {
  auto const city = cityCode(session, options.city);
  if (!city) return city.error();
  client::Target target("/v1/worklist");
  target.with("city", *city).with("role", options.role).with("limit", std::uint64_t{1000});
  addTo(target, options.view.asOf);
  return showFrom(session, server, target, options.view.format);
}

}  // namespace

void addWorkList(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("worklist", {"某一角色的待办事项", "what waits for a role"});
  command.option("--role", options->role, {"角色", "the role"}).required().oneOf(roleNames()).valueName("ROLE");
  addCity(command, options->city, {"只看一市：代码或名称", "one city, by code or name"});
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
