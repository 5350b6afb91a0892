// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/batch/batch.h"

namespace fundtrail::ledger::batch {

/// As open(), for a copy from which events were left out: their views are empty, and `leftOut` has their leaf hashes,
/// in order. They are among those that were signed, and nothing can be said of their shape.
[[nodiscard]] crypto::Result<Contents> openPartial(crypto::HashAlgorithm algorithm, crypto::BytesView statement,
                                                   std::span<crypto::BytesView const> events,
                                                   std::span<crypto::Digest const> leftOut);

}  // namespace fundtrail::ledger::batch
