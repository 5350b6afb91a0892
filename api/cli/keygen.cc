// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <memory>
#include <system_error>
#include <unistd.h>

#include "api/cli/commands.h"
#include "api/cli/options.h"
#include "api/keys/key_file.h"
#include "api/keys/password.h"
#include "crypto/bytes.h"
#include "crypto/keys.h"
#include "ledger/files/files.h"

namespace fundtrail::api::cli {

namespace files = ledger::files;

namespace {

struct Options {
  std::filesystem::path file;
  std::string algorithm = "ed25519";
  keys::PasswordSource password;
};

crypto::Result<Exit> keygen(Session const& session, Options const& options) {
  for (auto const& file : {options.file, std::filesystem::path(options.file.string() + ".pub")}) {
    std::error_code ignored;  // what cannot be looked at cannot be written either, and that is reported
    if (std::filesystem::exists(file, ignored)) return files::fileError(file, EEXIST);
  }
  auto const folder = options.file.has_parent_path() ? options.file.parent_path() : std::filesystem::path(".");
  if (::access(folder.c_str(), W_OK | X_OK) != 0) return files::fileError(folder, errno);  // before a password is typed
  auto const algorithm = *keys::algorithmNamed(options.algorithm);  // the option takes no other name
  auto const password = keys::askNewPassword(session, options.password, options.file.string());
  if (!password) return password.error();
  auto const key = crypto::PrivateKey::generate(algorithm);
  if (!key) return key.error();
  auto const written = keys::writeKeyFile(options.file, *key, password->view());
  if (!written) return written.error();

  // A ledger names keys by its own hash: SM3 where keys are SM2.
  auto const hash = algorithm == crypto::KeyAlgorithm::sm2 ? crypto::HashAlgorithm::sm3 : crypto::HashAlgorithm::sha256;
  auto const& publicKey = key->publicKey();
  session.out << session.text({"密钥标识 {}\n私钥     {}（加密，仅本人可读）\n公钥     {}.pub\n登记用   {}\n"
                               "下一步：请一名安全管理员记 keyEnrolled（publicKey 即以上“登记用”），再由另一名确认\n",
                               "key id      {}\nprivate key {} (encrypted, for its owner alone)\npublic key  {}.pub\n"
                               "to enrol    {}\n"
                               "next: a security administrator records keyEnrolled with this publicKey, and another "
                               "confirms it\n"},
                              publicKey.fingerprint(hash).hex(), options.file.string(), options.file.string(),
                              crypto::toHex(publicKey.spki()));
  return Exit::ok;
}

}  // namespace

void addKeygen(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "keygen", {"生成签名密钥：加密私钥文件和公钥文件", "make a signing key: an encrypted file and its public half"});
  command.option("--out", options->file, {"私钥文件，不覆盖已有文件", "file of the private key; never overwritten"})
      .required()
      .valueName("FILE");
  command.option("--algorithm", options->algorithm, {"密钥算法", "kind of key"})
      .oneOf({"ed25519", "p256", "sm2"})
      .showDefault();
  addPasswordFile(command, options->password.file);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return keygen(session, *options); }; });
}

}  // namespace fundtrail::api::cli
