// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/work_list.h"

#include <memory>
#include <utility>

#include "api/cli/commands.h"
#include "api/cli/view.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
namespace schema = ledger::schema;
using crypto::Result;
using projections::Task;

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

Section tasksSection(Session const& session, std::vector<Task> const& tasks, domain::Date day) {
  Section section{"tasks",
                  {},
                  {{{"自", "since"}, "since"},
                   {{"待办", "what waits"}, "next"},
                   {{"事项", "record"}, "event", Align::right},
                   {{"类型", "of"}, "type"},
                   {{"名称", "name"}, "name", Align::left, 40},
                   {{"地区", "region"}, "region"},
                   {{"期限", "due"}, "due"},
                   {{"逾期", "overdue"}, "overdue"},
                   {{"金额", "amount"}, "amountFen", Align::right}}};
  for (auto const& task : tasks) {
    section.rows.push_back({cell(task.since), eventTypeCell(session, task.next), cell(task.event),
                            eventTypeCell(session, task.type), cell(task.name), regionCell(session, task.region),
                            cell(task.due), markCell(session, task.isOverdueOn(day)), cell(task.amount)});
  }
  return section;
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const view = readCityView(session, options.view, options.city);
  if (!view) return view.error();
  auto const role = roleNamed(options.role);
  auto tasks = projections::tasksOf(view->snapshot);
  std::erase_if(tasks, [&](Task const& task) {
    return !task.roles.contains(role) || (view->city && task.region != *view->city);
  });
  if (options.view.format == "table" && tasks.empty()) session.out << session.text({"没有待办\n", "nothing waits\n"});
  print(session, {{tasksSection(session, tasks, view->snapshot.day())}, view->snapshot.basis}, options.view.format);
  return Exit::ok;
}

}  // namespace

void addWorkList(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("worklist", {"某一角色的待办事项", "what waits for a role"});
  command.option("--role", options->role, {"角色", "the role"}).required().oneOf(roleNames()).valueName("ROLE");
  addCity(command, options->city, {"只看一市：代码或名称", "one city, by code or name"});
  addView(command, options->view);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return show(session, *options); }; });
}

}  // namespace fundtrail::api::cli
