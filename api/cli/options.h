// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "api/cli/language.h"
#include "ledger/commandline/program.h"
#include "ledger/projections/as_of.h"

// Options that several commands share.

namespace fundtrail::api::cli {

void addLedger(commandline::Command& command, std::filesystem::path& ledger);

/// A ledger: in a directory, or a server's. One of the two is empty (remote.h).
struct Place {
  std::filesystem::path ledger;
  std::string server;
};
/// --ledger and --server.
void addPlace(commandline::Command& command, Place& place);
void addPasswordFile(commandline::Command& command, std::optional<std::filesystem::path>& file);

/// The event that a command is about, by number or hash (api/views/event_name.h).
void addEvent(commandline::Command& command, std::string& event);

void addCity(commandline::Command& command, std::string& city, Text const& what);

/// The organisation that a command is about.
void addUscc(commandline::Command& command, std::string& uscc);

/// As of which position and which date: what the command line says of ledger::projections::AsOf.
struct AsOfOptions {
  std::optional<std::uint64_t> position;
  std::string on;
};

/// --as-of and --on.
void addAsOf(commandline::Command& command, AsOfOptions& options);
[[nodiscard]] ledger::projections::AsOf asOf(AsOfOptions const& options);

/// --format; the first of the names is the default.
void addFormat(commandline::Command& command, std::string& format, std::vector<std::string> names);

struct ViewOptions {
  Place place;
  AsOfOptions asOf;
  std::string format;
};

/// --ledger, --server, --as-of, --on, --format: what the commands that show the ledger as of a position have in common.
void addView(commandline::Command& command, ViewOptions& options);

}  // namespace fundtrail::api::cli
