// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ledger/domain/money.h"
#include "ledger/domain/rule.h"

// The seven parts of the proof that public money was not diverted. Each is a check of its own, which says what it
// counted, what it took for granted, and what it could not prove because something was not there to look at. Its
// exceptions are the findings of its kinds (verify.h).

namespace fundtrail::replay {

enum class PartId : std::uint8_t {
  authentic,     // every batch is signed by the key it names; every root, checkpoint and cosignature holds
  complete,      // no gap, no fork; consistent with every checkpoint that somebody else holds
  lawful,        // every event passes every rule under the policy then in force, judged from nothing
  conserved,     // no fen made, lost or overdrawn, at every prefix, by books of the audit's own
  purposeBound,  // each paid fen walks back to an award, a verified cost, an invoice, a contract, a tranche
  bankTrue,      // the bank's statements and the ledger tell the same, line by line
  reproduced,    // every published figure is derived again, to the fen
};
inline constexpr std::size_t kParts = 7;

/// Ordered: of several the worst holds.
enum class Standing : std::uint8_t {
  holds,
  notProven,  // something is not there to look at: never "clean"
  fails,
};

/// How much was looked at and holds: of a thing, which `what` names in the plural, so many of so many, and how much
/// money that is, as far as it is money.
struct Count {
  ledger::domain::Text what;
  std::uint64_t number = 0;
  std::uint64_t of = 0;
  std::optional<ledger::domain::Fen> money{};
};

struct Part {
  PartId id{};
  Standing standing = Standing::holds;
  std::vector<Count> counted{};
  std::vector<ledger::domain::Text> granted{};  // what it relies on and did not check
  std::vector<ledger::domain::Text> missing{};  // why it could not be proven, as far as it could not
};
using Parts = std::array<Part, kParts>;  // by PartId

[[nodiscard]] std::string_view name(PartId id);
[[nodiscard]] ledger::domain::Text title(PartId id);
[[nodiscard]] std::string_view name(Standing standing);

}  // namespace fundtrail::replay
