// SPDX-License-Identifier: Apache-2.0
#include "api/views/cells.h"
#include "api/views/reports.h"
#include "ledger/projections/journal.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using projections::JournalEntry;

Section eventsFields() {
  return {"events",
          {},
          {{{"事件", "event"}, "event", Align::right},
           {{"日期", "date"}, "occurredOn"},
           {{"内容", "what"}, "type"},
           {{"针对", "of"}, "of"},
           {{"结果", "outcome"}, "outcome"},
           {{"地区", "region"}, "region"},
           {{"办理人", "by"}, "person"},
           {{"金额", "amount"}, "amountFen", Align::right}}};
}

Section eventsSection(Reader const& reader, domain::State const& state, std::span<JournalEntry const> entries) {
  auto section = eventsFields();
  section.whenEmpty = {"没有符合条件的事件", "no event meets the conditions"};
  for (auto const& entry : entries) {
    section.rows.push_back({cell(entry.context.number), cell(entry.occurredOn), eventTypeCell(reader, entry.type),
                            entry.decides ? eventTypeCell(reader, *entry.decides) : cell(),
                            cellOf(reader, entry.outcome), regionCell(reader, entry.region),
                            personCell(reader, state, entry.context.author), cell(entry.amount)});
  }
  return section;
}

}  // namespace

Shape eventsShape() {
  return {eventsFields()};
}

Report eventsReport(Reader const& reader, domain::State const& state, projections::Basis const& basis,
                    std::span<JournalEntry const> entries) {
  return {{eventsSection(reader, state, entries)}, basis};
}

}  // namespace fundtrail::api::views
