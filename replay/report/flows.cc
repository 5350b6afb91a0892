// SPDX-License-Identifier: Apache-2.0
#include "replay/report/flows.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/codes.h"
#include "replay/report/words.h"

namespace fundtrail::replay::report {

using domain::EventNumber;
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
      places_.try_emplace({column, stations[column].first}, Place{stations[column].second, {}});
      if (column > 0) bands_[{{column - 1, stations[column - 1].first}, {column, stations[column].first}}] += amount;
    }
  }

  /// From a place that money came to, on to another; `together` as of trace::FlowNode.
  void goOn(Key const& from, Key const& to, domain::Text name, std::optional<domain::Text> together, Fen amount) {
    places_.try_emplace(to, Place{std::move(name), std::move(together)});
    bands_[{from, to}] += amount;
  }

  /// What came to a place.
  [[nodiscard]] Fen into(Key const& place) const {
    Fen sum;
    for (auto const& [ends, amount] : bands_) {
      if (ends.second == place) sum += amount;
    }
    return sum;
  }

  void writeTo(trace::Flow& flow) const {
    std::map<Key, std::size_t> positions;
    for (auto const& [key, place] : places_) {
      positions.emplace(key, flow.nodes.size());
      flow.nodes.push_back({place.name, key.first, place.together});
    }
    for (auto const& [ends, amount] : bands_) {
      if (amount.isPositive()) flow.bands.push_back({positions.at(ends.first), positions.at(ends.second), amount});
    }
  }

 private:
  struct Place {
    domain::Text name;
    std::optional<domain::Text> together;
  };
  std::map<Key, Place> places_;
  std::map<std::pair<Key, Key>, Fen> bands_;
};

constexpr Flows::Key kPaid{3, static_cast<std::uint32_t>(Account::paid)};

/// What stands paid of an award.
Fen netOf(facts::Facts const& facts, facts::Award const& award) {
  Fen net;
  for (auto const row : award.payments) {
    auto const* const settled = facts.payments[row].settlement();
    if (settled && settled->source.holds()) net += settled->amount;
  }
  for (auto const row : award.recoveries) {
    for (auto const& receipt : facts.recoveries[row].receipts) {
      if (receipt.source.holds()) net -= receipt.amount;
    }
  }
  return net;
}

/// Behind what was paid: the invoices of each project. Not drawn where the books and the facts tell different sums.
void addInvoices(facts::Facts const& facts, Flows& flows) {
  std::map<EventNumber, std::pair<facts::Project const*, Fen>> projects;
  Fen sum;
  for (auto const& award : facts.awards) {
    auto const net = award.source.holds() ? netOf(facts, award) : Fen();
    if (!net.isPositive()) continue;
    auto const& project = facts.projects[award.project];
    projects.try_emplace(project.source.event, &project, Fen()).first->second.second += net;
    sum += net;
  }
  if (sum != flows.into(kPaid)) return;
  constexpr std::uint32_t kColumn = 4;
  std::uint32_t code = 0;  // 0: of all whose cost is not verified
  for (auto const& [event, each] : projects) {
    auto const& [project, amount] = each;
    ++code;
    auto const invoices = invoicesOf(*project);
    if (!invoices) {
      flows.goOn(kPaid, {kColumn, 0}, {"投入尚未核定", "cost not verified yet"}, {}, amount);
      continue;
    }
    auto const name = facts.nameOf(project->enterprise);
    flows.goOn(kPaid, {kColumn, code},
               {fmt::format("{}：发票 {} 张", name, *invoices), fmt::format("{}: {} invoices", name, *invoices)},
               domain::Text{"其余项目的发票", "invoices of other projects"}, amount);
  }
}

}  // namespace

std::optional<std::size_t> invoicesOf(facts::Project const& project) {
  auto const last = std::find_if(project.costs.rbegin(), project.costs.rend(),
                                 [](facts::VerifiedCost const& cost) { return cost.source.holds(); });
  if (last == project.costs.rend()) return std::nullopt;
  std::set<std::string_view> invoices;
  for (auto const& line : last->lines) {
    if (line.invoice) invoices.insert(line.invoice->text());
  }
  return invoices.size();
}

trace::Flow flowOf(journal::Vouchers const& vouchers, facts::Facts const& facts) {
  trace::Flow flow{{"资金去向", "Where the money went"},
                   {"自下达层级至城市、支持方向和所处环节，已支付的再到各项目的发票；每条带的宽度与金额成正比。",
                    "From the level that issued it to city, purpose and where it stands, and what was paid on to the "
                    "invoices of each "
                    "project; a band is as wide as its money."},
                   {{"下达层级", "Issued by"},
                    {"城市", "City"},
                    {"支持方向", "Purpose"},
                    {"所处环节", "Stands as"},
                    {"项目发票", "Invoices of"}}};
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
  addInvoices(facts, flows);
  flows.writeTo(flow);
  return flow;
}

}  // namespace fundtrail::replay::report
