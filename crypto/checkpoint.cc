// SPDX-License-Identifier: Apache-2.0
#include "crypto/checkpoint.h"

#include <limits>
#include <optional>

#include "crypto/bytes.h"
#include "crypto/decimal.h"
#include "crypto/ensure.h"
#include "crypto/lines.h"
#include "crypto/utf8.h"

namespace fundtrail::crypto {
namespace {

constexpr std::uint64_t kMaxSize = std::numeric_limits<std::int64_t>::max();

Error malformed(std::string_view what) {
  return Error{ErrorKind::badInput, "not a checkpoint: " + std::string(what) + "; fetch it again from its log"};
}

}  // namespace

std::string formatCheckpoint(Checkpoint const& checkpoint) {
  ensure(
      isPlainText(checkpoint.origin) && !checkpoint.origin.empty() && checkpoint.origin.find('\n') == std::string::npos,
      "the origin is one line of text");
  ensure(checkpoint.size <= kMaxSize, "the size is at most 2^63 - 1");
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + toBase64(checkpoint.root.view()) + "\n";
}

Result<Checkpoint> parseCheckpoint(std::string_view text, ExtensionLines extensions) {
  if (!isPlainText(text)) {
    return malformed("it is not UTF-8 text, or holds control characters");
  }
  auto const origin = takeLine(text);
  if (!origin || origin->empty()) {
    return malformed("the first line must be the log's origin");
  }
  auto const sizeLine = takeLine(text);
  auto const size = sizeLine ? parseDecimal<std::uint64_t>(*sizeLine) : std::nullopt;
  if (!size || *size > kMaxSize) {
    return malformed("the second line must be the size, a decimal number without leading zeros");
  }
  auto const rootLine = takeLine(text);
  auto const rootBytes = rootLine ? fromBase64(*rootLine) : std::nullopt;
  auto const root = rootBytes ? Digest::from(*rootBytes) : std::nullopt;
  if (!root) {
    return malformed("the third line must be the root, 32 bytes in base64");
  }
  if (!text.empty() && extensions == ExtensionLines::refuse) {
    return malformed("there is more after the root");
  }
  while (!text.empty()) {
    auto const extension = takeLine(text);
    if (!extension || extension->empty()) {
      return malformed("an extension line is empty or lacks its newline");
    }
  }
  return Checkpoint{std::string(*origin), *size, *root};
}

}  // namespace fundtrail::crypto
