// SPDX-License-Identifier: Apache-2.0
#include "replay/report/dossier.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/ensure.h"
#include "replay/report/flows.h"

namespace fundtrail::replay::report {

using domain::EventNumber;
using domain::Fen;
using E = schema::Event::Which;

namespace {

std::vector<TrancheRow> tranchesOf(journal::Vouchers const& vouchers) {
  std::vector<TrancheRow> rows;
  for (auto const& tranche : vouchers.tranches()) rows.push_back({tranche, {}});
  auto const balances = vouchers.balances();
  for (std::size_t i = 0; i < balances.size(); ++i) {
    auto const& account = vouchers.accounts()[i];
    auto const amount = account.account == Account::outside ? -balances[i] : balances[i];
    rows[account.tranche].balances[static_cast<std::size_t>(account.account)] += amount;
  }
  std::ranges::stable_sort(rows, {}, [](TrancheRow const& row) { return row.tranche.city; });
  return rows;
}

std::vector<MonthRow> monthsOf(journal::Vouchers const& vouchers) {
  std::map<std::uint32_t, MonthRow> months;
  for (auto const& voucher : vouchers.vouchers()) {
    auto const month = voucher.occurredOn.number() / 100;
    auto& row = months.try_emplace(month, MonthRow{month, {}, {}}).first->second;
    bool const recovery = voucher.type == E::RECOVERY_RECEIVED;
    for (auto const& line : vouchers.lines(voucher)) {
      if (vouchers.accounts()[line.account].account != Account::paid) continue;
      if (recovery) {
        row.recovered -= line.amount;
      } else {
        row.paid += line.amount;
      }
    }
  }
  std::vector<MonthRow> rows;
  if (months.empty()) return rows;
  for (auto month = months.begin()->first; month <= months.rbegin()->first;
       month = month % 100 == 12 ? month + 89 : month + 1) {
    auto const at = months.find(month);
    rows.push_back(at == months.end() ? MonthRow{month, {}, {}} : at->second);
  }
  return rows;
}

PaymentRow rowOf(facts::Facts const& facts, facts::Payment const& payment) {
  auto const& award = facts.awards[payment.award];
  auto const& project = facts.projects[award.project];
  PaymentRow row{payment.source.event,
                 project.city,
                 project.purpose,
                 std::string(payment.payee.text()),
                 std::string(facts.strings[payment.payeeName]),
                 payment.amount,
                 std::nullopt,
                 {},
                 award.source.event,
                 project.source.event,
                 {},
                 invoicesOf(project).value_or(0),
                 {}};
  for (auto const& contract : project.contracts) row.contracts.push_back(facts.contracts[contract].source.event);
  auto const steps = [&](auto const& events) {
    for (auto const& step : events) {
      if (step.source.holds()) row.steps.push_back(step.source.event);
    }
  };
  steps(payment.reviews);
  steps(payment.approvals);
  steps(payment.instructions);
  steps(payment.settlements);
  steps(payment.returns);
  steps(payment.cancellations);
  std::ranges::sort(row.steps);
  if (auto const* const settlement = payment.settlement()) {
    row.paidOn = settlement->valueDate;
    row.bankReference = facts.strings[settlement->bankReference];
  }
  return row;
}

PolicyRow rowOf(facts::Facts const& facts, facts::Policy const& policy) {
  return {policy.source.event,
          std::string(facts.strings[policy.number]),
          policy.inForceFrom,
          policy.windowFrom,
          policy.windowTo,
          policy.platformShareCapBp,
          policy.minLevelAfter,
          policy.minInspectors,
          policy.minEnterprisesDelta,
          policy.minEnterprisesElsewhere};
}

void addRows(facts::Facts const& facts, facts::CityPlan const& filed, std::vector<PlanRow>& rows) {
  for (auto const& plan : filed.plans) {
    rows.push_back({filed.source.event, filed.city, std::string(facts.strings[filed.number]), filed.inForceFrom,
                    filed.promisedEnterprises, filed.publicityWorkingDays, plan});
  }
}

}  // namespace

schema::AuditVerdict auditVerdictOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::proven: return schema::AuditVerdict::CLEAN;
    case Verdict::notProven: return schema::AuditVerdict::NOT_PROVEN;
    case Verdict::findings:
    case Verdict::tampered: return schema::AuditVerdict::FINDINGS;
  }
  crypto::abortOnBug("every verdict is a verdict");
}

Dossier makeDossier(Report report, journal::Vouchers const& vouchers, facts::Facts const& facts,
                    std::optional<indicators::Indicators> indicators, Call call) {
  Dossier dossier;
  dossier.report = std::move(report);
  dossier.indicators = std::move(indicators);
  dossier.call = std::move(call);
  dossier.tranches = tranchesOf(vouchers);
  dossier.months = monthsOf(vouchers);
  dossier.flow = flowOf(vouchers, facts);
  for (auto const& policy : facts.policies) {
    if (policy.source.holds()) dossier.policies.push_back(rowOf(facts, policy));
  }
  for (auto const& plan : facts.cityPlans) {
    if (plan.source.holds()) addRows(facts, plan, dossier.plans);
  }
  for (auto const& payment : facts.payments) {
    if (payment.source.holds()) dossier.payments.push_back(rowOf(facts, payment));
  }
  for (auto const& voucher : vouchers.vouchers()) {
    auto const on = voucher.occurredOn;
    if (!dossier.firstDay || on < *dossier.firstDay) dossier.firstDay = on;
    if (!dossier.lastDay || on > *dossier.lastDay) dossier.lastDay = on;
  }
  return dossier;
}

}  // namespace fundtrail::replay::report
