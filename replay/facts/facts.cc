// SPDX-License-Identifier: Apache-2.0
#include "replay/facts/facts.h"

#include <ranges>

namespace fundtrail::replay::facts {

PaymentSettlement const* Payment::settlement() const {
  PaymentSettlement const* last = nullptr;
  for (auto const& settled : settlements) {
    if (settled.source.holds()) last = &settled;
  }
  for (auto const& returned : returns) {
    if (last && returned.source.holds() && returned.source.event > last->source.event) return nullptr;
  }
  return last;
}

Organisation const* Facts::organisation(domain::Uscc const& uscc) const {
  auto const at = byUscc.find(uscc);
  return at == byUscc.end() ? nullptr : &organisations[at->second];
}

std::string_view Facts::nameOf(domain::Uscc const& uscc) const {
  auto const* const organisation = this->organisation(uscc);
  if (!organisation) return {};
  for (auto const row : organisation->renamings | std::views::reverse) {
    auto const& renaming = renamings[row];
    if (renaming.source.holds() && isConfirmed(renaming.decision)) return strings[renaming.name];
  }
  return strings[organisation->name];
}

}  // namespace fundtrail::replay::facts
