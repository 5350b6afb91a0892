// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/log_policy.h"
#include "crypto/result.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/schema/message.h"
#include "replay/verify.h"

// Receipts (ledger/schema/receipt.capnp), verified offline from nothing but the file and the trust policy that the
// reader brings. What holds is: this event stands in the log of this ledger, signed by this person's key, whose
// enrolment leads back to the ledger's founding keys; a log key of the policy signed the checkpoint above it, and the
// witnesses of the policy saw no other. What a receipt cannot say is that the rules allowed the event, that the key had
// not been revoked, or that the event was not reversed later: the log's own replay says that.

namespace fundtrail::replay {

struct ReceiptSigner {
  ledger::domain::KeyId key;
  std::string person;  // identifier
  std::string name;
  std::string organisation;
};

/// A receipt that holds.
struct VerifiedReceipt {
  ledger::domain::LedgerId ledger;
  std::string programme;
  ledger::domain::EventNumber number;
  ledger::domain::EventRef ref;
  ledger::schema::Words event;
  ledger::domain::BatchNumber batch;
  ledger::domain::Instant authoredAt;
  ledger::domain::Instant acceptedAt;
  std::vector<ReceiptSigner> signers;  // the event's own first, then those through whom its key leads to founding keys
  crypto::Attestation attestation;

  /// proven, or findings: authentic, but not witnessed as the policy demands.
  [[nodiscard]] Verdict verdict() const { return attestation.quorum.met() ? Verdict::proven : Verdict::findings; }
  /// What a printed notice of the event carries (ledger/domain/label.h).
  [[nodiscard]] std::string label() const;
};

/// Errors: badInput for what is no receipt; denied for one that does not hold, which names what does not.
[[nodiscard]] crypto::Result<VerifiedReceipt> verifyReceipt(crypto::BytesView file, crypto::LogPolicy const& policy);

/// The receipt in a file's bytes, which hold it compressed (ledger/zstd/frame.h), or as it is. Nothing of it is
/// verified. Error: badInput for a damaged file.
[[nodiscard]] crypto::Result<crypto::Bytes> receiptIn(crypto::BytesView file);

/// The checkpoint that a receipt stands on, a signed note, of which nothing is verified. Error: badInput for what is no
/// receipt.
[[nodiscard]] crypto::Result<std::string> checkpointOf(crypto::BytesView receipt);

}  // namespace fundtrail::replay
