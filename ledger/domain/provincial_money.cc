// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/provincial_money.h"

namespace fundtrail::ledger::domain {

namespace {

bool isLeft(Stage stage) {
  return stage != Stage::recalled;
}

}  // namespace

ProvincialMoney provincialMoney(State const& state, CityCode city) {
  ProvincialMoney money{};
  state.tranches.visit([&](EventRef const&, Tranche const& tranche) {
    if (tranche.city != city || tranche.level != schema::GovernmentLevel::PROVINCE) return;
    money.issued += tranche.issued - tranche.sum(Stage::recalled);
    for (auto const& pocket : tranche.pockets) {
      if (pocket.pocket.purpose != schema::Purpose::PLATFORM) continue;
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
    if (!tranche || tranche->city != city || tranche->level != schema::GovernmentLevel::PROVINCE) continue;
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
