// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/state.h"

#include <tuple>
#include <utility>

#include "crypto/keys.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

/// Every table, in the order of the header.
template <class AnyState>
auto State::tablesOf(AnyState& state) {
  return std::tie(state.persons, state.keys, state.grants, state.policies, state.cities, state.organisations,
                  state.tranches, state.contracts, state.projects, state.providers, state.products, state.complaints,
                  state.publicities, state.objections, state.awards, state.payments, state.recoveries, state.findings,
                  state.accountBooks, state.statements, state.matched, state.closedPeriods, state.witnesses,
                  state.pending, state.releasedNumbers);
}

template <class Visit>
void State::eachTable(Visit&& visit) {
  std::apply([&](auto&... table) { (visit(table), ...); }, tablesOf(*this));
}

State State::initial(schema::Genesis::Reader genesis) {
  State state;
  state.hashAlgorithm_ =
      genesis.getProfile() == schema::Profile::GM ? crypto::HashAlgorithm::sm3 : crypto::HashAlgorithm::sha256;
  for (auto const founding : genesis.getKeys()) {
    auto const id = std::string(textOf(founding.getPerson()));
    auto index = state.persons.indexOf(id);
    if (!index) {
      index = static_cast<std::uint32_t>(state.persons.size());
      state.persons.insert(id, Person{id, std::string(textOf(founding.getOrganisation())), {}});
    }
    state.persons.editAt(*index).grants.push_back(
        Grant{std::nullopt, founding.getRole(), CityCode::province(), Date::first(), Date::last()});
    auto const key = crypto::PublicKey::fromSpki(bytesOf(founding.getPublicKey())).value();
    state.keys.insert(KeyId(key.fingerprint(state.hashAlgorithm_)), AuthorKey{PersonIndex{*index}, key});
  }
  return state;
}

void State::savepoint() {
  eachTable([](auto& table) { table.savepoint(); });
  numbers.savepoint();
}

void State::release() {
  eachTable([](auto& table) { table.release(); });
}

void State::rollback() {
  eachTable([](auto& table) { table.rollback(); });
  numbers.rollback();
}

void State::takeOverChanges(State const& from) {
  auto to = tablesOf(*this);
  auto const source = tablesOf(from);
  [&]<std::size_t... table>(std::index_sequence<table...>) {
    (std::get<table>(source).visitChanged(
         [&](auto const& key, auto const& record) { std::get<table>(to).put(key, record); }),
     ...);
  }
  (std::make_index_sequence<std::tuple_size_v<decltype(to)>>());
}

std::optional<PersonIndex> State::personOf(KeyId const& key) const {
  auto const* const record = keys.find(key);
  if (!record || record->revoked) return std::nullopt;
  return record->person;
}

Policy const* State::policyOn(Date day) const {
  for (auto i = policies.size(); i > 0; --i) {
    auto const& policy = policies.at(static_cast<std::uint32_t>(i - 1));
    if (policy.inForceFrom <= day) return &policy;
  }
  return nullptr;
}

std::optional<Policy> State::figuresOn(Date day) const {
  auto const* const latest = policyOn(day);
  if (!latest) return std::nullopt;
  auto figures = *latest;
  for (auto i = policies.size(); i > 0; --i) {
    auto const& earlier = policies.at(static_cast<std::uint32_t>(i - 1));
    if (earlier.inForceFrom > day) continue;
    if (figures.platformShareCap.isZero()) figures.platformShareCap = earlier.platformShareCap;
    if (figures.minLevelAfter == 0) figures.minLevelAfter = earlier.minLevelAfter;
    if (figures.minInspectors == 0) figures.minInspectors = earlier.minInspectors;
    if (figures.minEnterprisesDelta == 0) figures.minEnterprisesDelta = earlier.minEnterprisesDelta;
    if (figures.minEnterprisesElsewhere == 0) figures.minEnterprisesElsewhere = earlier.minEnterprisesElsewhere;
    if (!figures.accountChangeDays) figures.accountChangeDays = earlier.accountChangeDays;
  }
  return figures;
}

ClosedPeriod const* State::closedPeriod(CityCode region, Date day) const {
  for (std::uint32_t i = 0; i < closedPeriods.size(); ++i) {
    auto const& period = closedPeriods.at(i);
    if (period.holds(day) && (period.region == region || period.region.isProvince())) return &period;
  }
  return nullptr;
}

bool operator==(State const& a, State const& b) {
  return a.hashAlgorithm_ == b.hashAlgorithm_ && State::tablesOf(a) == State::tablesOf(b);
}

}  // namespace fundtrail::ledger::domain
