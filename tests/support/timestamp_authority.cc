// SPDX-License-Identifier: Apache-2.0
#include "tests/support/timestamp_authority.h"

#include <utility>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include "crypto/ensure.h"
#include "crypto/openssl.h"

namespace fundtrail::tests {

namespace {

using crypto::ensure;
using crypto::openssl::Owned;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Owned<X509, X509_free>;

constexpr char kForTimestamps[] = "critical,timeStamping";

Key newKey() {
  Key key(EVP_EC_gen("P-256"));
  ensure(key != nullptr, "a P-256 key can be made");
  return key;
}

void extend(X509* certificate, X509* issuer, int nid, char const* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  Owned<X509_EXTENSION, X509_EXTENSION_free> const extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  ensure(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, "a certificate can be extended");
}

Certificate newCertificate(std::string const& name, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuerKey, long serial,
                           char const* usage) {
  Certificate certificate(X509_new());
  ensure(certificate != nullptr, "a certificate can be made");
  auto* const made = certificate.get();
  X509_set_version(made, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made), serial);
  ASN1_TIME_set_string(X509_getm_notBefore(made), "20200101000000Z");
  ASN1_TIME_set_string(X509_getm_notAfter(made), "20300101000000Z");
  auto* const subject = X509_get_subject_name(made);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<unsigned char const*>(name.data()),
                             static_cast<int>(name.size()), -1, 0);
  X509* const by = issuer == nullptr ? made : issuer;
  X509_set_issuer_name(made, X509_get_subject_name(by));
  X509_set_pubkey(made, key);
  extend(made, by, NID_basic_constraints, issuer == nullptr ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (usage != nullptr) extend(made, by, NID_ext_key_usage, usage);
  ensure(X509_sign(made, issuerKey, EVP_sha256()) > 0, "a certificate can be signed");
  return certificate;
}

Owned<TS_RESP_CTX, TS_RESP_CTX_free> context() {
  Owned<TS_RESP_CTX, TS_RESP_CTX_free> made(TS_RESP_CTX_new());
  ensure(made != nullptr, "a time-stamp can be made");
  return made;
}

crypto::Bytes encoded(TS_RESP* response) {
  ensure(response != nullptr, "the authority answers");
  crypto::Bytes der(static_cast<std::size_t>(i2d_TS_RESP(response, nullptr)));
  auto* end = der.data();
  i2d_TS_RESP(response, &end);
  TS_RESP_free(response);
  return der;
}

}  // namespace

struct TimestampAuthority::Held {
  Key rootKey = newKey();
  Key key = newKey();
  Certificate root;
  Certificate signer;
  std::string usage;
};

TimestampAuthority::TimestampAuthority(std::string const& name, std::string usage) : held_(std::make_unique<Held>()) {
  held_->usage = std::move(usage);
  held_->root = newCertificate(name + " root", held_->rootKey.get(), nullptr, held_->rootKey.get(), 1, nullptr);
  held_->signer = newCertificate(name, held_->key.get(), held_->root.get(), held_->rootKey.get(), 2, kForTimestamps);
}

TimestampAuthority::TimestampAuthority(TimestampAuthority&&) noexcept = default;
TimestampAuthority::~TimestampAuthority() = default;

std::string TimestampAuthority::rootPem() const {
  crypto::openssl::Bio const out(BIO_new(BIO_s_mem()));
  ensure(out != nullptr && PEM_write_bio_X509(out.get(), held_->root.get()) == 1, "a certificate can be written");
  char* text = nullptr;
  auto const size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

crypto::Bytes TimestampAuthority::answer(crypto::BytesView request, std::int64_t time) const {
  auto const made = context();
  auto* const responder = made.get();
  bool const set = TS_RESP_CTX_set_signer_cert(responder, held_->signer.get()) == 1;
  ensure(set && TS_RESP_CTX_set_signer_key(responder, held_->key.get()) == 1 &&
             TS_RESP_CTX_set_signer_digest(responder, EVP_sha256()) == 1 &&
             TS_RESP_CTX_add_md(responder, EVP_sha256()) == 1,
         "the authority's certificate is one for time-stamps");
  if (held_->usage != kForTimestamps) {
    // OpenSSL's responder takes no certificate for anything else: it gets its usage when it has been taken. The token
    // names it by a hash of what it is then, as OpenSSL remembers the SHA-1 of what it was.
    auto* const signer = held_->signer.get();
    X509_EXTENSION_free(X509_delete_ext(signer, X509_get_ext_by_NID(signer, NID_ext_key_usage, -1)));
    extend(signer, held_->root.get(), NID_ext_key_usage, held_->usage.c_str());
    ensure(X509_sign(signer, held_->rootKey.get(), EVP_sha256()) > 0 &&
               TS_RESP_CTX_set_ess_cert_id_digest(responder, EVP_sha256()) == 1,
           "a certificate can be signed");
  }
  Owned<ASN1_OBJECT, ASN1_OBJECT_free> const policy(OBJ_txt2obj("1.2.3.4.1", 1));
  TS_RESP_CTX_set_def_policy(responder, policy.get());
  TS_RESP_CTX_set_serial_cb(
      responder,
      [](TS_RESP_CTX*, void*) {
        auto* const serial = ASN1_INTEGER_new();
        ASN1_INTEGER_set(serial, 7);
        return serial;
      },
      nullptr);
  TS_RESP_CTX_set_time_cb(
      responder,
      [](TS_RESP_CTX*, void* at, long* seconds, long* microseconds) {
        *seconds = *static_cast<std::int64_t const*>(at);
        *microseconds = 0;
        return 1;
      },
      &time);
  crypto::openssl::Bio const in(BIO_new_mem_buf(request.data(), static_cast<int>(request.size())));
  return encoded(TS_RESP_create_response(responder, in.get()));
}

crypto::Bytes TimestampAuthority::refusal() {
  // Without a signer or any hash that it takes, whatever it is asked is refused.
  auto const made = context();
  auto const request = crypto::Bytes{0x30, 0x00};
  crypto::openssl::Bio const in(BIO_new_mem_buf(request.data(), static_cast<int>(request.size())));
  return encoded(TS_RESP_create_response(made.get(), in.get()));
}

}  // namespace fundtrail::tests
