// SPDX-License-Identifier: Apache-2.0
#include "replay/indicators/attributes.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ledger/domain/account_name.h"

namespace fundtrail::replay::indicators {

namespace {

using Kind = RegistryEntry::Kind;

template <class Key, class Value>
Value const& orNone(std::map<Key, Value> const& map, Key const& key) {
  static Value const none;
  auto const at = map.find(key);
  return at == map.end() ? none : at->second;
}

}  // namespace

Attributes::Attributes(Question const& question) {
  auto const& facts = question.facts;
  auto const textOf = [&](facts::StringId id) { return std::string(facts.strings[id]); };
  auto const call = [&](domain::Uscc const& uscc, facts::StringId name) {
    auto const text = textOf(name);
    if (!text.empty()) names_[domain::normalisedName(text).value_or(text)].insert(uscc);
  };
  for (auto const& organisation : facts.organisations) {
    if (!question.counts(organisation.source)) continue;
    call(organisation.uscc, organisation.name);
    for (auto const& account : organisation.accounts) {
      add(organisation.uscc, {Kind::account, textOf(account.number)});
    }
  }
  for (auto const& change : facts.accountChanges) {
    if (!question.counts(change.source) || !facts::isConfirmed(change.decision)) continue;
    add(change.uscc, {Kind::account, textOf(change.account.number)});
  }
  for (auto const& renaming : facts.renamings) {
    if (question.counts(renaming.source) && facts::isConfirmed(renaming.decision)) call(renaming.uscc, renaming.name);
  }
  if (!question.supplements.registry) return;
  for (auto const& entry : *question.supplements.registry) add(entry.uscc, {entry.kind, entry.value});
}

void Attributes::add(domain::Uscc const& uscc, Attribute attribute) {
  holders_[attribute].insert(uscc);
  attributes_[uscc].insert(std::move(attribute));
}

std::set<Attribute> const& Attributes::of(domain::Uscc const& uscc) const {
  return orNone(attributes_, uscc);
}

std::vector<Attribute> Attributes::shared(domain::Uscc const& one, domain::Uscc const& other) const {
  std::vector<Attribute> both;
  std::ranges::set_intersection(of(one), of(other), std::back_inserter(both));
  return both;
}

std::set<domain::Uscc> const& Attributes::holdersOf(Attribute const& attribute) const {
  return orNone(holders_, attribute);
}

std::set<domain::Uscc> const& Attributes::named(std::string const& comparableName) const {
  return orNone(names_, comparableName);
}

}  // namespace fundtrail::replay::indicators
