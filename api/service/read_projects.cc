// SPDX-License-Identifier: Apache-2.0
// Projects, their payments, how an award came about; findings; what waits.
#include <algorithm>
#include <array>
#include <utility>

#include "api/service/handlers.h"
#include "api/service/reading.h"
#include "api/service/rendering.h"
#include "api/views/cells.h"
#include "api/views/reports.h"
#include "ledger/projections/explanation.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
namespace schema = ledger::schema;

namespace {

constexpr auto kByEvent = std::to_array<std::string_view>({"event"});
constexpr auto kByTask = std::to_array<std::string_view>({"since", "event", "next"});

/// Whose city the call names, if it names one.
bool isOfTheCity(Call const& call, domain::CityCode city) {
  auto const wanted = call.arguments.city("city");
  return !wanted || wanted->isProvince() || *wanted == city;
}

/// A condition that is not stated lets everything pass.
bool meets(Call const& call, std::string_view name, std::string_view value) {
  return !call.arguments.has(name) || call.arguments.text(name) == value;
}

bool isSeen(Call const& call, domain::Project const& project) {
  return call.sight.sees(project.city, project.county, project.enterprise);
}

/// The project behind a payment, or an award.
domain::Project const* projectOf(domain::State const& state, domain::EventRef const& ref) {
  return state.projects.find(ref);
}

std::optional<schema::Role> roleNamed(std::string_view name) {
  for (auto const role : rolesOfSchema()) {
    if (schema::enumerantName(role) == name) return role;
  }
  return std::nullopt;
}

/// Answers for the event of the path, if it may be seen.
http::Response aboutEvent(Context const& context, Call const& call,
                          std::function<crypto::Result<views::Report>(View const&, Named const&)> const& reportOf) {
  return viewed(context, call, [&](View const& view) {
    auto const named = namedEvent(context, call, view.snapshot);
    if (!named) return answer(call.reader, problemOf(call.reader, named.error()));
    if (!call.sight.sees(named->region, named->county, named->enterprise)) {
      return nothingThere(call, call.arguments.text("event"));
    }
    auto const report = reportOf(view, *named);
    // What is no project's or payment's event is none that is there.
    if (!report) return nothingThere(call, call.arguments.text("event"));
    return rendered(call, *report);
  });
}

}  // namespace

http::Response getProjects(Context const& context, Call const& call) {
  return viewed(context, call, [&](View const& view) {
    auto const enterprise = call.arguments.uscc("enterprise");
    auto report = views::projectsReport(call.reader, view.snapshot, [&](domain::Project const& project) {
      return isSeen(call, project) && isOfTheCity(call, project.city) &&
             (!enterprise || project.enterprise == *enterprise) &&
             meets(call, "stage", views::stageName(project.stage)) &&
             meets(call, "purpose", schema::enumerantName(project.purpose));
    });
    return renderedPage(call, std::move(report), kByEvent);
  });
}

http::Response getProject(Context const& context, Call const& call) {
  return aboutEvent(context, call, [&](View const& view, Named const& named) {
    return views::projectReport(call.reader, view.snapshot, view.timelines, named.event);
  });
}

http::Response getPayments(Context const& context, Call const& call) {
  return viewed(context, call, [&](View const& view) {
    auto const enterprise = call.arguments.uscc("enterprise");
    auto report = views::paymentsReport(call.reader, view.snapshot, [&](projections::PaymentStatus const& payment) {
      auto const* const project = projectOf(view.snapshot.state, payment.project);
      return project != nullptr && isSeen(call, *project) && isOfTheCity(call, payment.city) &&
             (!enterprise || payment.enterprise == *enterprise) &&
             meets(call, "stage", views::stageName(payment.stage));
    });
    return renderedPage(call, std::move(report), kByEvent);
  });
}

http::Response getPayment(Context const& context, Call const& call) {
  return aboutEvent(context, call, [&](View const& view, Named const& named) {
    return views::paymentReport(call.reader, view.snapshot, view.timelines, named.event);
  });
}

http::Response getExplanation(Context const& context, Call const& call) {
  auto const named = context.live.read(
      [&](projections::Current const& current) { return namedEvent(context, call, current.snapshot()); });
  if (!named) return answer(call.reader, problemOf(call.reader, named.error()));
  if (!call.sight.sees(named->region, named->county, named->enterprise)) {
    return nothingThere(call, call.arguments.text("event"));
  }
  auto const explained = projections::explain(context.ledger.log(), named->event.context.number);
  if (!explained) return answer(call.reader, problemOf(call.reader, explained.error()));
  return rendered(call, views::explanationReport(call.reader, *explained));
}

http::Response getFindings(Context const& context, Call const& call) {
  return viewed(context, call, [&](View const& view) {
    auto report = views::findingsReport(call.reader, view.snapshot, [&](domain::Finding const& finding) {
      auto const* const project = finding.project ? projectOf(view.snapshot.state, *finding.project) : nullptr;
      auto const region = project != nullptr ? project->city : finding.region;
      // One of the province's that is about no project is the province's alone.
      bool const seen = project != nullptr    ? isSeen(call, *project)
                        : region.isProvince() ? call.sight.seesEverything()
                                              : call.sight.seesCity(region);
      return seen && isOfTheCity(call, region) && meets(call, "status", projections::stageEn(finding.stage));
    });
    return renderedPage(call, std::move(report), kByEvent);
  });
}

http::Response getWorkList(Context const& context, Call const& call) {
  auto const held = call.principal->roles();
  auto const wanted = roleNamed(call.arguments.text("role"));
  bool const audits = held.contains(schema::Role::AUDITOR);
  if (wanted && !audits && !held.contains(*wanted)) {
    return answer(call.reader,
                  {403, "denied",
                   call.reader.text({"不担任角色 {}", "you do not hold the role {}"}, schema::enumerantName(*wanted))});
  }
  return viewed(context, call, [&](View const& view) {
    auto report = views::workListReport(call.reader, view.snapshot, [&](projections::Task const& task) {
      if (!call.sight.sees(task.region, task.county, std::nullopt) || !isOfTheCity(call, task.region)) return false;
      if (wanted) return task.roles.contains(*wanted);
      return audits || std::ranges::any_of(call.principal->grants,
                                           [&](domain::Grant const& grant) { return task.roles.contains(grant.role); });
    });
    return renderedPage(call, std::move(report), kByTask);
  });
}

}  // namespace fundtrail::api::service
