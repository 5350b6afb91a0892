// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "api/access/principal.h"
#include "ledger/domain/authority.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/uscc.h"

namespace fundtrail::api::access {

/// What of the ledger somebody may see, by the roles that a thing is shown to: the whole province, cities, counties,
/// the affairs of one enterprise. A value.
class Sight {
 public:
  /// Sees everything: what is public.
  static Sight everything();
  /// By those of the principal's roles that are among `roles`; nothing where none is.
  static Sight of(Principal const& principal, ledger::domain::RoleSet roles);

  [[nodiscard]] bool seesNothing() const;
  [[nodiscard]] bool seesEverything() const { return all_; }
  /// A record of that city, county (0: none) and enterprise, if it has one. The province's own (a policy, a tranche
  /// before it has a city) are everybody's who sees any place.
  [[nodiscard]] bool sees(ledger::domain::CityCode region, std::uint32_t county,
                          std::optional<ledger::domain::Uscc> const& enterprise) const;
  /// Sees all that is of the city.
  [[nodiscard]] bool seesCity(ledger::domain::CityCode city) const { return sees(city, 0, std::nullopt); }
  /// The enterprise whose own affairs are all that is seen.
  [[nodiscard]] std::optional<ledger::domain::Uscc> const& own() const { return own_; }

  /// Bank accounts and who signed are shown as they are: an office that pays or audits, and an enterprise of its own.
  [[nodiscard]] bool seesPrivateData() const { return privateData_; }
  /// Such reads are logged (等保): whoever administers or audits looks at what is not his own work.
  [[nodiscard]] bool isWatched() const { return watched_; }

  /// Sees only as an administrator: of the events those that administrators record, and none of anybody's money.
  [[nodiscard]] bool onlyAdministers() const { return onlyAdministers_; }

  /// The same sight has the same text: for caches.
  [[nodiscard]] std::string text() const;

 private:
  bool all_ = false;
  bool privateData_ = false;
  bool watched_ = false;
  bool onlyAdministers_ = false;
  std::set<ledger::domain::CityCode> cities_;
  std::set<std::uint32_t> counties_;
  std::optional<ledger::domain::Uscc> own_;
};

}  // namespace fundtrail::api::access
