// SPDX-License-Identifier: Apache-2.0
// The tables that auditors bring: any bytes are refused or are rows of as many fields as columns were asked for.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "crypto/ensure.h"
#include "replay/csv/csv.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static constexpr std::array<std::string_view, 3> kColumns = {"uscc", "kind", "value"};
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const rows = fundtrail::replay::csv::read(text, kColumns);
  if (!rows) {
    fundtrail::crypto::ensure(!rows.error().zh.empty(), "every refusal speaks both languages");
    return 0;
  }
  std::size_t line = 1;
  for (auto const& row : *rows) {
    fundtrail::crypto::ensure(row.fields.size() == kColumns.size() && row.line > line, "rows are whole and in order");
    line = row.line;
  }
  return 0;
}
