// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "crypto/result.h"
#include "replay/trace/gathering.h"
#include "replay/trace/trail.h"

namespace fundtrail::replay::trace {

/// Follows what the text names. Tranche: its document number in any spelling, or the number of the event that issued
/// it. Payment: the number of the event that requested it, a treasury's voucher or a bank's reference. Enterprise: its
/// unified social credit code; also a provider's. Invoice: its number, or that of a bank's receipt for interest.
/// Errors, in both languages: badInput for what can be no such name, notFound for what is not on record, with what is
/// near.
///
/// Of a tranche that is asked for, the ends add up to what was issued; that they do not is a bug, for the audit's books
/// have seen to it.
[[nodiscard]] crypto::Result<Trail> follow(Gathering const& gathering, Subject::Kind kind, std::string_view text);

}  // namespace fundtrail::replay::trace
