// SPDX-License-Identifier: Apache-2.0
// What every benchmark of the programs needs.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "ledger/batch/batch.h"

namespace fundtrail::tests {

using Batches = std::vector<ledger::batch::SignedBatch>;

[[nodiscard]] unsigned cores();
[[nodiscard]] std::size_t eventsIn(Batches const& batches);

/// Ends the program: what was measured would mean nothing.
[[noreturn]] void stop(std::string const& why);

[[nodiscard]] double seconds(std::function<void()> const& work);

/// The time that it takes to verify each batch's signature on all cores, and nothing else.
[[nodiscard]] double verificationSeconds(Batches const& batches, std::vector<crypto::PublicKey> const& keys);

/// One line: a rate beside the limit of the same run.
void row(std::string_view goal, std::string_view work, double rate, std::string_view limit, double raw);

}  // namespace fundtrail::tests
