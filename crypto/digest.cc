// SPDX-License-Identifier: Apache-2.0
#include "crypto/digest.h"

#include <algorithm>
#include <cstring>

#include "crypto/openssl.h"

namespace fundtrail::crypto {
namespace {

// Fetched once and kept for the life of the process: OpenSSL's own clean-up at exit runs in no order that we control.
EVP_MD const* fetched(HashAlgorithm algorithm) {
  static EVP_MD const* const sha256 = EVP_MD_fetch(nullptr, "SHA2-256", nullptr);
  static EVP_MD const* const sm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
  EVP_MD const* const digest = algorithm == HashAlgorithm::sm3 ? sm3 : sha256;
  openssl::must(digest != nullptr);
  return digest;
}

}  // namespace

std::optional<Digest> Digest::from(BytesView bytes) {
  if (bytes.size() != kSize) {
    return std::nullopt;
  }
  Digest digest;
  std::ranges::copy(bytes, digest.bytes.begin());
  return digest;
}

std::size_t DigestHash::operator()(Digest const& digest) const noexcept {
  std::size_t value = 0;
  std::memcpy(&value, digest.bytes.data(), sizeof value);
  return value;
}

void Hasher::Free::operator()(evp_md_ctx_st* context) const noexcept {
  EVP_MD_CTX_free(context);
}

Hasher::Hasher(HashAlgorithm algorithm) : context_(EVP_MD_CTX_new()) {
  ensure(algorithm == HashAlgorithm::sha256 || algorithm == HashAlgorithm::sm3, "the hash algorithm is a known one");
  openssl::must(context_ != nullptr && EVP_DigestInit_ex2(context_.get(), fetched(algorithm), nullptr) == 1);
}

Hasher& Hasher::update(BytesView piece) {
  openssl::must(EVP_DigestUpdate(context_.get(), piece.data(), piece.size()) == 1);
  return *this;
}

Digest Hasher::finish() {
  Digest digest;
  // Without a digest named, the context keeps the one it has: this is what makes reuse fast.
  openssl::must(EVP_DigestFinal_ex(context_.get(), digest.bytes.data(), nullptr) == 1 &&
                EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1);
  return digest;
}

Digest hash(HashAlgorithm algorithm, BytesView message) {
  thread_local Hasher sha256(HashAlgorithm::sha256);
  thread_local Hasher sm3(HashAlgorithm::sm3);
  return (algorithm == HashAlgorithm::sm3 ? sm3 : sha256).update(message).finish();
}

}  // namespace fundtrail::crypto
