// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/funding.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/codes.h"
#include "ledger/domain/read.h"
#include "ledger/schema/json.h"
#include "ledger/simulation/corrections.h"
#include "ledger/simulation/names.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Date;
using domain::Fen;
using schema::Purpose;

constexpr std::int64_t kWan = 1'000'000;  // in fen

Date day(std::uint32_t number) {
  return domain::checked(Date::fromNumber(number));
}

// ---- the province

/// Records an event of the programme, on its own day or as soon as its author has a role.
void recordProgrammeEvent(World& world, OfficialIndex author, schema::PreparedEvent const& prepared) {
  auto const words = prepared.encode(world.desk.nextSalt(), [](std::string_view) -> crypto::Result<crypto::Digest> {
    return crypto::Error{crypto::ErrorKind::notFound, "the programme's files name no other events"};
  });
  schema::Message<schema::Event> const message(words.value().bytes());
  auto const event = message.root();
  auto const due = domain::readDate(event.getOccurredOn());
  if (due > world.agenda.today()) {
    world.agenda.on(due, [&world, author, prepared] { recordProgrammeEvent(world, author, prepared); });
    return;
  }
  auto const written = world.desk.record(author, words.value().bytes());
  if (!event.isTrancheIssued()) return;
  auto const code = domain::readRegion(event.getTrancheIssued().getCity());
  auto const city = std::ranges::find(world.cities, code, &City::code);
  crypto::ensure(city != world.cities.end(), "tranches are issued to pilot cities");
  city->tranche = written;
}

/// One working day per file: the next one's author names what the one before has recorded.
void recordProgramme(World& world, int firstWorkingDay) {
  for (auto const& file : programme::batchFiles()) {
    world.agenda.inWorkingDays(firstWorkingDay++, [&world, &file] {
      auto const author = file.signedBy == schema::Role::PROVINCE_FINANCE ? world.staff.provinceFinance()
                                                                          : world.staff.provinceIndustry();
      auto const parsed = schema::parseBatchFile(file.json);
      for (auto const& prepared : parsed.value().events) recordProgrammeEvent(world, author, prepared);
    });
  }
}

// ---- a city's plan

void setPlan(schema::PurposePlan::Builder plan, OtherPurpose const& rules) {
  plan.setPurpose(rules.purpose);
  plan.setRateBp(static_cast<std::uint16_t>(rules.rate.count()));
  auto cap = plan.initCaps(1)[0];
  cap.setLevel(1);
  cap.setCapFen(rules.cap.count());
  auto categories = plan.initCategories(static_cast<unsigned>(rules.categories.size()));
  for (unsigned i = 0; i < categories.size(); ++i) categories.set(i, rules.categories[i]);
}

void filePlan(World& world, City const& city, std::string_view number) {
  world.write(city.office.industryClerks[0], [&](schema::Event::Builder event) {
    world.desk.attach(event, {.kind = "实施方案", .number = number});
    auto body = event.initCityPlanFiled();
    body.setCity(city.code.number());
    body.setNumber(textOf(number));
    body.setInForceFrom(event.getOccurredOn());
    body.setPromisedEnterprises(city.minEnterprises);
    body.setAdministrationAllowed(allowsAdministration(city.code));
    auto industries = body.initIndustries(static_cast<unsigned>(city.industries.size()));
    for (unsigned i = 0; i < industries.size(); ++i) industries[i].setCode(city.industries[i].text().c_str());
    auto plans = body.initPlans(static_cast<unsigned>(city.others.size()) + 1);
    for (unsigned i = 0; i < city.others.size(); ++i) setPlan(plans[i + 1], *city.others[i].rules);
    auto reform = plans[0];
    reform.setPurpose(Purpose::REFORM);
    reform.setBeforeShareBp(static_cast<std::uint16_t>(advanceShare(schema::SupportMode::BEFORE).count()));
    reform.setDuringShareBp(static_cast<std::uint16_t>(advanceShare(schema::SupportMode::DURING).count()));
    reform.setRateBp(static_cast<std::uint16_t>(city.rate.count()));
    auto caps = reform.initCaps(static_cast<unsigned>(city.caps.size()));
    for (unsigned i = 0; i < caps.size(); ++i) {
      caps[i].setLevel(city.caps[i].level);
      caps[i].setCapFen(city.caps[i].amount.count());
    }
    body.setPublicityWorkingDays(5);
  });
}

void planFiling(World& world, City const& city, unsigned position) {
  world.agenda.on(day(20240304).plusDays(static_cast<int>(position)), [&world, &city, position] {
    filePlan(world, city, fmt::format("模拟{}数转函〔2024〕{}号", city.name.substr(0, 6), position + 1));
  });
  for (auto const& rule : programme::cityRules()) {
    if (rule.city != city.code) continue;
    world.agenda.on(rule.inForceFrom, [&world, &city, &rule] { filePlan(world, city, rule.number); });
  }
}

// ---- a city's money

Written announce(World& world, City const& city, Issue const& what) {
  return world.write(world.staff.provinceFinance(), [&](schema::Event::Builder event) {
    auto body = event.initTrancheIssued();
    body.setCity(city.code.number());
    body.setNumber(textOf(what.number));
    body.setLevel(what.level);
    body.setKind(what.kind);
    body.setYear(static_cast<std::uint16_t>(event.getOccurredOn() / 10'000));
    body.setAmountFen(what.amount.count());
    body.initPurposes(1).set(0, Purpose::REFORM);
  });
}

void receive(World& world, City& city, Written const& tranche, Fen amount) {
  auto const today = world.agenda.today();
  BankMove move{.day = today,
                .credit = amount,
                .reference = world.numbers.bankReference(today),
                .name = "广东省财政厅国库处（模拟）",
                .account = {}};
  move.event = world.write(city.office.financeRequester, [&](schema::Event::Builder event) {
    auto body = event.initTrancheReceived();
    body.setTranche(dataOf(tranche));
    body.setAmountFen(amount.count());
    body.setBankReference(textOf(move.reference));
  });
  city.bankMoves.push_back(std::move(move));
}

struct Split {
  Purpose from;
  Purpose to;
  std::uint32_t county;
  Fen amount;
};

Written split(World& world, City const& city, Written const& tranche, Split const& what) {
  return world.write(city.office.financeRequester, [&](schema::Event::Builder event) {
    world.desk.attach(event, {.kind = "资金分解表（模拟）"});
    auto body = event.initTrancheSplit();
    body.setTranche(dataOf(tranche));
    body.setFromPurpose(what.from);
    body.setPurpose(what.to);
    body.setCounty(what.county);
    body.setAmountFen(what.amount.count());
  });
}

void divide(World& world, City const& city, bool mistaken) {
  split(world, city, *city.tranche, {Purpose::NOT_STATED, Purpose::REFORM, 0, city.reform});
  for (auto const& share : city.others) {
    split(world, city, *city.tranche, {Purpose::NOT_STATED, share.rules->purpose, 0, share.amount});
  }
  for (auto const& share : city.handedOn) {
    split(world, city, *city.tranche, {Purpose::REFORM, Purpose::REFORM, share.county, share.amount});
  }
  auto const counties = domain::countiesOf(city.code);
  if (!mistaken || counties.empty()) return;
  auto const wrong = split(world, city, *city.tranche,
                           {Purpose::REFORM, Purpose::REFORM, counties.back().code.number(), Fen::literal(10 * kWan)});
  world.agenda.inWorkingDays(3, [&world, &city, wrong] { reverse(world, financeOf(city), wrong, "区县填写错误"); });
}

void planMoney(World& world, City& city, unsigned position) {
  // One city in three is sent its money in two parts.
  auto const first = position % 3 == 0 ? Fen::literal(city.firstTranche.count() / 5 * 3) : city.firstTranche;
  auto const arrives = day(20240115).plusDays(static_cast<int>(position));
  world.agenda.on(arrives, [&world, &city, first] { receive(world, city, *city.tranche, first); });
  if (first < city.firstTranche) {
    world.agenda.on(arrives.plusDays(20),
                    [&world, &city, first] { receive(world, city, *city.tranche, city.firstTranche - first); });
  }
  world.agenda.on(day(20240319).plusDays(static_cast<int>(position) / 2),
                  [&world, &city, position] { divide(world, city, position % 5 == 1); });
}

/// The city's own money of 2025: announced too high, put right before it arrives, all of it for reform.
void planMunicipalMoney(World& world, City& city) {
  if (city.municipal.isZero()) return;
  auto const tooMuch = Fen::literal(city.municipal.count() / 10);
  auto const paper = [&city](std::string_view kind) {
    return fmt::format("模拟{}财工{}〔2025〕{}号", city.name.substr(0, 6), kind, city.code.number() / 100 % 100);
  };
  world.agenda.on(day(20250106), [&world, &city, tooMuch, number = paper("")] {
    city.municipalTranche = announce(world, city,
                                     {.number = number,
                                      .kind = schema::TrancheKind::CONTRIBUTION,
                                      .level = schema::GovernmentLevel::CITY,
                                      .amount = city.municipal + tooMuch});
  });
  world.agenda.on(day(20250113), [&world, &city, tooMuch, number = paper("调")] {
    world.write(world.staff.provinceFinance(), [&](schema::Event::Builder event) {
      auto body = event.initTrancheAdjusted();
      body.setTranche(dataOf(*city.municipalTranche));
      body.setNumber(textOf(number));
      body.setChangeFen(-tooMuch.count());
    });
  });
  world.agenda.on(day(20250120), [&world, &city] { receive(world, city, *city.municipalTranche, city.municipal); });
  world.agenda.on(day(20250210), [&world, &city] {
    split(world, city, *city.municipalTranche, {Purpose::NOT_STATED, Purpose::REFORM, 0, city.municipal});
  });
}

}  // namespace

void issue(World& world, City& city, Issue const& what) {
  auto const tranche = announce(world, city, what);
  world.agenda.inWorkingDays(8,
                             [&world, &city, tranche, amount = what.amount] { receive(world, city, tranche, amount); });
}

void recall(World& world, City& city, std::string_view number, Fen amount) {
  auto const today = world.agenda.today();
  world.write(world.staff.provinceFinance(), [&](schema::Event::Builder event) {
    auto body = event.initTrancheRecalled();
    body.setTranche(dataOf(*city.tranche));
    body.setNumber(textOf(number));
    body.setPurpose(Purpose::REFORM);
    body.setAmountFen(amount.count());
  });
  city.bankMoves.push_back({.day = today,
                            .credit = -amount,
                            .reference = world.numbers.bankReference(today),
                            .name = "国家金库（模拟）",
                            .account = {},
                            .explanation = "省级收回结余资金"});
}

void planFunding(World& world) {
  recordProgramme(world, 4);
  unsigned position = 0;
  for (auto& city : world.cities) {
    planFiling(world, city, position);
    planMoney(world, city, position);
    planMunicipalMoney(world, city);
    ++position;
  }
}

}  // namespace fundtrail::ledger::simulation
