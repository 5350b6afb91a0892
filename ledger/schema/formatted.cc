// SPDX-License-Identifier: Apache-2.0
#include <capnp/any.h>

#include "ledger/schema/plan.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger::schema {

namespace {

using capnp::AnyPointer;
using capnp::AnyStruct;

/// The walk of visitFormatted; false once visit has said so.
class Visitor {
 public:
  Visitor(void* context, bool (*visit)(void*, FormattedValue const&)) : context_(context), visit_(visit) {}

  bool structure(StructPlan const& plan, AnyStruct::Reader reader) const {
    if (!plan.bearsFormat) {
      return true;
    }
    auto const data = reader.getDataSection();
    Numbers const values(plan, data.begin(), data.size() / 8);
    for (auto const& number : plan.formattedNumbers) {
      auto const value = values.at<std::uint32_t>(number.offset);
      if (value != 0 && !visit_(context_, {number.format, {}, value, number.name})) {
        return false;
      }
    }
    auto const pointers = reader.getPointerSection();
    for (unsigned slot = 0; slot < pointers.size(); ++slot) {
      auto const& field = plan.pointers[slot].kind == PointerKind::choice
                              ? plan.members[values.at<std::uint16_t>(plan.discriminant) - 1u]
                              : plan.pointers[slot];
      if (!pointer(field, pointers[slot])) {
        return false;
      }
    }
    return true;
  }

 private:
  bool pointer(PointerPlan const& field, AnyPointer::Reader reader) const {
    if (field.format != Format::NONE) {
      return formatted(field, reader);
    }
    if (field.child == nullptr || !field.child->bearsFormat || reader.isNull()) {
      return true;
    }
    if (field.kind == PointerKind::structure) {
      return structure(*field.child, reader.getAs<AnyStruct>());
    }
    for (auto const element : reader.getAs<capnp::AnyList>().as<capnp::List<AnyStruct>>()) {
      if (!structure(*field.child, element)) {
        return false;
      }
    }
    return true;
  }

  bool formatted(PointerPlan const& field, AnyPointer::Reader reader) const {
    std::string_view value;
    if (field.kind == PointerKind::text) {
      auto const text = reader.getAs<capnp::Text>();
      value = {text.begin(), text.size()};
    } else {
      value = {reader.getAs<capnp::Data>().asChars().begin(), reader.getAs<capnp::Data>().size()};
    }
    return value.empty() || visit_(context_, {field.format, value, 0, field.name});
  }

  void* context_;
  bool (*visit_)(void*, FormattedValue const&);
};

}  // namespace

void detail::visitFormatted(Event::Reader event, void* context, bool (*visit)(void*, FormattedValue const&)) {
  static StructPlan const& plan = planOf(capnp::Schema::from<Event>());
  Visitor(context, visit).structure(plan, AnyStruct::Reader(event));
}

}  // namespace fundtrail::ledger::schema
