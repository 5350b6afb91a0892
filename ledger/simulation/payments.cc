// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/payments.h"

#include <algorithm>
#include <array>
#include <utility>

#include "ledger/domain/read.h"
#include "ledger/simulation/corrections.h"
#include "ledger/simulation/draws.h"
#include "ledger/simulation/project_steps.h"
#include "ledger/simulation/recoveries.h"

namespace fundtrail::ledger::simulation {

using domain::Fen;

Payments::Payments(World& world) : world_(world) {
  static constexpr auto kRuns =
      std::to_array<std::uint32_t>({20240909, 20241202, 20250310, 20250616, 20250908, 20251201, 20260309, 20260518});
  int shift = 0;
  for (auto& city : world_.cities) {
    for (auto const start : kRuns) {
      world_.agenda.on(domain::checked(domain::Date::fromNumber(start)).plusDays(shift),
                       [this, &city] { begin(city); });
    }
    shift = (shift + 1) % 5;
  }
}

void Payments::begin(City& city) {
  auto due = std::exchange(city.unpaid, {});
  // What is suspect waits for another run.
  auto const suspect =
      std::stable_partition(due.begin(), due.end(), [](Instalment const& each) { return !each.project->suspect; });
  city.unpaid.assign(suspect, due.end());
  due.erase(suspect, due.end());
  request(city, due);
}

void Payments::request(City& city, std::vector<Instalment> const& instalments) {
  if (instalments.empty()) return;
  Run run;
  for (auto const& what : instalments) {
    auto const& project = *what.project;
    auto const& payee = project.enterprise;
    auto const written = world_.write(city.office.financeRequester, [&](schema::Event::Builder event) {
      auto body = event.initPaymentRequested();
      body.setAward(dataOf(*project.award));
      body.setAmountFen(what.amount.count());
      body.setPayee(textOf(payee.uscc));
      body.setPayeeName(textOf(payee.name));
      body.setAccount(textOf(payee.account.number));
      setDraws(body, city, project, what.from, what.amount);
    });
    run.push_back({what, written, payee.account.number});
  }
  world_.agenda.inWorkingDays(1, [this, &city, run] { review(city, run); });
}

void Payments::review(City& city, Run const& run) {
  Run passed;
  std::vector<Instalment> again;
  for (auto const& payment : run) {
    bool const turnedDown = turnedDown_.due();
    world_.write(city.office.financeReviewer, [&](schema::Event::Builder event) {
      auto body = event.initPaymentReviewed();
      body.setPayment(dataOf(payment.request));
      body.setOutcome(turnedDown ? schema::Outcome::REJECT : schema::Outcome::PASS);
      if (turnedDown) body.setOpinion("申请材料有误，请重新申请");
    });
    if (turnedDown) {
      again.push_back(payment.what);
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
      body.setAmountFen(payment.what.amount.count());
    });
    if (takenBack_.due()) {
      world_.agenda.inWorkingDays(1, [this, &city, payment] {
        cancel(city, payment);
        request(city, {payment.what});
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
    body.setAmountFen(payment.what.amount.count());
    body.setAccount(textOf(payment.account));
  });
}

void Payments::instruct(City& city, Run const& run) {
  Run sent;
  for (auto const& payment : run) {
    auto const written = instruct(city, payment);
    if (wronglyInstructed_.due()) {
      world_.agenda.inWorkingDays(
          1, [this, &city, written] { reverse(world_, financeOf(city), written, "支付凭证号填写错误"); });
      world_.agenda.inWorkingDays(3, [this, &city, payment] { instruct(city, Run{payment}); });
    } else {
      sent.push_back(payment);
    }
  }
  world_.agenda.inWorkingDays(2, [this, &city, sent] { hearFromBank(city, sent); });
}

Written Payments::settle(City const& city, Payment const& payment, std::string const& reference,
                         domain::Date valueDate) {
  return world_.write(city.office.financeSettler, [&](schema::Event::Builder event) {
    auto body = event.initPaymentSettled();
    body.setPayment(dataOf(payment.request));
    body.setBankReference(textOf(reference));
    body.setValueDate(valueDate.number());
    body.setAmountFen(payment.what.amount.count());
    body.setAccount(textOf(payment.account));
  });
}

/// The bank paid once, under one reference; the clerk may at first have taken another line's.
void Payments::settle(City& city, Payment const& payment) {
  auto const today = world_.agenda.today();
  auto const reference = world_.numbers.bankReference(today);
  auto const move = city.bankMoves.size();
  city.bankMoves.push_back({.day = today,
                            .credit = -payment.what.amount,
                            .reference = reference,
                            .name = payment.what.project->enterprise.name,
                            .account = payment.account});
  auto const finish = [this, &city, payment, reference, today, move] {
    city.bankMoves[move].event = settle(city, payment, reference, today);
    payment.what.project->paid += payment.what.amount;
    afterPayment(city, *payment.what.project);
  };
  if (!wronglySettled_.due()) return finish();
  auto const wrong = settle(city, payment, world_.numbers.bankReference(today), today);
  world_.agenda.inWorkingDays(1,
                              [this, &city, wrong] { reverse(world_, financeOf(city), wrong, "银行流水号对应错误"); });
  world_.agenda.inWorkingDays(3, finish);
}

void Payments::hearFromBank(City& city, Run const& run) {
  for (auto const& payment : run) {
    if (returned_.due()) {
      giveBack(city, payment);
    } else {
      settle(city, payment);
    }
  }
}

void Payments::afterPayment(City& city, Project& project) {
  if (project.paid == project.payable && project.paid < project.subsidy) {
    world_.agenda.inWorkingDays(5, [this, &city, &project] {
      ProjectSteps(world_, city).withdrawAward(project, "按实际投入结算，核减未付部分");
    });
  }
  if (project.paid == project.payable && recovered_.due()) planRecovery(world_, city, project);
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
  auto const amount = payment.what.amount;
  auto& project = *payment.what.project;
  BankMove move{.day = today,
                .credit = -amount,
                .reference = world_.numbers.bankReference(today),
                .name = project.enterprise.name,
                .account = payment.account,
                .explanation = "付出后当日退回，见退票行"};
  city.bankMoves.push_back(move);
  move.credit = amount;
  move.reference = world_.numbers.bankReference(today);
  move.explanation = {};
  move.event = world_.write(city.office.financeSettler, [&](schema::Event::Builder event) {
    auto body = event.initPaymentReturned();
    body.setPayment(dataOf(payment.request));
    body.setBankReference(textOf(move.reference));
    body.setValueDate(today.number());
    body.setAmountFen(amount.count());
    body.setReason(closed ? "收款账户已销户" : "收款行行号有误");
  });
  city.bankMoves.push_back(std::move(move));
  if (!closed) {
    world_.agenda.inWorkingDays(3, [this, &city, payment] { instruct(city, Run{payment}); });
    return;
  }
  world_.agenda.inWorkingDays(1, [this, &city, payment] {
    cancel(city, payment);
    changeAccount(world_, city, *payment.what.project, city.office.financeRequester);
  });
  world_.agenda.inWorkingDays(3, [this, &city, payment] { request(city, {payment.what}); });
}

}  // namespace fundtrail::ledger::simulation
