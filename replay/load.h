// SPDX-License-Identifier: Apache-2.0
// Private to this folder: batches that travel through the replay together. Many are one event long, and handing each
// over by itself costs more than checking it.
#pragma once

#include <optional>
#include <vector>

#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/domain/refs.h"
#include "replay/inspect.h"

namespace fundtrail::replay {

/// A batch, or why there is none.
struct Item {
  ledger::domain::BatchNumber number;
  crypto::Result<StoredCopy> batch;
  crypto::Digest leaf{};
  std::optional<Inspection> inspection{};
};

/// In the order of the log.
using Load = std::vector<Item>;

}  // namespace fundtrail::replay
