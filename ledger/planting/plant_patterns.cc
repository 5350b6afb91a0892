// SPDX-License-Identifier: Apache-2.0
// What shows in many payments together, and in none alone.

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/planting/amounts.h"
#include "ledger/planting/plants.h"
#include "ledger/planting/totals.h"

namespace fundtrail::ledger::planting {

namespace {

using domain::Fen;
using domain::formatYuan;

constexpr std::int64_t kRound = 1'000'000;  // 万元, in fen

/// Whether it counts as cost.
bool counts(schema::CostLine::Reader line) {
  return line.getProduct().size() != 0;
}

/// With the tax that it bears.
void setNet(schema::CostLine::Builder line, std::int64_t net) {
  constexpr std::int64_t kTax = 13;
  line.setTaxFen((net * kTax + 50) / 100);
  line.setNetFen(net);
}

/// The dearest line that counts, of one verification.
unsigned mainLine(schema::CostVerified::Reader body) {
  unsigned best = 0;
  for (unsigned i = 0; i < body.getLines().size(); ++i) {
    auto const line = body.getLines()[i];
    auto const before = body.getLines()[best];
    if (counts(line) && (!counts(before) || line.getNetFen() > before.getNetFen())) best = i;
  }
  return best;
}

/// What a project gets, and for how much cost.
struct Due {
  Fen subsidy;
  Fen eligible;
};

/// The round subsidy just below the one it has, and the least cost that gives it.
Due roundedDown(Field const& field, Story const& story) {
  auto const body = field.draft.event(story.proposed).getSubsidyProposed();
  auto const subsidy = body.getSubsidyFen() / kRound * kRound;
  auto const rate = std::int64_t{body.getRateBp()};
  return {Fen::literal(subsidy), Fen::literal((subsidy * domain::BasisPoints::kWhole + rate - 1) / rate)};
}

/// Its amount is not round yet, not cut by the cap, and its main line bears the difference.
bool canBeRounded(Field const& field, Story const& story) {
  auto const proposed = field.draft.event(story.proposed).getSubsidyProposed();
  auto const verified = field.draft.event(story.verified).getCostVerified();
  if (proposed.getSubsidyFen() % kRound == 0 || proposed.getSubsidyFen() < kRound) return false;
  if (proposed.getSubsidyFen() == proposed.getCapFen()) return false;
  auto const less = verified.getEligibleFen() - roundedDown(field, story).eligible.count();
  return less > 0 && verified.getLines()[mainLine(verified)].getNetFen() > 2 * less;
}

/// Its main line costs less, by what the eligible cost then lacks, and the project gets that subsidy.
void costLess(Field& field, Story const& story, Due const& to) {
  auto const [subsidy, eligible] = to;
  auto const verified = field.draft.event(story.verified).getCostVerified();
  auto const less = verified.getEligibleFen() - eligible.count();
  field.draft.edit(story.verified, [index = mainLine(verified), less, eligible](schema::Event::Builder event) {
    auto body = event.getCostVerified();
    auto line = body.getLines()[index];
    setNet(line, line.getNetFen() - less);
    body.setEligibleFen(eligible.count());
  });
  setSubsidy(field, story, eligible, subsidy);
}

}  // namespace

std::optional<Sown> plantRoundAmounts(Field& field) {
  constexpr std::size_t kLeast = 3;
  std::map<std::uint32_t, std::vector<Story const*>> byCity;
  for (auto const& story : field.stories.projects) {
    if (!field.isUsed(story) && !field.cityOf(story).settled && canBeRounded(field, story)) {
      byCity[story.city].push_back(&story);
    }
  }
  auto const most = std::ranges::max_element(byCity, {}, [](auto const& each) { return each.second.size(); });
  if (most == byCity.end() || most->second.size() < kLeast) return std::nullopt;
  Sown sown;
  sown.city = most->first;
  for (auto const* const story : most->second) {
    field.use(*story);
    costLess(field, *story, roundedDown(field, *story));
    sown.events.push_back(field.draft.refOf(*story->payment.settled));
    sown.amount += roundedDown(field, *story).subsidy;
  }
  sown.what = {
      fmt::format("城市 {} 的 {} 笔拨付都凑成整万元，共 {} 元", sown.city, sown.events.size(), formatYuan(sown.amount)),
      fmt::format("{} payments of city {} are round to 10,000 yuan, {} yuan in all", sown.events.size(), sown.city,
                  formatYuan(sown.amount))};
  return sown;
}

namespace {

std::int64_t hundredthOf(std::int64_t fen) {
  return fen / 100;
}

/// A year of a city.
struct Year {
  std::size_t payments = 0;
  Fen december;
  std::vector<domain::EventRef> inDecember{};  // the settlements
  std::vector<Story const*> others{};          // of other months, that can cost less
  Fen rest;                                    // what the payments of other months come to then

  /// December's, of ten thousand.
  [[nodiscard]] std::int64_t share() const {
    constexpr std::int64_t kWhole = 10'000;
    auto const all = december + rest;
    return all.isZero() ? 0 : december.count() * kWhole / all.count();
  }
};

/// What a project would get whose lines that count cost a hundredth.
Due leastDue(Field const& field, Story const& story) {
  auto const verified = field.draft.event(story.verified).getCostVerified();
  auto eligible = Fen::literal(verified.getEligibleFen());
  for (auto const line : verified.getLines()) {
    if (counts(line)) eligible -= Fen::literal(line.getNetFen() - hundredthOf(line.getNetFen()));
  }
  return {subsidyOn(field, story, eligible), eligible};
}

/// Its lines that count cost a hundredth, and the project gets what that comes to.
void costAHundredth(Field& field, Story const& story) {
  auto const [subsidy, eligible] = leastDue(field, story);
  field.draft.edit(story.verified, [eligible = eligible](schema::Event::Builder event) {
    auto body = event.getCostVerified();
    for (auto line : body.getLines()) {
      if (counts(line)) setNet(line, hundredthOf(line.getNetFen()));
    }
    body.setEligibleFen(eligible.count());
  });
  setSubsidy(field, story, eligible, subsidy);
}

using Years = std::map<std::pair<std::uint32_t, std::uint32_t>, Year>;

/// The years that are over, of cities that are not settled with.
Years yearsOf(Field const& field) {
  constexpr std::uint32_t kDecember = 12;
  auto const yearOf = [](domain::Date day) { return day.number() / 10'000; };
  auto const lastYear = yearOf(field.dayOf(field.draft.size() - 1));
  std::map<Place, Story const*> stories;
  for (auto const& story : field.stories.projects) {
    if (!field.isUsed(story)) stories.emplace(*story.payment.settled, &story);
  }
  Years years;
  for (auto const& paid : paidIn(field.draft)) {
    if (yearOf(paid.on) >= lastYear || field.stories.cities.at(paid.city).settled) continue;
    auto& year = years[{paid.city, yearOf(paid.on)}];
    ++year.payments;
    auto const story = stories.find(paid.settled);
    if (paid.on.number() / 100 % 100 == kDecember) {
      year.december += paid.amount;
      year.inDecember.push_back(field.draft.refOf(paid.settled));
    } else if (story == stories.end()) {
      year.rest += paid.amount;
    } else {
      year.others.push_back(story->second);
      year.rest += leastDue(field, *story->second).subsidy;
    }
  }
  return years;
}

}  // namespace

std::optional<Sown> plantYearEndRush(Field& field) {
  constexpr std::int64_t kEnough = 8'200;  // of ten thousand
  auto years = yearsOf(field);
  std::erase_if(years, [](auto const& each) {
    constexpr std::size_t kLeast = 12;  // a handful of payments says nothing about months
    return each.second.payments < kLeast;
  });
  auto const best = std::ranges::max_element(years, {}, [](auto const& each) { return each.second.share(); });
  if (best == years.end() || best->second.share() < kEnough) return std::nullopt;
  auto const& [where, year] = *best;
  for (auto const* const story : year.others) {
    field.use(*story);
    costAHundredth(field, *story);
  }
  auto const share = year.share() / 100;
  return Sown{year.inDecember,
              {},
              where.first,
              year.december,
              {fmt::format("城市 {} {} 年的拨付 {}% 集中在 12 月，共 {} 元", where.first, where.second, share,
                           formatYuan(year.december)),
               fmt::format("{} % of what city {} pays in {} it pays in December, {} yuan", share, where.first,
                           where.second, formatYuan(year.december))}};
}

}  // namespace fundtrail::ledger::planting
