// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sm2_keys.h"

#include <array>
#include <string>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/openssl.h"

namespace fundtrail::tests {

namespace {

using crypto::openssl::must;
using crypto::openssl::Owned;

constexpr char kPassword[] = "password";

/// The key pair of a number below the curve's order.
crypto::openssl::Key pairOf(BIGNUM const* scalar) {
  Owned<EC_GROUP, EC_GROUP_free> const group(EC_GROUP_new_by_curve_name(NID_sm2));
  Owned<EC_POINT, EC_POINT_free> const point(EC_POINT_new(group.get()));
  must(EC_POINT_mul(group.get(), point.get(), scalar, nullptr, nullptr, nullptr) == 1);
  std::array<std::uint8_t, 65> encoded{};
  must(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, encoded.data(), encoded.size(),
                          nullptr) == encoded.size());
  Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> const builder(OSSL_PARAM_BLD_new());
  must(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "SM2", 0) == 1 &&
       OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar) == 1 &&
       OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size()) == 1);
  Owned<OSSL_PARAM, OSSL_PARAM_free> const parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  crypto::openssl::KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
  EVP_PKEY* made = nullptr;
  must(EVP_PKEY_fromdata_init(context.get()) == 1 &&
       EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_KEYPAIR, parameters.get()) == 1);
  return crypto::openssl::Key(made);
}

}  // namespace

crypto::PrivateKey sm2KeyOf(std::string_view person) {
  auto digest = crypto::hash(crypto::HashAlgorithm::sm3, crypto::asBytes(person));
  digest.bytes.front() = 1;  // below the curve's order, and not 0
  crypto::openssl::Bignum const scalar(BN_bin2bn(digest.bytes.data(), static_cast<int>(digest.bytes.size()), nullptr));
  auto const pair = pairOf(scalar.get());
  // Keys are read from encrypted files alone. One round of the key derivation: this hides nothing from anybody.
  crypto::openssl::KeyInfo const info(EVP_PKEY2PKCS8(pair.get()));
  crypto::openssl::EncryptedKey const encrypted(
      PKCS8_encrypt(-1, EVP_aes_256_cbc(), kPassword, sizeof kPassword - 1, nullptr, 0, 1, info.get()));
  crypto::openssl::Bio const out(BIO_new(BIO_s_mem()));
  must(info != nullptr && encrypted != nullptr && PEM_write_bio_PKCS8(out.get(), encrypted.get()) == 1);
  char* text = nullptr;
  auto const size = BIO_get_mem_data(out.get(), &text);
  return crypto::PrivateKey::fromPem({text, static_cast<std::size_t>(size)}, kPassword).value();
}

}  // namespace fundtrail::tests
