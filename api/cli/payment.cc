// SPDX-License-Identifier: Apache-2.0
// payment: one payment. payments: all of them, by city and stage.

#include <algorithm>
#include <array>
#include <memory>

#include "api/cli/commands.h"
#include "api/cli/view.h"
#include "ledger/projections/payments.h"

namespace fundtrail::api::cli {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using crypto::Result;
using domain::PaymentStage;
using projections::PaymentStatus;

constexpr auto kStages = std::to_array({PaymentStage::requested, PaymentStage::reviewed, PaymentStage::approved,
                                        PaymentStage::instructed, PaymentStage::settled, PaymentStage::cancelled});

struct Options {
  ViewOptions view;
  std::string event;
  std::string city;
  std::string stage;
};

Section paymentsSection(Session const& session, projections::Snapshot const& snapshot,
                        std::span<PaymentStatus const> payments) {
  Section section{"payments",
                  {"拨付", "payment"},
                  {{{"拨付", "payment"}, "event", Align::right},
                   {{"城市", "city"}, "city"},
                   {{"企业", "enterprise"}, "enterprise"},
                   {{"企业名称", "enterprise name"}, "enterpriseName", Align::left, 34},
                   {{"收款账号", "account"}, "account"},
                   {{"环节", "stage"}, "stage"},
                   {{"自", "since"}, "since"},
                   {{"下一步", "next"}, "next", Align::left, 44},
                   {{"金额", "amount"}, "amountFen", Align::right}}};
  for (auto const& payment : payments) {
    section.rows.push_back({cell(payment.event), regionCell(session, payment.city), cell(payment.enterprise.text()),
                            cell(snapshot.particulars.organisationName(payment.enterprise)),
                            cell(payment.account.text()), stageCell(session, payment.stage), cell(payment.since),
                            nextStepsCell(session, payment.next), cell(payment.amount)});
  }
  return section;
}

Section sourcesSection(Session const& session, projections::Snapshot const& snapshot, PaymentStatus const& payment) {
  Section section{"sources",
                  {"资金来源", "sources"},
                  {{{"资金批次", "tranche"}, "tranche"},
                   {{"政府层级", "level"}, "level"},
                   {{"区县", "held by"}, "county"},
                   {{"金额", "amount"}, "amountFen", Align::right}}};
  for (auto const& draw : payment.draws) {
    auto const* const record = snapshot.particulars.find(draw.tranche);
    auto const* const tranche = snapshot.state.tranches.find(draw.tranche);
    section.rows.push_back({record ? cell(record->name) : cell(), tranche ? cellOf(session, tranche->level) : cell(),
                            countyCell(session, draw.county, payment.city), cell(draw.amount)});
  }
  return section;
}

Result<Exit> list(Session const& session, Options const& options) {
  auto const view = readCityView(session, options.view, options.city);
  if (!view) return view.error();
  auto const& [snapshot, city] = *view;
  auto payments = projections::paymentsOf(snapshot.state);
  std::erase_if(payments, [&, chosen = city](PaymentStatus const& payment) {
    bool const elsewhere = chosen && payment.city != *chosen;
    bool const otherwise = !options.stage.empty() && domain::stageEn(payment.stage) != options.stage;
    return elsewhere || otherwise;
  });
  if (options.view.format == "table" && payments.empty()) {
    session.out << session.text({"没有符合条件的拨付\n", "no payment meets the conditions\n"});
  }
  print(session, {{paymentsSection(session, snapshot, payments)}, snapshot.basis}, options.view.format);
  return Exit::ok;
}

Result<Exit> show(Session const& session, Options const& options) {
  auto const view = readProjectView(session, options.view, options.event);
  if (!view) return view.error();
  auto const& [snapshot, timelines, named] = *view;
  auto const payments = projections::paymentsOf(snapshot.state);
  auto const at = named.payment ? std::ranges::find(payments, *named.payment, &PaymentStatus::ref) : payments.end();
  if (at == payments.end()) {
    return session.error(crypto::ErrorKind::badInput,
                         {"事件 {} 不是某笔拨付的事件：请给出拨付申请或其后的事件",
                          "event {} is no event of a payment: name a request, or an event after it"},
                         named.context.number.value());
  }
  auto single = paymentsSection(session, snapshot, {at, at + 1});
  single.name = "payment";
  single.isSingle = true;
  print(session,
        {{std::move(single), sourcesSection(session, snapshot, *at),
          timelineSection(session, snapshot.state, timelines.of(at->project), at->ref)},
         snapshot.basis},
        options.view.format);
  return Exit::ok;
}

}  // namespace

void addPayment(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "payment", {"一笔拨付的经过、资金来源和下一步", "one payment: its sources, its steps, and what comes next"});
  addEvent(command, options->event);
  addView(command, options->view);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return show(session, *options); }; });
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
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return list(session, *options); }; });
}

}  // namespace fundtrail::api::cli
