// SPDX-License-Identifier: Apache-2.0
// Private to this folder: ownership of OpenSSL's objects, and what to do when a call that cannot fail does.
#pragma once

#include <memory>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include "crypto/ensure.h"

namespace fundtrail::crypto::openssl {

template <auto free>
struct Free {
  template <class T>
  void operator()(T* object) const noexcept {
    free(object);
  }
};

template <class T, auto free>
using Owned = std::unique_ptr<T, Free<free>>;

using Bignum = Owned<BIGNUM, BN_free>;
using BignumContext = Owned<BN_CTX, BN_CTX_free>;
using Bio = Owned<BIO, BIO_free>;
using DigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using EncryptedKey = Owned<X509_SIG, X509_SIG_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using KeyInfo = Owned<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using PbeAlgorithm = Owned<X509_ALGOR, X509_ALGOR_free>;

/// For calls that fail only when memory or randomness ran out, or by a bug of ours: none can be survived.
inline void must(bool succeeded, Place where = Place::here()) {
  if (!succeeded) [[unlikely]] {
    char const* const reason = ERR_reason_error_string(ERR_peek_last_error());
    abortOnBug(reason != nullptr ? reason : "OpenSSL gave no reason", where);
  }
}

/// Forgets the errors that a call left in this thread's queue, so that refused input does not pile up in it.
struct ErrorScope {
  ErrorScope() { ERR_set_mark(); }
  ~ErrorScope() { ERR_pop_to_mark(); }
  ErrorScope(ErrorScope const&) = delete;
  ErrorScope& operator=(ErrorScope const&) = delete;
};

}  // namespace fundtrail::crypto::openssl
