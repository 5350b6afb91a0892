// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "api/views/cells.h"
#include "api/views/reports.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;

Cell stated(domain::Fen amount) {
  return amount.isZero() ? cell() : cell(amount);
}

/// The award, what became of it, what was withdrawn and paid of it.
std::array<Cell, 4> awardCells(Reader const& reader, domain::State const& state, domain::Project const& project) {
  if (!project.award || !state.awards.contains(*project.award)) return {};
  auto const award = projections::awardStatusOf(state, *project.award);
  return {cell(award.amount), awardStateCell(reader, award.state), stated(award.withdrawn), cell(award.paid)};
}

Section projectFields() {
  return {"project",
          {"项目", "project"},
          {{{"项目", "project"}, "event"},
           {{"哈希", "hash"}, "hash"},
           {{"名称", "title"}, "title"},
           {{"城市", "city"}, "city"},
           {{"企业", "enterprise"}, "enterprise"},
           {{"企业名称", "enterprise name"}, "enterpriseName"},
           {{"支持方向", "purpose"}, "purpose"},
           {{"支持方式", "mode"}, "mode"},
           {{"环节", "stage"}, "stage"},
           {{"自", "since"}, "since"},
           {{"下一步", "next"}, "next"},
           {{"核定投入", "eligible cost"}, "eligibleFen"},
           {{"测算奖补", "subsidy proposed"}, "subsidyFen"},
           {{"核定奖补", "award"}, "awardFen"},
           {{"奖补状态", "award state"}, "awardState"},
           {{"撤销", "withdrawn"}, "withdrawnFen"},
           {{"已支付", "paid"}, "paidFen"}},
          {},
          true};
}

Section projectSection(Reader const& reader, projections::Snapshot const& snapshot, domain::EventRef const& ref) {
  auto const& state = snapshot.state;
  auto const& project = *state.projects.find(ref);
  auto const& record = *snapshot.particulars.find(ref);
  auto section = projectFields();
  auto [awarded, awardState, withdrawn, paid] = awardCells(reader, state, project);
  auto const since = project.steps.empty() ? record.occurredOn : project.steps.back().occurredOn;
  section.rows.push_back(
      {cell(record.event), cell(ref.text()), cell(record.name), regionCell(reader, project.city),
       cell(project.enterprise.text()), cell(snapshot.particulars.organisationName(project.enterprise)),
       cellOf(reader, project.purpose), cellOf(reader, project.mode), stageCell(reader, project.stage), cell(since),
       nextStepsCell(reader, domain::nextSteps(state, project, snapshot.day())), stated(project.eligible),
       stated(project.subsidy), std::move(awarded), std::move(awardState), std::move(withdrawn), std::move(paid)});
  return section;
}

}  // namespace

Shape projectShape() {
  return {projectFields(), timelineFields()};
}

crypto::Result<Report> projectReport(Reader const& reader, projections::Snapshot const& snapshot,
                                     projections::Timelines const& timelines, NamedEvent const& named) {
  if (!named.project || !snapshot.state.projects.contains(*named.project)) {
    return reader.error(crypto::ErrorKind::badInput,
                        {"事件 {} 不是某个项目的事件：请给出项目入库或其后的事件",
                         "event {} is no event of a project: name an enrolment, or an event after it"},
                        named.context.number.value());
  }
  return Report{{projectSection(reader, snapshot, *named.project),
                 timelineSection(reader, snapshot.state, timelines.of(*named.project))},
                snapshot.basis};
}

}  // namespace fundtrail::api::views
