// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "crypto/checkpoint.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

/// The checkpoint that a signed note (crypto/note.h) states. Whose signatures the note carries is not looked at.
/// Errors: badInput for what is no note, or no checkpoint.
Result<Checkpoint> readCheckpointNote(std::string_view note);

}  // namespace fundtrail::crypto
