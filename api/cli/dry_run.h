// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/cli/session.h"
#include "crypto/result.h"
#include "ledger/batch/batch.h"
#include "ledger/ledger.h"

namespace fundtrail::api::cli {

struct Judged {
  std::optional<ledger::BatchRefused> refused;  // nothing: lawful
  std::vector<ledger::BatchWarning> warnings;
};

/// Judges a batch as the ledger would at this moment, and records nothing.
/// Error: a batch that is not well-formed or whose signature does not hold; what reading the log gives.
crypto::Result<Judged> judge(Session const& session, ledger::log::EventLog const& log,
                             ledger::batch::SignedBatch const& batch, ledger::domain::Instant acceptedAt);

}  // namespace fundtrail::api::cli
