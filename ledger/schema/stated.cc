// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/stated.h"

#include "ledger/schema/annotations.h"

namespace fundtrail::ledger::schema {

bool isStated(capnp::DynamicStruct::Reader reader, capnp::StructSchema::Field field) {
  using capnp::schema::Type;
  if (reader.has(field, capnp::HasMode::NON_DEFAULT)) {
    return true;
  }
  if (field.getProto().getDiscriminantValue() != capnp::schema::Field::NO_DISCRIMINANT) {
    return false;
  }
  switch (field.getType().which()) {
    case Type::BOOL:
    case Type::UINT8:
    case Type::UINT16:
    case Type::UINT32:
    case Type::INT64:
    case Type::UINT64: return !has(field.getProto().getAnnotations(), Annotation::format);
    default: return false;
  }
}

}  // namespace fundtrail::ledger::schema
