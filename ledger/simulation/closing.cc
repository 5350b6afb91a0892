// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/closing.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/simulation/funding.h"
#include "ledger/simulation/working_days.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Date;
using domain::Fen;

Date day(std::uint32_t number) {
  return domain::checked(Date::fromNumber(number));
}

void closePeriod(World& world, City const& city, Date from, Date to) {
  world.write(world.staff.ledgerOperator(), [&](schema::Event::Builder event) {
    auto body = event.initPeriodClosed();
    body.setRegion(city.code.number());
    body.setPeriodFrom(from.number());
    body.setPeriodTo(to.number());
  });
}

void planPeriods(World& world, City const& city, int position) {
  struct Quarter {
    std::uint32_t firstDay;
    std::uint32_t lastDay;
  };
  static constexpr auto kQuarters = std::to_array<Quarter>({{101, 331}, {401, 630}, {701, 930}, {1001, 1231}});
  for (std::uint32_t year = 2024; year <= 2026; ++year) {
    for (auto const& quarter : kQuarters) {
      auto const from = day(year * 10'000 + quarter.firstDay);
      auto const to = day(year * 10'000 + quarter.lastDay);
      if (to >= lastDay()) return;
      auto const on = plusWorkingDays(to, 18 + position % 4);
      world.agenda.on(on, [&world, &city, from, to] { closePeriod(world, city, from, to); });
    }
  }
}

// ---- evaluation

void evaluate(World& world, City const& city, std::uint32_t year) {
  auto const score = world.random.between(7'200, 9'600);
  auto const number = fmt::format("模拟粤工信绩效〔{}〕{}号", year + 1, city.code.number() / 100 % 100);
  world.write(world.staff.provinceIndustry(), [&](schema::Event::Builder event) {
    auto body = event.initPerformanceEvaluated();
    body.setCity(city.code.number());
    body.setNumber(textOf(number));
    body.setPeriodFrom(year * 10'000 + 101);
    body.setPeriodTo(year * 10'000 + 1231);
    body.setScoreHundredths(static_cast<std::uint16_t>(score));
    body.setGrade(score >= 9'000   ? schema::Grade::EXCELLENT
                  : score >= 8'000 ? schema::Grade::GOOD
                                   : schema::Grade::FAIR);
  });
}

// ---- settlement

/// As rule F5 counts: reform projects, each of another enterprise here.
std::uint32_t counted(City const& city) {
  std::uint32_t count = 0;
  for (auto const& wave : city.waves) {
    count += static_cast<std::uint32_t>(std::ranges::count_if(wave.projects, [](Project const& project) {
      return project.purpose == schema::Purpose::REFORM && project.accepted && project.awarded &&
             (project.paid > project.recovered || (!project.withdrawn && project.recovered.isZero())) &&
             !project.fraudProven;
    }));
  }
  return count;
}

/// What is confirmed, in thousandths of the first tranche.
struct Settled {
  std::uint32_t city;
  std::int64_t confirmed;
};
constexpr auto kSettled = std::to_array<Settled>({{440200, 1'060}, {441400, 994}, {442000, 1'090}});

void settle(World& world, City& city, Fen confirmed) {
  auto const due = confirmed - city.firstTranche;
  auto const number = [&](std::string_view office) {
    return fmt::format("模拟{}清算〔2026〕{}号", office, city.code.number() / 100 % 100);
  };
  world.write(world.staff.provinceIndustry(), [&](schema::Event::Builder event) {
    auto body = event.initFinalSettlement();
    body.setCity(city.code.number());
    body.setNumber(textOf(number("粤工信")));
    body.setCountedEnterprises(counted(city));
    body.setConfirmedFen(confirmed.count());
    body.setDueFen(due.count());
  });
  world.agenda.inWorkingDays(6, [&world, &city, due, paper = number("粤财工")] {
    if (due.isPositive()) {
      issue(world, city, {.number = paper, .kind = schema::TrancheKind::FINAL_SETTLEMENT, .amount = due});
    } else {
      recall(world, city, paper, -due);
    }
  });
}

}  // namespace

void planClosing(World& world) {
  int position = 0;
  for (auto& city : world.cities) {
    planPeriods(world, city, position++);
    for (std::uint32_t const year : {2024U, 2025U}) {
      world.agenda.on(day((year + 1) * 10'000 + 318), [&world, &city, year] { evaluate(world, city, year); });
    }
    for (auto const& settled : kSettled) {
      if (settled.city != city.code.number()) continue;
      world.agenda.on(day(20260601), [&world, &city, &settled] {
        // After everything else of the day, so that all of it counts.
        world.agenda.inWorkingDays(0, [&world, &city, &settled] {
          settle(world, city, Fen::literal(city.firstTranche.count() / 1000 * settled.confirmed));
        });
      });
    }
  }
}

}  // namespace fundtrail::ledger::simulation
