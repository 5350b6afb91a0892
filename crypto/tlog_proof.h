// SPDX-License-Identifier: Apache-2.0
// Proof files, c2sp.org/tlog-proof: everything needed to see offline that a log holds an entry.
//
//   c2sp.org/tlog-proof@v1
//   extra <base64>                  only if there are extra bytes
//   index <decimal>
//   <base64 of 32 bytes>            one line for each hash of the inclusion proof, the leaf's sibling first
//   <empty line>
//   <the checkpoint, a signed note, to the end of the file>
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

inline constexpr std::size_t kMaxInclusionProof = 63;  // hashes: a tree has at most 2^63 - 1 leaves

/// A proof file taken apart; nothing in it is verified. Whoever wants to rely on it makes the leaf hash itself, judges
/// the checkpoint (LogPolicy::evaluate) and then calls verifyInclusion.
struct TlogProof {
  Bytes extra;  ///< what the application wants with it; nobody signed it
  std::uint64_t index = 0;
  std::vector<Digest> hashes;  ///< at most 63
  std::string checkpoint;      ///< the note, for parseNote; never empty

  friend bool operator==(TlogProof const&, TlogProof const&) = default;
};

/// The file. The fields must be as TlogProof says: anything else is a bug of the caller.
std::string formatTlogProof(TlogProof const& proof);

/// Takes exactly what formatTlogProof makes. Errors: badInput, which says what is wrong, for anything else.
Result<TlogProof> parseTlogProof(std::string_view file);

}  // namespace fundtrail::crypto
