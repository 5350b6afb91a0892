// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "api/cli/language.h"
#include "crypto/result.h"
#include "ledger/commandline/session.h"

namespace fundtrail::api::cli {

enum class Exit : std::uint8_t {
  ok = 0,
  failed = 1,   // usage, input or output
  refused = 2,  // the ledger's rules refuse it
};

using commandline::Session;

/// What the command line asked for. An error ends the program with Exit::failed.
using Action = std::function<crypto::Result<Exit>(Session const&)>;

}  // namespace fundtrail::api::cli
