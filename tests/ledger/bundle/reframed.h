// SPDX-License-Identifier: Apache-2.0
// Bundles taken apart and put together again, soundly framed, with whatever records a test wants: what somebody does
// who knows the format.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "ledger/attestation/attestations.h"
#include "ledger/bundle/bundle_log.h"
#include "ledger/bundle/export.h"
#include "ledger/bundle/format.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::bundle::testing {

/// A record that owns its body.
struct OwnRecord {
  RecordType type{};
  crypto::Bytes body;
  friend bool operator==(OwnRecord const&, OwnRecord const&) = default;
};
/// Frame by frame.
using Frames = std::vector<std::vector<OwnRecord>>;

crypto::Bytes readBytes(std::filesystem::path const& file);
void writeBytes(std::filesystem::path const& file, crypto::BytesView bytes);

Frames takenApart(crypto::Bytes file);
crypto::Bytes putTogether(Frames const& frames);

/// A bundle of the log's first batches in a file that is gone again.
crypto::Bytes exported(log::EventLog const& log, Request const& request = {});

BundleLog::Opened openBytes(std::vector<crypto::Bytes> files);

/// The end record as it must be for the records before it.
void correctEnd(Frames& frames);

}  // namespace fundtrail::ledger::bundle::testing
