// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/recoveries.h"

#include "ledger/simulation/corrections.h"
#include "ledger/simulation/draws.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Fen;

/// How a recovery ends.
enum class End : std::uint8_t { wholeToTreasury, half, inTwoParts, restWaived, recordedTwice };
constexpr unsigned kEnds = 5;

struct Recovery {
  City* city;
  Project* project;
  Written order;
  Fen amount;
  End end;
};

Written receive(World& world, Recovery const& recovery, Fen amount, std::string const& reference,
                domain::Date valueDate) {
  bool const toTreasury = recovery.end == End::wholeToTreasury;
  auto const from = recovery.project->recovered;
  recovery.project->recovered += amount;
  return world.write(recovery.city->office.financeSettler, [&](schema::Event::Builder event) {
    auto body = event.initRecoveryReceived();
    body.setRecovery(dataOf(recovery.order));
    body.setAmountFen(amount.count());
    body.setBankReference(textOf(reference));
    body.setValueDate(valueDate.number());
    body.setDisposition(toTreasury ? schema::Disposition::TREASURY : schema::Disposition::AVAILABLE);
    setDraws(body, *recovery.city, *recovery.project, from, amount);
  });
}

void receive(World& world, Recovery const& recovery, Fen amount) {
  auto const today = world.agenda.today();
  BankMove move{.day = today,
                .credit = amount,
                .reference = world.numbers.bankReference(today),
                .name = recovery.project->enterprise.name,
                .account = recovery.project->enterprise.account.number};
  move.event = receive(world, recovery, amount, move.reference, today);
  auto& moves = recovery.city->bankMoves;
  auto const at = moves.size();
  moves.push_back(move);
  if (recovery.end == End::wholeToTreasury) {
    moves.push_back({.day = today,
                     .credit = -amount,
                     .reference = world.numbers.bankReference(today),
                     .name = "国家金库（模拟）",
                     .account = {},
                     .explanation = "追回资金缴回国库"});
  }
  if (recovery.end != End::recordedTwice) return;
  // Taken back and recorded once more: the bank's reference stays what it is.
  world.agenda.inWorkingDays(1, [&world, recovery, amount, wrong = *move.event] {
    recovery.project->recovered -= amount;
    reverse(world, financeOf(*recovery.city), wrong, "追回资金来源填写错误");
  });
  world.agenda.inWorkingDays(3, [&world, recovery, amount, at, move] {
    recovery.city->bankMoves[at].event = receive(world, recovery, amount, move.reference, move.day);
  });
}

void waive(World& world, Recovery const& recovery, Fen amount) {
  auto const proposed = world.write(world.staff.provinceFinance(), [&](schema::Event::Builder event) {
    world.desk.attach(event, {.kind = "免予追回批复（模拟）"});
    auto body = event.initRecoveryWaived();
    body.setRecovery(dataOf(recovery.order));
    body.setAmountFen(amount.count());
    body.setReason("企业破产清算，无财产可供执行");
  });
  world.agenda.inWorkingDays(2, [&world, proposed] { confirm(world, world.staff.provinceFinanceSecond(), proposed); });
}

std::string_view reasonFor(End end) {
  switch (end) {
    case End::wholeToTreasury: return "改造产品未持续使用";
    case End::half: return "部分发票重复列支";
    case End::inTwoParts: return "核查发现部分设备未投入使用";
    case End::restWaived: return "企业停产，未完成后续改造";
    case End::recordedTwice: return "云服务提前终止";
  }
  return "";
}

void order(World& world, City& city, Project& project, End end) {
  auto const amount = end == End::wholeToTreasury ? project.paid : Fen::literal((project.paid.count() + 1) / 2);
  auto const written = world.write(city.office.industryAccepter, [&](schema::Event::Builder event) {
    event.setCause(dataOf(*project.award));
    world.desk.attach(event, {.kind = "责令退回通知书（模拟）"});
    auto body = event.initRecoveryOrdered();
    body.setAward(dataOf(*project.award));
    body.setAmountFen(amount.count());
    body.setDueOn(world.agenda.today().plusDays(30).number());
    body.setReason(textOf(reasonFor(end)));
  });
  Recovery const recovery{&city, &project, written, amount, end};
  bool const inParts = end == End::inTwoParts || end == End::restWaived;
  auto const first = inParts ? Fen::literal(amount.count() / 3 * 2) : amount;
  world.agenda.inWorkingDays(15, [&world, recovery, first] { receive(world, recovery, first); });
  if (!inParts) return;
  world.agenda.inWorkingDays(40, [&world, recovery, rest = amount - first] {
    recovery.end == End::restWaived ? waive(world, recovery, rest) : receive(world, recovery, rest);
  });
}

}  // namespace

void planRecovery(World& world, City& city, Project& project) {
  auto const end = static_cast<End>(world.recoveries++ % kEnds);
  world.agenda.inWorkingDays(30, [&world, &city, &project, end] { order(world, city, project, end); });
}

}  // namespace fundtrail::ledger::simulation
