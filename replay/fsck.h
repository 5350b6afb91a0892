// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/result.h"
#include "ledger/domain/rule.h"
#include "ledger/log/event_log.h"
#include "replay/trust.h"
#include "replay/verify.h"

// The public spine (docs/LOG_FORMAT.md), checked file by file: every tile and bundle that the folder's checkpoint
// implies is rebuilt from entries and compared, and nothing else may lie there. It says that the folder is what the log
// signed; whether what the log holds is lawful, verify() says.

namespace fundtrail::replay {

/// Something that is not as it must be, and the file, by its path below the folder.
struct SpineFinding {
  std::string file;
  domain::Text text;
};

struct SpineReport {
  std::vector<SpineFinding> findings;            // at most kMaxFindings
  std::uint64_t furtherFindings = 0;             // beyond those
  std::optional<Identity> identity;              // nothing: the founding entry cannot be read
  std::uint64_t batches = 0;                     // that the checkpoint covers, as it says itself
  std::optional<crypto::Checkpoint> checkpoint;  // only if its signature holds
  std::optional<KnownRoot> continues;  // the root that the auditor brought, if the entries have it at that size
  bool byLog = false;                  // the entries are those of a log that was brought too
  std::uint64_t tiles = 0;             // equal to the rebuilt ones
  std::uint64_t bundles = 0;
  std::uint64_t earlier = 0;  // partial ones of earlier checkpoints, beginnings of those

  [[nodiscard]] Verdict verdict() const { return findings.empty() ? Verdict::proven : Verdict::tampered; }
};

/// Checks a folder by the entries of a log, or without one by those of the folder's own bundles. Memory does not grow
/// with the folder. Whatever is wrong with the folder is a finding. Errors: notFound where there is no folder, or
/// nothing of a spine in it; io.
[[nodiscard]] crypto::Result<SpineReport> checkSpine(std::filesystem::path const& folder, log::EventLog const* log,
                                                     Trust const& trust);

}  // namespace fundtrail::replay
