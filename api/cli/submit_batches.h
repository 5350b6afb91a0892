// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "api/cli/session.h"
#include "api/client/server.h"
#include "api/keys/password.h"
#include "crypto/result.h"

namespace fundtrail::api::cli {

/// Batch files to be signed by one person.
struct BatchFiles {
  std::vector<std::filesystem::path> files;
  std::filesystem::path key;
  unsigned again = 0;   // which deliberate repeat of the files this is
  bool dryRun = false;  // judge only
  keys::PasswordSource password{};
};

/// Hands the files to the server, one after the other, each a batch, in a session of its own that the key opens and
/// that opens again where the server ended it. The server prepares each; what it prepared is
/// encoded here once more from the file, and signed only where the two are equal to the byte. Waits where the server is
/// busy or away, and hands the same signed batch in again, which is recorded once; files that are on record already, of
/// a run that was ended, are passed over. Ends at the first file that cannot be recorded. Error: what cannot be read,
/// encoded or sent; badInput where the server prepared something else.
[[nodiscard]] crypto::Result<Exit> submitTo(Session const& session, client::Server server, BatchFiles const& batches);

}  // namespace fundtrail::api::cli
