// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "api/cli/options.h"
#include "api/cli/session.h"
#include "api/client/server.h"
#include "crypto/result.h"

// Commands that work on a ledger in a directory, and on one that a server has.

namespace fundtrail::api::cli {

/// Runs the one of the two that the command line, or for a server FUNDTRAIL_SERVER, names. Error: badInput where it
/// names neither or both.
[[nodiscard]] crypto::Result<Exit> at(
    Session const& session, Place const& place, std::function<crypto::Result<Exit>()> const& inDirectory,
    std::function<crypto::Result<Exit>(client::Server const& server)> const& atServer);

enum class Pages : std::uint8_t { all, first };

/// Prints what the server shows, page after page, in the format that is wanted: it has the same views.
[[nodiscard]] crypto::Result<Exit> showFrom(Session const& session, client::Server const& server,
                                            client::Target const& target, std::string_view format,
                                            Pages pages = Pages::all);

/// Adds --as-of and --on.
void addTo(client::Target& target, AsOfOptions const& options);

/// The code of the programme's city that the text names; empty for an empty one. Error: as of views::cityNamed().
[[nodiscard]] crypto::Result<std::string> cityCode(Session const& session, std::string const& city);

}  // namespace fundtrail::api::cli
