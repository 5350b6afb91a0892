// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace fundtrail::tests {

/// What came of many requests.
struct Asked {
  std::vector<float> milliseconds{};  // that each answer took, in order of size
  double seconds = 0;                 // that all took

  [[nodiscard]] double rate() const { return static_cast<double>(milliseconds.size()) / seconds; }
  /// The time within which that share of the answers came.
  [[nodiscard]] float within(double share) const;
};

/// The bytes of the next request of a connection; empty: it has no more.
using NextRequest = std::function<std::string(unsigned connection)>;

/// Asks an HTTPS server of this machine over so many connections at once; each sends its next request when it has the
/// answer to the last one. The time counts from when all of them are open. Waits until none has more to ask. Ends the
/// program (`stop`) where an answer has another status.
[[nodiscard]] Asked ask(std::uint16_t port, unsigned connections, unsigned status, NextRequest const& next);

}  // namespace fundtrail::tests
