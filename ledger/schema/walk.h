// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "ledger/schema/plan.h"

namespace fundtrail::ledger::schema {

/// Reads a message from its first word to its last, once, and holds it against a plan and against Cap'n Proto's
/// canonical form (capnproto.org/encoding.html, "Canonicalization"). In that form objects stand one after the other in
/// the order in which they are first reached: so every pointer must name the word right behind what was read before,
/// and no offset is ever followed anywhere else. Result: the first fault, as "path: problem", where `whole` is the path
/// of the message itself; nothing if there is none. The bytes may be any; their length is a multiple of 8 and not zero.
std::optional<crypto::Error> findFault(crypto::BytesView bytes, StructPlan const& plan, std::string_view whole);

}  // namespace fundtrail::ledger::schema
