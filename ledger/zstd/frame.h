// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "crypto/bytes.h"
#include "crypto/result.h"

struct ZSTD_CCtx_s;

// Contents, compressed for a file: frames of Zstandard (RFC 8878), which `zstd -d` reads too. It is packaging, of which
// nothing is signed: another frame of the same content is as good.

namespace fundtrail::ledger::zstd {

/// Compresses one content after the other. One thread.
class Compressor {
 public:
  /// `level` as zstd counts them. `windowLog` is that of the largest content, in powers of two, where that is more than
  /// zstd takes for the level.
  explicit Compressor(int level, std::optional<int> windowLog = {});
  /// A frame with the size of its content, which is not empty, and a checksum. With the same libzstd the same frame.
  [[nodiscard]] crypto::Bytes frame(crypto::BytesView content);

 private:
  struct Free {
    void operator()(ZSTD_CCtx_s* context) const noexcept;
  };
  std::unique_ptr<ZSTD_CCtx_s, Free> context_;
};

/// The frame of a small content, by the best level that needs no more memory than is usual.
[[nodiscard]] crypto::Bytes frameOf(crypto::BytesView content);

/// No frame that a Compressor makes of a content of so many bytes is longer.
[[nodiscard]] std::size_t mostFrameBytes(std::size_t content);

/// Whether bytes begin as a frame does.
[[nodiscard]] bool isFrame(crypto::BytesView bytes);

/// Whether the frame that the bytes begin with says that it is a single segment and carries a checksum: whoever reads
/// it knows beforehand how much memory it takes.
[[nodiscard]] bool isCheckedSegment(crypto::BytesView bytes);

/// The length of the frame that the bytes begin with; nothing if they begin with no whole one.
[[nodiscard]] std::optional<std::size_t> frameLength(crypto::BytesView bytes);

/// The content of one frame, with nothing behind it. Takes no more memory than `most` bytes for it, whatever the frame
/// claims. Error: badInput for anything else, a longer content or none, a frame that does not state its size, or a
/// damaged one.
[[nodiscard]] crypto::Result<crypto::Bytes> contentOf(crypto::BytesView frame, std::size_t most);

}  // namespace fundtrail::ledger::zstd
