// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "ledger/domain/calendar.h"
#include "ledger/domain/read.h"
#include "ledger/planting/amounts.h"
#include "ledger/planting/plants.h"
#include "ledger/planting/totals.h"

namespace fundtrail::ledger::planting {

using domain::Fen;
using domain::formatYuan;

std::optional<Sown> plantForgedApproval(Field& field) {
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  auto& draft = field.draft;
  auto const& payment = story->payment;
  auto const account = field.account();
  draft.sign(*payment.approved, {*payment.approved}, draft.authorOf(payment.requested));
  draft.edit(*payment.instructed,
             [account](schema::Event::Builder event) { event.getPaymentInstructed().setAccount(textOf(account)); });
  draft.edit(*payment.settled,
             [account](schema::Event::Builder event) { event.getPaymentSettled().setAccount(textOf(account)); });
  field.changeLine(
      field.cityOf(*story), *payment.line,
      [account](schema::StatementLine::Builder line) {
        line.setCounterpartyName("广州市鸿运达商贸有限公司（模拟）");
        line.setCounterpartyAccount(textOf(account));
      },
      Fen());
  return Sown{{draft.refOf(*payment.approved), draft.refOf(*payment.instructed), draft.refOf(*payment.settled)},
              {story->enterprise},
              story->city,
              payment.amount,
              {fmt::format("{} 的奖补 {} 元由申请人自己冒名审批，付往未登记的账户 {}", enterpriseName(field, *story),
                           formatYuan(payment.amount), account),
               fmt::format("{} yuan awarded to {} are approved by the one who requested them, and go to {}, an account "
                           "that nobody registered",
                           formatYuan(payment.amount), story->enterprise, account)}};
}

std::optional<Sown> plantDoublePayment(Field& field) {
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  auto& draft = field.draft;
  auto const& payment = story->payment;
  auto const& city = field.cityOf(*story);
  auto const day = field.dayOf(*payment.settled);
  auto const voucher = field.voucher(story->city, day);
  auto const reference = field.bankReference(day);
  Behind const behind{*payment.settled};
  auto const again = [&](Place place, auto const& set) {
    return draft.insert(behind, draft.authorOf(place), day,
                        [&](schema::Event::Builder event) { set(event, draft.event(place)); });
  };
  auto const requested = again(
      payment.requested, [](auto event, auto before) { event.setPaymentRequested(before.getPaymentRequested()); });
  auto const reviewed = again(*payment.reviewed, [&](auto event, auto before) {
    event.setPaymentReviewed(before.getPaymentReviewed());
    event.getPaymentReviewed().setPayment(dataOf(requested));
  });
  auto const approved = again(*payment.approved, [&](auto event, auto before) {
    event.setPaymentApproved(before.getPaymentApproved());
    event.getPaymentApproved().setPayment(dataOf(requested));
  });
  auto const instructed = again(*payment.instructed, [&](auto event, auto before) {
    event.setPaymentInstructed(before.getPaymentInstructed());
    event.getPaymentInstructed().setPayment(dataOf(requested));
    event.getPaymentInstructed().setVoucherNumber(textOf(voucher));
  });
  auto const settled = again(*payment.settled, [&](auto event, auto before) {
    event.setPaymentSettled(before.getPaymentSettled());
    event.getPaymentSettled().setPayment(dataOf(requested));
    event.getPaymentSettled().setBankReference(textOf(reference));
    event.getPaymentSettled().setValueDate(day.number());
  });
  auto const request = draft.event(payment.requested).getPaymentRequested();
  auto const line = field.addLine(city, {day, -payment.amount, std::string(domain::textOf(request.getPayeeName())),
                                         std::string(domain::textOf(request.getAccount())), reference});
  if (line) field.matchLine(city, *line, settled);
  return Sown{
      {requested, reviewed, approved, instructed, settled},
      {story->enterprise},
      story->city,
      payment.amount,
      {fmt::format("{} 的同一笔奖补 {} 元支付了两次", enterpriseName(field, *story), formatYuan(payment.amount)),
       fmt::format("the same award of {} yuan is paid to {} twice", formatYuan(payment.amount), story->enterprise)}};
}

namespace {

Fen ineligibleNet(Field const& field, Story const& story) {
  Fen sum;
  for (auto const line : field.draft.event(story.verified).getCostVerified().getLines()) {
    if (line.getProduct().size() == 0) sum += domain::readFen(line.getNetFen());
  }
  return sum;
}

Fen eligibleOf(Field const& field, Story const& story) {
  return domain::readFen(field.draft.event(story.verified).getCostVerified().getEligibleFen());
}

}  // namespace

std::optional<Sown> plantExcludedCost(Field& field) {
  auto const wrongly = [&](Story const& story) {
    return subsidyOn(field, story, eligibleOf(field, story) + ineligibleNet(field, story));
  };
  auto const* const story = field.project([&](Story const& each) { return wrongly(each) > subsidyOf(field, each); });
  if (!story) return std::nullopt;
  auto const eligible = eligibleOf(field, *story) + ineligibleNet(field, *story);
  auto const subsidy = wrongly(*story);
  auto const more = subsidy - subsidyOf(field, *story);
  field.draft.edit(story->verified, [eligible](schema::Event::Builder event) {
    event.getCostVerified().setEligibleFen(eligible.count());
  });
  setSubsidy(field, *story, eligible, subsidy);
  auto const& draft = field.draft;
  return Sown{{draft.refOf(story->verified), draft.refOf(story->proposed), draft.refOf(story->award),
               draft.refOf(*story->payment.settled)},
              {story->enterprise},
              story->city,
              more,
              {fmt::format("{} 的实施、培训、维保等不予支持的费用 {} 元计入核定投入，多付 {} 元",
                           enterpriseName(field, *story), formatYuan(ineligibleNet(field, *story)), formatYuan(more)),
               fmt::format("{} yuan for implementation, training or maintenance count as cost of {}: {} yuan too much "
                           "are paid",
                           formatYuan(ineligibleNet(field, *story)), story->enterprise, formatYuan(more))}};
}

std::optional<Sown> plantAboveCap(Field& field) {
  auto const fits = [&](Story const& story) {
    auto const body = field.draft.event(story.proposed).getSubsidyProposed();
    return body.getSubsidyFen() == body.getCapFen();
  };
  auto const* story = field.project(fits);
  if (!story) story = field.project();
  if (!story) return std::nullopt;
  auto const body = field.draft.event(story->proposed).getSubsidyProposed();
  auto const cap = domain::readFen(body.getCapFen());
  auto const more = Fen::literal(5'000'000);
  auto const subsidy = cap + more;
  auto const tooMuch = subsidy - subsidyOf(field, *story);
  setSubsidy(field, *story, eligibleOf(field, *story), subsidy);
  auto const& draft = field.draft;
  return Sown{{draft.refOf(story->proposed), draft.refOf(story->award), draft.refOf(*story->payment.settled)},
              {story->enterprise},
              story->city,
              tooMuch,
              {fmt::format("{} 的奖补 {} 元超过上限 {} 元", enterpriseName(field, *story), formatYuan(subsidy),
                           formatYuan(cap)),
               fmt::format("{} yuan are awarded to {}, above the cap of {} yuan", formatYuan(subsidy),
                           story->enterprise, formatYuan(cap))}};
}

std::optional<Sown> plantPaidBeforeAccepted(Field& field) {
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  auto& draft = field.draft;
  auto const day = field.dayOf(*story->payment.settled);
  draft.sign(story->accepted, {*story->payment.settled}, draft.authorOf(story->accepted));
  draft.edit(story->accepted, [day](schema::Event::Builder event) {
    event.setOccurredOn(day.number());
    event.getProjectAccepted().setAcceptedOn(day.number());
  });
  return Sown{{draft.refOf(story->proposed), draft.refOf(story->award), draft.refOf(*story->payment.settled),
               draft.refOf(story->accepted)},
              {story->enterprise},
              story->city,
              story->payment.amount,
              {fmt::format("{} 属事后奖补，{} 元到账之后才验收", enterpriseName(field, *story),
                           formatYuan(story->payment.amount)),
               fmt::format("{}, which is supported afterwards, is accepted only after {} yuan were paid",
                           story->enterprise, formatYuan(story->payment.amount))}};
}

std::optional<Sown> plantAccountChangedLate(Field& field) {
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  auto& draft = field.draft;
  auto const& payment = story->payment;
  auto const account = field.account();
  auto const old = draft.event(story->registered).getOrganisationRegistered().getAccounts()[0];
  // On the two working days behind the award; the request is some days later at least.
  auto const behind = [&](domain::Date day) {
    for (Place place = payment.requested; place-- != story->award;) {
      if (field.dayOf(place) <= day) return place;
    }
    return story->award;
  };
  auto const requestedOn = field.dayOf(payment.requested);
  auto const changePlace = behind(requestedOn.plusDays(-4));
  auto const changed = draft.insert({changePlace}, draft.authorOf(payment.requested), field.dayOf(changePlace),
                                    [&](schema::Event::Builder event) {
                                      auto body = event.initBankAccountChanged();
                                      body.setUscc(textOf(story->enterprise));
                                      body.setReplaces(old.getNumber());
                                      body.setReason("原账户已销户（模拟）");
                                      auto next = body.initAccount();
                                      next.setNumber(textOf(account));
                                      next.setName(old.getName());
                                      next.setBank(old.getBank());
                                      next.setBankName(old.getBankName());
                                    });
  auto const confirmPlace = behind(requestedOn.plusDays(-1));
  draft.insert({confirmPlace}, draft.authorOf(*payment.reviewed), field.dayOf(confirmPlace),
               [&](schema::Event::Builder event) {
                 event.setCause(dataOf(changed));
                 auto body = event.initChangeConfirmed();
                 body.setChange(dataOf(changed));
                 body.setOutcome(schema::Outcome::PASS);
               });
  draft.edit(payment.requested,
             [account](schema::Event::Builder event) { event.getPaymentRequested().setAccount(textOf(account)); });
  draft.edit(*payment.instructed,
             [account](schema::Event::Builder event) { event.getPaymentInstructed().setAccount(textOf(account)); });
  draft.edit(*payment.settled,
             [account](schema::Event::Builder event) { event.getPaymentSettled().setAccount(textOf(account)); });
  field.changeLine(
      field.cityOf(*story), *payment.line,
      [account](schema::StatementLine::Builder line) { line.setCounterpartyAccount(textOf(account)); }, Fen());
  return Sown{{changed, draft.refOf(payment.requested), draft.refOf(*payment.settled)},
              {story->enterprise},
              story->city,
              payment.amount,
              {fmt::format("{} 的收款账户在申请拨付 {} 元前几天变更", enterpriseName(field, *story),
                           formatYuan(payment.amount)),
               fmt::format("the account of {} is changed days before {} yuan are requested for it", story->enterprise,
                           formatYuan(payment.amount))}};
}

std::optional<Sown> plantApprovedAtNight(Field& field) {
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  auto& draft = field.draft;
  auto const approved = *story->payment.approved;
  // Behind everything of that day, at half past eleven.
  constexpr std::int64_t kHalfPastEleven = 23 * 3'600'000 + 1'800'000;
  auto const day = field.dayOf(approved);
  Place last = approved;
  while (last + 1 < draft.size() && field.dayOf(last + 1) == day) ++last;
  auto const at =
      domain::checked(domain::Instant::fromMilliseconds(domain::Instant::startOf(day).milliseconds() + kHalfPastEleven +
                                                        static_cast<std::int64_t>(field.draw(1'500'000))));
  draft.sign(approved, {last, at}, draft.authorOf(approved));
  return Sown{{draft.refOf(approved)},
              {draft.authorOf(approved)},
              story->city,
              story->payment.amount,
              {fmt::format("给 {} 的 {} 元在夜间 {} 审批", enterpriseName(field, *story),
                           formatYuan(story->payment.amount), at.text()),
               fmt::format("{} yuan for {} are approved at night, {}", formatYuan(story->payment.amount),
                           story->enterprise, at.text())}};
}

std::optional<Sown> plantPaidAfterDelisting(Field& field) {
  auto& draft = field.draft;
  auto const providerOf = [&](Place contract) {
    return std::string(domain::textOf(draft.event(contract).getContractFiled().getProviders()[0].getUscc()));
  };
  // The last thing that the city records with a provider as one who sells: after it, it can be delisted.
  std::map<std::pair<std::uint32_t, std::string>, Place> lastSold;
  std::set<std::pair<std::uint32_t, std::string>> delisted;
  for (Place place = 0; place < draft.size(); ++place) {
    auto const event = draft.event(place);
    if (event.isContractFiled()) {
      lastSold[{event.getContractFiled().getCity(), providerOf(place)}] = place;
    } else if (event.isProductListed()) {
      auto const body = event.getProductListed();
      lastSold[{body.getCity(), std::string(domain::textOf(body.getProvider()))}] = place;
    } else if (event.isProviderDelisted()) {
      auto const body = event.getProviderDelisted();
      delisted.insert({body.getCity(), std::string(domain::textOf(body.getProvider()))});
    }
  }
  auto const sold = [&](Story const& story) { return lastSold.at({story.city, providerOf(story.contract)}); };
  auto const* const story = field.project([&](Story const& each) {
    std::pair const key{each.city, providerOf(each.contract)};
    return !delisted.contains(key) && !delisted.contains({0, key.second}) && sold(each) < each.payment.requested &&
           field.dayOf(sold(each)) < field.dayOf(each.payment.requested);
  });
  if (!story) return std::nullopt;
  auto const behind = std::max(sold(*story), story->award);
  auto const provider = providerOf(story->contract);
  auto const ref = draft.insert({behind}, draft.authorOf(story->formReviewed), field.dayOf(behind),
                                [&](schema::Event::Builder event) {
                                  auto body = event.initProviderDelisted();
                                  body.setCity(story->city);
                                  body.setProvider(textOf(provider));
                                  body.setCause(schema::DelistingCause::MANY_COMPLAINTS);
                                  body.setReason("多家企业投诉，服务跟不上（模拟）");
                                  body.setDelistedFrom(event.getOccurredOn());
                                });
  // Whatever the city pays for it from then on, whoever gets it.
  Sown sown{{ref}, {provider}, story->city, Fen(), {}};
  for (auto const& paid : paidIn(draft)) {
    bool isForIt = false;
    for (auto const contract : draft.event(paid.enrolled).getProjectEnrolled().getContracts()) {
      auto const filed = draft.placeOf(domain::bytesOf(contract.getEvent()));
      isForIt = isForIt || (filed && providerOf(*filed) == provider);
    }
    if (!isForIt || paid.city != story->city || paid.on < field.dayOf(behind)) continue;
    sown.events.push_back(draft.refOf(paid.settled));
    sown.amount += paid.amount;
  }
  auto const payments = sown.events.size() - 1;
  sown.what = {fmt::format("供给方 {} 清退之后，城市 {} 仍为其产品付款 {} 笔，共 {} 元", provider, story->city,
                           payments, formatYuan(sown.amount)),
               fmt::format("provider {} was delisted, and city {} makes {} payments for its products, {} yuan in all",
                           provider, story->city, payments, formatYuan(sown.amount))};
  return sown;
}

}  // namespace fundtrail::ledger::planting
