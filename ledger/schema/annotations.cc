// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/annotations.h"

#include "crypto/ensure.h"

namespace fundtrail::ledger::schema {

std::optional<capnp::schema::Value::Reader> annotated(Annotations annotations, Annotation which) {
  for (auto const annotation : annotations) {
    if (annotation.getId() == static_cast<std::uint64_t>(which)) {
      return annotation.getValue();
    }
  }
  return std::nullopt;
}

bool has(Annotations annotations, Annotation which) {
  return annotated(annotations, which).has_value();
}

std::string_view zhOf(Annotations annotations) {
  auto const zh = annotated(annotations, Annotation::zh);
  crypto::ensure(zh.has_value(), "every struct, field, enum and enumerant of the schema bears $zh");
  return view(zh->getText());
}

std::string_view view(capnp::Text::Reader text) {
  return {text.begin(), text.size()};
}

}  // namespace fundtrail::ledger::schema
