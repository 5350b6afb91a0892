// SPDX-License-Identifier: Apache-2.0
// Private to this folder: a file that is not whole yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "ledger/bundle/container.h"
#include "ledger/files/files.h"

namespace fundtrail::ledger::bundle {

/// A bundle grows under the name FILE.part and gets the name FILE when it is whole and durable. Whatever ends the
/// program before leaves FILE.part, whose whole frames the next one goes on from.
class PartFile {
 public:
  /// Opens FILE.part, or makes it, and keeps others from writing into it. Errors: conflict where FILE is there already,
  /// or another program writes; as for files.
  [[nodiscard]] static crypto::Result<PartFile> open(std::filesystem::path const& file);

  /// The content of the next frame that was written earlier, whole and sound; nothing behind the last one. Error: io.
  [[nodiscard]] crypto::Result<std::optional<crypto::Bytes>> next();
  /// Takes back the last frame that next() gave.
  void unread();
  /// Cuts off what stands behind the frames that next() gave. Error: io.
  [[nodiscard]] crypto::Result<void> cut();

  /// Adds a frame; cut() comes before the first. Error: as for files, and FILE.part holds a beginning of it.
  [[nodiscard]] crypto::Result<void> add(crypto::BytesView content);
  /// Adds the seek table and gives the file its name, durably. Error: as for files.
  [[nodiscard]] crypto::Result<void> publish();

  /// Bytes, as far as frames were read or added; behind publish() the whole file's.
  [[nodiscard]] std::uint64_t size() const { return end_; }
  [[nodiscard]] std::size_t frames() const { return frames_.size(); }
  [[nodiscard]] std::filesystem::path const& path() const { return part_; }

 private:
  PartFile(std::filesystem::path file, std::filesystem::path part, files::Descriptor locked)
      : file_(std::move(file)), part_(std::move(part)), locked_(std::move(locked)) {}
  [[nodiscard]] crypto::Result<void> write(crypto::BytesView bytes);

  std::filesystem::path file_;
  std::filesystem::path part_;
  files::Descriptor locked_;
  std::vector<FrameSizes> frames_;
  std::uint64_t end_ = 0;
  zstd::Compressor compressor_ = makeCompressor();
};

}  // namespace fundtrail::ledger::bundle
