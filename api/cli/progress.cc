// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/progress.h"

#include <memory>
#include <vector>

#include "api/cli/commands.h"
#include "api/cli/view.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using crypto::Result;
using projections::CityProgress;

struct Options {
  ViewOptions view;
  std::string city;
};

/// Above the share of the full award, a warning; of what is issued so far, rule F2 allows no more.
Cell warningCell(Session const& session, projections::PlatformShare const& share) {
  if (!share.isAboveFull()) return cell();
  return cell(session, {"超过全额比例", "above the full award's share"}, "F2w");
}

Section citiesSection(Session const& session, std::vector<CityProgress> const& cities) {
  Section section{"cities",
                  {"进度", "progress"},
                  {{{"城市", "city"}, "city"},
                   {{"已计入", "counted"}, "counted", Align::right},
                   {{"最低", "minimum"}, "minimum", Align::right},
                   {{"承诺", "promised"}, "promised", Align::right},
                   {{"未计入项目", "uncounted"}, "uncountedProjects", Align::right},
                   {{"省级下达", "issued"}, "issuedFen", Align::right},
                   {{"行业平台", "platform"}, "platformFen", Align::right},
                   {{"下达额上限", "platform cap"}, "mostOfIssuedFen", Align::right},
                   {{"全额上限", "cap at full award"}, "mostOfFullFen", Align::right},
                   {{"提示", "warning"}, "warning"},
                   {{"绩效评价", "evaluated"}, "evaluatedOn"},
                   {{"清算应补", "settlement due"}, "dueFen", Align::right}}};
  for (auto const& city : cities) {
    section.rows.push_back({regionCell(session, city.city), cellOf(city.counted), cellOf(city.minimum),
                            city.promised == 0 ? cell() : cellOf(city.promised), cellOf(city.uncounted.size()),
                            cell(city.share.issued), cell(city.share.platform), cell(city.share.mostOfIssued),
                            cell(city.share.mostOfFull), warningCell(session, city.share), cell(city.evaluatedOn),
                            cell(city.settlementDue)});
  }
  return section;
}

Section uncountedSection(Session const& session, projections::Snapshot const& snapshot, CityProgress const& city) {
  Section section{"uncounted",
                  {"未计入的项目", "projects that do not count"},
                  {{{"项目", "project"}, "event", Align::right},
                   {{"企业", "enterprise"}, "enterprise"},
                   {{"企业名称", "enterprise name"}, "enterpriseName", Align::left, 40},
                   {{"原因", "why"}, "why"}}};
  for (auto const& project : city.uncounted) {
    section.rows.push_back({cell(project.event), cell(project.enterprise.text()),
                            cell(snapshot.particulars.organisationName(project.enterprise)),
                            cell(session, {domain::uncountedZh(project.why), domain::uncountedEn(project.why)},
                                 domain::uncountedName(project.why))});
  }
  return section;
}

Result<Exit> show(Session const& session, Options const& options) {
  projections::Allocation allocation;
  auto const view =
      readCityView(session, options.view, options.city, [&](domain::Case const& about) { allocation.apply(about); });
  if (!view) return view.error();
  auto const& [snapshot, city] = *view;
  auto cities = projections::progressOf(snapshot, allocation);
  if (city) std::erase_if(cities, [only = *city](CityProgress const& each) { return each.city != only; });
  Report report{{citiesSection(session, cities)}, snapshot.basis};
  if (city) report.sections.push_back(uncountedSection(session, snapshot, cities.front()));
  print(session, report, options.view.format);
  return Exit::ok;
}

}  // namespace

void addProgress(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "progress", {"各市认定改造家数、行业平台占比、绩效评价和清算",
                   "each city's counted enterprises against its target, platform share, evaluation, settlement"});
  addCity(command, options->city,
          {"只看一市：代码或名称，并列出未计入的项目及原因",
           "one city, by code or name: with the projects that do not count, and why"});
  addView(command, options->view);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return show(session, *options); }; });
}

}  // namespace fundtrail::api::cli
