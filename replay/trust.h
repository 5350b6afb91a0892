// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "crypto/digest.h"
#include "crypto/note.h"
#include "crypto/result.h"
#include "ledger/domain/refs.h"

namespace fundtrail::replay {

/// How far the log went, and what its root was there, as somebody other than the log's keeper noted it.
struct KnownRoot {
  std::uint64_t size = 0;  // batches
  crypto::Digest root;
  friend bool operator==(KnownRoot const&, KnownRoot const&) = default;
};

/// What the auditor knows from elsewhere. Any part is enough to anchor a proof: the ledger's identifier fixes the
/// founding batch and with it the log's key; the log's key vouches for every entry through the checkpoint; a root fixes
/// every entry up to it. A root alone tells that nothing was cut off up to there.
struct Trust {
  std::optional<ledger::domain::LedgerId> ledger;
  std::optional<crypto::NoteVerifier> log;
  std::optional<KnownRoot> checkpoint{};
};

/// Reads lines "ledger <64 hex digits>", "log <vkey>" and "checkpoint <size> <root>", the root in base64 as checkpoints
/// write it or in 64 hex digits; each at most once and one of them at least. Empty lines, lines that begin with '#',
/// and a byte order mark are passed over. Error: badInput, naming the line.
[[nodiscard]] crypto::Result<Trust> parseTrust(std::string_view text);

/// Reads such a file. Errors: those of parseTrust; notFound, denied, io.
[[nodiscard]] crypto::Result<Trust> readTrust(std::filesystem::path const& file);

}  // namespace fundtrail::replay
