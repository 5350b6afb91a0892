// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ledger/simulation/world.h"

// What takes effect only when a second person confirms it.

namespace fundtrail::ledger::simulation {

/// Who proposes and who confirms that one of their office's events is taken back.
struct TwoPersons {
  OfficialIndex first;
  OfficialIndex second;
};
[[nodiscard]] inline TwoPersons industryOf(City const& city) {
  return {city.office.industryClerks[0], city.office.industryReviewer};
}
[[nodiscard]] inline TwoPersons financeOf(City const& city) {
  return {city.office.financeRequester, city.office.financeReviewer};
}

/// Confirms a change that another person wrote down on an earlier day.
void confirm(World& world, OfficialIndex second, Written const& change);

/// 红字冲销 of an event of an earlier day: written today, confirmed on the next working day.
void reverse(World& world, TwoPersons const& persons, Written const& wrong, std::string_view reason);

/// The enterprise moves to another account: written today, confirmed on the next working day, used from the day after.
void changeAccount(World& world, City const& city, Project& project, OfficialIndex author);
/// 更名: an enterprise changes its name, and its bank that of its account.
void rename(World& world, City const& city, Project& project);

}  // namespace fundtrail::ledger::simulation
