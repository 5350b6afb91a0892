// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace fundtrail::api::http {

/// Whether an id that a client or a proxy gives a request (X-Request-Id) may go into logs and answers as it is: 1 to 64
/// letters, digits and "._-".
[[nodiscard]] bool isHarmlessId(std::string_view id);

/// Makes ids for requests that come without one. Several threads.
class RequestIds {
 public:
  /// Begins at random, so that ids of two runs do not meet.
  RequestIds();
  /// Never the same twice: 8 hexadecimal digits that all ids of this run share, a hyphen, a number.
  [[nodiscard]] std::string next();

 private:
  std::string run_;
  std::atomic<std::uint64_t> count_ = 0;
};

}  // namespace fundtrail::api::http
