// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <memory>
#include <utility>

#include "api/cli/commands.h"
#include "api/cli/view.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using crypto::Result;

struct Options {
  ViewOptions view;
  std::string event;
};

Cell stated(domain::Fen amount) {
  return amount.isZero() ? cell() : cell(amount);
}

/// The award, what became of it, what was withdrawn and paid of it.
std::array<Cell, 4> awardCells(Session const& session, domain::State const& state, domain::Project const& project) {
  if (!project.award || !state.awards.contains(*project.award)) return {};
  auto const award = projections::awardStatusOf(state, *project.award);
  return {cell(award.amount), awardStateCell(session, award.state), stated(award.withdrawn), cell(award.paid)};
}

Section projectSection(Session const& session, projections::Snapshot const& snapshot, domain::EventRef const& ref) {
  auto const& state = snapshot.state;
  auto const& project = *state.projects.find(ref);
  auto const& record = *snapshot.particulars.find(ref);
  Section section{"project",
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
                   {{"已支付", "paid"}, "paidFen"}}};
  section.isSingle = true;
  auto [awarded, awardState, withdrawn, paid] = awardCells(session, state, project);
  auto const since = project.steps.empty() ? record.occurredOn : project.steps.back().occurredOn;
  section.rows.push_back(
      {cell(record.event), cell(ref.text()), cell(record.name), regionCell(session, project.city),
       cell(project.enterprise.text()), cell(snapshot.particulars.organisationName(project.enterprise)),
       cellOf(session, project.purpose), cellOf(session, project.mode), stageCell(session, project.stage), cell(since),
       nextStepsCell(session, domain::nextSteps(state, project, snapshot.day())), stated(project.eligible),
       stated(project.subsidy), std::move(awarded), std::move(awardState), std::move(withdrawn), std::move(paid)});
  return section;
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const view = readProjectView(session, options.view, options.event);
  if (!view) return view.error();
  auto const& [snapshot, timelines, named] = *view;
  if (!named.project || !snapshot.state.projects.contains(*named.project)) {
    return session.error(crypto::ErrorKind::badInput,
                         {"事件 {} 不是某个项目的事件：请给出项目入库或其后的事件",
                          "event {} is no event of a project: name an enrolment, or an event after it"},
                         named.context.number.value());
  }
  print(session,
        {{projectSection(session, snapshot, *named.project),
          timelineSection(session, snapshot.state, timelines.of(*named.project))},
         snapshot.basis},
        options.view.format);
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
