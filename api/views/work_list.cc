// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/work_list.h"

#include <vector>

#include "api/views/cells.h"
#include "api/views/reports.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using projections::Task;

Section tasksFields() {
  return {"tasks",
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
}

Section tasksSection(Reader const& reader, std::vector<Task> const& tasks, domain::Date day) {
  auto section = tasksFields();
  section.whenEmpty = {"没有待办", "nothing waits"};
  for (auto const& task : tasks) {
    section.rows.push_back({cell(task.since), eventTypeCell(reader, task.next), cell(task.event),
                            eventTypeCell(reader, task.type), cell(task.name), regionCell(reader, task.region),
                            cell(task.due), markCell(reader, task.isOverdueOn(day)), cell(task.amount)});
  }
  return section;
}

}  // namespace

Shape workListShape() {
  return {tasksFields()};
}

Report workListReport(Reader const& reader, projections::Snapshot const& snapshot,
                      std::function<bool(Task const&)> const& wanted) {
  auto tasks = projections::tasksOf(snapshot);
  std::erase_if(tasks, [&](Task const& task) { return !wanted(task); });
  return {{tasksSection(reader, tasks, snapshot.day())}, snapshot.basis};
}

}  // namespace fundtrail::api::views
