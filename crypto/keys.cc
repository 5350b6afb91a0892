// SPDX-License-Identifier: Apache-2.0
#include "crypto/keys.h"

#include <algorithm>
#include <optional>
#include <string>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include "crypto/ensure.h"
#include "crypto/openssl.h"

namespace fundtrail::crypto {
namespace {

// Before OpenSSL 4.0 the default id is empty, from 4.0 it is this one: so it is always set.
constexpr std::string_view kSm2UserId = "1234567812345678";

constexpr std::size_t kEd25519Size = 32;
constexpr std::size_t kCoordinateSize = 32;
constexpr std::size_t kPointSize = 1 + 2 * kCoordinateSize;
constexpr std::uint8_t kUncompressed = 0x04;

/// All that differs from one scheme to the next.
struct Scheme {
  KeyAlgorithm algorithm;
  std::string_view name;
  char const* keyType;   // OpenSSL's
  char const* group;     // OpenSSL's; none for Ed25519
  char const* digest;    // OpenSSL's; none for Ed25519, which hashes by itself
  std::size_t rawSize;   // of the bare public key
  BytesView spkiPrefix;  // what stands before the bare public key in its SubjectPublicKeyInfo
};

// SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING } — RFC 8410
constexpr std::uint8_t kEd25519Prefix[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
// SEQUENCE { SEQUENCE { OID 1.2.840.10045.2.1, OID 1.2.840.10045.3.1.7 }, BIT STRING } — RFC 5480
constexpr std::uint8_t kP256Prefix[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
                                        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00};
// SEQUENCE { SEQUENCE { OID 1.2.840.10045.2.1, OID 1.2.156.10197.1.301 }, BIT STRING } — GM/T 0009
constexpr std::uint8_t kSm2Prefix[] = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
                                       0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d, 0x03, 0x42, 0x00};

constexpr Scheme kSchemes[] = {
    {KeyAlgorithm::ed25519, "ed25519", "ED25519", nullptr, nullptr, kEd25519Size, kEd25519Prefix},
    {KeyAlgorithm::p256, "p256", "EC", "prime256v1", "SHA2-256", kPointSize, kP256Prefix},
    {KeyAlgorithm::sm2, "sm2", "SM2", "SM2", "SM3", kPointSize, kSm2Prefix},
};

Scheme const& schemeOf(KeyAlgorithm algorithm) {
  auto const* const scheme = std::ranges::find(kSchemes, algorithm, &Scheme::algorithm);
  ensure(scheme != std::end(kSchemes), "the key algorithm is a known one");
  return *scheme;
}

Error badKey(std::string what) {
  return Error{ErrorKind::badInput, std::move(what)};
}

openssl::Bignum bignum(std::string_view hex) {
  BIGNUM* number = nullptr;
  openssl::must(BN_hex2bn(&number, std::string(hex).c_str()) > 0);
  return openssl::Bignum(number);
}

// Whether 32 bytes are the canonical encoding of a point of edwards25519 whose order is not small. OpenSSL asks none of
// this at import, and then verifies forgeries under a key of small order, or nothing at all under a key that is no
// point.
bool isSoundEd25519Key(BytesView key) {
  static openssl::Bignum const p = bignum("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
  static openssl::Bignum const d = bignum("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3");
  std::array<std::uint8_t, kEd25519Size> encodedY;
  std::ranges::copy(key, encodedY.begin());
  encodedY.back() &= 0x7f;  // the top bit is the sign of x
  openssl::Bignum const y(BN_lebin2bn(encodedY.data(), kEd25519Size, nullptr));
  openssl::Bignum const ySquared(BN_new());
  openssl::Bignum const u(BN_new());
  openssl::Bignum const v(BN_new());
  openssl::BignumContext const context(BN_CTX_new());
  openssl::must(y && ySquared && u && v && context);

  // The points of order 1, 4 and 2 have y = 1, 0 and -1; from p upwards y is not canonical.
  openssl::must(BN_add(u.get(), y.get(), BN_value_one()) == 1);
  if (BN_cmp(y.get(), BN_value_one()) <= 0 || BN_cmp(u.get(), p.get()) >= 0) {
    return false;
  }
  // On the curve x^2 = u / v with u = y^2 - 1 and v = d y^2 + 1, neither of them 0 here: so u v must be a square.
  openssl::must(BN_mod_sqr(ySquared.get(), y.get(), p.get(), context.get()) == 1 &&
                BN_mod_sub(u.get(), ySquared.get(), BN_value_one(), p.get(), context.get()) == 1 &&
                BN_mod_mul(v.get(), d.get(), ySquared.get(), p.get(), context.get()) == 1 &&
                BN_mod_add(v.get(), v.get(), BN_value_one(), p.get(), context.get()) == 1);
  openssl::Bignum const product(BN_new());
  openssl::must(product && BN_mod_mul(product.get(), u.get(), v.get(), p.get(), context.get()) == 1);
  if (BN_kronecker(product.get(), p.get(), context.get()) != 1) {
    return false;
  }
  // A point of order 8 doubles to one with y = 0, which means x^2 = -y^2, or u + y^2 v = 0.
  openssl::must(BN_mod_mul(product.get(), ySquared.get(), v.get(), p.get(), context.get()) == 1 &&
                BN_mod_add(product.get(), product.get(), u.get(), p.get(), context.get()) == 1);
  return !BN_is_zero(product.get());
}

// The key, or null for a point that is not on the curve, or a scheme that the installed OpenSSL was built without.
openssl::Key parseRaw(Scheme const& scheme, BytesView raw) {
  openssl::ErrorScope const errors;
  if (scheme.group == nullptr) {
    if (!isSoundEd25519Key(raw)) {
      return nullptr;
    }
    return openssl::Key(EVP_PKEY_new_raw_public_key_ex(nullptr, scheme.keyType, nullptr, raw.data(), raw.size()));
  }
  if (raw.front() != kUncompressed) {
    return nullptr;
  }
  std::array<std::uint8_t, kPointSize> point;  // OSSL_PARAM wants it mutable
  std::ranges::copy(raw, point.begin());
  std::string group = scheme.group;
  OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end(),
  };
  openssl::KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, scheme.keyType, nullptr));
  EVP_PKEY* key = nullptr;
  bool const parsed = context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) == 1;
  return openssl::Key(parsed ? key : nullptr);
}

Bytes rawPublicKey(Scheme const& scheme, EVP_PKEY const* key) {
  Bytes raw(scheme.rawSize);
  if (scheme.group == nullptr) {
    std::size_t size = raw.size();
    openssl::must(EVP_PKEY_get_raw_public_key(key, raw.data(), &size) == 1 && size == scheme.rawSize);
    return raw;
  }
  // Coordinates instead of the encoded point, which would follow the form that the key's file happened to use.
  raw.front() = kUncompressed;
  std::uint8_t* coordinate = raw.data() + 1;
  for (char const* const axis : {OSSL_PKEY_PARAM_EC_PUB_X, OSSL_PKEY_PARAM_EC_PUB_Y}) {
    BIGNUM* number = nullptr;
    openssl::must(EVP_PKEY_get_bn_param(key, axis, &number) == 1);
    openssl::Bignum const owned(number);
    openssl::must(BN_bn2binpad(number, coordinate, kCoordinateSize) == static_cast<int>(kCoordinateSize));
    coordinate += kCoordinateSize;
  }
  return raw;
}

// The scheme of a private key that OpenSSL read, or null for one that we do not sign with.
Scheme const* schemeOf(EVP_PKEY const* key) {
  for (Scheme const& scheme : kSchemes) {
    char group[32] = "";
    if (EVP_PKEY_is_a(key, scheme.keyType) == 1 &&
        (scheme.group == nullptr || (EVP_PKEY_get_group_name(key, group, sizeof group, nullptr) == 1 &&
                                     std::string_view(group) == scheme.group))) {
      return &scheme;
    }
  }
  return nullptr;
}

// Whether the public half of a key pair is that of the private half.
bool halvesFit(EVP_PKEY* key) {
  openssl::KeyContext const context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  openssl::must(context != nullptr);
  return EVP_PKEY_pairwise_check(context.get()) == 1;
}

// Takes one INTEGER off the front: positive, of minimal length, at most 33 bytes. Nothing if it is not there.
std::optional<BytesView> takePositiveInteger(BytesView& der) {
  if (der.size() < 3 || der[0] != 0x02 || der[1] == 0 || der[1] > 33 || der.size() < 2U + der[1]) {
    return std::nullopt;
  }
  BytesView const value = der.subspan(2, der[1]);
  bool const zeroOrNegative = value[0] >= 0x80 || (value.size() == 1 && value[0] == 0);
  bool const padded = value.size() > 1 && value[0] == 0 && value[1] < 0x80;
  if (zeroOrNegative || padded) {
    return std::nullopt;
  }
  der = der.subspan(2U + der[1]);
  return value;
}

// SEQUENCE { r INTEGER, s INTEGER } and nothing else, in the one way that DER allows.
bool isStrictDer(BytesView signature) {
  if (signature.size() < 2 || signature[0] != 0x30 || signature[1] != signature.size() - 2) {
    return false;
  }
  BytesView rest = signature.subspan(2);
  return takePositiveInteger(rest) && takePositiveInteger(rest) && rest.empty();
}

// A context ready to sign or verify. EVP_PKEY_sign and EVP_PKEY_verify are no substitute: for SM2 they leave out the Z
// value.
template <auto init>
openssl::DigestContext contextFor(Scheme const& scheme, EVP_PKEY* key) {
  openssl::DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* keyContext = nullptr;  // owned by the context
  openssl::must(context && init(context.get(), &keyContext, scheme.digest, nullptr, nullptr, key, nullptr) == 1);
  if (scheme.algorithm == KeyAlgorithm::sm2) {
    openssl::must(EVP_PKEY_CTX_set1_id(keyContext, kSm2UserId.data(), static_cast<int>(kSm2UserId.size())) == 1);
  }
  return context;
}

// OpenSSL takes lengths as int, and its own program passwords of up to 1024 bytes.
constexpr std::size_t kMaxPasswordSize = 1024;
constexpr std::size_t kMaxPemSize = 1 << 16;

bool isPassword(std::string_view password) {
  return !password.empty() && password.size() <= kMaxPasswordSize;
}

struct PemBlock {
  std::string label;
  Bytes content;
};

// The first PEM block in the text, or nothing if there is none that is whole.
std::optional<PemBlock> readPem(std::string_view text) {
  if (text.size() > kMaxPemSize) {
    return std::nullopt;
  }
  openssl::ErrorScope const errors;
  openssl::Bio const bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  openssl::must(bio != nullptr);
  char* label = nullptr;
  char* header = nullptr;
  std::uint8_t* content = nullptr;
  long size = 0;
  if (PEM_read_bio(bio.get(), &label, &header, &content, &size) != 1) {
    return std::nullopt;
  }
  PemBlock block{label, Bytes(content, content + size)};
  bool const plain = *header == '\0';  // RFC 7468 has no headers; the old encrypted form does
  OPENSSL_free(label);
  OPENSSL_free(header);
  OPENSSL_clear_free(content, static_cast<std::size_t>(size));
  return plain ? std::optional(std::move(block)) : std::nullopt;
}

std::string writePem(char const* label, BytesView content) {
  openssl::Bio const bio(BIO_new(BIO_s_mem()));
  openssl::must(bio && PEM_write_bio(bio.get(), label, "", content.data(), static_cast<long>(content.size())) > 0);
  char* text = nullptr;
  auto const size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace

std::string_view name(KeyAlgorithm algorithm) {
  return schemeOf(algorithm).name;
}

struct PublicKey::Parsed {
  Scheme const& scheme;
  openssl::Key key;
  Bytes spki;
};

Result<PublicKey> PublicKey::fromRaw(KeyAlgorithm algorithm, BytesView raw) {
  Scheme const& scheme = schemeOf(algorithm);
  openssl::Key key = raw.size() == scheme.rawSize ? parseRaw(scheme, raw) : nullptr;
  if (!key) {
    return badKey("the bytes are no usable " + std::string(scheme.name) +
                  " public key: ask its owner to export it again");
  }
  Bytes spki(scheme.spkiPrefix.begin(), scheme.spkiPrefix.end());
  spki.insert(spki.end(), raw.begin(), raw.end());
  return PublicKey(std::make_shared<Parsed const>(Parsed{scheme, std::move(key), std::move(spki)}));
}

Result<PublicKey> PublicKey::fromSpki(BytesView der) {
  for (Scheme const& scheme : kSchemes) {
    auto const prefix = der.first(std::min(der.size(), scheme.spkiPrefix.size()));
    if (std::ranges::equal(prefix, scheme.spkiPrefix)) {
      return fromRaw(scheme.algorithm, der.subspan(prefix.size()));
    }
  }
  return Error{
      ErrorKind::unsupported,
      "not the DER SubjectPublicKeyInfo of an Ed25519, P-256 or SM2 key with an uncompressed point: export the "
      "key in that form"};
}

Result<PublicKey> PublicKey::fromPem(std::string_view pem) {
  auto const block = readPem(pem);
  if (!block || block->label != "PUBLIC KEY") {
    return badKey("no whole \"PUBLIC KEY\" PEM block: give the file that the key's owner exported");
  }
  return fromSpki(block->content);
}

KeyAlgorithm PublicKey::algorithm() const {
  return parsed_->scheme.algorithm;
}
BytesView PublicKey::spki() const {
  return parsed_->spki;
}
BytesView PublicKey::raw() const {
  return spki().last(parsed_->scheme.rawSize);
}
std::string PublicKey::pem() const {
  return writePem("PUBLIC KEY", spki());
}
Digest PublicKey::fingerprint(HashAlgorithm algorithm) const {
  return hash(algorithm, spki());
}

bool PublicKey::verify(BytesView message, BytesView signature) const {
  if (parsed_->scheme.algorithm != KeyAlgorithm::ed25519 && !isStrictDer(signature)) {
    return false;
  }
  openssl::ErrorScope const errors;
  auto const context = contextFor<EVP_DigestVerifyInit_ex>(parsed_->scheme, parsed_->key.get());
  // A negative result is a refusal too.
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

bool operator==(PublicKey const& a, PublicKey const& b) {
  return std::ranges::equal(a.spki(), b.spki());
}

struct PrivateKey::Held {
  Scheme const& scheme;
  openssl::Key key;  // OpenSSL wipes it when it is freed
  PublicKey publicKey;

  static Result<PrivateKey> from(openssl::Key key);
};

Result<PrivateKey> PrivateKey::Held::from(openssl::Key key) {
  Scheme const* const scheme = schemeOf(key.get());
  if (scheme == nullptr) {
    return Error{ErrorKind::unsupported,
                 "the private key is neither Ed25519, P-256 nor SM2: use a key of one of these"};
  }
  Result<PublicKey> publicKey = PublicKey::fromRaw(scheme->algorithm, rawPublicKey(*scheme, key.get()));
  if (!publicKey) {
    return publicKey.error();
  }
  return PrivateKey(std::make_unique<Held>(Held{*scheme, std::move(key), *std::move(publicKey)}));
}

PrivateKey::PrivateKey(std::unique_ptr<Held> held) : held_(std::move(held)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

Result<PrivateKey> PrivateKey::generate(KeyAlgorithm algorithm) {
  openssl::ErrorScope const errors;
  Scheme const& scheme = schemeOf(algorithm);
  openssl::KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, scheme.keyType, nullptr));
  if (!context) {
    return Error{ErrorKind::unsupported,
                 "the installed OpenSSL has no " + std::string(scheme.name) + ": install one that does"};
  }
  openssl::must(EVP_PKEY_keygen_init(context.get()) == 1);
  openssl::must(scheme.group == nullptr || EVP_PKEY_CTX_set_group_name(context.get(), scheme.group) == 1);
  EVP_PKEY* key = nullptr;
  openssl::must(EVP_PKEY_generate(context.get(), &key) == 1);
  return Held::from(openssl::Key(key));
}

PrivateKey PrivateKey::fromEd25519Seed(std::array<std::uint8_t, 32> seed) {
  openssl::Key key(EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, seed.data(), seed.size()));
  OPENSSL_cleanse(seed.data(), seed.size());
  openssl::must(key != nullptr);
  return Held::from(std::move(key)).value();
}

Result<PrivateKey> PrivateKey::fromPem(std::string_view pem, std::string_view password) {
  auto block = readPem(pem);
  if (block && (block->label == "PRIVATE KEY" || block->label == "EC PRIVATE KEY")) {
    OPENSSL_cleanse(block->content.data(), block->content.size());
    return Error{ErrorKind::unsupported,
                 "the private key is not encrypted: encrypt it with openssl pkcs8 -topk8 -v2 aes-256-cbc -scrypt"};
  }
  if (!block || block->label != "ENCRYPTED PRIVATE KEY") {
    return badKey("no whole \"ENCRYPTED PRIVATE KEY\" PEM block: give the key file, or restore it from its backup");
  }
  if (!isPassword(password)) {
    return badKey("the password is empty or longer than 1024 bytes: give the one that the key file was written with");
  }
  openssl::ErrorScope const errors;
  std::uint8_t const* der = block->content.data();
  openssl::EncryptedKey const encrypted(d2i_X509_SIG(nullptr, &der, static_cast<long>(block->content.size())));
  if (!encrypted || der != block->content.data() + block->content.size()) {
    return badKey("the PEM block holds no encrypted PKCS#8 key: give the key file, or restore it from its backup");
  }
  openssl::KeyInfo const info(PKCS8_decrypt(encrypted.get(), password.data(), static_cast<int>(password.size())));
  if (!info) {
    return Error{
        ErrorKind::denied,
        "the password does not open the private key: enter it again, or restore the key file if it was damaged"};
  }
  openssl::Key key(EVP_PKCS82PKEY(info.get()));
  if (!key) {
    return Error{
        ErrorKind::unsupported,
        "OpenSSL cannot read this private key: use one for Ed25519, P-256 or SM2, or restore the file from its backup"};
  }
  Result<PrivateKey> opened = Held::from(std::move(key));
  // The encryption carries no check of its own: damage can leave a key whose two halves do not belong together.
  if (opened && !halvesFit(opened->held_->key.get())) {
    return Error{ErrorKind::corrupt,
                 "the private key in the file does not fit its public key: restore the file from its backup"};
  }
  return opened;
}

Result<std::string> PrivateKey::toPem(std::string_view password) const {
  if (!isPassword(password)) {
    return badKey(
        "the password is empty or longer than 1024 bytes: a private key is only written encrypted, choose another");
  }
  constexpr std::uint64_t kScryptN = 16384;
  constexpr std::uint64_t kScryptR = 8;
  constexpr std::uint64_t kScryptP = 1;
  openssl::PbeAlgorithm algorithm(
      PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), nullptr, 0, nullptr, kScryptN, kScryptR, kScryptP));
  openssl::KeyInfo const info(EVP_PKEY2PKCS8(held_->key.get()));
  openssl::must(algorithm && info);
  openssl::EncryptedKey const encrypted(
      PKCS8_set0_pbe(password.data(), static_cast<int>(password.size()), info.get(), algorithm.get()));
  openssl::must(encrypted != nullptr);
  static_cast<void>(algorithm.release());  // the encrypted key owns it now
  std::uint8_t* der = nullptr;
  int const size = i2d_X509_SIG(encrypted.get(), &der);
  openssl::must(size > 0);
  std::string pem = writePem("ENCRYPTED PRIVATE KEY", {der, static_cast<std::size_t>(size)});
  OPENSSL_free(der);
  return pem;
}

PublicKey const& PrivateKey::publicKey() const {
  return held_->publicKey;
}

Bytes PrivateKey::sign(BytesView message) const {
  auto const context = contextFor<EVP_DigestSignInit_ex>(held_->scheme, held_->key.get());
  std::size_t size = 0;
  openssl::must(EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) == 1);
  Bytes signature(size);
  openssl::must(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1);
  signature.resize(size);
  return signature;
}

void randomBytes(std::span<std::uint8_t> bytes) {
  openssl::must(RAND_bytes_ex(nullptr, bytes.data(), bytes.size(), 0) == 1);
}

}  // namespace fundtrail::crypto
