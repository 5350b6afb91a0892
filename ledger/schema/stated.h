// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <capnp/dynamic.h>

namespace fundtrail::ledger::schema {

/// Whether a reader must be told of a field. Empty texts, data and lists, absent structs, the first enumerant, and a
/// zero of numbers that name something (a date, a region) say "not stated". The zero of any other number, and false, is
/// a value: the first line of a statement, a balance of nothing. Fields of a union: the chosen one alone.
bool isStated(capnp::DynamicStruct::Reader reader, capnp::StructSchema::Field field);

}  // namespace fundtrail::ledger::schema
