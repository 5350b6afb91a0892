// SPDX-License-Identifier: Apache-2.0
#include "ledger/batch/log_keys.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "crypto/keys.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::batch {

using crypto::Result;

Result<std::vector<crypto::NoteVerifier>> logKeysOf(schema::Genesis::Reader genesis) {
  std::vector<crypto::NoteVerifier> keys;
  std::vector<capnp::Data::Reader> named{genesis.getLogKey()};
  if (genesis.hasSecondLogKey()) named.push_back(genesis.getSecondLogKey());
  for (auto const spki : named) {
    auto key = crypto::PublicKey::fromSpki(domain::bytesOf(spki));
    if (!key) return key.error();
    auto verifier = crypto::NoteVerifier::make(std::string(domain::textOf(genesis.getOrigin())), *std::move(key));
    if (!verifier) return verifier.error();
    keys.push_back(*std::move(verifier));
  }
  return keys;
}

Result<crypto::Checkpoint> openCheckpoint(std::string_view text, std::span<crypto::NoteVerifier const> keys) {
  auto const refuse = [](std::string zh, std::string en) {
    return crypto::Error{crypto::ErrorKind::denied, std::move(en), std::move(zh)};
  };
  auto const note = crypto::parseNote(text);
  if (!note) return refuse("检查点无法读取：" + note.error().message, note.error().message);
  auto const signers = crypto::verifyNote(*note, keys);
  if (!signers) {
    return refuse("检查点不是由日志密钥签名的：" + signers.error().message,
                  "the checkpoint is not signed by the log's key: " + signers.error().message);
  }
  if (signers->size() < keys.size()) {
    return refuse(fmt::format("检查点只有 {} 个日志密钥的签名，应有 {} 个", signers->size(), keys.size()),
                  fmt::format("the checkpoint is signed by {} of the log's {} keys", signers->size(), keys.size()));
  }
  auto checkpoint = crypto::parseCheckpoint(note->text);
  if (!checkpoint) return refuse("检查点无法读取：" + checkpoint.error().message, checkpoint.error().message);
  if (checkpoint->origin != keys.front().name()) {
    return refuse(fmt::format("检查点属于另一日志 {}", checkpoint->origin),
                  fmt::format("the checkpoint is another log's, {}", checkpoint->origin));
  }
  return checkpoint;
}

}  // namespace fundtrail::ledger::batch
