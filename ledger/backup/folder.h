// SPDX-License-Identifier: Apache-2.0
// Private to this folder: which files a backup consists of.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "crypto/result.h"
#include "ledger/bundle/bundle_log.h"

namespace fundtrail::ledger::backup {

inline constexpr char kKeys[] = "keys";

/// The bundle that begins with that batch.
[[nodiscard]] std::string bundleName(std::uint64_t firstBatch);

/// The folder's bundles, in order. Others' files are not looked at. Error: as for files.
[[nodiscard]] crypto::Result<std::vector<std::filesystem::path>> bundlesIn(std::filesystem::path const& folder);

/// Copies each file of a folder of keys to another, readable for their owner alone, where it is not there yet or
/// another. Error: as for files; each file is then the old or the new one.
[[nodiscard]] crypto::Result<void> copyKeys(std::filesystem::path const& from, std::filesystem::path const& to);

}  // namespace fundtrail::ledger::backup
