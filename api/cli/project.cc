// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "api/cli/city.h"
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

Section projectSection(Session const& session, projections::Snapshot const& snapshot, domain::EventRef const& ref) {
  auto const& state = snapshot.state;
  auto const& project = *state.projects.find(ref);
  auto const& record = *snapshot.particulars.find(ref);
  auto const* const enterprise = state.organisations.find(project.enterprise);
  auto const* const award = project.award ? state.awards.find(*project.award) : nullptr;
  Section section{"project",
                  {},
                  {{{"项目", "project"}, "event"},
                   {{"哈希", "hash"}, "hash"},
                   {{"名称", "title"}, "title"},
                   {{"城市", "city"}, "city"},
                   {{"企业", "enterprise"}, "enterprise"},
                   {{"企业名称", "its name"}, "enterpriseName"},
                   {{"支持方向", "purpose"}, "purpose"},
                   {{"支持方式", "mode"}, "mode"},
                   {{"环节", "stage"}, "stage"},
                   {{"自", "since"}, "since"},
                   {{"下一步", "next"}, "next"},
                   {{"核定投入", "eligible cost"}, "eligibleFen"},
                   {{"测算奖补", "subsidy proposed"}, "subsidyFen"},
                   {{"核定奖补", "award"}, "awardFen"}}};
  section.isSingle = true;
  auto const since = project.steps.empty() ? record.occurredOn : project.steps.back().occurredOn;
  auto const stated = [](domain::Fen amount) { return amount.isZero() ? cell() : cell(amount); };
  section.rows.push_back({cell(record.event), cell(ref.text()), cell(record.name),
                          cell(cityName(session, project.city)), cell(project.enterprise.text()),
                          enterprise ? cell(enterprise->name) : cell(), cellOf(session, project.purpose),
                          cellOf(session, project.mode), stageCell(session, project.stage), cell(since),
                          nextStepsCell(session, domain::nextSteps(state, project, snapshot.day())),
                          stated(project.eligible), stated(project.subsidy), award ? cell(award->amount) : cell()});
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

void addProject(CLI::App& program, Language language, Command& chosen) {
  auto options = std::make_shared<Options>();
  auto& command = addCommand(program, "project", language,
                             {"一个项目的经过和下一步", "one project: its timeline, and what comes next"});
  addEvent(command, language, options->event);
  addView(command, language, options->view);
  command.callback(
      [options, &chosen] { chosen = [options](Session const& session) { return show(session, *options); }; });
}

}  // namespace fundtrail::api::cli
