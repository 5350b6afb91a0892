// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include <capnp/schema.h>

#include "ledger/schema/shape.h"

namespace fundtrail::ledger::schema {

/// What the schema demands of the bytes of a struct, worked out once per type, so that a message is checked without
/// asking the schema anything: where in the struct, how wide, between which bounds.
struct StructPlan;

/// A number that is not free: it lies in [min, max], and is not zero where nonZero says so.
struct NumberPlan {
  std::uint16_t offset;  ///< In bytes from the start of the struct's data.
  std::uint8_t width;    ///< 1, 2, 4 or 8 bytes.
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

enum class PointerKind : std::uint8_t { text, data, structure, dataList, structList, enumList, choice };

/// What a struct's pointer may point to. A choice is a union, whose members are structs that take turns:
/// StructPlan::members.
struct PointerPlan {
  PointerKind kind;
  bool required;
  Format format = Format::NONE;  ///< Of a text or data.
  std::uint16_t enumerants = 0;  ///< Of an enum list: how many the enum has.
  std::uint32_t minBytes = 0;    ///< Of a text, data, or one data of a list, unless it is empty.
  std::uint32_t maxBytes = 0;
  std::uint32_t maxItems = 0;
  StructPlan const* child = nullptr;  ///< Of a struct or each struct of a list.
  FieldName name{};
};

struct StructPlan {
  static constexpr std::size_t kMaxDataWords = 8;

  std::size_t dataWords = 0;
  std::uint64_t known[kMaxDataWords] =
      {};  ///< The bits that fields have; this version of the schema writes zero in all others.
  std::vector<NumberPlan> numbers;
  std::vector<FormattedNumber> formattedNumbers;
  std::vector<PointerPlan> pointers;  ///< One per pointer of the struct.
  std::uint16_t discriminant =
      0;  ///< Where the choice's number is, in bytes; 2 wide. Number 0 is Void: nothing chosen.
  std::vector<PointerPlan> members;  ///< Of the choice, by number, from 1. Empty where there is none.
  bool bearsFormat = false;          ///< Here or below.
  int depth = 1;                     ///< Structs within structs, itself included: at most kMaxNesting.
};

/// The plan of a struct of this schema, which lives as long as the program. Aborts on what no plan can say (groups,
/// floats, defaults other than zero, unions of other things, structs within themselves): the schema does without them.
/// Safe on any thread.
StructPlan const& planOf(capnp::StructSchema schema);

/// The numbers of one struct, as many as its plan has: a message leaves off zeros at the end.
class Numbers {
 public:
  /// `data` is whole words, at most as many as the plan's.
  Numbers(StructPlan const& plan, void const* data, std::size_t words) {
    for (std::size_t i = words; i < plan.dataWords; ++i) {
      words_[i] = 0;
    }
    if (words != 0) {
      std::memcpy(words_, data, words * sizeof words_[0]);
    }
  }

  std::uint64_t word(std::size_t index) const { return words_[index]; }

  /// The number of type T that many bytes from the start.
  template <class T>
  T at(std::size_t offset) const {
    T value;
    std::memcpy(&value, reinterpret_cast<char const*>(words_) + offset, sizeof value);
    return value;
  }

 private:
  std::uint64_t words_[StructPlan::kMaxDataWords];
};

}  // namespace fundtrail::ledger::schema
