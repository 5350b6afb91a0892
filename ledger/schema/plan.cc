// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/plan.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <mutex>

#include "crypto/ensure.h"
#include "ledger/schema/annotations.h"
#include "ledger/schema/limits.h"

namespace fundtrail::ledger::schema {

namespace {

using capnp::schema::Type;
using crypto::ensure;

/// Makes each struct's plan once and keeps it.
class Plans {
 public:
  StructPlan const& of(capnp::StructSchema schema) {
    auto const found = plans_.find(schema.getProto().getId());
    if (found != plans_.end()) {
      ensure(found->second != nullptr, "no struct of the schema contains itself");
      return *found->second;
    }
    auto& place = plans_[schema.getProto().getId()];  // null until done, which is how a cycle is seen
    place = std::make_unique<StructPlan>(make(schema));
    return *place;
  }

 private:
  StructPlan make(capnp::StructSchema schema);
  PointerPlan pointer(capnp::StructSchema::Field field);

  std::map<std::uint64_t, std::unique_ptr<StructPlan>> plans_;
};

FieldName nameOf(capnp::StructSchema::Field field) {
  return {view(field.getProto().getName()), zhOf(field.getProto().getAnnotations())};
}

Format formatOf(Annotations annotations) {
  auto const format = annotated(annotations, Annotation::format);
  return format ? static_cast<Format>(format->getEnum()) : Format::NONE;
}

std::uint32_t limitOf(Annotations annotations, Annotation which, std::size_t otherwise) {
  auto const limit = annotated(annotations, which);
  return limit ? limit->getUint32() : static_cast<std::uint32_t>(otherwise);
}

/// Width in bits of a type that lies in a struct's data; 0 for pointers and Void.
unsigned dataBits(Type::Which type) {
  switch (type) {
    case Type::BOOL: return 1;
    case Type::UINT8: return 8;
    case Type::UINT16:
    case Type::ENUM: return 16;
    case Type::UINT32: return 32;
    case Type::INT64:
    case Type::UINT64: return 64;
    default: return 0;
  }
}

void markKnown(StructPlan& plan, std::size_t bitOffset, unsigned bits) {
  auto const ones = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
  plan.known[bitOffset / 64] |= ones << (bitOffset % 64);
}

void addNumber(StructPlan& plan, capnp::StructSchema::Field field, unsigned bits) {
  auto const annotations = field.getProto().getAnnotations();
  auto const type = field.getType();
  auto const bitOffset = std::size_t{field.getProto().getSlot().getOffset()} * bits;
  markKnown(plan, bitOffset, bits);
  if (bits == 1) {
    return;
  }

  NumberPlan number{.offset = static_cast<std::uint16_t>(bitOffset / 8),
                    .width = static_cast<std::uint8_t>(bits / 8),
                    .nonZero = has(annotations, Annotation::required),
                    .isEnum = type.isEnum(),
                    .min = std::numeric_limits<std::int64_t>::min(),
                    .max = std::numeric_limits<std::int64_t>::max(),
                    .name = nameOf(field)};
  auto const positive = has(annotations, Annotation::positive);
  auto const notNegative = has(annotations, Annotation::notNegative);
  ensure(type.isInt64() || (!positive && !notNegative), "$positive and $notNegative are said of signed numbers alone");
  auto const isAmount = type.isInt64() && number.name.english.ends_with("Fen");
  if (isAmount) {
    number.min = -kMaxAmountFen;
    number.max = kMaxAmountFen;
  }
  if (positive || notNegative) {
    number.min = positive ? 1 : 0;
  }
  if (number.isEnum) {
    number.max = type.asEnum().getEnumerants().size() - 1;
  }
  if (number.nonZero || number.isEnum || isAmount || positive || notNegative) {
    plan.numbers.push_back(number);
  }
  if (auto const format = formatOf(annotations); format != Format::NONE) {
    ensure(type.isUInt32(), "a number that bears $format is a UInt32");
    plan.formattedNumbers.push_back({number.offset, format, number.name});
    plan.bearsFormat = true;
  }
}

PointerPlan Plans::pointer(capnp::StructSchema::Field field) {
  auto const annotations = field.getProto().getAnnotations();
  PointerPlan plan{.kind = PointerKind::text,
                   .required = has(annotations, Annotation::required),
                   .format = formatOf(annotations),
                   .minBytes = limitOf(annotations, Annotation::exactBytes, 0),
                   .maxItems = limitOf(annotations, Annotation::maxItems, kDefaultMaxItems),
                   .name = nameOf(field)};
  auto const limitBytes = [&](std::size_t otherwise) {
    plan.maxBytes = plan.minBytes != 0 ? plan.minBytes : limitOf(annotations, Annotation::maxBytes, otherwise);
  };

  auto const type = field.getType();
  if (type.isText()) {
    limitBytes(kDefaultMaxText);
  } else if (type.isData()) {
    plan.kind = PointerKind::data;
    limitBytes(kDefaultMaxData);
  } else if (type.isStruct()) {
    plan.kind = PointerKind::structure;
    plan.child = &of(type.asStruct());
  } else {
    ensure(type.isList(), "a pointer field is a text, data, a struct or a list");
    auto const element = type.asList().getElementType();
    if (element.isStruct()) {
      plan.kind = PointerKind::structList;
      plan.child = &of(element.asStruct());
    } else if (element.isEnum()) {
      plan.kind = PointerKind::enumList;
      plan.enumerants = static_cast<std::uint16_t>(element.asEnum().getEnumerants().size());
    } else {
      ensure(element.isData(), "a list holds structs, enumerants or data");
      plan.kind = PointerKind::dataList;
      limitBytes(kDefaultMaxData);
    }
  }
  return plan;
}

StructPlan Plans::make(capnp::StructSchema schema) {
  auto const proto = schema.getProto().getStruct();
  StructPlan plan;
  plan.dataWords = proto.getDataWordCount();
  plan.pointers.resize(proto.getPointerCount(), {.kind = PointerKind::choice, .required = true});
  ensure(plan.dataWords <= StructPlan::kMaxDataWords, "a struct's data fits the plan");

  for (auto const field : schema.getNonUnionFields()) {
    ensure(field.getProto().isSlot() && !field.getProto().getSlot().getHadExplicitDefault(),
           "the schema has neither groups nor defaults other than zero");
    if (auto const bits = dataBits(field.getType().which()); bits != 0) {
      addNumber(plan, field, bits);
    } else {
      auto const added = pointer(field);
      plan.pointers[field.getProto().getSlot().getOffset()] = added;
      plan.bearsFormat |= added.format != Format::NONE;
    }
  }

  if (proto.getDiscriminantCount() != 0) {
    plan.discriminant = static_cast<std::uint16_t>(proto.getDiscriminantOffset() * 2);
    markKnown(plan, std::size_t{plan.discriminant} * 8, 16);
    plan.members.resize(proto.getDiscriminantCount() - 1u);
    for (auto const field : schema.getUnionFields()) {
      auto const number = field.getProto().getDiscriminantValue();
      if (number == 0) {
        ensure(field.getType().isVoid(), "member 0 of a union is Void");
        continue;
      }
      ensure(plan.pointers[field.getProto().getSlot().getOffset()].kind == PointerKind::choice,
             "the members of a union share a pointer with nothing else");
      auto member = pointer(field);
      ensure(member.kind == PointerKind::structure, "the members of a union are structs");
      member.required = true;
      plan.members[number - 1u] = member;
    }
  }
  ensure(std::ranges::count(plan.pointers, PointerKind::choice, &PointerPlan::kind) == (plan.members.empty() ? 0 : 1),
         "every pointer is one field's, or the union's");
  for (auto const* const fields : {&plan.pointers, &plan.members}) {
    for (auto const& field : *fields) {
      if (field.child != nullptr) {
        plan.bearsFormat |= field.child->bearsFormat;
        plan.depth = std::max(plan.depth, field.child->depth + 1);
      }
    }
  }
  ensure(plan.depth <= kMaxNesting, "structs lie less deep in one another than a reader goes");
  return plan;
}

}  // namespace

StructPlan const& planOf(capnp::StructSchema schema) {
  static std::mutex mutex;
  static Plans plans;
  std::lock_guard const lock(mutex);
  return plans.of(schema);
}

}  // namespace fundtrail::ledger::schema
