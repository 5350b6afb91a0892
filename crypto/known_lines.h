// SPDX-License-Identifier: Apache-2.0
// Private to this folder: which signature lines of a note are by keys that the reader knows.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

#include "crypto/note.h"
#include "crypto/note_key.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

/// A line that names a known key; whether its signature holds is for the caller to find out.
struct KnownLine {
  SignedNote::Line const& line;
  std::size_t key;  ///< index into the known keys
};

/// The first line of each known key, in the order of the note. Lines by unknown keys are passed over. Errors: conflict
/// when a line's name and key id fit two of the known keys.
template <std::derived_from<NoteKey> Verifier>
Result<std::vector<KnownLine>> linesByKnownKeys(SignedNote const& note, std::span<Verifier const> known) {
  std::vector<KnownLine> lines;
  for (SignedNote::Line const& line : note.lines) {
    auto const isNamed = [&](NoteKey const& key) { return key.keyId() == line.keyId && key.name() == line.name; };
    auto const key = std::ranges::find_if(known, isNamed);
    if (key == known.end()) {
      continue;
    }
    if (std::find_if(key + 1, known.end(), isNamed) != known.end()) {
      return Error{ErrorKind::conflict,
                   "two of the known keys are named " + line.name + " and share a key id: remove one of them"};
    }
    auto const index = static_cast<std::size_t>(key - known.begin());
    if (std::ranges::find(lines, index, &KnownLine::key) == lines.end()) {
      lines.push_back({line, index});
    }
  }
  return lines;
}

}  // namespace fundtrail::crypto
