// SPDX-License-Identifier: Apache-2.0
#include "api/http/request_id.h"

#include <algorithm>
#include <array>

#include "crypto/bytes.h"
#include "crypto/keys.h"

namespace fundtrail::api::http {

bool isHarmlessId(std::string_view id) {
  constexpr std::size_t kMost = 64;
  return !id.empty() && id.size() <= kMost && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

RequestIds::RequestIds() {
  std::array<std::uint8_t, 4> random{};
  crypto::randomBytes(random);
  run_ = crypto::toHex(random) + '-';
}

std::string RequestIds::next() {
  return run_ + std::to_string(++count_);
}

}  // namespace fundtrail::api::http
