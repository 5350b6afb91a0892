// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/checkpoint.h"
#include "crypto/log_policy.h"
#include "crypto/timestamp.h"
#include "ledger/log/event_log.h"

// What others say of the log's checkpoints, checked against the log: cosignatures of witnesses, and time-stamps of
// authorities. They bind history to the time at which somebody outside saw it: an entry that was put in later cannot
// state an earlier time without contradicting them.

namespace fundtrail::replay {

/// A note that came with the log, and a token of its text unless that is empty.
struct AttestedNote {
  std::string note;
  crypto::Bytes token;
};

/// What came with the log, and whom the auditor trusts to attest.
struct Attestations {
  std::vector<AttestedNote> notes;
  std::optional<crypto::LogPolicy> policy;
  std::optional<crypto::TimestampAuthorities> authorities;
  std::chrono::seconds tolerance{600};  // by which clocks may differ, and a checkpoint may wait for its attestation
};

/// A checkpoint of this log's own history that somebody whom the auditor trusts has attested.
struct AttestedCheckpoint {
  crypto::Checkpoint checkpoint;
  std::vector<std::string> witnesses;  // by the policy's names
  crypto::Tally quorum;                // of the policy; of a note that only an authority stamped 0 of 0
  std::optional<crypto::Timestamp> stamp;
  std::uint64_t since = 0;  // the earliest time stated, in seconds since 1970-01-01 00:00 UTC
  std::uint64_t until = 0;  // the latest
};

}  // namespace fundtrail::replay
