// SPDX-License-Identifier: Apache-2.0
// What shows in many payments together, and in none alone.

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/planting/amounts.h"
#include "ledger/planting/plants.h"

namespace fundtrail::ledger::planting {

namespace {

using domain::Fen;
using domain::formatYuan;

constexpr std::int64_t kRound = 1'000'000;  // 万元, in fen

/// The dearest line that counts as cost, of one verification.
unsigned mainLine(schema::CostVerified::Reader body) {
  unsigned best = 0;
  for (unsigned i = 0; i < body.getLines().size(); ++i) {
    auto const line = body.getLines()[i];
    bool const counts = line.getProduct().size() != 0;
    auto const before = body.getLines()[best];
    if (counts && (before.getProduct().size() == 0 || line.getNetFen() > before.getNetFen())) best = i;
  }
  return best;
}

/// The round subsidy just below the one it has, and the least cost that gives it.
struct Rounded {
  Fen subsidy;
  Fen eligible;
};
Rounded roundedDown(Field const& field, Story const& story) {
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

void roundDown(Field& field, Story const& story) {
  auto const [subsidy, eligible] = roundedDown(field, story);
  auto const verified = field.draft.event(story.verified).getCostVerified();
  auto const less = verified.getEligibleFen() - eligible.count();
  field.draft.edit(story.verified, [index = mainLine(verified), less, eligible](schema::Event::Builder event) {
    auto body = event.getCostVerified();
    auto line = body.getLines()[index];
    auto const net = line.getNetFen() - less;
    constexpr std::int64_t kTax = 13;
    line.setTaxFen((net * kTax + 50) / 100);
    line.setNetFen(net);
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
    roundDown(field, *story);
    sown.events.push_back(field.draft.refOf(*story->payment.settled));
    sown.subjects.push_back(story->enterprise);
    sown.amount += roundedDown(field, *story).subsidy;
  }
  sown.what = {
      fmt::format("城市 {} 的 {} 笔拨付都凑成整万元，共 {} 元", sown.city, sown.events.size(), formatYuan(sown.amount)),
      fmt::format("{} payments of city {} are round to 10,000 yuan, {} yuan in all", sown.events.size(), sown.city,
                  formatYuan(sown.amount))};
  return sown;
}

}  // namespace fundtrail::ledger::planting
