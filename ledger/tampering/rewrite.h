// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/result.h"
#include "ledger/checkpoint_signer.h"
#include "ledger/log/event_log.h"
#include "ledger/tampering/tampering.h"

namespace fundtrail::ledger::tampering {

/// Writes into an empty log what the other holds, tampered with by someone who holds the log's key: positions, tiles
/// and indexes follow from what is then there, and the checkpoint over it is signed. The authors' signatures are not
/// his to give. The answer: false where there was nothing of the kind to be changed, and nothing was written. Error:
/// corrupt for a log that does not fold; as of the logs.
crypto::Result<bool> rewrite(log::EventLog const& from, log::EventLog& to, Tampering const& tampering, Draws& draws,
                             CheckpointSigner const& signer);

}  // namespace fundtrail::ledger::tampering
