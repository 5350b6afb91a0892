// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/payments.h"

#include <algorithm>
#include <utility>

#include "api/views/cells.h"
#include "api/views/reports.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
namespace projections = ledger::projections;
using projections::PaymentStatus;

Section paymentsFields() {
  return {"payments",
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
}

Section onePaymentFields() {
  auto single = paymentsFields();
  single.name = "payment";
  single.isSingle = true;
  return single;
}

Section paymentsSection(Reader const& reader, projections::Snapshot const& snapshot,
                        std::span<PaymentStatus const> payments) {
  auto section = paymentsFields();
  section.whenEmpty = {"没有符合条件的拨付", "no payment meets the conditions"};
  for (auto const& payment : payments) {
    section.rows.push_back({cell(payment.event), regionCell(reader, payment.city), cell(payment.enterprise.text()),
                            cell(snapshot.particulars.organisationName(payment.enterprise)),
                            accountCell(reader, payment.account), stageCell(reader, payment.stage), cell(payment.since),
                            nextStepsCell(reader, payment.next), cell(payment.amount)});
  }
  return section;
}

Section sourcesFields() {
  return {"sources",
          {"资金来源", "sources"},
          {{{"资金批次", "tranche"}, "tranche"},
           {{"政府层级", "level"}, "level"},
           {{"区县", "held by"}, "county"},
           {{"金额", "amount"}, "amountFen", Align::right}}};
}

Section sourcesSection(Reader const& reader, projections::Snapshot const& snapshot, PaymentStatus const& payment) {
  auto section = sourcesFields();
  for (auto const& draw : payment.draws) {
    auto const* const record = snapshot.particulars.find(draw.tranche);
    auto const* const tranche = snapshot.state.tranches.find(draw.tranche);
    section.rows.push_back({record ? cell(record->name) : cell(), tranche ? cellOf(reader, tranche->level) : cell(),
                            countyCell(reader, draw.county, payment.city), cell(draw.amount)});
  }
  return section;
}

}  // namespace

Shape paymentsShape() {
  return {paymentsFields()};
}

Report paymentsReport(Reader const& reader, projections::Snapshot const& snapshot,
                      std::function<bool(PaymentStatus const&)> const& wanted) {
  auto payments = projections::paymentsOf(snapshot.state);
  std::erase_if(payments, [&](PaymentStatus const& payment) { return !wanted(payment); });
  return {{paymentsSection(reader, snapshot, payments)}, snapshot.basis};
}

Shape paymentShape() {
  return {onePaymentFields(), sourcesFields(), timelineFields()};
}

crypto::Result<Report> paymentReport(Reader const& reader, projections::Snapshot const& snapshot,
                                     projections::Timelines const& timelines, NamedEvent const& named) {
  auto const payments = projections::paymentsOf(snapshot.state);
  auto const at = named.payment ? std::ranges::find(payments, *named.payment, &PaymentStatus::ref) : payments.end();
  if (at == payments.end()) {
    return reader.error(crypto::ErrorKind::badInput,
                        {"事件 {} 不是某笔拨付的事件：请给出拨付申请或其后的事件",
                         "event {} is no event of a payment: name a request, or an event after it"},
                        named.context.number.value());
  }
  auto single = onePaymentFields();
  single.rows = paymentsSection(reader, snapshot, {at, at + 1}).rows;
  return Report{{std::move(single), sourcesSection(reader, snapshot, *at),
                 timelineSection(reader, snapshot.state, timelines.of(at->project), at->ref)},
                snapshot.basis};
}

}  // namespace fundtrail::api::views
