// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <capnp/schema.h>

#include "ledger/schema/shape.h"

namespace fundtrail::ledger::schema {

/// What a schema's struct demands of the bytes of a message, worked out once per type, so that a message is checked
/// without asking the schema anything. Made of plain numbers: where in the struct, how wide, between which bounds.
struct StructPlan;

/// A number that is not free: it lies in [min, max], and is not zero where nonZero says so.
struct NumberPlan {
  std::uint16_t offset;  ///< In bytes from the start of the struct's data.
  std::uint8_t width;    ///< 1, 2, 4 or 8 bytes.
  bool isSigned;
  bool nonZero;
  bool isEnum;
  std::int64_t min;
  std::int64_t max;
  FieldName name;
};

/// A number that bears $format.
struct FormattedNumber {
  std::uint16_t offset;  ///< In bytes; 4 wide.
  Format format;
  FieldName name;
};

enum class PointerKind : std::uint8_t { text, data, structure, dataList, structList, enumList };

/// What a pointer field may point to.
struct PointerPlan {
  std::uint16_t slot;
  PointerKind kind;
  bool required;
  Format format;             ///< Of a text or data.
  std::uint16_t enumerants;  ///< Of an enum list: how many the enum has.
  std::uint32_t minBytes;    ///< Of a text, data, or one data of a list, unless it is empty.
  std::uint32_t maxBytes;
  std::uint32_t maxItems;
  StructPlan const* child;  ///< Of a struct or each struct of a list.
  FieldName name;
};

/// A union whose members are structs that take turns in one pointer. Member 0 is Void: nothing stated.
struct UnionPlan {
  std::uint16_t offset;              ///< Of the 16-bit discriminant, in bytes.
  std::vector<PointerPlan> members;  ///< By discriminant, from 1: the first element is member 1.
};

struct StructPlan {
  static constexpr std::size_t kMaxDataWords = 8;

  std::size_t dataWords = 0;
  std::size_t pointers = 0;
  std::uint64_t known[kMaxDataWords] =
      {};  ///< The bits that fields have; all others are zero in what this version of the schema wrote.
  std::vector<NumberPlan> numbers;
  std::vector<FormattedNumber> formattedNumbers;
  std::vector<PointerPlan> pointerFields;  ///< Outside the union.
  std::optional<UnionPlan> choice;
  bool bearsFormat = false;  ///< Here or below.
};

/// The plan of a struct of this schema. Aborts on what no plan can say (groups, floats, defaults other than zero, lists
/// of other kinds, structs within themselves): the schema does without them.
StructPlan const& planOf(capnp::StructSchema schema);

}  // namespace fundtrail::ledger::schema
