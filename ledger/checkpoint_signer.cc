// SPDX-License-Identifier: Apache-2.0
#include "ledger/checkpoint_signer.h"

#include <algorithm>

#include "crypto/checkpoint.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger {

crypto::Result<CheckpointSigner> CheckpointSigner::make(schema::Genesis::Reader genesis, LogKeys keys) {
  auto const isNamed = [](crypto::PrivateKey const& key, capnp::Data::Reader spki) {
    return std::ranges::equal(key.publicKey().spki(), domain::bytesOf(spki));
  };
  bool const fits = isNamed(keys.first, genesis.getLogKey()) && keys.second.has_value() == genesis.hasSecondLogKey() &&
                    (!keys.second || isNamed(*keys.second, genesis.getSecondLogKey()));
  if (!fits) {
    return crypto::Error{crypto::ErrorKind::denied,
                         "these are not the log's keys that the genesis names: give the ledger its own, all of them",
                         "与创始声明所载的日志密钥不符：请使用本账本的全部日志密钥"};
  }
  std::vector<crypto::NoteSigner> signers;
  auto const add = [&](crypto::PrivateKey key) -> crypto::Result<void> {
    auto signer = crypto::NoteSigner::make(std::string(domain::textOf(genesis.getOrigin())), std::move(key));
    if (!signer) return signer.error();
    signers.push_back(*std::move(signer));
    return {};
  };
  if (auto const added = add(std::move(keys.first)); !added) return added.error();
  if (keys.second) {
    if (auto const added = add(*std::move(keys.second)); !added) return added.error();
  }
  return CheckpointSigner(std::move(signers));
}

std::string CheckpointSigner::textOf(std::uint64_t batches, crypto::Digest const& root) const {
  return crypto::formatCheckpoint({signers_.front().verifier().name(), batches, root});
}

bool CheckpointSigner::hasSigned(std::string_view note, std::uint64_t batches, crypto::Digest const& root) const {
  auto const parsed = crypto::parseNote(note);
  if (!parsed || parsed->text != textOf(batches, root)) return false;
  std::vector<crypto::NoteVerifier> keys;
  keys.reserve(signers_.size());
  for (auto const& signer : signers_) keys.push_back(signer.verifier());
  auto const signedBy = crypto::verifyNote(*parsed, keys);
  return signedBy && signedBy->size() == keys.size();
}

std::string CheckpointSigner::sign(std::uint64_t batches, crypto::Digest const& root) const {
  auto const text = textOf(batches, root);
  std::vector<std::string> lines;
  lines.reserve(signers_.size());
  for (auto const& signer : signers_) lines.push_back(signer.signatureLine(text));
  return crypto::formatNote(text, lines);
}

}  // namespace fundtrail::ledger
