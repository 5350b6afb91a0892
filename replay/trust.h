// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "crypto/note.h"
#include "crypto/result.h"
#include "ledger/domain/refs.h"

namespace fundtrail::replay {

/// What the auditor knows from elsewhere. Either part is enough to anchor a proof: the ledger's identifier fixes the
/// founding batch and with it the log's key; the log's key vouches for every entry through the checkpoint.
struct Trust {
  std::optional<ledger::domain::LedgerId> ledger;
  std::optional<crypto::NoteVerifier> log;
};

/// Reads lines "ledger <64 hex digits>" and "log <vkey>", each at most once and one of them at least; empty lines and
/// lines that begin with '#' are passed over. Error: badInput, naming the line.
[[nodiscard]] crypto::Result<Trust> parseTrust(std::string_view text);

/// Reads such a file. Errors: those of parseTrust; notFound, denied, io.
[[nodiscard]] crypto::Result<Trust> readTrust(std::filesystem::path const& file);

}  // namespace fundtrail::replay
