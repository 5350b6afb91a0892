// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "crypto/bytes.h"
#include "crypto/result.h"

// Small contents, compressed for a file: one Zstandard frame (RFC 8878), which `zstd -d` reads too. It is packaging, of
// which nothing is signed: another frame of the same content is as good.

namespace fundtrail::ledger::zstd {

/// A frame with the size of its content, which is not empty, and a checksum. With the same libzstd the same frame.
[[nodiscard]] crypto::Bytes frameOf(crypto::BytesView content);

/// Whether bytes begin as a frame does.
[[nodiscard]] bool isFrame(crypto::BytesView bytes);

/// The content of one frame, with nothing behind it. Takes no more memory than `most` bytes for it, whatever the frame
/// claims. Error: badInput for anything else, a longer content or none, a frame that does not state its size, or a
/// damaged one.
[[nodiscard]] crypto::Result<crypto::Bytes> contentOf(crypto::BytesView frame, std::size_t most);

}  // namespace fundtrail::ledger::zstd
