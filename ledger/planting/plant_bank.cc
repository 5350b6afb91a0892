// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/codes.h"
#include "ledger/domain/read.h"
#include "ledger/planting/amounts.h"
#include "ledger/planting/plants.h"

namespace fundtrail::ledger::planting {

namespace {

using domain::Date;
using domain::Fen;
using domain::formatYuan;

struct Party {
  Place registered;
  std::string uscc;
  std::string name;
  std::string account;
};
Party partyOf(Field const& field, std::string uscc) {
  auto const place = field.stories.registrations.at(uscc);
  auto const body = field.draft.event(place).getOrganisationRegistered();
  return {place, std::move(uscc), std::string(domain::textOf(body.getName())),
          std::string(domain::textOf(body.getAccounts()[0].getNumber()))};
}
Party providerOf(Field const& field, Story const& story) {
  auto const contract = field.draft.event(story.contract).getContractFiled();
  return partyOf(field, std::string(domain::textOf(contract.getProviders()[0].getUscc())));
}
Fen contractTotal(Field const& field, Story const& story) {
  return domain::readFen(field.draft.event(story.contract).getContractFiled().getTotalFen());
}

domain::EventRef orderRecovery(Field& field, Story const& story, Fen amount) {
  auto& draft = field.draft;
  auto const settled = *story.payment.settled;
  auto const day = field.dayOf(settled);
  return draft.insert({settled}, draft.authorOf(story.accepted), day, [&](schema::Event::Builder event) {
    event.setCause(dataOf(draft.refOf(story.award)));
    auto body = event.initRecoveryOrdered();
    body.setAward(dataOf(draft.refOf(story.award)));
    body.setAmountFen(amount.count());
    body.setDueOn(day.plusDays(30).number());
    body.setReason("核查发现改造设备未投入使用（模拟）");
  });
}

/// Its money was paid, and the month's statement imported, early enough for something to follow.
bool isPaidInTime(Field const& field, Story const& story) {
  return field.dayOf(*story.payment.settled).number() < 20260201;
}

}  // namespace

std::optional<Sown> plantOffLedgerDebit(Field& field) {
  auto const& city = field.city();
  auto const statement = field.statementFrom(
      city, domain::checked(Date::fromNumber(20240901)).plusDays(static_cast<int>(field.draw(500))));
  if (!statement) return std::nullopt;
  auto const on = domain::readDate(field.draft.event(*statement).getStatementImported().getPeriodTo());
  auto const amount = Fen::literal(static_cast<std::int64_t>(200'000 + field.draw(700'000)) * 100);
  auto const line =
      field.addLine(city, {on, -amount, "广州市恒信达投资有限公司（模拟）", field.account(), field.bankReference(on)});
  if (!line) return std::nullopt;
  auto const name = domain::cityNameZh(domain::readRegion(city.code));
  return Sown{{field.draft.refOf(line->statement)},
              {},
              city.code,
              amount,
              {fmt::format("{}专户 {} 付出 {} 元，账上没有对应事件（对账单第 {} 行，从 0 起）", name, on.text(),
                           formatYuan(amount), line->line),
               fmt::format("{} yuan leave the account of city {} on {}, and no event says why (line {} of the "
                           "statement, from 0)",
                           formatYuan(amount), city.code, on.text(), line->line)}};
}

std::optional<Sown> plantRecoveryPocketed(Field& field) {
  auto const* const story = field.project([&](Story const& each) { return isPaidInTime(field, each); });
  if (!story) return std::nullopt;
  auto& draft = field.draft;
  auto const& city = field.cityOf(*story);
  auto const amount = Fen::literal((story->payment.amount.count() + 1) / 2);
  auto const order = orderRecovery(field, *story, amount);
  auto const behind = field.statementFrom(city, field.dayOf(*story->payment.settled).plusDays(1));
  if (!behind) return std::nullopt;
  auto const day = field.dayOf(*behind);
  auto const reference = field.bankReference(day);
  auto const tranche = draft.event(story->award).getAwardApproved().getDraws()[0].getTranche();
  auto const received = draft.insert({*behind}, draft.authorOf(*behind), day, [&](schema::Event::Builder event) {
    auto body = event.initRecoveryReceived();
    body.setRecovery(dataOf(order));
    body.setAmountFen(amount.count());
    body.setBankReference(textOf(reference));
    body.setValueDate(day.number());
    body.setDisposition(schema::Disposition::AVAILABLE);
    auto draw = body.initDraws(1)[0];
    draw.setTranche(tranche);
    draw.setAmountFen(amount.count());
  });
  return Sown{{received, order},
              {story->enterprise},
              story->city,
              amount,
              {fmt::format("账上记 {} 退回 {} 元，银行没有这笔收入", enterpriseName(field, *story), formatYuan(amount)),
               fmt::format("{} yuan are said to have come back from {}; no bank has seen them", formatYuan(amount),
                           story->enterprise)}};
}

std::optional<Sown> plantRecoveryOverdue(Field& field) {
  auto const* const story = field.project([&](Story const& each) { return isPaidInTime(field, each); });
  if (!story) return std::nullopt;
  auto const amount = story->payment.amount;
  auto const order = orderRecovery(field, *story, amount);
  return Sown{{order},
              {story->enterprise},
              story->city,
              amount,
              {fmt::format("责令 {} 退回 {} 元，逾期未到账", enterpriseName(field, *story), formatYuan(amount)),
               fmt::format("{} is ordered to pay back {} yuan; past due, nothing has come", story->enterprise,
                           formatYuan(amount))}};
}

std::optional<Sown> plantKickback(Field& field) {
  auto const* const story = field.project([&](Story const& each) { return isPaidInTime(field, each); });
  if (!story) return std::nullopt;
  auto const enterprise = partyOf(field, story->enterprise);
  auto const provider = providerOf(field, *story);
  auto const paid = field.dayOf(*story->payment.settled);
  auto const amount = story->payment.amount;
  auto const total = contractTotal(field, *story);
  return Sown{
      {field.draft.refOf(*story->payment.settled)},
      {enterprise.uscc, provider.uscc},
      story->city,
      amount,
      {fmt::format("供给方 {} 收款后 4 天把奖补等额 {} 元转回 {}", provider.name, formatYuan(amount), enterprise.name),
       fmt::format("the provider {} gives {} yuan, as much as the award, back to {} within days", provider.uscc,
                   formatYuan(amount), enterprise.uscc)},
      {{paid.plusDays(2), enterprise.account, enterprise.name, provider.account, provider.name, total},
       {paid.plusDays(6), provider.account, provider.name, enterprise.account, enterprise.name, amount}}};
}

std::optional<Sown> plantOwnShareMissing(Field& field) {
  auto const* const story = field.project([&](Story const& each) { return isPaidInTime(field, each); });
  if (!story) return std::nullopt;
  auto const enterprise = partyOf(field, story->enterprise);
  auto const provider = providerOf(field, *story);
  auto const paid = field.dayOf(*story->payment.settled);
  auto const own = contractTotal(field, *story) - story->payment.amount;
  auto const part = Fen::literal(own.count() / 4);
  auto const missing = own - part;
  return Sown{{field.draft.refOf(story->enrolled)},
              {enterprise.uscc, provider.uscc},
              story->city,
              missing,
              {fmt::format("{} 应自付 {} 元，只付供给方 {} 元", enterprise.name, formatYuan(own), formatYuan(part)),
               fmt::format("of its own share of {} yuan, {} pays its provider {} yuan", formatYuan(own),
                           enterprise.uscc, formatYuan(part))},
              {{paid.plusDays(3), enterprise.account, enterprise.name, provider.account, provider.name, part}}};
}

}  // namespace fundtrail::ledger::planting
