// SPDX-License-Identifier: Apache-2.0
// Private to this folder: by what organisations can be recognised, from the ledger and from the auditor's registry.
#pragma once

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "replay/indicators/indicator.h"

namespace fundtrail::replay::indicators {

struct Attribute {
  RegistryEntry::Kind kind;
  std::string value;  // in the form in which it is compared
  friend auto operator<=>(Attribute const&, Attribute const&) = default;
};

class Attributes {
 public:
  explicit Attributes(Question const& question);

  [[nodiscard]] std::set<Attribute> const& of(domain::Uscc const& uscc) const;
  /// That both have.
  [[nodiscard]] std::vector<Attribute> shared(domain::Uscc const& one, domain::Uscc const& other) const;
  /// Whoever has it, by code.
  [[nodiscard]] std::map<Attribute, std::set<domain::Uscc>> const& holders() const { return holders_; }
  [[nodiscard]] std::set<domain::Uscc> const& holdersOf(Attribute const& attribute) const;
  /// Whoever bears the name, in the form in which names are compared.
  [[nodiscard]] std::set<domain::Uscc> const& named(std::string const& comparableName) const;

 private:
  void add(domain::Uscc const& uscc, Attribute attribute);

  std::map<domain::Uscc, std::set<Attribute>> attributes_;
  std::map<Attribute, std::set<domain::Uscc>> holders_;
  std::map<std::string, std::set<domain::Uscc>> names_;
};

}  // namespace fundtrail::replay::indicators
