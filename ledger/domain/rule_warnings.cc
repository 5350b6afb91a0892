// SPDX-License-Identifier: Apache-2.0
// F2w, F3w: what is lawful, and yet worth a second look.

#include <algorithm>

#include <fmt/format.h>

#include "ledger/domain/provincial_money.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"

namespace fundtrail::ledger::domain {

Objection platformShareStaysWithinTheFullAward(Judgement const& judgement) {
  if (!judgement.event.isTrancheSplit() || !judgement.subject.tranche) return std::nullopt;
  auto const code = judgement.subject.tranche->city;
  auto const* const city = judgement.state.cities.find(code);
  auto const policy = judgement.state.figuresOn(judgement.occurredOn);
  if (!city || city->fullAward.isZero() || !policy || policy->platformShareCap.isZero()) return std::nullopt;
  auto const before = provincialMoney(judgement.state, code).platform;
  auto const all = provincialMoneyAfter(judgement.state, judgement.postings, code);
  auto const after = all ? all->platform : before;  // a split issues nothing
  auto const most = checked(share(city->fullAward, policy->platformShareCap, Rounding::down));
  if (after <= before || after <= most) return std::nullopt;
  return Text{
      fmt::format("行业平台资金 {} 元，省级奖补总额 {} 元的万分之 {} 为 {} 元", formatYuan(after),
                  formatYuan(city->fullAward), policy->platformShareCap.count(), formatYuan(most)),
      fmt::format("{} yuan for platforms; {} of 10,000 of the full award of {} yuan are {} yuan", formatYuan(after),
                  policy->platformShareCap.count(), formatYuan(city->fullAward), formatYuan(most))};
}

Objection payeeAccountIsLongStanding(Judgement const& judgement) {
  auto const* const payee = judgement.subject.organisation;
  if (!judgement.event.isPaymentRequested() || !payee) return std::nullopt;
  auto const number = readAccount(judgement.event.getPaymentRequested().getAccount());
  auto const account = std::ranges::find(payee->accounts, number, &PayeeAccount::number);
  if (account == payee->accounts.end() || !account->changed) return std::nullopt;
  auto const& changed = *account->changed;
  auto const policy = judgement.state.figuresOn(judgement.occurredOn);
  auto const isLongAgo = [&](std::int64_t days) {
    return policy && policy->accountChangeDays && days > static_cast<std::int64_t>(*policy->accountChangeDays);
  };
  auto const days = changed.on.daysUntil(judgement.occurredOn);
  if (!isLongAgo(days)) {
    return Text{fmt::format("收款账户 {} 于 {} 变更，距申请 {} 天", number.text(), changed.on.text(), days),
                fmt::format("the account {} was changed on {}, {} days before the request", number.text(),
                            changed.on.text(), days)};
  }
  // A change that is dated back is no older for it.
  auto const recorded = changed.acceptedOn.daysUntil(judgement.context.acceptedAt.businessDate());
  if (isLongAgo(recorded)) return std::nullopt;
  return Text{fmt::format("收款账户 {} 于 {} 变更，但 {} 天前才入账", number.text(), changed.on.text(), recorded),
              fmt::format("the account {} was changed on {}, but that was recorded {} days ago", number.text(),
                          changed.on.text(), recorded)};
}

}  // namespace fundtrail::ledger::domain
