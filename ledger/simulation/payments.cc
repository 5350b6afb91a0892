// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/payments.h"

#include <array>
#include <utility>

#include "ledger/domain/read.h"
#include "ledger/simulation/corrections.h"
#include "ledger/simulation/draws.h"

namespace fundtrail::ledger::simulation {

using domain::Fen;

Payments::Payments(World& world)
    : world_(world),
      turnedDown_(200, 35),
      takenBack_(200, 12),
      wronglyInstructed_(150, 16),
      returned_(50, 10),
      closedAccount_(3, 2),
      wronglySettled_(250, 24),
      recovered_(100, 8),
      toTreasury_(2, 1) {
  static constexpr auto kRuns =
      std::to_array<std::uint32_t>({20240909, 20241202, 20250310, 20250616, 20250908, 20251201, 20260309, 20260518});
  int shift = 0;
  for (auto& city : world_.cities) {
    for (auto const start : kRuns) {
      world_.agenda.on(domain::checked(domain::Date::fromNumber(start)).plusDays(shift),
                       [this, &city] { request(city, std::exchange(city.unpaid, {})); });
    }
    shift = (shift + 1) % 5;
  }
}

void Payments::request(City& city, std::vector<Project*> const& projects) {
  if (projects.empty()) return;
  Run run;
  for (auto* const project : projects) {
    auto const& enterprise = project->enterprise;
    auto const written = world_.write(city.office.financeRequester, [&](schema::Event::Builder event) {
      auto body = event.initPaymentRequested();
      body.setAward(dataOf(*project->award));
      body.setAmountFen(project->subsidy.count());
      body.setPayee(textOf(enterprise.uscc));
      body.setPayeeName(textOf(enterprise.name));
      body.setAccount(textOf(enterprise.account.number));
      setDraws(body, city, *project, project->subsidy);
    });
    run.push_back({project, written, enterprise.account.number});
  }
  world_.agenda.inWorkingDays(1, [this, &city, run] { review(city, run); });
}

void Payments::review(City& city, Run const& run) {
  Run passed;
  std::vector<Project*> again;
  for (auto const& payment : run) {
    bool const turnedDown = turnedDown_.due();
    world_.write(city.office.financeReviewer, [&](schema::Event::Builder event) {
      auto body = event.initPaymentReviewed();
      body.setPayment(dataOf(payment.request));
      body.setOutcome(turnedDown ? schema::Outcome::REJECT : schema::Outcome::PASS);
      if (turnedDown) body.setOpinion("申请材料有误，请重新申请");
    });
    if (turnedDown) {
      again.push_back(payment.project);
    } else {
      passed.push_back(payment);
    }
  }
  world_.agenda.inWorkingDays(1, [this, &city, passed] { approve(city, passed); });
  world_.agenda.inWorkingDays(2, [this, &city, again] { request(city, again); });
}

void Payments::approve(City& city, Run const& run) {
  Run approved;
  for (auto const& payment : run) {
    world_.write(city.office.financeApprover, [&](schema::Event::Builder event) {
      auto body = event.initPaymentApproved();
      body.setPayment(dataOf(payment.request));
      body.setAmountFen(payment.project->subsidy.count());
    });
    if (takenBack_.due()) {
      world_.agenda.inWorkingDays(1, [this, &city, payment] {
        cancel(city, payment);
        request(city, {payment.project});
      });
    } else {
      approved.push_back(payment);
    }
  }
  world_.agenda.inWorkingDays(1, [this, &city, approved] { instruct(city, approved); });
}

Written Payments::instruct(City const& city, Payment const& payment) {
  return world_.write(city.office.financeInstructor, [&](schema::Event::Builder event) {
    auto body = event.initPaymentInstructed();
    body.setPayment(dataOf(payment.request));
    body.setVoucherNumber(world_.numbers.voucher(city.code, world_.agenda.today()).c_str());
    body.setAmountFen(payment.project->subsidy.count());
    body.setAccount(textOf(payment.account));
  });
}

void Payments::instruct(City& city, Run const& run) {
  Run sent;
  for (auto const& payment : run) {
    auto const written = instruct(city, payment);
    if (wronglyInstructed_.due()) {
      world_.agenda.inWorkingDays(1, [this, &city, written] { reverse(world_, city, written, "支付凭证号填写错误"); });
      world_.agenda.inWorkingDays(3, [this, &city, payment] { instruct(city, Run{payment}); });
    } else {
      sent.push_back(payment);
    }
  }
  world_.agenda.inWorkingDays(2, [this, &city, sent] { hearFromBank(city, sent); });
}

Written Payments::settle(City const& city, Payment const& payment) {
  auto const today = world_.agenda.today();
  return world_.write(city.office.financeSettler, [&](schema::Event::Builder event) {
    auto body = event.initPaymentSettled();
    body.setPayment(dataOf(payment.request));
    body.setBankReference(world_.numbers.bankReference(today).c_str());
    body.setValueDate(today.number());
    body.setAmountFen(payment.project->subsidy.count());
    body.setAccount(textOf(payment.account));
  });
}

void Payments::hearFromBank(City& city, Run const& run) {
  for (auto const& payment : run) {
    if (returned_.due()) {
      giveBack(city, payment);
      continue;
    }
    auto const written = settle(city, payment);
    if (wronglySettled_.due()) {
      world_.agenda.inWorkingDays(1, [this, &city, written] { reverse(world_, city, written, "银行流水号对应错误"); });
      world_.agenda.inWorkingDays(3, [this, &city, payment] { settle(city, payment); });
    } else if (recovered_.due()) {
      world_.agenda.inWorkingDays(30, [this, &city, project = payment.project] { recover(city, *project); });
    }
  }
}

void Payments::cancel(City const& city, Payment const& payment) {
  world_.write(city.office.financeRequester, [&](schema::Event::Builder event) {
    auto body = event.initPaymentCancelled();
    body.setPayment(dataOf(payment.request));
    body.setReason("收款信息变更，重新申请");
  });
}

/// 退票: instructed again under another voucher; or, where the account is closed, asked for again to another one.
void Payments::giveBack(City& city, Payment const& payment) {
  bool const closed = closedAccount_.due();
  auto const today = world_.agenda.today();
  world_.write(city.office.financeSettler, [&](schema::Event::Builder event) {
    auto body = event.initPaymentReturned();
    body.setPayment(dataOf(payment.request));
    body.setBankReference(world_.numbers.bankReference(today).c_str());
    body.setValueDate(today.number());
    body.setAmountFen(payment.project->subsidy.count());
    body.setReason(closed ? "收款账户已销户" : "收款行行号有误");
  });
  if (!closed) {
    world_.agenda.inWorkingDays(3, [this, &city, payment] { instruct(city, Run{payment}); });
    return;
  }
  world_.agenda.inWorkingDays(1, [this, &city, payment] {
    cancel(city, payment);
    changeAccount(world_, city, *payment.project, city.office.financeRequester);
  });
  world_.agenda.inWorkingDays(3, [this, &city, payment] { request(city, {payment.project}); });
}

/// 追回: all of a subsidy or half of it, to be used again or paid back to the treasury.
void Payments::recover(City const& city, Project const& project) {
  bool const treasury = toTreasury_.due();
  auto const amount = treasury ? project.subsidy : Fen::literal((project.subsidy.count() + 1) / 2);
  auto const today = world_.agenda.today();
  auto const order = world_.write(city.office.industryAccepter, [&](schema::Event::Builder event) {
    event.setCause(dataOf(*project.award));
    world_.desk.attach(event, {.kind = "责令退回通知书（模拟）"});
    auto body = event.initRecoveryOrdered();
    body.setAward(dataOf(*project.award));
    body.setAmountFen(amount.count());
    body.setDueOn(today.plusDays(30).number());
    body.setReason(treasury ? "改造产品未持续使用" : "部分发票重复列支");
  });
  world_.agenda.inWorkingDays(15, [this, &city, &project, amount, treasury, order] {
    world_.write(city.office.financeSettler, [&](schema::Event::Builder event) {
      auto body = event.initRecoveryReceived();
      body.setRecovery(dataOf(order));
      body.setAmountFen(amount.count());
      body.setBankReference(world_.numbers.bankReference(world_.agenda.today()).c_str());
      body.setValueDate(world_.agenda.today().number());
      body.setDisposition(treasury ? schema::Disposition::TREASURY : schema::Disposition::AVAILABLE);
      setDraws(body, city, project, amount);
    });
  });
}

}  // namespace fundtrail::ledger::simulation
