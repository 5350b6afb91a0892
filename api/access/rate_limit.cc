// SPDX-License-Identifier: Apache-2.0
#include "api/access/rate_limit.h"

#include <algorithm>

namespace fundtrail::api::access {

std::optional<std::uint32_t> RateLimit::take(std::string_view who, ledger::domain::Instant now) {
  constexpr std::int64_t kRequest = 1000;
  if (rate_.perSecond == 0) return std::nullopt;
  auto const full = std::max<std::int64_t>(rate_.burst, 1) * kRequest;
  auto const time = now.milliseconds();
  std::lock_guard const lock(mutex_);
  if (buckets_.size() >= most_) {
    boost::unordered::erase_if(buckets_, [&](auto const& one) {
      auto const& [level, at] = one.second;
      return level + (time - at) * rate_.perSecond >= full;
    });
    if (buckets_.size() >= most_) buckets_.clear();
  }
  auto const [at, isNew] = buckets_.try_emplace(std::string(who), Bucket{full, time});
  auto& bucket = at->second;
  // A clock that was set back gives nothing.
  bucket.level = std::min(full, bucket.level + std::max<std::int64_t>(time - bucket.at, 0) * rate_.perSecond);
  bucket.at = std::max(bucket.at, time);
  if (bucket.level >= kRequest) {
    bucket.level -= kRequest;
    return std::nullopt;
  }
  auto const missing = kRequest - bucket.level;  // perSecond thousandths come in each millisecond
  auto const wait = (missing + rate_.perSecond * kRequest - 1) / (rate_.perSecond * kRequest);
  return static_cast<std::uint32_t>(std::max<std::int64_t>(wait, 1));
}

}  // namespace fundtrail::api::access
