// SPDX-License-Identifier: Apache-2.0
#include "crypto/tiles.h"
#include "ledger/history/fold.h"
#include "ledger/projections/allocation.h"

namespace fundtrail::ledger::projections {

crypto::Result<AllocationAsOf> project(log::EventLog const& log, std::optional<domain::EventNumber> asOf) {
  auto const size = log.size();
  Allocation allocation;
  auto const folded = history::fold(log, asOf ? asOf->value() : size.events,
                                    [&](domain::Case const& about) { allocation.apply(about); });
  if (!folded) return folded.error();
  auto const read =
      crypto::nodeReader(log.hashAlgorithm(), folded->batches, [&](crypto::TileId tile) { return log.tile(tile); });
  auto const root = crypto::rootAt(log.hashAlgorithm(), folded->batches, read);
  if (!root) return root.error();
  Basis const basis{allocation.position(), folded->batches, *root,
                    allocation.position() == 0 ? std::nullopt : std::optional(folded->acceptedAt)};
  return AllocationAsOf{std::move(allocation), basis};
}

}  // namespace fundtrail::ledger::projections
