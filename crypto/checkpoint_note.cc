// SPDX-License-Identifier: Apache-2.0
#include "crypto/checkpoint_note.h"

#include "crypto/note.h"

namespace fundtrail::crypto {

Result<Checkpoint> readCheckpointNote(std::string_view note) {
  auto const parts = parseNote(note);
  return parts ? parseCheckpoint(parts->text) : parts.error();
}

}  // namespace fundtrail::crypto
