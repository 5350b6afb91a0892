// SPDX-License-Identifier: Apache-2.0
#include "api/access/sign_in.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "crypto/digest.h"

namespace fundtrail::api::access {

namespace domain = ledger::domain;
using crypto::Error;
using crypto::ErrorKind;

namespace {

constexpr std::int64_t kLifetime = 120'000;  // milliseconds: to type a password
constexpr std::size_t kRandom = 16;
constexpr std::size_t kTime = 8;
constexpr std::size_t kSeal = 16;

/// A nonce: randomness, the time at which it is over, and a seal over both and the key.
struct Nonce {
  std::array<std::uint8_t, kRandom + kTime> stated{};
  std::array<std::uint8_t, kSeal> seal{};

  [[nodiscard]] std::int64_t expiresAt() const {
    std::uint64_t value = 0;
    for (std::size_t i = kRandom; i < stated.size(); ++i) value = value << 8U | stated[i];
    return static_cast<std::int64_t>(value);
  }
  void expireAt(std::int64_t when) {
    auto value = static_cast<std::uint64_t>(when);
    for (auto i = stated.size(); i-- > kRandom; value >>= 8U) stated[i] = static_cast<std::uint8_t>(value);
  }
  [[nodiscard]] std::string text() const { return crypto::toHex(stated) + crypto::toHex(seal); }
  static std::optional<Nonce> parse(std::string_view text) {
    Nonce nonce;
    auto const bytes = crypto::fromHex(text);
    if (!bytes || bytes->size() != nonce.stated.size() + kSeal) return std::nullopt;
    std::copy_n(bytes->begin(), nonce.stated.size(), nonce.stated.begin());
    std::copy_n(bytes->begin() + static_cast<std::ptrdiff_t>(nonce.stated.size()), kSeal, nonce.seal.begin());
    return nonce.text() == text ? std::optional(nonce) : std::nullopt;
  }
};

/// What only this server can make. All that is hashed has a fixed length, so that nothing can be added to it; the outer
/// hash keeps the inner one's state to itself.
std::array<std::uint8_t, kSeal> sealOf(std::span<std::uint8_t const> secret, Nonce const& nonce,
                                       domain::KeyId const& key) {
  auto const inner = crypto::Hasher(crypto::HashAlgorithm::sha256)
                         .update(secret)
                         .update(nonce.stated)
                         .update(key.digest().view())
                         .finish();
  auto const outer = crypto::Hasher(crypto::HashAlgorithm::sha256).update(secret).update(inner.view()).finish();
  std::array<std::uint8_t, kSeal> seal{};
  std::copy_n(outer.bytes.begin(), kSeal, seal.begin());
  return seal;
}

/// Takes as long whatever differs.
bool equal(std::array<std::uint8_t, kSeal> const& a, std::array<std::uint8_t, kSeal> const& b) {
  unsigned difference = 0;
  for (std::size_t i = 0; i < kSeal; ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
  return difference == 0;
}

Error isVoid() {
  return {ErrorKind::denied, "the challenge is void or over: ask for a new one and sign it within two minutes",
          "登录质询无效或已过期：请重新获取，并在两分钟内签名"};
}

}  // namespace

SignIn::SignIn(domain::LedgerId const& ledger, std::string audience, Randomness random)
    : ledger_(ledger), audience_(std::move(audience)), random_(std::move(random)) {
  random_(secret_);
}

std::string challengeText(std::string_view ledger, std::string_view audience, std::string_view key,
                          std::string_view nonce, std::string_view expiresAt) {
  return fmt::format("fundtrail/session/v1\nledger {}\naudience {}\nkey {}\nnonce {}\nexpires {}\n", ledger, audience,
                     key, nonce, expiresAt);
}

std::string SignIn::textOf(domain::KeyId const& key, std::string_view nonce, domain::Instant expiresAt) const {
  return challengeText(ledger_.text(), audience_, key.text(), nonce, expiresAt.text());
}

Challenge SignIn::challenge(domain::KeyId const& key, domain::Instant now) const {
  auto const expiresAt = domain::Instant::fromMilliseconds(now.milliseconds() + kLifetime).value_or(now);
  Nonce nonce;
  random_(std::span(nonce.stated).first(kRandom));
  nonce.expireAt(expiresAt.milliseconds());
  nonce.seal = sealOf(secret_, nonce, key);
  auto text = nonce.text();
  auto toSign = textOf(key, text, expiresAt);
  return {std::move(text), expiresAt, std::move(toSign)};
}

crypto::Result<void> SignIn::redeem(domain::KeyId const& key, crypto::PublicKey const& enrolled, std::string_view text,
                                    crypto::BytesView signature, domain::Instant now) {
  auto const nonce = Nonce::parse(text);
  if (!nonce || !equal(nonce->seal, sealOf(secret_, *nonce, key))) return isVoid();
  auto const expiresAt = domain::Instant::fromMilliseconds(nonce->expiresAt());
  if (!expiresAt || *expiresAt <= now) return isVoid();
  if (!enrolled.verify(crypto::asBytes(textOf(key, text, *expiresAt)), signature)) {
    return Error{ErrorKind::denied, "the signature does not hold: sign the challenge's text with your enrolled key",
                 "签名无效：请用已登记的密钥对质询原文签名"};
  }
  std::lock_guard const lock(mutex_);
  std::erase_if(redeemed_, [now](auto const& one) { return one.second <= now; });
  if (!redeemed_.emplace(text, *expiresAt).second) return isVoid();
  return {};
}

}  // namespace fundtrail::api::access
