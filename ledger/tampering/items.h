// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "crypto/bytes.h"
#include "ledger/tampering/tampering.h"

namespace fundtrail::ledger::tampering {

/// An entry or an event, and its link into the other sequence (ledger/log/chunk.h), as the distance from where the
/// chunk's begin.
struct Item {
  crypto::Bytes bytes;
  std::uint64_t link = 0;
};

/// Does it to one of the items, or to two: entries for the structures of an entry, either for links, events for the
/// others. False where
/// none is of the kind, or all would be as before; the items are then as they were.
bool tamperWith(std::vector<Item>& items, Tampering const& tampering, Draws& draws);

/// One bit of the byte becomes the other.
void flipBit(std::uint8_t& byte, Draws& draws);

}  // namespace fundtrail::ledger::tampering
