// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/provincial_money.h"

namespace fundtrail::ledger::domain {

namespace {

bool isLeft(Stage stage) {
  return stage != Stage::recalled;
}

bool isOfTheFund(Tranche const& tranche, CityCode city) {
  return tranche.city == city && domain::isOfTheFund(tranche.level, tranche.kind);
}

}  // namespace

bool isOfTheFund(schema::GovernmentLevel level, schema::TrancheKind kind) {
  return level == schema::GovernmentLevel::PROVINCE && kind != schema::TrancheKind::CONTRIBUTION;
}

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
    auto const moved = [&](std::optional<Place> const& place, Fen amount) {
      if (!place || !isLeft(place->stage)) return true;
      auto const issued = money.issued.plus(amount);
      auto const platform =
          place->pocket.purpose == schema::Purpose::PLATFORM ? money.platform.plus(amount) : money.platform;
      if (!issued || !platform) return false;
      money.issued = *issued;
      money.platform = *platform;
      return true;
    };
    if (!moved(posting.from, -posting.amount) || !moved(posting.to, posting.amount)) return std::nullopt;
  }
  return money;
}

}  // namespace fundtrail::ledger::domain
