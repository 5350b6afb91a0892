// SPDX-License-Identifier: Apache-2.0
// What a log and its witness say to each other, c2sp.org/tlog-witness. The log posts to <witness>/add-checkpoint
//
//   old <size that the witness has cosigned, decimal>
//   <base64 of 32 bytes>            one line for each hash of the consistency proof from there, at most 63
//   <empty line>
//   <the checkpoint, a signed note, to the end of the body>
//
// and is answered with cosignature lines (crypto/note.h parseNoteLines), or with status 409 and the size from which the
// witness wants the proof.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

inline constexpr std::string_view kAddCheckpoint = "/add-checkpoint";         // behind the witness's address
inline constexpr std::string_view kTreeSizeContentType = "text/x.tlog.size";  // of the answer 409
inline constexpr std::size_t kMaxConsistencyProof = 63;                       // hashes
inline constexpr std::size_t kMaxAddCheckpointSize = 128 * 1024;              // bytes: what a witness need take

/// A request taken apart; nothing in it is verified.
struct AddCheckpoint {
  std::uint64_t oldSize = 0;
  std::vector<Digest> proof;  ///< at most 63
  std::string checkpoint;     ///< the note, for parseNote; never empty

  friend bool operator==(AddCheckpoint const&, AddCheckpoint const&) = default;
};

/// The body. The fields must be as AddCheckpoint says: anything else is a bug of the caller.
std::string formatAddCheckpoint(AddCheckpoint const& request);

/// Takes exactly what formatAddCheckpoint makes. Errors: badInput, which says what is wrong, for anything else.
Result<AddCheckpoint> parseAddCheckpoint(std::string_view body);

/// The body of the answer 409.
std::string formatTreeSize(std::uint64_t size);

/// Takes exactly what formatTreeSize makes.
std::optional<std::uint64_t> parseTreeSize(std::string_view body);

}  // namespace fundtrail::crypto
