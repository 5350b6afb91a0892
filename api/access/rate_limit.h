// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <boost/unordered/unordered_flat_map.hpp>

#include "ledger/domain/date.h"

namespace fundtrail::api::access {

/// So many requests at once, and so many a second in the long run, for each of those who ask: a bucket of tokens each.
/// Remembers those whose bucket is not full, and of these no more than `most`: one more starts everybody anew. Any
/// thread.
class RateLimit {
 public:
  struct Rate {
    std::uint32_t perSecond = 0;  // 0: no limit
    std::uint32_t burst = 1;
  };
  explicit RateLimit(Rate rate, std::size_t most = 100'000) : rate_(rate), most_(most) {}

  /// Nothing: go on. Else after how many seconds, at least 1, the next request may come.
  [[nodiscard]] std::optional<std::uint32_t> take(std::string_view who, ledger::domain::Instant now);

 private:
  struct Bucket {
    std::int64_t level;  // thousandths of a request
    std::int64_t at;     // milliseconds
  };

  Rate rate_;
  std::size_t most_;
  std::mutex mutex_;
  boost::unordered_flat_map<std::string, Bucket> buckets_;
};

}  // namespace fundtrail::api::access
