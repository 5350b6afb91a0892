// SPDX-License-Identifier: Apache-2.0
// K19: amounts that people make up have other digits than amounts that come about.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

namespace fundtrail::replay::indicators {

namespace {

/// Benford's law: log10(1 + 1/d) of all amounts begin with the digit d, in millionths.
constexpr std::array<std::int64_t, 9> kBenford = {301'030, 176'091, 124'939, 96'910, 79'181,
                                                  66'947,  57'992,  51'153,  45'757};

struct Amounts {
  std::array<std::int64_t, 9> first{};  // by first digit
  std::vector<Fen> all;
  std::int64_t count = 0;
  std::int64_t round = 0;
  Fen sum;
  Fen roundSum;
  std::vector<EventNumber> events;
  std::vector<EventNumber> roundEvents;
};

std::size_t firstDigit(Fen amount) {
  auto rest = amount.count();
  while (rest >= 10) rest /= 10;
  return static_cast<std::size_t>(rest);
}

/// Σ (observed − expected)² ÷ expected, in hundredths, rounded down term by term.
std::int64_t chiSquare(Amounts const& amounts) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < kBenford.size(); ++i) {
    auto const expected = static_cast<Wide>(amounts.count) * kBenford[i];
    auto const difference = static_cast<Wide>(amounts.first[i]) * 1'000'000 - expected;
    sum += static_cast<std::int64_t>(difference * difference * 100 / (expected * 1'000'000));
  }
  return sum;
}

/// How many times the small amounts the large ones are, leaving out a twentieth at either end. Benford's law is about
/// amounts over several orders of magnitude, and says nothing of others.
std::int64_t spreadOf(std::vector<Fen> amounts) {
  std::ranges::sort(amounts);
  auto const edge = amounts.size() / 20;
  return amounts[amounts.size() - 1 - edge].count() / amounts[edge].count();
}

/// Whether the rules fixed the amount, so that nobody chose its digits: the subsidy is at its cap.
bool isAtCap(Question const& question, facts::Project const& project) {
  auto const* const proposal = lastOf(question, project.proposals, [](auto const&) { return true; });
  return proposal && proposal->subsidy == proposal->cap;
}

}  // namespace

Answer digits(Question const& question) {
  auto const limit = question.parameters["chiSquareHundredths"];
  auto const least = std::max<std::int64_t>(1, question.parameters["minPayments"]);
  auto const leastRounded = std::max<std::int64_t>(1, question.parameters["minRounded"]);
  auto const roundTo = std::max<std::int64_t>(1, question.parameters["roundFen"]);
  auto const roundLimit = question.parameters["roundShareBp"];
  std::map<domain::CityCode, Amounts> cities;
  for (auto const& payment : question.facts.payments) {
    auto const& project = projectOf(question.facts, payment);
    auto const* const settled = settlementOf(question, payment);
    if (!settled || isAtCap(question, project)) continue;
    auto& amounts = cities[project.city];
    ++amounts.first[firstDigit(settled->amount) - 1];
    ++amounts.count;
    amounts.all.push_back(settled->amount);
    amounts.sum += settled->amount;
    amounts.events.push_back(settled->source.event);
    if (settled->amount.count() % roundTo != 0) continue;
    ++amounts.round;
    amounts.roundSum += settled->amount;
    amounts.roundEvents.push_back(settled->source.event);
  }
  Answer answer;
  for (auto const& [city, amounts] : cities) {
    if (amounts.count < leastRounded) continue;
    ++answer.population;
    bool const applies = amounts.count >= least && spreadOf(amounts.all) >= question.parameters["minSpread"];
    auto const chi = applies ? chiSquare(amounts) : 0;
    if (chi > limit) {
      answer.hits.push_back(
          {amounts.events,
           {Subject::of(city)},
           amounts.sum,
           scoreOver(chi, limit, 10 * std::max<std::int64_t>(limit, 1)),
           {fmt::format("{} 笔拨付的首位数字偏离本福特定律：卡方值 {}.{:02}（上限 {}.{:02}）", amounts.count, chi / 100,
                        chi % 100, limit / 100, limit % 100),
            fmt::format("the first digits of {} payments stray from Benford's law: chi-square {}.{:02} (limit "
                        "{}.{:02})",
                        amounts.count, chi / 100, chi % 100, limit / 100, limit % 100)}});
    }
    auto const share = amounts.round * 10'000 / amounts.count;
    if (share > roundLimit) {
      answer.hits.push_back(
          {amounts.roundEvents,
           {Subject::of(city)},
           amounts.roundSum,
           scoreOver(share, roundLimit, 10'000),
           {fmt::format("{} 笔拨付中 {} 笔是 {} 元的整倍数，占万分之 {}（上限 {}）", amounts.count, amounts.round,
                        yuan(Fen::literal(roundTo)), share, roundLimit),
            fmt::format("{} of {} payments are multiples of {} yuan, {} of 10,000 (limit {})", amounts.round,
                        amounts.count, yuan(Fen::literal(roundTo)), share, roundLimit)}});
    }
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators
