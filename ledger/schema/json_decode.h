// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>

#include "crypto/result.h"
#include "ledger/schema/json.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::schema {

/// The canonical message that a JSON object stands for, judged as fromJson does; references are resolved as conform
/// does. T is Event, Statement, Entry or Genesis.
template <class T>
crypto::Result<Words> decode(boost::json::object object, ReferenceResolver const& resolve);

}  // namespace fundtrail::ledger::schema
