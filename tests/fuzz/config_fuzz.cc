// SPDX-License-Identifier: Apache-2.0
// The configuration: any text is refused in both languages, or is settings that print and read to the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "api/config/config.h"
#include "crypto/ensure.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  namespace config = fundtrail::api::config;
  using fundtrail::crypto::ensure;
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const read = config::parse(text, "/fundtraild.toml");
  if (!read) {
    ensure(!read.error().zh.empty(), "every refusal speaks both languages");
    return 0;
  }
  auto const again = config::parse(config::format(*read, config::Comments::none), "/fundtraild.toml");
  ensure(again.has_value() && *again == *read, "what is printed reads to the same");
  return 0;
}
