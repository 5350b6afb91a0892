// SPDX-License-Identifier: Apache-2.0
#include "replay/time/time_json.h"

#include <array>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include "ledger/domain/codes.h"
#include "ledger/schema/names.h"

namespace fundtrail::replay::time {

namespace json = boost::json;

namespace {

json::string text(std::string_view value) {
  return json::string(value.data(), value.size());
}

json::string fen(domain::Fen amount) {
  return text(std::to_string(amount.count()));
}

json::object jsonOf(projections::Basis const& basis) {
  json::object object{{"position", basis.position},
                      {"treeSize", basis.treeSize},
                      {"root", text(basis.root.hex())},
                      {"acceptedAt", basis.acceptedAt ? json::value(text(basis.acceptedAt->text())) : nullptr}};
  if (basis.on) object["on"] = text(basis.on->text());
  return object;
}

/// As `fundtrail status` names them.
json::object amounts(Balances const& balances) {
  static constexpr std::array<std::string_view, kAccounts> kMembers = {
      "issuedFen",   "notReceivedFen", "availableFen",          "reservedFen",
      "inFlightFen", "paidFen",        "returnedToTreasuryFen", "recalledFen"};
  json::object object;
  for (std::size_t i = 0; i < kAccounts; ++i) object.emplace(kMembers[i], fen(balances.accounts[i]));
  return object;
}

json::array pockets(std::map<BooksPocket, Balances> const& pockets) {
  json::array array;
  for (auto const& [pocket, balances] : pockets) {
    array.push_back({{"purpose", text(schema::enumerantName(pocket.purpose))},
                     {"county", pocket.county},
                     {"amounts", amounts(balances)}});
  }
  return array;
}

json::object jsonOf(TrancheStanding const& tranche) {
  return {{"event", tranche.event.value()},
          {"hash", text(tranche.ref.text())},
          {"number", text(tranche.number)},
          {"level", text(schema::enumerantName(tranche.level))},
          {"kind", text(schema::enumerantName(tranche.kind))},
          {"year", tranche.year},
          {"amounts", amounts(tranche.total())},
          {"pockets", pockets(tranche.pockets)}};
}

json::object named(domain::CityCode city) {
  return {{"city", city.number()}, {"nameZh", text(cityNameZh(city))}, {"nameEn", text(cityNameEn(city))}};
}

/// What is no list of tranches.
json::object figures(CityStanding const& city) {
  json::array projects;
  for (auto const& [stage, count] : city.projects) {
    projects.push_back({{"stage", text(stageEn(stage))}, {"count", count}});
  }
  json::array payments;
  for (auto const& [stage, tally] : city.payments) {
    payments.push_back({{"stage", text(stageEn(stage))}, {"count", tally.count}, {"amountFen", fen(tally.amount)}});
  }
  auto const& recoveries = city.recoveries;
  return {{"amounts", amounts(city.total())},
          {"pockets", pockets(city.pockets())},
          {"projects", std::move(projects)},
          {"payments", std::move(payments)},
          {"recoveries",
           {{"count", recoveries.count},
            {"open", recoveries.open},
            {"orderedFen", fen(recoveries.ordered)},
            {"receivedFen", fen(recoveries.received)},
            {"waivedFen", fen(recoveries.waived)}}},
          {"openFindings", city.openFindings}};
}

json::object jsonOf(ProjectStanding const& project) {
  return {{"stage", text(stageEn(project.stage))},
          {"eligibleFen", fen(project.eligible)},
          {"awardFen", fen(project.award)},
          {"reservedFen", fen(project.money.in(Account::reserved))},
          {"inFlightFen", fen(project.money.in(Account::inFlight))},
          {"paidFen", fen(project.money.in(Account::paid))}};
}

template <class T>
json::value orNull(std::optional<T> const& value) {
  return value ? json::value(jsonOf(*value)) : json::value(nullptr);
}

json::value orNull(std::optional<domain::Text> const& disagreement) {
  if (!disagreement) return nullptr;
  return {{"zh", text(disagreement->zh)}, {"en", text(disagreement->en)}};
}

json::array events(std::map<schema::Event::Which, std::size_t> const& events) {
  json::array array;
  for (auto const& [type, count] : events) {
    array.push_back({{"type", text(schema::eventTypeName(type))}, {"count", count}});
  }
  return array;
}

json::array reversals(std::vector<Reversal> const& reversals) {
  json::array array;
  for (auto const& reversal : reversals) {
    array.push_back({{"event", reversal.event.value()},
                     {"type", text(schema::eventTypeName(reversal.type))},
                     {"reversedBy", reversal.confirmation.value()},
                     {"on", text(reversal.on.text())}});
  }
  return array;
}

}  // namespace

std::string toJson(LedgerStanding const& standing, std::optional<domain::CityCode> only, Verdict verdict) {
  json::array cities;
  for (auto const& [code, city] : standing.cities) {
    if (only && code != *only) continue;
    auto object = named(code);
    for (auto& member : figures(city)) object.insert(member);
    json::array tranches;
    for (auto const& tranche : city.tranches) tranches.push_back(jsonOf(tranche));
    object.emplace("tranches", std::move(tranches));
    cities.push_back(std::move(object));
  }
  json::object const object{{"verdict", text(name(verdict))},
                            {"basis", jsonOf(standing.basis)},
                            {"disagreement", orNull(standing.disagreement)},
                            {"cities", std::move(cities)},
                            {"events", events(standing.events)},
                            {"reversals", reversals(standing.reversals)}};
  return json::serialize(object) + "\n";
}

std::string toJson(Difference const& difference, std::optional<domain::CityCode> only, Verdict verdict) {
  json::array cities;
  for (auto const& [code, before, after, changes] : difference.cities) {
    if (only && code != *only) continue;
    json::array tranches;
    for (auto const& change : changes) {
      tranches.push_back({{"before", orNull(change.before)}, {"after", jsonOf(change.after)}});
    }
    auto object = named(code);
    object.emplace("before", figures(before));
    object.emplace("after", figures(after));
    object.emplace("tranches", std::move(tranches));
    cities.push_back(std::move(object));
  }
  json::array projects;
  for (auto const& [before, after] : difference.projects) {
    if (only && after.city != *only) continue;
    projects.push_back({{"event", after.event.value()},
                        {"hash", text(after.ref.text())},
                        {"title", text(after.title)},
                        {"city", after.city.number()},
                        {"enterprise", text(after.enterprise.text())},
                        {"enterpriseName", text(after.enterpriseName)},
                        {"before", orNull(before)},
                        {"after", jsonOf(after)}});
  }
  json::object const object{{"verdict", text(name(verdict))},
                            {"from", jsonOf(difference.from)},
                            {"to", jsonOf(difference.to)},
                            {"cities", std::move(cities)},
                            {"projects", std::move(projects)},
                            {"events", events(difference.events)},
                            {"reversals", reversals(difference.reversals)}};
  return json::serialize(object) + "\n";
}

}  // namespace fundtrail::replay::time
