// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/log_policy.h"
#include "crypto/result.h"
#include "ledger/domain/rule.h"
#include "ledger/http/client.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::witnessing {

/// What came of asking one witness.
struct WitnessAnswer {
  enum class Kind : std::uint8_t {
    cosigned,
    notAsked,     // the policy gives no address
    unreachable,  // no answer in time, or the witness has a fault of its own
    busy,         // it asks to be left alone for a while
    unknownLog,   // it does not know this log, or not its key
    ahead,        // it has cosigned a longer log than this one: part of this log was lost, or it was forked
    forked,       // it has cosigned another history than this log's
    wrong,        // what it answered is none of the protocol, or not signed by the key in the policy
  };

  std::size_t witness;  // index into the policy's witnesses()
  Kind kind;
  std::uint64_t time = 0;  // cosigned: when, in seconds since 1970-01-01 00:00 UTC
  domain::Text text{};     // otherwise what happened, and what to do
};
[[nodiscard]] std::string_view name(WitnessAnswer::Kind kind);

/// What came of asking them all.
struct Round {
  std::string note;  // the checkpoint, with the cosignatures that came
  crypto::Attestation attestation;
  std::vector<WitnessAnswer> answers;  // one for each of the policy's witnesses, in its order
};

/// Asks the witnesses of a policy to cosign checkpoints of a log: c2sp.org/tlog-witness, from the log's side. It
/// remembers how far each of them has come, and learns it from what they answer; each is asked on a thread of its own,
/// and witnesses behind one address by one request. Publication never waits for it. One thread at a time.
class Witnesses {
 public:
  /// How a request is sent (ledger/http/client.h): called on several threads at once.
  using Post = std::function<crypto::Result<http::Answer>(http::Request const&)>;

  Witnesses(crypto::LogPolicy policy, Post post) : policy_(std::move(policy)), post_(std::move(post)) {}

  [[nodiscard]] crypto::LogPolicy const& policy() const { return policy_; }

  /// Asks all of them for a checkpoint of the log, a signed note. That some do not cosign is no error, but an answer.
  /// Errors: those of LogPolicy::evaluate, which is asked before any witness: so nobody sees a checkpoint that the
  /// policy's log did not sign.
  [[nodiscard]] crypto::Result<Round> ask(log::EventLog const& log, std::string_view note);

 private:
  struct Address;
  class Proofs;

  crypto::LogPolicy policy_;
  Post post_;
  std::map<std::string, std::uint64_t> sizes_;  // by address: how far a witness has come
};

}  // namespace fundtrail::ledger::witnessing
