// SPDX-License-Identifier: Apache-2.0
#include "api/access/sessions.h"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/bytes.h"

namespace fundtrail::api::access {

namespace domain = ledger::domain;

namespace {

crypto::Digest hashOf(std::string_view token) {
  return crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(token));
}

}  // namespace

Sessions::Opened Sessions::open(domain::KeyId const& key, bool byCookie, domain::Instant now) {
  std::array<std::uint8_t, 32> random{};
  random_(random);
  auto token = crypto::toHex(random);
  auto const hash = hashOf(token);
  auto const expiresAt = domain::Instant::fromMilliseconds(now.milliseconds() + limits_.lifetime).value_or(now);
  std::lock_guard const lock(mutex_);
  forgetThoseOver(now);
  auto& mine = byKey_[key];
  while (mine.size() >= limits_.perKey) {
    sessions_.erase(mine.front());
    mine.pop_front();
  }
  mine.push_back(hash);
  byAge_.push_back(hash);
  sessions_.insert_or_assign(hash, Session{key, expiresAt, byCookie});
  return {std::move(token), expiresAt};
}

std::optional<Session> Sessions::find(std::string_view token, domain::Instant now) const {
  auto const hash = hashOf(token);
  std::lock_guard const lock(mutex_);
  auto const at = sessions_.find(hash);
  if (at == sessions_.end() || at->second.expiresAt <= now) return std::nullopt;
  return at->second;
}

void Sessions::close(std::string_view token) {
  auto const hash = hashOf(token);
  std::lock_guard const lock(mutex_);
  auto const at = sessions_.find(hash);
  if (at == sessions_.end()) return;
  auto const mine = byKey_.find(at->second.key);
  std::erase(mine->second, hash);
  if (mine->second.empty()) byKey_.erase(mine);
  sessions_.erase(at);
}

void Sessions::closeAllOf(domain::KeyId const& key) {
  std::lock_guard const lock(mutex_);
  auto const mine = byKey_.find(key);
  if (mine == byKey_.end()) return;
  for (auto const& hash : mine->second) sessions_.erase(hash);
  byKey_.erase(mine);
}

std::size_t Sessions::size() const {
  std::lock_guard const lock(mutex_);
  return sessions_.size();
}

/// Sessions end in the order in which they were opened, as each lasts as long.
void Sessions::forgetThoseOver(domain::Instant now) {
  while (!byAge_.empty()) {
    auto const at = sessions_.find(byAge_.front());
    if (at != sessions_.end()) {
      if (at->second.expiresAt > now) return;
      auto const mine = byKey_.find(at->second.key);
      std::erase(mine->second, at->first);
      if (mine->second.empty()) byKey_.erase(mine);
      sessions_.erase(at);
    }
    byAge_.pop_front();
  }
}

}  // namespace fundtrail::api::access
