// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "ledger/zstd/frame.h"

// The outside of a bundle, which is none of ours: frames of Zstandard (RFC 8878) one after the other, and the seek
// table of the Zstandard seekable format behind them. So `zstd -d` reads a bundle, and `zstd -t` tests it. Frames are
// those that carry a checksum and the size of their content, which fits into one segment: whoever reads one knows
// beforehand how much memory it takes.

namespace fundtrail::ledger::bundle {

/// What makes a bundle's frames, of contents of 1 to kMaxFrameContent bytes.
[[nodiscard]] zstd::Compressor makeCompressor();

/// No frame is longer, in bytes.
[[nodiscard]] std::size_t mostFrameBytes();

/// The length of the frame that the bytes begin with; nothing if they begin with no whole one, or one that is longer
/// than any.
[[nodiscard]] std::optional<std::size_t> frameLength(crypto::BytesView bytes);

/// The content of a frame, and of nothing else. Takes at most kMaxFrameContent bytes of memory, whatever is claimed.
/// Error: corrupt.
[[nodiscard]] crypto::Result<crypto::Bytes> contentOf(crypto::BytesView frame);

/// A row of the seek table.
struct FrameSizes {
  std::uint32_t frame = 0;    // bytes in the file
  std::uint32_t content = 0;  // bytes
  friend bool operator==(FrameSizes const&, FrameSizes const&) = default;
};

/// The seek table's footer, by which a reader finds the table's beginning.
inline constexpr std::size_t kFooterBytes = 9;

[[nodiscard]] crypto::Bytes encodeSeekTable(std::span<FrameSizes const> frames);
/// How many bytes the whole table has that this footer closes. Error: corrupt for what is no footer of ours.
[[nodiscard]] crypto::Result<std::uint64_t> seekTableBytes(crypto::BytesView footer);
/// The inverse of encodeSeekTable. Error: corrupt.
[[nodiscard]] crypto::Result<std::vector<FrameSizes>> decodeSeekTable(crypto::BytesView table);

}  // namespace fundtrail::ledger::bundle
