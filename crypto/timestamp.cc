// SPDX-License-Identifier: Apache-2.0
#include "crypto/timestamp.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include "crypto/digest.h"
#include "crypto/openssl.h"

namespace fundtrail::crypto {

namespace {

using openssl::Owned;
using Certificate = Owned<X509, X509_free>;
using Imprint = Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using Request = Owned<TS_REQ, TS_REQ_free>;
using Response = Owned<TS_RESP, TS_RESP_free>;
using Store = Owned<X509_STORE, X509_STORE_free>;
using Token = Owned<PKCS7, PKCS7_free>;
using TokenInfo = Owned<TS_TST_INFO, TS_TST_INFO_free>;
using Verification = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;

struct FreeSigners {
  // The certificates are the token's own.
  void operator()(STACK_OF(X509) * signers) const noexcept { sk_X509_free(signers); }
};
using Signers = std::unique_ptr<STACK_OF(X509), FreeSigners>;

Error badInput(std::string what) {
  return {ErrorKind::badInput, std::move(what)};
}

Error denied(std::string what) {
  return {ErrorKind::denied, std::move(what)};
}

/// The newest of OpenSSL's reasons, in its own words.
std::string reason() {
  char const* const text = ERR_reason_error_string(ERR_peek_last_error());
  return text == nullptr ? "no reason given" : text;
}

template <class T, auto toDer>
Bytes encoded(T const* object) {
  int const size = toDer(object, nullptr);
  openssl::must(size > 0);
  Bytes der(static_cast<std::size_t>(size));
  auto* end = der.data();
  openssl::must(toDer(object, &end) == size);
  return der;
}

/// Exactly one object, and nothing behind it.
template <class Object, auto fromDer>
Object decoded(BytesView der) {
  if (der.size() > kMaxTimestampSize) return nullptr;
  auto const* begin = der.data();
  Object object(fromDer(nullptr, &begin, static_cast<long>(der.size())));
  return begin == der.data() + der.size() ? std::move(object) : nullptr;
}

Token tokenOf(BytesView der) {
  return decoded<Token, d2i_PKCS7>(der);
}

std::uint64_t secondsOf(ASN1_GENERALIZEDTIME const* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return 0;
  auto const seconds = ::timegm(&parts);
  return seconds < 0 ? 0 : static_cast<std::uint64_t>(seconds);
}

/// Whether the token is of this text, by the hash that makeTimestampRequest asks for.
bool isOf(TS_TST_INFO* info, std::string_view text) {
  auto* const imprint = TS_TST_INFO_get_msg_imprint(info);
  ASN1_OBJECT const* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  if (OBJ_obj2nid(algorithm) != NID_sha256) return false;
  auto const* const hashed = TS_MSG_IMPRINT_get_msg(imprint);
  auto const expected = hash(HashAlgorithm::sha256, asBytes(text));
  return std::ranges::equal(
      BytesView(ASN1_STRING_get0_data(hashed), static_cast<std::size_t>(ASN1_STRING_length(hashed))), expected.bytes);
}

std::string subjectOf(PKCS7* token) {
  Signers const signers(PKCS7_get0_signers(token, nullptr, 0));
  if (!signers || sk_X509_num(signers.get()) != 1) return {};
  openssl::Bio const out(BIO_new(BIO_s_mem()));
  openssl::must(out != nullptr);
  auto const* const subject = X509_get_subject_name(sk_X509_value(signers.get(), 0));
  openssl::must(X509_NAME_print_ex(out.get(), subject, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB) >= 0);
  char* text = nullptr;
  auto const size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace

struct TimestampAuthorities::Held {
  std::vector<Certificate> roots;

  /// A store that takes certificates as they were at that time.
  [[nodiscard]] Store storeAsOf(std::uint64_t time) const {
    Store store(X509_STORE_new());
    openssl::must(store != nullptr);
    for (auto const& root : roots) openssl::must(X509_STORE_add_cert(store.get(), root.get()) == 1);
    X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), static_cast<time_t>(time));
    return store;
  }
};

Bytes makeTimestampRequest(std::string_view text, std::span<std::uint8_t const, 16> nonce) {
  Request const request(TS_REQ_new());
  openssl::must(request != nullptr && TS_REQ_set_version(request.get(), 1) == 1);

  Imprint const imprint(TS_MSG_IMPRINT_new());
  openssl::must(imprint != nullptr);
  openssl::PbeAlgorithm const algorithm(X509_ALGOR_new());
  openssl::must(algorithm != nullptr &&
                X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1);
  openssl::must(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1);
  auto digest = hash(HashAlgorithm::sha256, asBytes(text));
  openssl::must(TS_MSG_IMPRINT_set_msg(imprint.get(), digest.bytes.data(), Digest::kSize) == 1);
  openssl::must(TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1);

  openssl::Bignum const number(BN_bin2bn(nonce.data(), static_cast<int>(nonce.size()), nullptr));
  openssl::must(number != nullptr);
  Owned<ASN1_INTEGER, ASN1_INTEGER_free> const integer(BN_to_ASN1_INTEGER(number.get(), nullptr));
  openssl::must(integer != nullptr && TS_REQ_set_nonce(request.get(), integer.get()) == 1);
  openssl::must(TS_REQ_set_cert_req(request.get(), 1) == 1);
  return encoded<TS_REQ, i2d_TS_REQ>(request.get());
}

Result<TimestampAuthorities> TimestampAuthorities::fromPem(std::string_view pem) {
  if (pem.empty() || pem.size() > kMaxTimestampSize) {
    return badInput("this is no PEM file of certificates: give the root certificate of the time-stamp authority");
  }
  openssl::ErrorScope const scope;
  openssl::Bio const in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  openssl::must(in != nullptr);
  auto held = std::make_shared<Held>();
  while (true) {
    Certificate certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    if (!certificate) break;
    held->roots.push_back(std::move(certificate));
  }
  bool const ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (!ended) return badInput("a certificate of the time-stamp authority is damaged: copy its PEM file again");
  if (held->roots.empty()) {
    return badInput("there is no certificate of a time-stamp authority: give its root certificate as a PEM file");
  }
  return TimestampAuthorities(std::move(held));
}

Result<Bytes> TimestampAuthorities::takeResponse(BytesView request, BytesView response, std::string_view text) const {
  openssl::ErrorScope const scope;
  auto const asked = decoded<Request, d2i_TS_REQ>(request);
  auto const answer = decoded<Response, d2i_TS_RESP>(response);
  if (!asked) return badInput("this is no time-stamp request");
  if (!answer) return badInput("the answer is no time-stamp response: check the authority's address");
  auto* const token = TS_RESP_get_token(answer.get());
  if (token == nullptr || TS_RESP_get_tst_info(answer.get()) == nullptr) {
    return denied("the time-stamp authority refused: ask it why, or configure another");
  }
  // The question: nonce and imprint. Whether the signature holds, verify() says.
  Verification const verification(TS_REQ_to_TS_VERIFY_CTX(asked.get(), nullptr));
  openssl::must(verification != nullptr);
  TS_VERIFY_CTX_set_flags(verification.get(), TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_NONCE);
  if (TS_RESP_verify_response(verification.get(), answer.get()) != 1) {
    return denied("the time-stamp authority did not answer what it was asked (" + reason() + ")");
  }
  auto der = encoded<PKCS7, i2d_PKCS7>(token);
  auto const held = verify(der, text);
  if (!held) return held.error();
  return der;
}

Result<Timestamp> TimestampAuthorities::verify(BytesView der, std::string_view text) const {
  openssl::ErrorScope const scope;
  auto const token = tokenOf(der);
  if (!token || PKCS7_type_is_signed(token.get()) != 1) return badInput("this is no time-stamp token");
  TokenInfo const info(PKCS7_to_TS_TST_INFO(token.get()));
  if (!info) return badInput("this is no time-stamp token");
  if (!isOf(info.get(), text)) return denied("the time-stamp is of something else");
  auto const time = secondsOf(TS_TST_INFO_get_time(info.get()));
  if (time == 0) return badInput("the time-stamp states no time");

  Verification const verification(TS_VERIFY_CTX_new());
  openssl::must(verification != nullptr);
  TS_VERIFY_CTX_set_flags(verification.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(verification.get(), held_->storeAsOf(time).release());  // taken over
  if (TS_RESP_verify_token(verification.get(), token.get()) != 1) {
    return denied("the time-stamp is not by an authority that is trusted (" + reason() + ")");
  }
  return Timestamp{time, subjectOf(token.get())};
}

}  // namespace fundtrail::crypto
