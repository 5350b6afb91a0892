// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "ledger/files/files.h"

namespace fundtrail::ledger::attestation {

/// A checkpoint, and an authority's time-stamp of its text (crypto/timestamp.h).
struct Stamp {
  std::string note;
  crypto::Bytes token;
};

/// What others say of the log's checkpoints, as a folder beside the log:
///
///   collected           the newest checkpoint that witnesses were asked for, with the cosignatures that came
///   witnessed           the newest one that as many cosigned as the policy asks for
///   stamps/<size>-<8 digits of the token's hash>.checkpoint and .tst      a stamp
///
/// Nothing of it can be forged by whoever keeps the folder, and losing it costs no more than asking again. A value; one
/// program at a time writes (lock()).
class Attestations {
 public:
  explicit Attestations(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Makes the folder if it is absent, and keeps others from writing as long as the answer lives. Error: conflict while
  /// another program writes; as for files.
  [[nodiscard]] crypto::Result<files::Descriptor> lock() const;

  /// The notes; nothing where there is none yet. Error: as for files.
  [[nodiscard]] crypto::Result<std::optional<std::string>> collected() const;
  [[nodiscard]] crypto::Result<std::optional<std::string>> witnessed() const;

  /// Keeps a note as collected, and as witnessed too if it is. Signature lines that a stored note of the same text has
  /// already stay. Error: badInput for what is no note; as for files, and each file is then as it was.
  [[nodiscard]] crypto::Result<void> keep(std::string_view note, bool witnessed) const;

  /// Every stamp, by size. A checkpoint without its token is left out: it was cut off. Error: as for files.
  [[nodiscard]] crypto::Result<std::vector<Stamp>> stamps() const;

  /// Keeps a stamp. The same one again is no error. Error: badInput for a note that is no checkpoint; as for files.
  [[nodiscard]] crypto::Result<void> keep(Stamp const& stamp) const;

 private:
  [[nodiscard]] crypto::Result<std::optional<std::string>> read(std::string_view name) const;
  [[nodiscard]] crypto::Result<void> merge(std::string_view name, std::string_view note) const;

  std::filesystem::path folder_;
};

/// Of the notes of a log the best for a reader who wants so many batches covered: the witnessed one if it covers them,
/// else the newest, with what cosignatures were collected for it.
[[nodiscard]] crypto::Result<std::string> bestNote(Attestations const& attestations, std::string_view newest,
                                                   std::uint64_t batches);

}  // namespace fundtrail::ledger::attestation
