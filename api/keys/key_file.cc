// SPDX-License-Identifier: Apache-2.0
#include "api/keys/key_file.h"

#include <system_error>

#include "api/keys/password.h"
#include "ledger/files/files.h"

namespace fundtrail::api::keys {

namespace files = ledger::files;

namespace {

constexpr std::size_t kMostKeyFile = 64 * 1024;

}  // namespace

crypto::Result<void> writeKeyFile(std::filesystem::path const& file, crypto::PrivateKey const& key,
                                  std::string_view password) {
  auto const pem = key.toPem(password);
  if (!pem) return pem.error();
  if (auto const written = files::writeNewFile(file, *pem, files::Access::owner); !written) return written.error();
  auto const written = files::writeNewFile(file.string() + ".pub", key.publicKey().pem(), files::Access::everyone);
  if (!written) {
    std::error_code ignored;  // the first error is the one to report
    std::filesystem::remove(file, ignored);
  }
  return written;
}

crypto::Result<crypto::PrivateKey> readKeyFile(Session const& session, std::filesystem::path const& file,
                                               PasswordSource const& password) {
  auto const pem = files::readFile(file, kMostKeyFile);
  if (!pem) return pem.error();
  auto const secret = askPassword(session, password, file.string());
  if (!secret) return secret.error();
  auto key = crypto::PrivateKey::fromPem(*pem, secret->view());
  if (key) return key;
  if (key.error().kind == crypto::ErrorKind::denied) return wrongPassword(session, password, file.string());
  if (pem->find("-----BEGIN PUBLIC KEY-----") != std::string::npos) {
    return session.error(crypto::ErrorKind::badInput,
                         {"{} 是公钥：签名要用私钥文件（文件名不带 .pub）",
                          "{} is the public half: to sign, give the private key (the file without .pub)"},
                         file.string());
  }
  return session.error(key.error().kind,
                       {"{} 不是可用的密钥文件：请给出 fundtrail keygen 生成的私钥文件，或其备份",
                        "{} is no key file that can be used: give the private key that fundtrail keygen made, or its "
                        "backup"},
                       file.string());
}

std::optional<crypto::KeyAlgorithm> algorithmNamed(std::string_view name) {
  using crypto::KeyAlgorithm;
  for (auto const algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::p256, KeyAlgorithm::sm2}) {
    if (crypto::name(algorithm) == name) return algorithm;
  }
  return std::nullopt;
}

}  // namespace fundtrail::api::keys
