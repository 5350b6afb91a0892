// SPDX-License-Identifier: Apache-2.0
// payment: one payment. payments: all of them, by city and stage.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "api/cli/commands.h"
#include "api/cli/remote.h"
#include "api/cli/view.h"
#include "api/views/reports.h"
#include "ledger/projections/payments.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using crypto::Result;
using domain::PaymentStage;

constexpr auto kStages = std::to_array({PaymentStage::requested, PaymentStage::reviewed, PaymentStage::approved,
                                        PaymentStage::instructed, PaymentStage::settled, PaymentStage::cancelled});

struct Options {
  ViewOptions view;
  std::string event;
  std::string city;
  std::string stage;
};

Result<Exit> list(Session const& session, Options const& options) {
  auto const view = readCityView(session, options.view, options.city);
  if (!view) return view.error();
  auto const report = views::paymentsReport(session, view->snapshot, [&](projections::PaymentStatus const& payment) {
    return (!view->city || payment.city == *view->city) &&
           (options.stage.empty() || domain::stageEn(payment.stage) == options.stage);
  });
  views::print(session.out, session, report, formatOf(options.view));
  return Exit::ok;
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const view = readProjectView(session, options.view, options.event);
  if (!view) return view.error();
  auto const report = views::paymentReport(session, view->snapshot, view->timelines, view->named);
  if (!report) return report.error();
  views::print(session.out, session, *report, formatOf(options.view));
  return Exit::ok;
}

Result<Exit> showAt(Session const& session, client::Server const& server, Options const& options) {
  client::Target target("/v1/payments");
  target.then(options.event);
  addTo(target, options.view.asOf);
  return showFrom(session, server, target, options.view.format);
}

Result<Exit> listAt(Session const& session, client::Server const& server, Options const& options) {
  auto const city = cityCode(session, options.city);
  if (!city) return city.error();
  client::Target target("/v1/payments");
  target.with("city", *city).with("stage", options.stage).with("limit", std::uint64_t{1000});
  addTo(target, options.view.asOf);
  return showFrom(session, server, target, options.view.format);
}

}  // namespace

void addPayment(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "payment", {"一笔拨付的经过、资金来源和下一步", "one payment: its sources, its steps, and what comes next"});
  addEvent(command, options->event);
  addView(command, options->view);
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) {
      return at(
          session, options->view.place, [&] { return show(session, *options); },
          [&](client::Server const& server) { return showAt(session, server, *options); });
    };
  });
}

void addPayments(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("payments", {"各笔拨付到了哪一环节", "where each payment is, and what it waits for"});
  addCity(command, options->city, {"只看一市：代码或名称", "one city, by code or name"});
  std::vector<std::string> stages;
  stages.reserve(kStages.size());
  for (auto const stage : kStages) stages.emplace_back(domain::stageEn(stage));
  command.option("--stage", options->stage, {"只看一个环节", "one stage"}).oneOf(std::move(stages));
  addView(command, options->view);
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) {
      return at(
          session, options->view.place, [&] { return list(session, *options); },
          [&](client::Server const& server) { return listAt(session, server, *options); });
    };
  });
}

}  // namespace fundtrail::api::cli
