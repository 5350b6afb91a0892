// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/fwd.hpp>
#include <capnp/schema.h>

#include "crypto/result.h"
#include "ledger/schema/json.h"

namespace fundtrail::ledger::schema {

/// Checks an object against a struct of the schema, name by name and type by type, because Cap'n Proto's codec ignores
/// names that it does not know and takes what it can convert; and brings it into the one form that the codec is given:
/// 64-bit integers as strings, references
/// ("@x", where the schema has data of 32 bytes) resolved. Without a resolver, references are refused. Error: badInput,
/// beginning with the path of the value; `object` is then half converted.
crypto::Result<void> conform(boost::json::object& object, capnp::StructSchema schema, ReferenceResolver const& resolve);

}  // namespace fundtrail::ledger::schema
