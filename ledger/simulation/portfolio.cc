// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/portfolio.h"

#include <algorithm>
#include <numeric>
#include <span>

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "ledger/domain/codes.h"
#include "ledger/domain/read.h"
#include "ledger/simulation/names.h"
#include "ledger/simulation/working_days.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::BasisPoints;
using domain::CityCode;
using domain::Date;
using domain::Fen;
using programme::CityRule;
using schema::SupportMode;

constexpr std::int64_t kYuan = 100;
constexpr std::int64_t kWan = 10'000 * kYuan;

Fen percent(Fen amount, std::int64_t of100) {
  return Fen::literal(amount.count() * of100 / 100);
}

// ---- how many

/// Largest remainders, so that the counts add up; ties go to the city that comes first.
std::vector<unsigned> shareOut(unsigned enterprises, std::span<programme::PilotCity const> cities) {
  std::uint64_t whole = 0;
  for (auto const& city : cities) whole += city.minEnterprises;
  std::vector<unsigned> counts;
  std::vector<std::uint64_t> remainders;
  unsigned left = enterprises;
  for (auto const& city : cities) {
    std::uint64_t const exact = std::uint64_t{enterprises} * city.minEnterprises;
    counts.push_back(static_cast<unsigned>(exact / whole));
    remainders.push_back(exact % whole);
    left -= counts.back();
  }
  std::vector<std::size_t> order(cities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>{}, [&](std::size_t i) { return remainders[i]; });
  for (std::size_t i = 0; i < left; ++i) ++counts[order[i]];
  return counts;
}

/// So many amounts that add up to the total, between `least` and 200 - `least` percent of their mean, in whole steps as
/// far as the total allows. Every second one makes up for the one before.
std::vector<Fen> spread(Random& random, std::size_t count, Fen total, std::int64_t least, std::int64_t step) {
  std::vector<Fen> amounts;
  Fen left = total;
  auto const mean = Fen::literal(total.count() / static_cast<std::int64_t>(count) / step * step);
  for (std::size_t i = 0; i + 1 < count; ++i) {
    auto const drawn = percent(mean, random.between(least, 200 - least)).count() / step * step;
    amounts.push_back(i % 2 == 0 ? Fen::literal(drawn) : mean + mean - amounts.back());
    left -= amounts.back();
  }
  if (count != 0) amounts.push_back(left);
  return amounts;
}

// ---- a city's rules

/// What no document states is made up: a rate around 30 %, caps in round figures.
void setRules(City& city, Random& random) {
  static constexpr std::array<std::uint32_t, 4> kRates = {2500, 3000, 3000, 3500};
  static constexpr std::array<std::array<std::int64_t, 3>, 3> kCapsInWan = {
      {{20, 40, 60}, {30, 50, 80}, {40, 70, 100}}};
  city.rate = domain::checked(BasisPoints::from(random.oneOf(kRates)));
  // A city whose awards are published has caps that leave room for them.
  bool const isPublished =
      std::ranges::count(programme::publishedBatches(), city.code, &programme::PublishedBatch::city) != 0;
  auto const& caps = isPublished ? kCapsInWan.back() : random.oneOf(kCapsInWan);
  for (std::size_t i = 0; i < caps.size(); ++i) {
    city.caps[i] = {static_cast<std::uint8_t>(i + 2), Fen::literal(caps[i] * kWan)};
  }
  auto const rules = programme::cityRules();
  if (auto const rule = std::ranges::find(rules, city.code, &CityRule::city); rule != rules.end()) {
    city.rate = rule->rate.value_or(domain::checked(BasisPoints::from(3000)));
    std::ranges::copy(rule->caps, city.caps.begin());
  }
}

/// The classes of one division, and of 通信设备制造 where the published lists name 智能移动终端.
std::vector<domain::IndustryCode> chooseIndustries(CityCode city, Random& random) {
  static constexpr std::array<std::uint32_t, 10> kDivisions = {13, 17, 18, 21, 29, 33, 34, 35, 38, 39};
  auto const division = city.number() == 441900 ? 39 : random.oneOf(kDivisions);
  std::vector<domain::IndustryCode> codes;
  for (auto const& row : domain::industryClasses()) {
    if (row.code.division() == division) codes.push_back(row.code);
  }
  return codes;
}

// ---- a city's projects

/// The least cost of which the rate gives what is wanted.
Fen leastCostFor(Fen wanted, BasisPoints rate) {
  auto const tenThousandths = static_cast<std::int64_t>(rate.count());
  return Fen::literal((wanted.count() * BasisPoints::kWhole + tenThousandths - 1) / tenThousandths);
}

Project makeProject(City const& city, Fen wanted, bool dependable, Numbers& numbers, Random& random) {
  auto const counties = domain::countiesOf(city.code);
  auto const county = counties.empty() ? 0 : random.oneOf(counties).code.number();
  auto const region = county == 0 ? city.code : domain::readRegion(county);

  // The lowest level whose cap leaves room; now and then a level more, or one whose cap cuts the subsidy.
  std::size_t level = 0;
  while (level + 1 < city.caps.size() && city.caps[level].amount < wanted) ++level;
  if (!dependable && level > 0 && random.chance(30)) {
    --level;
  } else if (level + 1 < city.caps.size() && random.chance(25)) {
    ++level;
  }
  auto const eligible = leastCostFor(wanted, city.rate);
  auto name = enterpriseName(random, city.name);
  auto const industry = random.oneOf(city.industries);
  return {
      .enterprise = planCompany(region, city.code, std::move(name), industry, numbers, random),
      .county = county,
      .level = city.caps[level].level,
      .eligible = eligible,
      .subsidy = subsidyFor({city.rate, city.caps[level].amount}, eligible),
      .dependable = dependable,
  };
}

/// A project of another purpose.
Project makeOtherProject(City const& city, OtherPurpose const& rules, Fen wanted, Numbers& numbers, Random& random) {
  auto const shortName = domain::cityNameZh(city.code);
  auto name = rules.supports == schema::OrganisationKind::OPERATOR
                  ? fmt::format("{}中小企业服务中心{}", shortName, kSimulated)
              : rules.supports == schema::OrganisationKind::LEAD_UNIT ? providerName(random, shortName)
                                                                      : enterpriseName(random, shortName);
  auto const industry = random.oneOf(city.industries);
  auto const eligible = leastCostFor(wanted, rules.rate);
  return {
      .enterprise = planCompany(city.code, city.code, std::move(name), industry, numbers, random),
      .kind = rules.supports,
      .purpose = rules.purpose,
      .county = 0,
      .level = 1,
      .eligible = eligible,
      .subsidy = subsidyFor({rules.rate, rules.cap}, eligible),
  };
}

Wave makeWave(City const& city, std::string title, Date publicOn, std::span<Fen const> amounts, bool dependable,
              Numbers& numbers, Random& random) {
  Wave wave{.title = std::move(title), .awardNumber = {}, .publicOn = publicOn, .projects = {}};
  wave.projects.reserve(amounts.size());
  for (auto const amount : amounts) wave.projects.push_back(makeProject(city, amount, dependable, numbers, random));
  return wave;
}

/// The lists that the city really published, where its enterprises are enough. Returns how many are left.
unsigned addPublishedWaves(City& city, unsigned enterprises, Numbers& numbers, Random& random) {
  for (auto const& batch : programme::publishedBatches()) {
    if (batch.city != city.code || batch.projects > enterprises) continue;
    enterprises -= batch.projects;
    auto const amounts = spread(random, batch.projects, batch.total, 60, 100 * kYuan);
    city.waves.push_back(makeWave(city, std::string(batch.title), batch.publishedOn, amounts, true, numbers, random));
  }
  return enterprises;
}

/// Two lists of projects of the other purposes, half of each purpose in each.
void addOtherPurposes(City& city, unsigned enterprises, Numbers& numbers, Random& random) {
  constexpr unsigned kSmallestCity = 5;
  if (enterprises < kSmallestCity) return;
  auto const position = static_cast<int>(city.code.number() / 100 % 20);
  std::array const lists = {
      Wave{.title = fmt::format("{}数字化转型服务类项目第一批奖补名单{}", city.name, kSimulated),
           .awardNumber = {},
           .publicOn = workingDayFrom(domain::checked(Date::fromNumber(20241104)).plusDays(position)),
           .projects = {}},
      Wave{.title = fmt::format("{}数字化转型服务类项目第二批奖补名单{}", city.name, kSimulated),
           .awardNumber = {},
           .publicOn = workingDayFrom(domain::checked(Date::fromNumber(20250915)).plusDays(position)),
           .projects = {}},
  };
  auto const first = city.waves.size();
  for (auto const& list : lists) city.waves.push_back(list);
  unsigned next = 0;
  for (auto const& share : city.others) {
    auto const count = 1 + enterprises / 60;
    auto const most = std::min(share.rules->cap, Fen::literal(share.amount.count() / count));
    for (unsigned i = 0; i < count; ++i) {
      auto const wanted = percent(most, random.between(55, 100));
      city.waves[first + next++ % lists.size()].projects.push_back(
          makeOtherProject(city, *share.rules, wanted, numbers, random));
    }
  }
}

Fen plannedSubsidies(City const& city) {
  Fen sum;
  for (auto const& wave : city.waves) {
    for (auto const& project : wave.projects) {
      if (project.purpose == schema::Purpose::REFORM) sum += project.subsidy;
    }
  }
  return sum;
}

/// Everyone else, in waves spread over two years, with nine tenths of the city's means.
void addOtherWaves(City& city, unsigned enterprises, Numbers& numbers, Random& random) {
  if (enterprises == 0) return;
  constexpr std::int64_t kTypical = 22 * kWan;
  constexpr unsigned kLargestWave = 200;  // the list of a wave is one event
  auto const means = percent(city.reform, 90) - plannedSubsidies(city);
  auto const mean = std::min(kTypical, means.count() / enterprises);
  auto const amounts = spread(random, enterprises, Fen::literal(mean * enterprises), 40, 1);

  auto const waves = std::max(std::clamp(enterprises / 20, std::min(enterprises, 3U), 14U),
                              (enterprises + kLargestWave - 1) / kLargestWave);
  auto const first = domain::checked(Date::fromNumber(20240620));
  constexpr unsigned kDays = 690;
  std::size_t done = 0;
  for (unsigned i = 0; i < waves; ++i) {
    auto const count = enterprises * std::size_t{i + 1} / waves - done;
    auto const day = static_cast<int>(kDays * i / waves) + static_cast<int>(random.below(12));
    city.waves.push_back(
        makeWave(city, fmt::format("{}中小企业数字化改造项目第{}批奖补名单{}", city.name, i + 1, kSimulated),
                 workingDayFrom(first.plusDays(day)), std::span(amounts).subspan(done, count), false, numbers, random));
    done += count;
    // In every second city one list is of projects supported before or while they are carried out.
    if (i != 1 || city.code.number() / 100 % 2 == 0) continue;
    city.waves.back().mode = city.code.number() / 200 % 2 == 0 ? SupportMode::BEFORE : SupportMode::DURING;
  }
}

/// Two counties pay, or help to pay, for their own.
void handOnToCounties(City& city) {
  auto const counties = domain::countiesOf(city.code);
  for (auto const& region : counties.first(std::min<std::size_t>(counties.size(), 2))) {
    Fen sum;
    unsigned seen = 0;
    for (auto& wave : city.waves) {
      for (auto& project : wave.projects) {
        if (project.county != region.code.number() || project.purpose != schema::Purpose::REFORM) continue;
        bool const together = ++seen % 4 == 0;
        project.fromCounty = together ? percent(project.subsidy, 50) : project.subsidy;
        sum += project.fromCounty;
      }
    }
    if (sum.isZero()) continue;
    auto const round = (sum.count() + kWan - 1) / kWan * kWan;
    city.handedOn.push_back({region.code.number(), Fen::literal(round)});
  }
}

/// From 2025 on the city pays a fifth of what the counties do not pay, as far as its own money goes.
void addMunicipalParts(City& city) {
  auto const from = domain::checked(Date::fromNumber(20250301));
  auto left = city.municipal;
  for (auto& wave : city.waves) {
    if (wave.publicOn < from) continue;
    for (auto& project : wave.projects) {
      auto const part = percent(project.subsidy - project.fromCounty, 20);
      if (project.purpose != schema::Purpose::REFORM || part > left) continue;
      project.fromMunicipality = part;
      left -= part;
    }
  }
}

City planCity(programme::PilotCity const& pilot, unsigned enterprises, Staff& staff, Numbers& numbers, Random& random) {
  auto industries = chooseIndustries(pilot.code, random);
  auto assessor = planAssessor(pilot.code, industries.front(), numbers, random);
  City city{.code = pilot.code,
            .name = std::string(domain::cityNameZh(pilot.code)),
            .office = staff.hireFor(pilot.code, assessor.uscc, random),
            .firstTranche = pilot.firstTranche,
            .municipal = pilot.code.number() / 100 % 3 == 1 ? percent(pilot.firstTranche, 5) : Fen(),
            .minEnterprises = pilot.minEnterprises,
            .rate = domain::checked(BasisPoints::from(0)),
            .caps = {},
            .industries = std::move(industries),
            .assessor = std::move(assessor),
            .providers = {},
            .others = {},
            .reform = pilot.firstTranche,
            .handedOn = {},
            .waves = {},
            .account = numbers.account(pilot.code)};
  for (auto const& rules : otherPurposes()) {
    if (rules.purpose == schema::Purpose::ADMINISTRATION && !allowsAdministration(city.code)) continue;
    city.others.push_back({&rules, percent(pilot.firstTranche, random.between(rules.leastPercent, rules.mostPercent))});
    city.reform -= city.others.back().amount;
  }
  city.providers = planProviders(pilot.code, city.industries.front(), numbers, random);
  setRules(city, random);
  addOtherWaves(city, addPublishedWaves(city, enterprises, numbers, random), numbers, random);
  addOtherPurposes(city, enterprises, numbers, random);
  for (auto& wave : city.waves) {
    auto const shortName = std::string_view(city.name).substr(0, city.name.size() - std::string_view("市").size());
    wave.awardNumber = fmt::format("模拟{}工信函〔{}〕{}号", shortName, wave.publicOn.number() / 10'000,
                                   100 + (&wave - city.waves.data()));
  }
  for (auto& wave : city.waves) {
    for (auto& project : wave.projects) project.clerk = static_cast<std::size_t>(&project - wave.projects.data()) % 2;
  }
  handOnToCounties(city);
  addMunicipalParts(city);
  return city;
}

}  // namespace

Terms termsOf(City const& city, Project const& project) {
  if (project.purpose != schema::Purpose::REFORM) {
    auto const& rules = otherPurpose(project.purpose);
    return {rules.rate, rules.cap};
  }
  return {city.rate, std::ranges::find(city.caps, project.level, &CityRule::Cap::level)->amount};
}

Fen subsidyFor(Terms const& terms, Fen eligible) {
  return std::min(domain::checked(domain::share(eligible, terms.rate, domain::Rounding::down)), terms.cap);
}

BasisPoints advanceShare(SupportMode mode) {
  return domain::checked(BasisPoints::from(mode == SupportMode::BEFORE ? 3000 : 5000));
}

std::vector<City> planCities(unsigned enterprises, Staff& staff, Numbers& numbers, Random& random) {
  auto const pilots = programme::pilotCities();
  auto const counts = shareOut(enterprises, pilots);
  std::vector<City> cities;
  cities.reserve(pilots.size());
  for (std::size_t i = 0; i < pilots.size(); ++i) {
    cities.push_back(planCity(pilots[i], counts[i], staff, numbers, random));
  }
  return cities;
}

}  // namespace fundtrail::ledger::simulation
