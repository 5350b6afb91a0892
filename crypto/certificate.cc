// SPDX-License-Identifier: Apache-2.0
#include "crypto/certificate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include <openssl/asn1.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "crypto/bytes.h"
#include "crypto/ensure.h"
#include "crypto/keys.h"
#include "crypto/openssl.h"

namespace fundtrail::crypto {

namespace {

using openssl::must;
using Certificate = openssl::Owned<X509, X509_free>;
using Extension = openssl::Owned<X509_EXTENSION, X509_EXTENSION_free>;

std::string contentsOf(BIO* bio) {
  char* data = nullptr;
  auto const size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

bool isAddress(std::string const& name) {
  openssl::Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> const address(a2i_IPADDRESS(name.c_str()));
  return address != nullptr;
}

/// Letters, digits, "-", "." and "*": what cannot be mistaken for a second name.
bool isDnsName(std::string_view name) {
  constexpr std::size_t kMost = 253;
  return !name.empty() && name.size() <= kMost && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '*';
  });
}

void extend(X509* certificate, int what, std::string const& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  Extension const extension(X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()));
  must(extension != nullptr);
  must(X509_add_ext(certificate, extension.get(), -1) == 1);
}

void setSerial(X509* certificate) {
  std::array<std::uint8_t, 16> random{};
  randomBytes(random);
  random[0] = (random[0] & 0x3fU) | 0x40U;  // positive, and of full length
  openssl::Bignum const number(BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr));
  must(number != nullptr && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void setTime(ASN1_TIME* to, std::chrono::seconds time) {
  must(ASN1_TIME_set(to, time.count()) != nullptr);
}

std::optional<std::chrono::seconds> timeOf(ASN1_TIME const* time) {
  constexpr std::int64_t kDay = 86'400;
  openssl::Owned<ASN1_TIME, ASN1_TIME_free> const epoch(ASN1_TIME_set(nullptr, 0));
  int days = 0;
  int seconds = 0;
  if (epoch == nullptr || ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) return std::nullopt;
  return std::chrono::seconds(days * kDay + seconds);
}

Result<Certificate> readCertificate(std::string_view pem) {
  openssl::ErrorScope const scope;
  openssl::Bio const bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  must(bio != nullptr);
  Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) {
    return Error{ErrorKind::badInput,
                 "there is no certificate in it: give a PEM file that begins with BEGIN CERTIFICATE",
                 "其中没有证书：请给出以 BEGIN CERTIFICATE 开头的 PEM 文件"};
  }
  return certificate;
}

}  // namespace

Result<SelfSigned> makeSelfSigned(std::span<std::string const> names, Validity validity) {
  openssl::ErrorScope const scope;
  ensure(!names.empty(), "a certificate has a name");
  std::string alternatives;
  for (auto const& name : names) {
    bool const address = isAddress(name);
    if (!address && !isDnsName(name)) {
      return Error{ErrorKind::badInput, name + " is neither a DNS name nor an IP address",
                   name + " 既非域名也非 IP 地址"};
    }
    alternatives += (alternatives.empty() ? "" : ",") + std::string(address ? "IP:" : "DNS:") + name;
  }
  openssl::Key const key(EVP_EC_gen("P-256"));
  Certificate const certificate(X509_new());
  must(key != nullptr && certificate != nullptr);
  constexpr long kVersion3 = 2;
  must(X509_set_version(certificate.get(), kVersion3) == 1);
  setSerial(certificate.get());
  setTime(X509_getm_notBefore(certificate.get()), validity.notBefore);
  setTime(X509_getm_notAfter(certificate.get()), validity.notAfter);
  must(X509_set_pubkey(certificate.get(), key.get()) == 1);
  auto* const subject = X509_get_subject_name(certificate.get());
  constexpr std::size_t kMostCommonName = 64;
  auto const common = names.front().substr(0, kMostCommonName);
  must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, asBytes(common).data(), static_cast<int>(common.size()),
                                  -1, 0) == 1);
  must(X509_set_issuer_name(certificate.get(), subject) == 1);
  extend(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  extend(certificate.get(), NID_key_usage, "critical,digitalSignature");
  extend(certificate.get(), NID_ext_key_usage, "serverAuth,clientAuth");
  extend(certificate.get(), NID_subject_alt_name, alternatives);
  must(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);

  openssl::Bio const certificatePem(BIO_new(BIO_s_mem()));
  must(certificatePem != nullptr && PEM_write_bio_X509(certificatePem.get(), certificate.get()) == 1);
  openssl::Bio const keyPem(BIO_new(BIO_s_secmem()));
  must(keyPem != nullptr &&
       PEM_write_bio_PKCS8PrivateKey(keyPem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return SelfSigned{contentsOf(certificatePem.get()), contentsOf(keyPem.get())};
}

Result<Digest> certificateFingerprint(std::string_view pem) {
  auto const certificate = readCertificate(pem);
  if (!certificate) return certificate.error();
  auto const size = i2d_X509(certificate->get(), nullptr);
  must(size > 0);
  Bytes der(static_cast<std::size_t>(size));
  auto* end = der.data();
  i2d_X509(certificate->get(), &end);
  return hash(HashAlgorithm::sha256, der);
}

Result<Validity> certificateValidity(std::string_view pem) {
  auto const certificate = readCertificate(pem);
  if (!certificate) return certificate.error();
  auto const notBefore = timeOf(X509_get0_notBefore(certificate->get()));
  auto const notAfter = timeOf(X509_get0_notAfter(certificate->get()));
  if (!notBefore || !notAfter) {
    return Error{ErrorKind::badInput, "the certificate's dates cannot be read: give another one",
                 "证书的有效期无法读取：请换一个证书"};
  }
  return Validity{*notBefore, *notAfter};
}

}  // namespace fundtrail::crypto
