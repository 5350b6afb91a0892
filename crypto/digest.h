// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "crypto/bytes.h"

struct evp_md_ctx_st;  // OpenSSL's EVP_MD_CTX

namespace fundtrail::crypto {

/// The hash functions of the two profiles. The numbers are stored on disk: never renumber.
enum class HashAlgorithm : std::uint8_t {
  sha256 = 1,  ///< FIPS 180-4
  sm3 = 2,     ///< GB/T 32905-2016
};

/// A hash value of 32 bytes, whichever algorithm made it. Compares byte by byte; all zero unless set.
struct Digest {
  static constexpr std::size_t kSize = 32;

  std::array<std::uint8_t, kSize> bytes{};

  /// Nothing unless there are exactly 32 bytes.
  static std::optional<Digest> from(BytesView bytes);

  BytesView view() const { return bytes; }
  std::string hex() const { return toHex(bytes); }

  friend auto operator<=>(Digest const&, Digest const&) = default;
};

/// Hash for unordered containers: the first 8 bytes, since a digest is uniform already.
struct DigestHash {
  std::size_t operator()(Digest const& digest) const noexcept;
};

/// Hashes messages that arrive in pieces, over one OpenSSL context that is set up once. Movable, not copyable; for one
/// thread at a time. A moved-from hasher can only be destroyed or assigned to.
class Hasher {
 public:
  explicit Hasher(HashAlgorithm algorithm);

  /// Adds a piece to the message.
  Hasher& update(BytesView piece);

  /// The hash of all pieces since the last finish. Afterwards the hasher is ready for the next message.
  Digest finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const noexcept;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

/// The hash of one message. Safe on any thread, and fast: each thread keeps a context of its own.
Digest hash(HashAlgorithm algorithm, BytesView message);

}  // namespace fundtrail::crypto
