// SPDX-License-Identifier: Apache-2.0
// Checkpoints, c2sp.org/tlog-checkpoint: the text of a signed note (crypto/note.h), three lines that state a log's size
// and root.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/digest.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

/// What a log says about itself at one moment.
struct Checkpoint {
  std::string origin;  ///< names the log: one line of UTF-8, no control characters; ours hold no white space and no '+'
  std::uint64_t size = 0;  ///< entries, at most 2^63 - 1
  Digest root;

  friend bool operator==(Checkpoint const&, Checkpoint const&) = default;
};

/// "<origin>\n<size>\n<base64 of the root>\n". The fields must be as Checkpoint says: anything else is a bug of the
/// caller.
std::string formatCheckpoint(Checkpoint const& checkpoint);

/// Lines after the third, which nobody can audit. Our logs write none.
enum class ExtensionLines { refuse, passOver };

/// Takes exactly what formatCheckpoint makes and, if asked to, non-empty extension lines after it. Errors: badInput.
/// Says nothing of the root of an empty log, which depends on the hash algorithm: whoever trusts the checkpoint checks
/// it.
Result<Checkpoint> parseCheckpoint(std::string_view text, ExtensionLines extensions = ExtensionLines::refuse);

}  // namespace fundtrail::crypto
