// SPDX-License-Identifier: Apache-2.0
#include "api/views/masking.h"

#include <capnp/dynamic.h>

#include "ledger/schema/annotations.capnp.h"
#include "ledger/schema/annotations.h"

namespace fundtrail::api::views {

namespace {

namespace schema = ledger::schema;
using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::DynamicValue;

/// The one word for whom something is about, in every struct of the schema.
bool namesAPerson(std::string_view field) {
  return field == "person" || field == "personName";
}

bool isPrivate(capnp::schema::Field::Reader field) {
  if (namesAPerson(schema::view(field.getName()))) return true;
  auto const format = schema::annotated(field.getAnnotations(), schema::Annotation::format);
  return format && static_cast<schema::Format>(format->getEnum()) == schema::Format::ACCOUNT;
}

void mask(DynamicStruct::Builder builder) {
  for (auto const field : builder.getSchema().getFields()) {
    if (!builder.has(field)) continue;
    auto const proto = field.getProto();
    auto const type = field.getType();
    if (type.isText()) {
      if (isPrivate(proto)) builder.set(field, kHidden.data());
    } else if (type.isStruct()) {
      mask(builder.get(field).as<DynamicStruct>());
    } else if (type.isList() && type.asList().getElementType().isStruct()) {
      auto list = builder.get(field).as<DynamicList>();
      for (unsigned i = 0; i < list.size(); ++i) mask(list[i].as<DynamicStruct>());
    }
  }
}

}  // namespace

void maskEvent(schema::Event::Reader event, capnp::MessageBuilder& into) {
  into.setRoot(event);
  auto root = into.getRoot<schema::Event>();
  root.disownSalt();
  mask(DynamicStruct::Builder(root));
}

}  // namespace fundtrail::api::views
