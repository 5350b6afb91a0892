// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "ledger/schema/message.h"

namespace fundtrail::ledger::schema {

/// Some event that checkShape accepts, made from the schema and its annotations alone: any type, any fields, up to the
/// limits. The same seed gives the same event.
Words arbitraryEvent(std::uint64_t seed);

}  // namespace fundtrail::ledger::schema
