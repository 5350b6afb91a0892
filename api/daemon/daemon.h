// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/config/config.h"
#include "crypto/result.h"
#include "ledger/commandline/session.h"

namespace fundtrail::api::daemon {

/// Serves the ledger that the configuration names, until SIGTERM or SIGINT. SIGHUP reads the certificate anew and opens
/// the journal of private reads anew. Says on `session.out` where it listens and with what certificate; its log goes to
/// standard error. Blocks these signals, so it is called before any thread is started. Error: what keeps it from
/// starting, which it then says nothing else of: a configuration that does not hold together, no ledger, a ledger or a
/// port that another program has, a key, a certificate, a policy.
[[nodiscard]] crypto::Result<void> serve(ledger::commandline::Session const& session, config::Config const& config);

}  // namespace fundtrail::api::daemon
