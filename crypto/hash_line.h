// SPDX-License-Identifier: Apache-2.0
// Private to this folder: proofs as lines of text, a hash to a line, ended by an empty one.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/lines.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

inline std::string formatHashLine(Digest const& hash) {
  return toBase64(hash.view()) + "\n";
}

/// Takes lines up to and with the first empty one off the front of a text, which must go on behind it. Errors: badInput
/// for a line that is no hash, for more than `most`, and for a text that ends.
inline Result<std::vector<Digest>> takeHashLines(std::string_view& text, std::size_t most) {
  auto const malformed = [](std::string what) { return Error{ErrorKind::badInput, std::move(what)}; };
  std::vector<Digest> hashes;
  auto line = takeLine(text);
  for (; line && !line->empty(); line = takeLine(text)) {
    auto const bytes = fromBase64(*line);
    auto const hash = bytes ? Digest::from(*bytes) : std::nullopt;
    if (!hash) {
      return malformed("hash " + std::to_string(hashes.size() + 1) + " must be 32 bytes in base64");
    }
    if (hashes.size() == most) {
      return malformed("it has more than " + std::to_string(most) + " hashes");
    }
    hashes.push_back(*hash);
  }
  if (!line || text.empty()) {
    return malformed("no checkpoint follows after an empty line");
  }
  return hashes;
}

}  // namespace fundtrail::crypto
