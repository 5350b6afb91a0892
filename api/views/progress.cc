// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/progress.h"

#include <vector>

#include "api/views/cells.h"
#include "api/views/reports.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using projections::CityProgress;

/// Above the share of the full award, a warning; of what is issued so far, rule F2 allows no more.
Cell warningCell(Reader const& reader, projections::PlatformShare const& share) {
  if (!share.isAboveFull()) return cell();
  return cell(reader, {"超过全额比例", "above the full award's share"}, "F2w");
}

Section citiesFields() {
  return {"cities",
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
}

Section citiesSection(Reader const& reader, std::vector<CityProgress> const& cities) {
  auto section = citiesFields();
  for (auto const& city : cities) {
    section.rows.push_back({regionCell(reader, city.city), cellOf(city.counted), cellOf(city.minimum),
                            city.promised == 0 ? cell() : cellOf(city.promised), cellOf(city.uncounted.size()),
                            cell(city.share.issued), cell(city.share.platform), cell(city.share.mostOfIssued),
                            cell(city.share.mostOfFull), warningCell(reader, city.share), cell(city.evaluatedOn),
                            cell(city.settlementDue)});
  }
  return section;
}

Section uncountedFields() {
  return {"uncounted",
          {"未计入的项目", "projects that do not count"},
          {{{"项目", "project"}, "event", Align::right},
           {{"企业", "enterprise"}, "enterprise"},
           {{"企业名称", "enterprise name"}, "enterpriseName", Align::left, 40},
           {{"原因", "why"}, "why"}}};
}

Section uncountedSection(Reader const& reader, projections::Snapshot const& snapshot, CityProgress const& city) {
  auto section = uncountedFields();
  for (auto const& project : city.uncounted) {
    section.rows.push_back({cell(project.event), cell(project.enterprise.text()),
                            cell(snapshot.particulars.organisationName(project.enterprise)),
                            cell(reader, {domain::uncountedZh(project.why), domain::uncountedEn(project.why)},
                                 domain::uncountedName(project.why))});
  }
  return section;
}

}  // namespace

Shape progressShape() {
  return {citiesFields(), uncountedFields()};
}

Report progressReport(Reader const& reader, projections::Snapshot const& snapshot,
                      projections::Allocation const& allocation, std::optional<domain::CityCode> city) {
  auto cities = projections::progressOf(snapshot, allocation);
  if (city) std::erase_if(cities, [only = *city](CityProgress const& each) { return each.city != only; });
  Report report{{citiesSection(reader, cities)}, snapshot.basis};
  if (city && !cities.empty()) report.sections.push_back(uncountedSection(reader, snapshot, cities.front()));
  return report;
}

}  // namespace fundtrail::api::views
