// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/funding.h"

#include <algorithm>
#include <string_view>

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

void filePlan(World& world, City const& city, std::string_view number) {
  world.write(city.office.industryClerks[0], [&](schema::Event::Builder event) {
    world.desk.attach(event, {.kind = "实施方案", .number = number});
    auto body = event.initCityPlanFiled();
    body.setCity(city.code.number());
    body.setNumber(textOf(number));
    body.setInForceFrom(event.getOccurredOn());
    body.setPromisedEnterprises(city.minEnterprises);
    auto industries = body.initIndustries(static_cast<unsigned>(city.industries.size()));
    for (unsigned i = 0; i < industries.size(); ++i) industries[i].setCode(city.industries[i].text().c_str());
    auto reform = body.initPlans(1)[0];
    reform.setPurpose(Purpose::REFORM);
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

void receive(World& world, City const& city, Fen amount) {
  world.write(city.office.financeRequester, [&](schema::Event::Builder event) {
    auto body = event.initTrancheReceived();
    body.setTranche(dataOf(*city.tranche));
    body.setAmountFen(amount.count());
    body.setBankReference(world.numbers.bankReference(world.agenda.today()).c_str());
  });
}

struct Split {
  Purpose from;
  Purpose to;
  std::uint32_t county;
  Fen amount;
};

Written split(World& world, City const& city, Split const& what) {
  return world.write(city.office.financeRequester, [&](schema::Event::Builder event) {
    world.desk.attach(event, {.kind = "资金分解表（模拟）"});
    auto body = event.initTrancheSplit();
    body.setTranche(dataOf(*city.tranche));
    body.setFromPurpose(what.from);
    body.setPurpose(what.to);
    body.setCounty(what.county);
    body.setAmountFen(what.amount.count());
  });
}

void divide(World& world, City const& city, bool mistaken) {
  split(world, city, {Purpose::NOT_STATED, Purpose::REFORM, 0, city.reform});
  split(world, city, {Purpose::NOT_STATED, Purpose::PLATFORM, 0, city.platform});
  split(world, city, {Purpose::NOT_STATED, Purpose::DIAGNOSIS, 0, city.diagnosis});
  for (auto const& share : city.handedOn) {
    split(world, city, {Purpose::REFORM, Purpose::REFORM, share.county, share.amount});
  }
  auto const counties = domain::countiesOf(city.code);
  if (!mistaken || counties.empty()) return;
  auto const wrong =
      split(world, city, {Purpose::REFORM, Purpose::REFORM, counties.back().code.number(), Fen::literal(10 * kWan)});
  world.agenda.inWorkingDays(3, [&world, &city, wrong] { reverse(world, city, wrong, "区县填写错误"); });
}

void planMoney(World& world, City const& city, unsigned position) {
  // One city in three is sent its money in two parts.
  auto const first = position % 3 == 0 ? Fen::literal(city.firstTranche.count() / 5 * 3) : city.firstTranche;
  auto const arrives = day(20240115).plusDays(static_cast<int>(position));
  world.agenda.on(arrives, [&world, &city, first] { receive(world, city, first); });
  if (first < city.firstTranche) {
    world.agenda.on(arrives.plusDays(20), [&world, &city, first] { receive(world, city, city.firstTranche - first); });
  }
  world.agenda.on(day(20240319).plusDays(static_cast<int>(position) / 2),
                  [&world, &city, position] { divide(world, city, position % 5 == 1); });
}

}  // namespace

void planFunding(World& world) {
  recordProgramme(world, 4);
  unsigned position = 0;
  for (auto const& city : world.cities) {
    planFiling(world, city, position);
    planMoney(world, city, position);
    ++position;
  }
}

}  // namespace fundtrail::ledger::simulation
