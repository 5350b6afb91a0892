// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "ledger/files/files.h"

namespace fundtrail::ledger::bundle {

/// Bytes that can be read from anywhere, by any number of threads.
class Source {
 public:
  virtual ~Source() = default;
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Exactly so many bytes. Error: io; corrupt where there are not so many.
  [[nodiscard]] virtual crypto::Result<crypto::Bytes> read(std::uint64_t offset, std::size_t bytes) const = 0;
};

/// A file, as long as it was when it was opened. Error: as for files; badInput for what is no regular file.
[[nodiscard]] crypto::Result<std::unique_ptr<Source>> openSource(std::filesystem::path const& file);
/// Bytes in memory.
[[nodiscard]] std::unique_ptr<Source> memorySource(crypto::Bytes bytes);

/// A whole bundle, frame by frame. Any number of threads.
class BundleFile {
 public:
  /// Looks at the seek table alone. Errors: corrupt for a file that is torn off or was altered there; badInput for what
  /// does not begin as a bundle does; those of the source.
  [[nodiscard]] static crypto::Result<BundleFile> open(std::unique_ptr<Source> source);

  [[nodiscard]] std::string name() const { return source_->name(); }
  [[nodiscard]] std::size_t frames() const { return places_.size(); }
  /// The content of a frame, whose number is less than frames(). Error: corrupt; those of the source.
  [[nodiscard]] crypto::Result<crypto::Bytes> content(std::size_t frame) const;

 private:
  struct Place {
    std::uint64_t offset;
    std::uint32_t bytes;
    std::uint32_t content;
  };
  BundleFile(std::unique_ptr<Source> source, std::vector<Place> places)
      : source_(std::move(source)), places_(std::move(places)) {}

  std::unique_ptr<Source> source_;
  std::vector<Place> places_;
};

}  // namespace fundtrail::ledger::bundle
