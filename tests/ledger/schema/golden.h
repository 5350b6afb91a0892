// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::schema {

/// One message that is kept for ever as JSON and as bytes: NAME.json and NAME.hex in tests/golden/events. The name says
/// what it is: "statement…", "genesisStatement", "genesis", "entry", and otherwise an event's type, after which a dash
/// and more may follow.
struct Golden {
  std::filesystem::path json;
  std::filesystem::path hex;

  std::string name() const { return json.stem().string(); }

  /// The bytes that a JSON text stands for, if it were this golden's.
  crypto::Result<Words> encode(std::string_view text) const;

  /// The JSON, as the file has it, of bytes, if they were this golden's.
  std::string decode(crypto::BytesView bytes) const;
};

/// Every golden of a folder that has one of its two files, by name.
std::vector<Golden> goldensIn(std::filesystem::path const& folder);

std::string readFile(std::filesystem::path const& path);

/// 32 bytes a line.
std::string toHexLines(crypto::BytesView bytes);

/// The bytes of such lines.
crypto::Bytes fromHexLines(std::string lines);

}  // namespace fundtrail::ledger::schema
