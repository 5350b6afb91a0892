// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/provincial_money.h"

namespace fundtrail::ledger::domain {

namespace {

bool isLeft(Stage stage) {
  return stage != Stage::recalled;
}

/// Of the special fund. What the province adds as a contribution of its own (配套) is no part of it.
bool isOfTheFund(Tranche const& tranche, CityCode city) {
  return tranche.city == city && tranche.level == schema::GovernmentLevel::PROVINCE &&
         tranche.kind != schema::TrancheKind::CONTRIBUTION;
}

}  // namespace

ProvincialMoney provincialMoney(State const& state, CityCode city) {
  ProvincialMoney money{};
  state.tranches.visit([&](EventRef const&, Tranche const& tranche) {
    if (!isOfTheFund(tranche, city)) return;
    money.issued += tranche.issued - tranche.sum(Stage::recalled);
    for (auto const& pocket : tranche.pockets) {
      if (pocket.pocket.purpose != schema::Purpose::PLATFORM) continue;
      money.platformAvailable += pocket.stages[static_cast<std::size_t>(Stage::available)];
      for (std::size_t stage = 0; stage < kStages; ++stage) {
        if (isLeft(static_cast<Stage>(stage))) money.platform += pocket.stages[stage];
      }
    }
  });
  return money;
}

std::optional<ProvincialMoney> provincialMoneyAfter(State const& state, Postings const& postings, CityCode city) {
  auto money = provincialMoney(state, city);
  for (auto const& posting : postings) {
    auto const* const tranche = state.tranches.find(posting.tranche);
    if (!tranche || !isOfTheFund(*tranche, city)) continue;
    if (!posting.from && !money.issued.plus(posting.amount)) return std::nullopt;
    auto const move = [&](std::optional<Place> const& place, Fen amount) {
      if (!place || !isLeft(place->stage)) return;
      money.issued += amount;
      if (place->pocket.purpose == schema::Purpose::PLATFORM) money.platform += amount;
    };
    move(posting.from, -posting.amount);
    move(posting.to, posting.amount);
  }
  return money;
}

}  // namespace fundtrail::ledger::domain
