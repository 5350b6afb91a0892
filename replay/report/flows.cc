// SPDX-License-Identifier: Apache-2.0
#include "replay/report/flows.h"

#include <array>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "ledger/domain/codes.h"
#include "replay/report/words.h"

namespace fundtrail::replay::report {

using domain::Fen;
using schema::Language;

namespace {

domain::Text textOf(Text const& text) {
  return {std::string(text.zh), std::string(text.en)};
}

template <class Enum>
domain::Text titleOfEnum(Enum value) {
  return {std::string(schema::enumerantTitle(value, Language::zh)),
          std::string(schema::enumerantTitle(value, Language::en))};
}

domain::Text purposeText(schema::Purpose purpose) {
  if (purpose == schema::Purpose::NOT_STATED) return {"未分解", "not divided"};
  return titleOfEnum(purpose);
}

/// Nodes by what they stand for, in the order of their columns and codes: the same books, the same drawing.
class Flows {
 public:
  using Key = std::pair<std::uint32_t, std::uint32_t>;  // column, and a code within it

  void pass(std::array<std::pair<std::uint32_t, domain::Text>, 4> const& stations, Fen amount) {
    for (std::uint32_t column = 0; column < stations.size(); ++column) {
      names_.try_emplace({column, stations[column].first}, stations[column].second);
      if (column > 0) bands_[{{column - 1, stations[column - 1].first}, {column, stations[column].first}}] += amount;
    }
  }

  void writeTo(trace::Flow& flow) const {
    std::map<Key, std::size_t> positions;
    for (auto const& [key, name] : names_) {
      positions.emplace(key, flow.nodes.size());
      flow.nodes.push_back({name, key.first});
    }
    for (auto const& [ends, amount] : bands_) {
      if (amount.isPositive()) flow.bands.push_back({positions.at(ends.first), positions.at(ends.second), amount});
    }
  }

 private:
  std::map<Key, domain::Text> names_;
  std::map<std::pair<Key, Key>, Fen> bands_;
};

}  // namespace

trace::Flow flowOf(journal::Vouchers const& vouchers) {
  trace::Flow flow{
      {"资金去向", "Where the money went"},
      {"自下达层级至城市、支持方向和所处环节；每条带的宽度与金额成正比。",
       "From the level that issued it to city, purpose and where it stands; a band is as wide as its money."},
      {{"下达层级", "Issued by"}, {"城市", "City"}, {"支持方向", "Purpose"}, {"所处环节", "Stands as"}}};
  Flows flows;
  auto const balances = vouchers.balances();
  for (std::size_t i = 0; i < balances.size(); ++i) {
    auto const& account = vouchers.accounts()[i];
    if (account.account == Account::outside || !balances[i].isPositive()) continue;
    auto const& tranche = vouchers.tranches()[account.tranche];
    flows.pass({{{static_cast<std::uint32_t>(tranche.level), titleOfEnum(tranche.level)},
                 {tranche.city.number(),
                  {std::string(domain::cityNameZh(tranche.city)), std::string(domain::cityNameEn(tranche.city))}},
                 {static_cast<std::uint32_t>(account.purpose), purposeText(account.purpose)},
                 {static_cast<std::uint32_t>(account.account), textOf(titleOf(account.account))}}},
               balances[i]);
  }
  flows.writeTo(flow);
  return flow;
}

}  // namespace fundtrail::replay::report
