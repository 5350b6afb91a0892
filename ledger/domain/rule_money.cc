// SPDX-License-Identifier: Apache-2.0
// F1, F3, F4: money is there, goes where it was awarded, and takes every step.

#include <algorithm>

#include <boost/container/small_vector.hpp>
#include <fmt/format.h>

#include "ledger/domain/account_name.h"
#include "ledger/domain/next_step.h"
#include "ledger/domain/payable.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

// ---- F1

/// The balances that an event touches, as they will be: several postings of one event may draw on one place.
class Trial {
 public:
  explicit Trial(State const& state) : state_(state) {}

  /// Nothing if the posting leaves no place negative; else what the place holds before it.
  std::optional<Fen> apply(Posting const& posting) {
    if (posting.from) {
      auto& balance = at(posting.tranche, *posting.from);
      if (balance < posting.amount) return balance;
      balance -= posting.amount;
    }
    if (posting.to) at(posting.tranche, *posting.to) += posting.amount;
    return std::nullopt;
  }

 private:
  struct Balance {
    EventRef tranche;
    Place place;
    Fen amount;
  };

  Fen& at(EventRef const& tranche, Place const& place) {
    auto const known =
        std::ranges::find_if(balances_, [&](Balance const& b) { return b.tranche == tranche && b.place == place; });
    if (known != balances_.end()) return known->amount;
    auto const* const record = state_.tranches.find(tranche);
    balances_.push_back({tranche, place, record ? record->balance(place) : Fen()});
    return balances_.back().amount;
  }

  State const& state_;
  boost::container::small_vector<Balance, 4> balances_;
};

std::string_view stageZh(Stage stage) {
  switch (stage) {
    case Stage::issued: return "已下达未到账";
    case Stage::available: return "可用";
    case Stage::reserved: return "已核定待拨付";
    case Stage::inFlight: return "支付在途";
    case Stage::paid: return "已支付";
    case Stage::recovered: return "追回待处理";
    case Stage::returnedToTreasury: return "已缴回国库";
    case Stage::recalled: return "已收回";
  }
  return "";
}

std::string_view stageEn(Stage stage) {
  switch (stage) {
    case Stage::issued: return "issued and not yet received";
    case Stage::available: return "available";
    case Stage::reserved: return "awarded and not yet paid";
    case Stage::inFlight: return "on their way to the payee";
    case Stage::paid: return "paid";
    case Stage::recovered: return "recovered";
    case Stage::returnedToTreasury: return "returned to the treasury";
    case Stage::recalled: return "recalled";
  }
  return "";
}

Objection purposeIsAllowed(Tranche const* tranche, schema::Purpose purpose) {
  if (!tranche || tranche->allows(purpose)) return std::nullopt;
  return Text{"资金批次限定了用途，不含该支持方向", "the tranche is restricted to other purposes"};
}

Objection drawsAreTheCitys(Judgement const& judgement) {
  if (!judgement.subject.project) return std::nullopt;
  auto const& project = *judgement.subject.project;
  for (auto const draw : judgement.event.getAwardApproved().getDraws()) {
    auto const* const tranche = judgement.state.tranches.find(readRef(draw.getTranche()));
    if (!tranche) continue;
    if (tranche->city != project.city) {
      return Text{fmt::format("资金批次属于城市 {}，项目属于城市 {}", tranche->city.number(), project.city.number()),
                  fmt::format("the tranche is city {}'s, the project city {}'s", tranche->city.number(),
                              project.city.number())};
    }
    if (auto objection = purposeIsAllowed(tranche, project.purpose)) return objection;
    if (draw.getCounty() != 0 && draw.getCounty() != project.county) {
      return Text{fmt::format("资金已分解到区县 {}，项目不在该区县", draw.getCounty()),
                  fmt::format("the money was handed on to county {}, where the project is not", draw.getCounty())};
    }
  }
  return std::nullopt;
}

/// All that was ever issued stays an amount: then so does every stage, and every sum that anybody draws over tranches.
Objection issueIsAnAmount(Judgement const& judgement, Posting const& posting) {
  if (posting.from) return std::nullopt;
  std::optional<Fen> total = posting.amount;
  judgement.state.tranches.visit([&](EventRef const&, Tranche const& tranche) {
    if (total) total = total->plus(tranche.issued);
  });
  if (total) return std::nullopt;
  return Text{"下达资金合计过大",
              "all money issued together grows larger than any amount may be: check the number of zeros"};
}

/// What an award has paid can be recovered once, and from where it was paid.
Objection recoveryIsWithinWhatWasPaid(Judgement const& judgement) {
  auto const* const recovery = judgement.subject.recovery;
  auto const* const award = judgement.subject.award;
  if (!recovery || !award) return std::nullopt;
  auto const body = judgement.event.getRecoveryReceived();
  auto const amount = readFen(body.getAmountFen());
  if (amount > recovery->open()) {
    return Text{
        fmt::format("追回到账 {} 元，待追回 {} 元", formatYuan(amount), formatYuan(recovery->open())),
        fmt::format("{} yuan received back, {} yuan still open", formatYuan(amount), formatYuan(recovery->open()))};
  }
  for (auto const draw : body.getDraws()) {
    auto const* const paid = award->find(readRef(draw.getTranche()), draw.getCounty());
    auto const recoverable = paid ? paid->paid - paid->recovered : Fen();
    auto const part = readFen(draw.getAmountFen());
    if (part <= recoverable) continue;
    return Text{fmt::format("该资金来源可追回 {} 元，所填 {} 元", formatYuan(recoverable), formatYuan(part)),
                fmt::format("{} yuan can be recovered from this source, {} yuan stated", formatYuan(recoverable),
                            formatYuan(part))};
  }
  return std::nullopt;
}

// ---- F3

Text wrongAccount(std::string_view stated) {
  return {fmt::format("账户 {} 不是该项拨付的收款账户", stated),
          fmt::format("{} is not the account that this payment goes to", stated)};
}

Objection payeeIsTheBeneficiary(Judgement const& judgement) {
  auto const body = judgement.event.getPaymentRequested();
  auto const& award = *judgement.subject.award;
  auto const& organisation = *judgement.subject.organisation;
  if (readUscc(body.getPayee()) != award.beneficiary) {
    return Text{
        fmt::format("收款人 {} 不是受益企业 {}", textOf(body.getPayee()), award.beneficiary.text()),
        fmt::format("the payee {} is not the beneficiary {}", textOf(body.getPayee()), award.beneficiary.text())};
  }
  auto const account = std::ranges::find(organisation.accounts, readAccount(body.getAccount()), &PayeeAccount::number);
  if (account == organisation.accounts.end()) {
    return Text{fmt::format("账户 {} 未登记在收款人名下", textOf(body.getAccount())),
                fmt::format("the account {} is not registered for the payee", textOf(body.getAccount()))};
  }
  for (auto const registered : {std::string_view(account->name), std::string_view(organisation.name)}) {
    if (isSpellingOf(textOf(body.getPayeeName()), registered)) continue;
    return Text{fmt::format("户名“{}”与登记的“{}”不一致", textOf(body.getPayeeName()), registered),
                fmt::format("the name \"{}\" is not the registered \"{}\"", textOf(body.getPayeeName()), registered)};
  }
  return std::nullopt;
}

Objection amountIsWithinTheRest(Judgement const& judgement) {
  auto const body = judgement.event.getPaymentRequested();
  auto const& award = *judgement.subject.award;
  auto const amount = readFen(body.getAmountFen());
  if (award.withdrawn) {
    return Reason({"奖补已经撤销", "the award is withdrawn"},
                  Text{"不再申请拨付；误撤的先冲销撤销",
                       "Request nothing; if it was withdrawn by mistake, reverse the withdrawal first"});
  }
  auto const rest = payable(judgement.state, award, judgement.occurredOn) - award.requested();
  if (amount > rest) {
    return Text{
        fmt::format("申请 {} 元，目前可付余额 {} 元", formatYuan(amount), formatYuan(rest)),
        fmt::format("{} yuan requested, {} yuan of the award are payable now", formatYuan(amount), formatYuan(rest))};
  }
  for (auto const draw : body.getDraws()) {
    auto const* const reserved = award.find(readRef(draw.getTranche()), draw.getCounty());
    auto const free = reserved ? reserved->amount - reserved->requested : Fen();
    auto const part = readFen(draw.getAmountFen());
    if (part <= free) continue;
    return Text{fmt::format("该资金来源尚可支付 {} 元，所填 {} 元", formatYuan(free), formatYuan(part)),
                fmt::format("{} yuan of this source are unpaid, {} yuan stated", formatYuan(free), formatYuan(part))};
  }
  return std::nullopt;
}

/// Since it was requested less may have become payable: the project was rejected, or computed again on what was spent.
/// What was payable on the day of its request stays so, and what a later plan adds is payable too.
Objection isStillPayable(Judgement const& judgement) {
  auto const* const payment = judgement.subject.payment;
  auto const* const award = judgement.subject.award;
  if (!payment || !award) return std::nullopt;
  Text const cancel{"请取消该拨付，按可付金额重新申请", "Cancel the payment, and request what is payable"};
  if (judgement.subject.project->stage == ProjectStage::rejected) {
    return Reason({"项目未通过，不再拨付", "the project was rejected: nothing more is paid"}, cancel);
  }
  auto const most = std::max(payable(judgement.state, *award, payment->steps.front().occurredOn),
                             payable(judgement.state, *award, judgement.occurredOn));
  if (award->requested() <= most) return std::nullopt;
  return Reason({fmt::format("已申请拨付 {} 元，目前可付 {} 元", formatYuan(award->requested()), formatYuan(most)),
                 fmt::format("{} yuan are requested or paid, {} yuan of the award are payable now",
                             formatYuan(award->requested()), formatYuan(most))},
                cancel);
}

Objection accountIsAsRequested(Payment const* payment, capnp::Text::Reader stated) {
  if (!payment || readAccount(stated) == payment->account) return std::nullopt;
  return wrongAccount(textOf(stated));
}

/// An account that was replaced since the request gets no money any more.
Objection accountIsStillRegistered(Judgement const& judgement) {
  auto const* const payment = judgement.subject.payment;
  auto const* const award = judgement.subject.award;
  auto const* const payee = award ? judgement.state.organisations.find(award->beneficiary) : nullptr;
  if (!payment || !payee ||
      std::ranges::find(payee->accounts, payment->account, &PayeeAccount::number) != payee->accounts.end()) {
    return std::nullopt;
  }
  return Text{"收款账户在申请之后已经变更，请取消后重新申请",
              "the account was replaced since the request: cancel the payment and request it again"};
}

// ---- F4

Objection paymentIsAt(Payment const* payment, std::optional<PaymentStage> due) {
  if (!payment || payment->stage == due) return std::nullopt;
  return Text{fmt::format("拨付目前为“{}”，本环节要求“{}”", stageZh(payment->stage), stageZh(*due)),
              fmt::format("the payment is {}; this step needs it {}", stageEn(payment->stage), stageEn(*due))};
}

Objection paymentIsAt(Payment const* payment, std::optional<PaymentStage> due, std::int64_t amountFen) {
  if (auto objection = paymentIsAt(payment, due)) return objection;
  if (!payment || payment->amount == readFen(amountFen)) return std::nullopt;
  return Text{
      fmt::format("金额 {} 元与申请的 {} 元不符", formatYuan(readFen(amountFen)), formatYuan(payment->amount)),
      fmt::format("{} yuan stated, {} yuan requested", formatYuan(readFen(amountFen)), formatYuan(payment->amount))};
}

Objection paymentMayBeCancelled(Payment const* payment) {
  if (!payment) return std::nullopt;
  bool const open = payment->stage == PaymentStage::requested || payment->stage == PaymentStage::reviewed ||
                    payment->stage == PaymentStage::approved;
  if (open) return std::nullopt;
  return Reason({fmt::format("拨付目前为“{}”，不能取消", stageZh(payment->stage)),
                 fmt::format("the payment is {}: it cannot be cancelled", stageEn(payment->stage))},
                Text{"已支付在途的先记录到账或退票，已到账的冲销或追回",
                     "What is on its way is settled or returned first; what is settled is reversed or recovered"});
}

}  // namespace

Objection fundsSuffice(Judgement const& judgement) {
  auto const& event = judgement.event;
  if (event.isTrancheSplit()) {
    if (auto objection = purposeIsAllowed(judgement.subject.tranche, event.getTrancheSplit().getPurpose()))
      return objection;
  }
  if (event.isAwardApproved()) {
    if (auto objection = drawsAreTheCitys(judgement)) return objection;
  }
  if (event.isRecoveryReceived()) {
    if (auto objection = recoveryIsWithinWhatWasPaid(judgement)) return objection;
  }
  Trial trial(judgement.state);
  for (auto const& posting : judgement.postings) {
    if (auto objection = issueIsAnAmount(judgement, posting)) return objection;
    auto const there = trial.apply(posting);
    if (!there) continue;
    auto const stage = posting.from->stage;
    return Text{
        fmt::format("“{}”资金 {} 元，所需 {} 元", stageZh(stage), formatYuan(*there), formatYuan(posting.amount)),
        fmt::format("{} yuan {}, {} yuan needed", formatYuan(*there), stageEn(stage), formatYuan(posting.amount))};
  }
  return std::nullopt;
}

Objection paymentGoesToTheBeneficiary(Judgement const& judgement) {
  auto const& event = judgement.event;
  switch (event.which()) {
    case E::AWARD_APPROVED: {
      auto const* const project = judgement.subject.project;
      auto const stated = event.getAwardApproved().getBeneficiary();
      if (!project || readUscc(stated) == project->enterprise) return std::nullopt;
      return Text{fmt::format("受益企业 {} 不是项目的企业 {}", textOf(stated), project->enterprise.text()),
                  fmt::format("the beneficiary {} is not the project's enterprise {}", textOf(stated),
                              project->enterprise.text())};
    }
    case E::PAYMENT_REQUESTED:
      if (!judgement.subject.award || !judgement.subject.organisation) return std::nullopt;
      if (auto objection = payeeIsTheBeneficiary(judgement)) return objection;
      return amountIsWithinTheRest(judgement);
    case E::PAYMENT_APPROVED: return isStillPayable(judgement);
    case E::PAYMENT_INSTRUCTED:
      if (auto objection = isStillPayable(judgement)) return objection;
      if (auto objection = accountIsAsRequested(judgement.subject.payment, event.getPaymentInstructed().getAccount())) {
        return objection;
      }
      return accountIsStillRegistered(judgement);
    case E::PAYMENT_SETTLED:
      return accountIsAsRequested(judgement.subject.payment, event.getPaymentSettled().getAccount());
    default: return std::nullopt;
  }
}

Objection paymentFollowsItsSteps(Judgement const& judgement) {
  auto const& event = judgement.event;
  auto const* const payment = judgement.subject.payment;
  auto const due = dueStage(event.which());
  switch (event.which()) {
    case E::PAYMENT_REVIEWED: return paymentIsAt(payment, due);
    case E::PAYMENT_APPROVED: return paymentIsAt(payment, due, event.getPaymentApproved().getAmountFen());
    case E::PAYMENT_INSTRUCTED: return paymentIsAt(payment, due, event.getPaymentInstructed().getAmountFen());
    case E::PAYMENT_SETTLED: return paymentIsAt(payment, due, event.getPaymentSettled().getAmountFen());
    case E::PAYMENT_RETURNED: return paymentIsAt(payment, due, event.getPaymentReturned().getAmountFen());
    case E::PAYMENT_CANCELLED: return paymentMayBeCancelled(payment);
    default: return std::nullopt;
  }
}

}  // namespace fundtrail::ledger::domain
