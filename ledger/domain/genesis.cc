// SPDX-License-Identifier: Apache-2.0
#include <set>
#include <string>

#include "crypto/keys.h"
#include "ledger/domain/admit.h"
#include "ledger/domain/authority.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

std::optional<Text> examineGenesis(schema::Genesis::Reader genesis) {
  bool const gm = genesis.getProfile() == schema::Profile::GM;
  auto const logKey = crypto::PublicKey::fromSpki(bytesOf(genesis.getLogKey()));
  if (!logKey || logKey->algorithm() != (gm ? crypto::KeyAlgorithm::sm2 : crypto::KeyAlgorithm::ed25519)) {
    return Text{"日志公钥无效或与密码方案不符", "the log's public key is not valid, or not one of the profile"};
  }
  if (genesis.hasSecondLogKey()) {
    auto const second = crypto::PublicKey::fromSpki(bytesOf(genesis.getSecondLogKey()));
    if (gm || !second || second->algorithm() != crypto::KeyAlgorithm::sm2) {
      return Text{"第二日志公钥须为 SM2，且只用于标准密码方案",
                  "the log's second public key must be an SM2 key, and is for the standard profile alone"};
    }
  }
  std::set<std::string> securityAdmins;
  std::set<std::string> keys;
  std::set<std::pair<std::string, bool>> sides;
  for (auto const founding : genesis.getKeys()) {
    auto const key = crypto::PublicKey::fromSpki(bytesOf(founding.getPublicKey()));
    bool const fits = key && (key->algorithm() == crypto::KeyAlgorithm::sm2) == gm &&
                      static_cast<unsigned>(key->algorithm()) == static_cast<unsigned>(founding.getAlgorithm());
    if (!fits) return Text{"创始公钥无效或与密码方案不符", "a founding key is not valid, or not one of the profile"};
    auto const person = std::string(textOf(founding.getPerson()));
    bool const administers = sideOf(founding.getRole()) == Side::administration;
    if (!administers && founding.getRole() != schema::Role::LEDGER_OPERATOR) {
      return Text{"创始角色只能是安全管理员、系统管理员或账本运行",
                  "founding roles are securityAdmin, systemAdmin and ledgerOperator"};
    }
    if (!keys.insert(crypto::toHex(key->spki())).second) return Text{"创始公钥重复", "a founding key stands twice"};
    if (sides.contains({person, !administers})) {
      return Text{"同一人不得兼任管理员和账本运行", "nobody is an administrator and the ledger's operator"};
    }
    sides.insert({person, administers});
    if (founding.getRole() == schema::Role::SECURITY_ADMIN) securityAdmins.insert(person);
  }
  if (securityAdmins.size() >= 2) return std::nullopt;
  return Text{"至少需要两名安全管理员", "two security administrators at least: each change needs a second person"};
}

}  // namespace fundtrail::ledger::domain
