// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "ledger/domain/codes.h"
#include "ledger/domain/read.h"
#include "ledger/planting/amounts.h"
#include "ledger/planting/plants.h"
#include "ledger/planting/totals.h"

namespace fundtrail::ledger::planting {

namespace {

using domain::Date;
using domain::Fen;
using domain::formatYuan;
using schema::Purpose;

std::string nameOf(CityStory const& city) {
  return std::string(domain::cityNameZh(domain::readRegion(city.code)));
}

Date day(std::uint32_t number) {
  return domain::checked(Date::fromNumber(number));
}

/// The city's own contribution of that amount: announced, received a month later, and stated by the bank.
struct NewMoney {
  domain::EventRef issued;
  domain::EventRef received;
  Place receivedBehind;
};
std::optional<NewMoney> bringMoney(Field& field, CityStory const& city, Date from, Fen amount,
                                   std::optional<Purpose> restrictedTo = std::nullopt) {
  auto& draft = field.draft;
  auto const announcedBehind = field.statementFrom(city, from);
  if (!announcedBehind) return std::nullopt;
  auto const receivedBehind = field.statementFrom(city, field.dayOf(*announcedBehind).plusDays(1));
  if (!receivedBehind) return std::nullopt;
  auto const announcedOn = field.dayOf(*announcedBehind);
  auto const receivedOn = field.dayOf(*receivedBehind);
  auto const number = field.documentNumber(nameOf(city).substr(0, 6) + "财工", announcedOn);
  auto const issued = draft.insert({*announcedBehind}, draft.authorOf(city.firstTranche), announcedOn,
                                   [&](schema::Event::Builder event) {
                                     auto body = event.initTrancheIssued();
                                     body.setCity(city.code);
                                     body.setNumber(textOf(number));
                                     body.setLevel(schema::GovernmentLevel::CITY);
                                     body.setKind(schema::TrancheKind::CONTRIBUTION);
                                     body.setYear(static_cast<std::uint16_t>(announcedOn.number() / 10'000));
                                     body.setAmountFen(amount.count());
                                     if (restrictedTo) body.initPurposes(1).set(0, *restrictedTo);
                                   });
  auto const reference = field.bankReference(receivedOn);
  auto const received =
      draft.insert({*receivedBehind}, draft.authorOf(city.received), receivedOn, [&](schema::Event::Builder event) {
        auto body = event.initTrancheReceived();
        body.setTranche(dataOf(issued));
        body.setAmountFen(amount.count());
        body.setBankReference(textOf(reference));
      });
  auto const line = field.addLine(city, {receivedOn, amount, "财政局国库处（模拟）", {}, reference});
  if (line) field.matchLine(city, *line, received);
  return NewMoney{issued, received, *receivedBehind};
}

struct Split {
  Purpose from;
  Purpose to;
  std::uint32_t county;
  Fen amount;
};
domain::EventRef split(Field& field, CityStory const& city, Place behind, domain::EventRef const& tranche,
                       Split const& what) {
  return field.draft.insert({behind}, field.draft.authorOf(city.splits.front()), field.dayOf(behind),
                            [&](schema::Event::Builder event) {
                              auto body = event.initTrancheSplit();
                              body.setTranche(dataOf(tranche));
                              body.setFromPurpose(what.from);
                              body.setPurpose(what.to);
                              body.setCounty(what.county);
                              body.setAmountFen(what.amount.count());
                            });
}

Fen firstTrancheOf(Field const& field, CityStory const& city) {
  return domain::readFen(field.draft.event(city.firstTranche).getTrancheIssued().getAmountFen());
}

Fen platformMoneyOf(Field const& field, CityStory const& city) {
  Fen sum;
  for (auto const place : city.splits) {
    auto const body = field.draft.event(place).getTrancheSplit();
    if (body.getPurpose() == Purpose::PLATFORM) sum += domain::readFen(body.getAmountFen());
    if (body.getFromPurpose() == Purpose::PLATFORM) sum -= domain::readFen(body.getAmountFen());
  }
  return sum;
}

}  // namespace

std::optional<Sown> plantOtherPurpose(Field& field) {
  auto const* const story = field.project();
  if (!story) return std::nullopt;
  auto& draft = field.draft;
  auto const& city = field.cityOf(*story);
  auto const amount = story->payment.amount;
  // On record in time for the award.
  auto const money = bringMoney(field, city, std::max(field.dayOf(story->award).plusDays(-80), day(20240401)), amount,
                                Purpose::INTEREST);
  if (!money || money->receivedBehind >= story->award) return std::nullopt;
  split(field, city, money->receivedBehind, money->issued, {Purpose::NOT_STATED, Purpose::INTEREST, 0, amount});
  auto const issued = money->issued;
  draft.edit(story->award, [issued](schema::Event::Builder event) {
    event.getAwardApproved().getDraws()[0].setTranche(dataOf(issued));
  });
  draft.edit(story->payment.requested, [issued](schema::Event::Builder event) {
    event.getPaymentRequested().getDraws()[0].setTranche(dataOf(issued));
  });
  return Sown{
      {draft.refOf(story->award), draft.refOf(story->payment.requested), draft.refOf(*story->payment.settled)},
      {story->enterprise},
      story->city,
      amount,
      {fmt::format("限定用于贷款贴息的 {} 元挪给 {} 的改造项目", formatYuan(amount), enterpriseName(field, *story)),
       fmt::format("{} yuan that are for loan interest alone pay for the reform of {}", formatYuan(amount),
                   story->enterprise)}};
}

std::optional<Sown> plantPlatformAboveShare(Field& field) {
  auto const& city = field.city();
  // The share is capped from the notice of 2026 on （八）.
  auto const behind = field.statementFrom(city, day(20260401));
  if (!behind) return std::nullopt;
  auto const fifth = Fen::literal(firstTrancheOf(field, city).count() / 5);
  auto const tooMuch = Fen::literal(fifth.count() / 4);
  auto const amount = fifth - platformMoneyOf(field, city) + tooMuch;
  auto const ref = split(field, city, *behind, field.draft.refOf(city.firstTranche),
                         {Purpose::REFORM, Purpose::PLATFORM, 0, amount});
  return Sown{{ref},
              {},
              city.code,
              tooMuch,
              {fmt::format("{}再分解 {} 元给行业平台，超过省级资金 20% 的部分 {} 元", nameOf(city), formatYuan(amount),
                           formatYuan(tooMuch)),
               fmt::format("city {} gives platforms {} yuan more, {} yuan above 20 % of the province's money",
                           city.code, formatYuan(amount), formatYuan(tooMuch))}};
}

std::optional<Sown> plantCityRetains(Field& field) {
  auto const& city = field.city();
  auto const amount = Fen::literal(static_cast<std::int64_t>(300 + field.draw(500)) * 1'000'000);
  auto const money = bringMoney(field, city, day(20240601), amount);
  if (!money) return std::nullopt;
  return Sown{{money->received, money->issued},
              {},
              city.code,
              amount,
              {fmt::format("{}收到 {} 元，一直没有分解下去", nameOf(city), formatYuan(amount)),
               fmt::format("city {} receives {} yuan and never divides them", city.code, formatYuan(amount))}};
}

std::optional<Sown> plantIdleMoney(Field& field) {
  auto const& city = field.city();
  auto const amount = firstTrancheOf(field, city);
  auto const money = bringMoney(field, city, day(20240601), amount);
  if (!money) return std::nullopt;
  auto const divided =
      split(field, city, money->receivedBehind, money->issued, {Purpose::NOT_STATED, Purpose::REFORM, 0, amount});
  return Sown{
      {divided, money->received},
      {},
      city.code,
      amount,
      {fmt::format("{}分解 {} 元用于改造，此后分文未付", nameOf(city), formatYuan(amount)),
       fmt::format("city {} divides {} yuan for reforms and pays nothing of them", city.code, formatYuan(amount))}};
}

std::optional<Sown> plantCountyIntercepts(Field& field) {
  auto const countyOf = [](CityStory const& city) {
    auto const counties = domain::countiesOf(domain::readRegion(city.code));
    return counties.size() < 4 ? 0U : counties[3].code.number();  // the first two pay for projects of their own
  };
  auto const& city = field.city([&](CityStory const& each) { return countyOf(each) != 0; });
  auto const behind = field.statementFrom(city, day(20240701));
  if (!behind) return std::nullopt;
  auto const amount = Fen::literal(static_cast<std::int64_t>(60 + field.draw(60)) * 1'000'000);
  auto const county = countyOf(city);
  auto const ref = split(field, city, *behind, field.draft.refOf(city.firstTranche),
                         {Purpose::REFORM, Purpose::REFORM, county, amount});
  return Sown{
      {ref},
      {},
      city.code,
      amount,
      {fmt::format("{}区县 {} 收到 {} 元，分文未付", nameOf(city), county, formatYuan(amount)),
       fmt::format("county {} of city {} receives {} yuan and pays nothing", county, city.code, formatYuan(amount))}};
}

namespace {

constexpr std::uint32_t kTimes = 10;  // what is promised then, of what was

std::uint32_t promisedBy(Field const& field, CityStory const& city) {
  return field.draft.event(city.planFiled).getCityPlanFiled().getPromisedEnterprises();
}

/// Of the cities that are not settled with, the one whose payments would be the furthest ahead of its work, of ten
/// thousand. Null where none would be clearly ahead.
CityStory const* furthestPaid(Field const& field) {
  constexpr std::int64_t kWhole = 10'000;
  constexpr std::int64_t kEnough = 2'100;
  CityStory const* furthest = nullptr;
  auto most = kEnough;
  for (auto const& [code, city] : field.stories.cities) {
    auto const totals = totalsOf(field.draft, code);
    if (city.settled || field.isUsed(city) || !totals.received.isPositive()) continue;
    auto const paid = totals.paid.count() * kWhole / totals.received.count();
    auto const done = static_cast<std::int64_t>(totals.counted.size()) * kWhole / (promisedBy(field, city) * kTimes);
    if (paid - done <= most) continue;
    furthest = &city;
    most = paid - done;
  }
  return furthest;
}

}  // namespace

std::optional<Sown> plantPromiseNotKept(Field& field) {
  auto const* const furthest = furthestPaid(field);
  if (!furthest) return std::nullopt;
  auto const& city = *furthest;
  field.use(city);
  auto const promised = promisedBy(field, city) * kTimes;
  field.draft.edit(city.planFiled, [promised](schema::Event::Builder event) {
    event.getCityPlanFiled().setPromisedEnterprises(promised);
  });
  auto const totals = totalsOf(field.draft, city.code);
  auto const done = std::min<std::int64_t>(static_cast<std::int64_t>(totals.counted.size()), promised);
  auto const ahead = totals.paid - Fen::literal(totals.received.count() * done / promised);
  return Sown{{field.draft.refOf(city.planFiled)},
              {},
              city.code,
              ahead,
              {fmt::format("{}承诺改造 {} 家，完成 {} 家，拨付比完成进度多 {} 元", nameOf(city), promised, done,
                           formatYuan(ahead)),
               fmt::format("city {} promised {} enterprises and has {}: {} yuan are paid ahead of the work", city.code,
                           promised, done, formatYuan(ahead))}};
}

}  // namespace fundtrail::ledger::planting
