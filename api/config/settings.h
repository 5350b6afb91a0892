// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/config/config.h"
#include "ledger/commandline/text.h"

namespace fundtrail::api::config {

using ledger::commandline::Text;

/// Where a configuration holds a setting: its type is that of the value.
using Place = std::variant<std::string& (*)(Config&), std::filesystem::path& (*)(Config&), std::uint64_t& (*)(Config&),
                           bool& (*)(Config&), std::vector<std::string>& (*)(Config&)>;

/// A row: everything that is to be known of a setting, for reading it, showing it and explaining it.
struct Setting {
  std::string_view section;
  std::string_view key;
  Place place;
  Text what;  // with its unit
  std::uint64_t least = 0;
  std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  std::vector<std::string_view> choices{};  // of a text; none: any

  [[nodiscard]] std::string name() const { return std::string(section) + '.' + std::string(key); }
  /// FUNDTRAIL_SECTION_KEY
  [[nodiscard]] std::string variable() const;
};

struct Section {
  std::string_view name;
  Text what;
};

/// In the order of the file.
[[nodiscard]] std::span<Section const> sections();
[[nodiscard]] std::span<Setting const> settings();

}  // namespace fundtrail::api::config
