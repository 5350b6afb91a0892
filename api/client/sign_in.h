// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/result.h"

// What a client remembers of a server between its runs.

namespace fundtrail::api::client {

/// A sign-in. Who reads it is the person until it is over: it lies in a file for its owner alone.
struct SignIn {
  std::string server;        // https://host:port
  std::string certificates;  // PEM, that alone are trusted; empty: the system's authorities
  std::string token;
  std::string person;
  std::string expiresAt;
  friend bool operator==(SignIn const&, SignIn const&) = default;
};

/// Where they are kept: $XDG_STATE_HOME/fundtrail/servers, or ~/.local/state/fundtrail/servers. Error: badInput where
/// neither variable says where.
[[nodiscard]] crypto::Result<std::filesystem::path> signInFolder();

/// Nothing where nobody has signed in. Error: denied for a file that others may read; badInput for one that does not
/// read; of files.
[[nodiscard]] crypto::Result<std::optional<SignIn>> loadSignIn(std::filesystem::path const& folder,
                                                               std::string_view server);
/// In the place of an earlier one. Error: of files; the earlier one is then as it was.
[[nodiscard]] crypto::Result<void> storeSignIn(std::filesystem::path const& folder, SignIn const& signIn);
/// Error: of files; none where there is nothing to forget.
[[nodiscard]] crypto::Result<void> forgetSignIn(std::filesystem::path const& folder, std::string_view server);

}  // namespace fundtrail::api::client
