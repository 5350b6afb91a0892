// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <string_view>

#include <capnp/message.h>

#include "ledger/schema/event.capnp.h"

namespace fundtrail::api::views {

/// What stands in the place of what a reader may not see.
inline constexpr std::string_view kHidden = "***";

/// Writes the event into `into` without what is private: bank accounts (whatever the schema marks as one), persons and
/// their names, and the salt, with which the rest could be tried out against the hash.
void maskEvent(ledger::schema::Event::Reader event, capnp::MessageBuilder& into);

}  // namespace fundtrail::api::views
