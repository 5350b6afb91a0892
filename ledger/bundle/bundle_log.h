// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"
#include "ledger/attestation/attestations.h"
#include "ledger/bundle/bundle_file.h"
#include "ledger/bundle/format.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::bundle {

/// What a bundle holds beside the log.
struct Beside {
  std::vector<Head> heads;                 // one per bundle
  std::vector<std::string> notes;          // checkpoints with cosignatures, of all bundles
  std::vector<attestation::Stamp> stamps;  // of all bundles
  std::vector<std::string> policies;       // of the last bundle
  std::string trust;                       // of the last bundle; the log's own word, like the policies
};

/// A log as a bundle has it, or a bundle and those that go on where it ends. For reading alone: it never grows.
///
/// Opening reads all of it once: frames, order of the records and their number are then known to be sound. Whether the
/// entries lead to the checkpoint, and who signed, is a replay's to find out: nothing here is trusted. Memory: some
/// bytes for each frame, and a bounded number of frames that were read last.
///
/// Events may be left out (log::StoredBatch::leftOut): event() answers notFound for them, and says so. A bundle keeps
/// none of the log's indexes: used(), find() and the visits answer unsupported. tile() is made from the entries.
class BundleLog final : public log::EventLog {
 public:
  using Opened = crypto::Result<std::unique_ptr<BundleLog>>;

  /// The first begins with batch 0, and each other where the one before ends. Errors: badInput for what is no bundle,
  /// or for bundles that do not follow each other, which names the one to bring; corrupt for one that is not whole, was
  /// altered, or contradicts the one before; unsupported for a later format; as for files.
  static Opened open(std::vector<std::filesystem::path> const& files);
  static Opened open(std::vector<std::unique_ptr<Source>> sources);

  ~BundleLog() override;

  [[nodiscard]] Beside const& beside() const;

  [[nodiscard]] log::LogSize size() const override;
  [[nodiscard]] crypto::HashAlgorithm hashAlgorithm() const override;
  crypto::Result<void> append(std::span<log::PreparedBatch const> group) override;
  [[nodiscard]] crypto::Digest root() const override;
  [[nodiscard]] crypto::Result<crypto::Bytes> entry(domain::BatchNumber number) const override;
  [[nodiscard]] crypto::Result<crypto::Bytes> event(domain::EventNumber number) const override;
  [[nodiscard]] crypto::Result<domain::BatchNumber> batchOf(domain::EventNumber number) const override;
  [[nodiscard]] std::unique_ptr<log::Cursor> read(domain::BatchNumber from) const override;
  [[nodiscard]] crypto::Result<bool> used(domain::UsedNumber const& number) const override;
  [[nodiscard]] crypto::Result<std::optional<domain::BatchNumber>> find(domain::KeyId const& author,
                                                                        log::IdempotencyKey const& key) const override;
  [[nodiscard]] crypto::Result<crypto::Bytes> tile(crypto::TileId id) const override;
  crypto::Result<void> visitUsedNumbers(
      std::function<crypto::Result<void>(domain::UsedNumber const&)> const& visit) const override;
  crypto::Result<void> visitIdempotencyKeys(
      std::function<crypto::Result<void>(domain::KeyId const&, log::IdempotencyKey const&, domain::BatchNumber)> const&
          visit) const override;
  crypto::Result<void> visitTiles(
      std::function<crypto::Result<void>(crypto::TileId, crypto::BytesView)> const& visit) const override;
  crypto::Result<void> storeCheckpoint(std::string_view note) override;
  /// That of the last bundle.
  [[nodiscard]] crypto::Result<std::optional<std::string>> checkpoint() const override;

 private:
  struct State;
  class Reader;
  explicit BundleLog(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace fundtrail::ledger::bundle
