// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/checkpoint.h"
#include "crypto/keys.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "crypto/witness_protocol.h"

namespace fundtrail::tests {

/// A log as a witness sees it: a tree over made-up entries, and a key that signs whatever it is told to. Two with the
/// same key and other words tell two stories. A value.
class WatchedLog {
 public:
  WatchedLog(std::string origin, crypto::PrivateKey key, crypto::HashAlgorithm algorithm, std::string word = "entry")
      : algorithm_(algorithm),
        signer_(
            std::make_shared<crypto::NoteSigner>(crypto::NoteSigner::make(std::move(origin), std::move(key)).value())),
        word_(std::move(word)) {}

  /// The same log up to that size, and another story from there on.
  [[nodiscard]] WatchedLog forked(std::uint64_t at, std::string word) const {
    auto fork = *this;
    fork.past_ = leaves(at);
    fork.word_ = std::move(word);
    return fork;
  }

  [[nodiscard]] crypto::NoteVerifier const& verifier() const { return signer_->verifier(); }
  [[nodiscard]] std::string policy() const { return "log " + verifier().vkey() + "\nquorum none\n"; }

  [[nodiscard]] crypto::Checkpoint checkpoint(std::uint64_t size) const {
    return {verifier().name(), size, crypto::rootOf(algorithm_, leaves(size))};
  }

  [[nodiscard]] std::string note(crypto::Checkpoint const& checkpoint) const {
    auto const text = crypto::formatCheckpoint(checkpoint);
    std::vector const lines{signer_->signatureLine(text)};
    return crypto::formatNote(text, lines);
  }

  [[nodiscard]] std::string note(std::uint64_t size) const { return note(checkpoint(size)); }

  [[nodiscard]] std::vector<crypto::Digest> proof(std::uint64_t from, std::uint64_t to) const {
    if (from == 0) return {};
    auto const all = leaves(to);
    auto const read = [&](unsigned level, std::uint64_t index) -> crypto::Result<crypto::Digest> {
      auto const first = index << level;
      return crypto::rootOf(algorithm_, std::span(all).subspan(first, std::size_t{1} << level));
    };
    return crypto::consistencyProof(algorithm_, from, to, read).value();
  }

  /// What the log asks of a witness that has cosigned `from` entries.
  [[nodiscard]] std::string request(std::uint64_t from, std::uint64_t to) const {
    return crypto::formatAddCheckpoint({from, proof(from, to), note(to)});
  }

 private:
  [[nodiscard]] std::vector<crypto::Digest> leaves(std::uint64_t size) const {
    crypto::TreeHasher hasher(algorithm_);
    auto hashes = past_;
    hashes.resize(std::min<std::size_t>(hashes.size(), size));
    for (auto i = hashes.size(); i < size; ++i)
      hashes.push_back(hasher.leaf(crypto::asBytes(word_ + std::to_string(i))));
    return hashes;
  }

  crypto::HashAlgorithm algorithm_;
  std::shared_ptr<crypto::NoteSigner const> signer_;
  std::string word_;
  std::vector<crypto::Digest> past_;  // leaf hashes of what it shares with others
};

}  // namespace fundtrail::tests
