// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "crypto/keys.h"
#include "crypto/result.h"
#include "ledger/commandline/session.h"

namespace fundtrail::api::keys {

using ledger::commandline::Session;

/// A person's key: FILE, encrypted, for its owner alone, and FILE.pub, which anyone may see.
/// Error: conflict where either exists already; what writing a file gives. Then neither is there.
crypto::Result<void> writeKeyFile(std::filesystem::path const& file, crypto::PrivateKey const& key,
                                  std::string_view password);

/// The key, once its password is asked for. Error: denied for a wrong password; what reading a file gives.
struct PasswordSource;
crypto::Result<crypto::PrivateKey> readKeyFile(Session const& session, std::filesystem::path const& file,
                                               PasswordSource const& password);

/// "ed25519", "p256" or "sm2"; nothing for any other text.
std::optional<crypto::KeyAlgorithm> algorithmNamed(std::string_view name);

}  // namespace fundtrail::api::keys
