// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

/// The signature schemes. The numbers are stored on disk: never renumber.
enum class KeyAlgorithm : std::uint8_t {
  ed25519 = 1,  ///< RFC 8032, pure
  p256 = 2,     ///< ECDSA on NIST P-256 with SHA-256 (FIPS 186-5)
  sm2 = 3,      ///< GB/T 32918.2 on sm2p256v1 with SM3, user id 1234567812345678 (GM/T 0009)
};

/// "ed25519", "p256" or "sm2": the word that programs print and take.
std::string_view name(KeyAlgorithm algorithm);

/// A public key. A value: cheap to copy (copies share one parsed, immutable key), compares by its encoding, safe on any
/// thread.
///
/// What "valid" means, the same on every machine and in every version:
///  * Ed25519: 64 bytes R || S, S below the group order, and the equation without the cofactor: [S]B = R + [k]A, with k
///    over R and A as they were given. R is compared as bytes, so it must be canonical. A key of small order, one that
///    is not canonical and one that is no point are refused at import; one of mixed order passes, as in RFC 8032.
///  * P-256 and SM2: r and s as a strict DER SEQUENCE of two positive INTEGERs of minimal length, nothing after it.
/// Anyone can turn an ECDSA signature into another valid one for the same message: a signature is no identity.
class PublicKey {
 public:
  /// Takes exactly the DER SubjectPublicKeyInfo of one of the three schemes (44 bytes for Ed25519 by RFC 8410, 91 bytes
  /// with an uncompressed point for the others): every key has one encoding that is accepted. Errors: unsupported
  /// for what does not begin like one of the three (another scheme, curve or form of point), badInput for what does and
  /// has a wrong length or an unusable key.
  static Result<PublicKey> fromSpki(BytesView der);

  /// Takes a bare key, as raw() gives it. Errors: badInput for a wrong length, a compressed point, or a key that
  /// fromSpki would refuse.
  static Result<PublicKey> fromRaw(KeyAlgorithm algorithm, BytesView raw);

  /// Takes a "PUBLIC KEY" PEM block (RFC 7468); text around it is passed over. Errors as fromSpki, and badInput without
  /// such a block.
  static Result<PublicKey> fromPem(std::string_view pem);

  KeyAlgorithm algorithm() const;

  /// The DER SubjectPublicKeyInfo. The view lives as long as any copy of this key.
  BytesView spki() const;

  /// The bare key: 32 bytes for Ed25519, the 65 bytes of the uncompressed point for the others. The view lives as
  /// spki() does.
  BytesView raw() const;

  std::string pem() const;

  /// The hash of the SubjectPublicKeyInfo: how the ledger names a key.
  Digest fingerprint(HashAlgorithm algorithm) const;

  /// Whether the holder of the private key signed these bytes. False for every other signature, malformed ones
  /// included.
  bool verify(BytesView message, BytesView signature) const;

  friend bool operator==(PublicKey const& a, PublicKey const& b);

 private:
  struct Parsed;
  explicit PublicKey(std::shared_ptr<Parsed const> parsed) : parsed_(std::move(parsed)) {}

  std::shared_ptr<Parsed const> parsed_;
};

/// A private key. A resource: movable, not copyable; its memory is wiped when it goes. sign and toPem are safe on
/// several threads at once. A moved-from key can only be destroyed or assigned to.
class PrivateKey {
 public:
  /// A new key from the system's randomness. Errors: unsupported where the installed OpenSSL lacks the scheme.
  static Result<PrivateKey> generate(KeyAlgorithm algorithm);

  /// The Ed25519 key of a seed (RFC 8032 section 5.1.5), for tests and simulations: whoever knows the seed holds the
  /// key.
  static PrivateKey fromEd25519Seed(std::array<std::uint8_t, 32> seed);

  /// Takes an "ENCRYPTED PRIVATE KEY" PEM block (PKCS#8, RFC 5958); text around it is passed over.
  /// Errors: denied for a wrong password (or a block damaged inside: the two look alike); badInput without a whole
  /// block or with a password that toPem would refuse; unsupported for a key that is not encrypted, or of another
  /// scheme; corrupt for a pair whose halves do not fit. The format has no check of its own and Ed25519 files hold no
  /// public half: a damaged one can open as another key, so compare publicKey() with the one that is enrolled.
  static Result<PrivateKey> fromPem(std::string_view pem, std::string_view password);

  /// The key as an encrypted PKCS#8 PEM block: PBES2 with scrypt (N = 16384, r = 8, p = 1: the most that OpenSSL opens
  /// without being told to) and AES-256-CBC. Two calls give two texts. Errors: badInput for a password that is empty or
  /// longer than 1024 bytes.
  Result<std::string> toPem(std::string_view password) const;

  PublicKey const& publicKey() const;
  KeyAlgorithm algorithm() const { return publicKey().algorithm(); }

  /// A signature that publicKey().verify accepts. Only Ed25519 gives the same bytes each time.
  Bytes sign(BytesView message) const;

  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;
  ~PrivateKey();

 private:
  struct Held;
  explicit PrivateKey(std::unique_ptr<Held> held);

  std::unique_ptr<Held> held_;
};

/// Fills the span with randomness fit for keys and salts. Aborts if the system has none.
void randomBytes(std::span<std::uint8_t> bytes);

}  // namespace fundtrail::crypto
