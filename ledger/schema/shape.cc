// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/shape.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string>
#include <utility>

#include <capnp/any.h>
#include <fmt/format.h>
#include <kj/exception.h>

#include "ledger/schema/limits.h"
#include "ledger/schema/message.h"
#include "ledger/schema/plain_text.h"
#include "ledger/schema/plan.h"

namespace fundtrail::ledger::schema {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers are loaded as Cap'n Proto stores them");

using capnp::AnyList;
using capnp::AnyPointer;
using capnp::AnyStruct;
using capnp::ElementSize;

crypto::Error badInput(std::string message) {
  return {crypto::ErrorKind::badInput, std::move(message)};
}

/// A struct's data, as long as the schema has it: what a message leaves off at the end is zero.
class Numbers {
 public:
  /// `data` is at most as long as the plan's.
  Numbers(StructPlan const& plan, kj::ArrayPtr<kj::byte const> data) {
    std::fill_n(words_, plan.dataWords, 0);
    if (data.size() != 0) {
      std::memcpy(words_, data.begin(), data.size());
    }
  }

  std::uint64_t word(std::size_t index) const { return words_[index]; }

  template <class T>
  T load(std::size_t offset) const {
    T value;
    std::memcpy(&value, reinterpret_cast<char const*>(words_) + offset, sizeof value);
    return value;
  }

  std::int64_t load(NumberPlan const& number) const {
    switch (number.width) {
      case 1: return load<std::uint8_t>(number.offset);
      case 2: return load<std::uint16_t>(number.offset);
      case 4: return load<std::uint32_t>(number.offset);
      default: return load<std::int64_t>(number.offset);  // a UInt64 is only ever compared with zero
    }
  }

 private:
  std::uint64_t words_[StructPlan::kMaxDataWords];
};

AnyPointer::Reader pointerAt(capnp::List<AnyPointer>::Reader pointers, std::size_t slot) {
  return slot < pointers.size() ? pointers[static_cast<unsigned>(slot)] : AnyPointer::Reader();
}

/// One walk over a message against a plan. Stops at the first fault and keeps its description.
class Walk {
 public:
  /// May throw kj::Exception where a pointer is not of the kind that the plan has.
  bool structure(StructPlan const& plan, AnyStruct::Reader reader) {
    auto const data = reader.getDataSection();
    auto const pointers = reader.getPointerSection();
    if (data.size() > plan.dataWords * 8 || pointers.size() > plan.pointers) {
      return fail(nullptr, "holds fields that this version of the schema does not know");
    }
    Numbers const values(plan, data);
    return numbers(plan, values) && pointerFields(plan, pointers) && choice(plan, values, pointers);
  }

  /// What structure() found, or what it was reading when Cap'n Proto threw.
  std::string problem(std::string_view whole) && {
    if (problem_.empty()) {
      fail(reading_, "is of another type than the schema states");
    }
    return path_.empty() ? std::string(whole) + problem_ : path_ + problem_;
  }

 private:
  struct Step {
    PointerPlan const* field;
    std::uint32_t index;
  };

  bool numbers(StructPlan const& plan, Numbers const& values) {
    for (std::size_t i = 0; i < plan.dataWords; ++i) {
      if ((values.word(i) & ~plan.known[i]) != 0) [[unlikely]] {
        return fail(nullptr, "holds numbers that this version of the schema does not know");
      }
    }
    for (auto const& number : plan.numbers) {
      auto const value = values.load(number);
      if (value < number.min || value > number.max || (number.nonZero && value == 0)) [[unlikely]] {
        return failNumber(number, value);
      }
    }
    return true;
  }

  bool pointerFields(StructPlan const& plan, capnp::List<AnyPointer>::Reader pointers) {
    for (auto const& field : plan.pointerFields) {
      reading_ = &field;
      if (field.slot >= pointers.size()) {
        if (field.required) [[unlikely]] {
          return failMissing(field);
        }
      } else if (!pointer(field, pointers[field.slot])) {
        return false;
      }
    }
    return true;
  }

  bool choice(StructPlan const& plan, Numbers const& values, capnp::List<AnyPointer>::Reader pointers) {
    if (!plan.choice) {
      return true;
    }
    auto const which = values.load<std::uint16_t>(plan.choice->offset);
    if (which == 0 || which > plan.choice->members.size()) {
      return which == 0
                 ? fail(nullptr, "states no type: name one")
                 : fail(nullptr, fmt::format("is of type {}, which this version of the schema does not know", which));
    }
    auto const& member = plan.choice->members[which - 1u];
    reading_ = &member;
    auto const reader = pointerAt(pointers, member.slot);
    return reader.isNull() ? failMissing(member) : pointer(member, reader);
  }

  bool pointer(PointerPlan const& field, AnyPointer::Reader reader) {
    switch (field.kind) {
      case PointerKind::text: return text(field, reader.getAs<capnp::Text>());
      case PointerKind::data: return data(field, reader.getAs<capnp::Data>().size());
      case PointerKind::structure:
        if (reader.isNull()) {
          return !field.required || failMissing(field);
        }
        return inner(field, 0, reader.getAs<AnyStruct>());
      default: return list(field, reader);
    }
  }

  bool text(PointerPlan const& field, capnp::Text::Reader value) {
    if (value.size() == 0) {
      return !field.required || failMissing(field);
    }
    if (value.size() > field.maxBytes) [[unlikely]] {
      return fail(&field, fmt::format("is {} bytes long: shorten it to {}", value.size(), field.maxBytes));
    }
    if (auto const at = firstNotPlain({value.begin(), value.size()})) [[unlikely]] {
      return fail(
          &field,
          fmt::format(
              "is not plain UTF-8 at byte {}: remove control, line and direction characters and what is ill-formed",
              *at));
    }
    return true;
  }

  bool data(PointerPlan const& field, std::size_t size) {
    if (size == 0) {
      return !field.required || failMissing(field);
    }
    if (size < field.minBytes || size > field.maxBytes) [[unlikely]] {
      return fail(&field, fmt::format("is {} bytes long: must be {} {}", size,
                                      field.minBytes != 0 ? "exactly" : "at most", field.maxBytes));
    }
    return true;
  }

  bool list(PointerPlan const& field, AnyPointer::Reader reader) {
    auto const any = reader.getAs<AnyList>();
    auto const count = any.size();
    auto const expected = field.kind == PointerKind::structList ? ElementSize::INLINE_COMPOSITE
                          : field.kind == PointerKind::dataList ? ElementSize::POINTER
                                                                : ElementSize::TWO_BYTES;
    if (any.getElementSize() != expected && !reader.isNull()) [[unlikely]] {
      return fail(&field, "is of another type than the schema states");
    }
    if (count == 0) {
      return !field.required || failMissing(field);
    }
    if (count > field.maxItems) [[unlikely]] {
      return fail(&field, fmt::format("has {} elements: must be at most {}", count, field.maxItems));
    }
    switch (field.kind) {
      case PointerKind::structList: return structs(field, any.as<capnp::List<AnyStruct>>());
      case PointerKind::dataList: return datas(field, any.as<capnp::List<AnyPointer>>());
      default: return enumerants(field, any.as<capnp::List<std::uint16_t>>());
    }
  }

  bool structs(PointerPlan const& field, capnp::List<AnyStruct>::Reader elements) {
    for (unsigned i = 0; i < elements.size(); ++i) {
      if (!inner(field, i, elements[i])) {
        return false;
      }
    }
    return true;
  }

  bool datas(PointerPlan const& field, capnp::List<AnyPointer>::Reader elements) {
    for (unsigned i = 0; i < elements.size(); ++i) {
      auto const size = elements[i].getAs<capnp::Data>().size();
      if (size == 0) {
        return fail(&field, fmt::format("has an empty element {}: remove it", i));
      }
      if (!data(field, size)) {
        return false;
      }
    }
    return true;
  }

  bool enumerants(PointerPlan const& field, capnp::List<std::uint16_t>::Reader elements) {
    for (auto const value : elements) {
      if (value == 0 || value >= field.enumerants) {
        return fail(&field, fmt::format("holds {}, which stands for nothing here", value));
      }
    }
    return true;
  }

  bool inner(PointerPlan const& field, std::uint32_t index, AnyStruct::Reader reader) {
    steps_[depth_] = {&field, index};
    ++depth_;
    if (!structure(*field.child, reader)) {
      return false;  // the steps stay: they are the fault's path
    }
    --depth_;
    return true;
  }

  bool failMissing(PointerPlan const& field) { return fail(&field, "is required: state it"); }

  bool failNumber(NumberPlan const& number, std::int64_t value) {
    if (value == 0 && number.nonZero) {
      return fail(number.name, "is required: state it");
    }
    if (number.isEnum) {
      return fail(number.name, fmt::format("is {}, which this version of the schema does not know", value));
    }
    return fail(number.name, number.min == 1 ? "must be greater than 0" : "must not be negative");
  }

  bool fail(PointerPlan const* field, std::string problem) {
    return field != nullptr ? fail(field->name, std::move(problem)) : fail(FieldName{}, std::move(problem));
  }

  bool fail(FieldName field, std::string problem) {
    for (std::size_t i = 0; i < depth_; ++i) {
      add(steps_[i].field->name.english);
      if (steps_[i].field->kind == PointerKind::structList) {
        path_ += fmt::format("[{}]", steps_[i].index);
      }
    }
    add(field.english);
    problem_ = ": " + std::move(problem);
    return false;
  }

  void add(std::string_view name) {
    if (!path_.empty() && !name.empty()) {
      path_ += '.';
    }
    path_ += name;
  }

  std::array<Step, kMaxNesting> steps_;  // plans are less deep than that: no struct of the schema contains itself
  std::size_t depth_ = 0;
  PointerPlan const* reading_ = nullptr;
  std::string path_;
  std::string problem_;
};

/// Steps 1 to 3 of checkShape.
crypto::Result<void> check(crypto::BytesView bytes, std::size_t maxBytes, StructPlan const& plan,
                           std::string_view name) {
  auto const refuse = [&](std::string_view problem) { return badInput(fmt::format("{}: {}", name, problem)); };
  if (bytes.empty() || bytes.size() > maxBytes) {
    return refuse(fmt::format("is {} bytes long: must be 8 to {}", bytes.size(), maxBytes));
  }
  if (!isAligned(bytes)) {
    return refuse(bytes.size() % 8 != 0 ? "is not a whole number of 8-byte words: nothing may be cut off or added"
                                        : "does not begin at a multiple of 8: copy it with Words::copyOf");
  }

  // Each word is read once for canonicity and once in the walk, sizes of list elements and texts some more; lists of
  // empty structs count one word per element. A message that needs more than this is made to waste time.
  auto const segment =
      kj::arrayPtr(reinterpret_cast<capnp::word const*>(bytes.data()), bytes.size() / sizeof(capnp::word));
  capnp::SegmentArrayMessageReader message(kj::arrayPtr(&segment, 1), {8 * segment.size() + 1024, kMaxNesting});
  try {
    if (!message.isCanonical()) {
      return refuse("is not in canonical form: encode it with Cap'n Proto's canonicalize");
    }
  } catch (kj::Exception const&) {
    return refuse("is not a Cap'n Proto message: send the bytes as they were encoded");
  }

  Walk walk;
  try {
    if (walk.structure(plan, message.getRoot<AnyStruct>())) {
      return {};
    }
  } catch (kj::Exception const&) {
  }
  return badInput(std::move(walk).problem(name));
}

template <class T>
struct Kind;
template <>
struct Kind<Event> {
  static constexpr auto kName = "event";
  static constexpr auto kMaxBytes = kMaxEventBytes;
};
template <>
struct Kind<Genesis> {
  static constexpr auto kName = "genesis";
  static constexpr auto kMaxBytes = kMaxGenesisEntryBytes;
};
template <>
struct Kind<Statement> {
  static constexpr auto kName = "statement";
  static constexpr auto kMaxBytes = kMaxGenesisEntryBytes;
};
template <>
struct Kind<Entry> {
  static constexpr auto kName = "entry";
  static constexpr auto kMaxBytes = kMaxGenesisEntryBytes;
};
template <>
struct Kind<SignedBatch> {
  static constexpr auto kName = "batch";
  static constexpr auto kMaxBytes = kMaxSignedBatchBytes;
};

/// Step 4 of checkShape: what fields say about each other.
template <class Reader>
crypto::Result<void> checkWhole(crypto::BytesView /*bytes*/, Reader /*reader*/) {
  return {};
}

crypto::Result<void> checkWhole(crypto::BytesView /*bytes*/, Statement::Reader statement) {
  if (statement.hasGenesis()) {
    if (statement.hasLedgerId() || statement.getEventCount() != 0) {
      return badInput("genesis: founds a ledger: leave out ledgerId, eventCount and the events");
    }
    return {};
  }
  if (statement.getLedgerId().size() == 0) {
    return badInput("ledgerId: is required: state it");
  }
  if (statement.getEventCount() == 0 || statement.getEventCount() > kMaxBatchEvents) {
    return badInput(fmt::format("eventCount: must be 1 to {}", kMaxBatchEvents));
  }
  return {};
}

crypto::Result<void> checkWhole(crypto::BytesView bytes, Entry::Reader entry) {
  if (bytes.size() <= kMaxEntryBytes) {
    return {};
  }
  auto const statement = Words::copyOf({entry.getStatement().begin(), entry.getStatement().size()});
  if (auto const shape = checkShape<Statement>(statement.bytes()); !shape) {
    return badInput("statement: " + shape.error().message);
  }
  if (!Message<Statement>(statement.bytes()).root().hasGenesis()) {
    return badInput(fmt::format("entry: is {} bytes long: must be at most {}, since it founds no ledger", bytes.size(),
                                kMaxEntryBytes));
  }
  return {};
}

crypto::Result<void> checkWhole(crypto::BytesView /*bytes*/, SignedBatch::Reader batch) {
  std::size_t sum = 0;
  for (auto const event : batch.getEvents()) {
    sum += event.size();
  }
  if (sum > kMaxBatchBytes) {
    return badInput(
        fmt::format("events: are {} bytes long in all: split the batch, at most {} are allowed", sum, kMaxBatchBytes));
  }
  return {};
}

/// The walk of visitFormatted; false once visit has said so.
class Visitor {
 public:
  Visitor(void* context, bool (*visit)(void*, FormattedValue const&)) : context_(context), visit_(visit) {}

  bool structure(StructPlan const& plan, AnyStruct::Reader reader) const {
    if (!plan.bearsFormat) {
      return true;
    }
    Numbers const values(plan, reader.getDataSection());
    for (auto const& number : plan.formattedNumbers) {
      auto const value = values.load<std::uint32_t>(number.offset);
      if (value != 0 && !visit_(context_, {number.format, {}, value, number.name})) {
        return false;
      }
    }
    auto const pointers = reader.getPointerSection();
    for (auto const& field : plan.pointerFields) {
      if (field.slot < pointers.size() && !pointer(field, pointers[field.slot])) {
        return false;
      }
    }
    if (!plan.choice) {
      return true;
    }
    auto const& member = plan.choice->members[values.load<std::uint16_t>(plan.choice->offset) - 1u];
    return pointer(member, pointerAt(pointers, member.slot));
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
    for (auto const element : reader.getAs<AnyList>().as<capnp::List<AnyStruct>>()) {
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

template <class T>
StructPlan const& typePlan() {
  static StructPlan const& plan = planOf(capnp::Schema::from<T>());
  return plan;
}

}  // namespace

template <class T>
crypto::Result<void> checkShape(crypto::BytesView bytes) {
  if (auto const shape = check(bytes, Kind<T>::kMaxBytes, typePlan<T>(), Kind<T>::kName); !shape) {
    return shape.error();
  }
  return checkWhole(bytes, Message<T>(bytes).root());
}

template crypto::Result<void> checkShape<Event>(crypto::BytesView);
template crypto::Result<void> checkShape<Statement>(crypto::BytesView);
template crypto::Result<void> checkShape<Entry>(crypto::BytesView);
template crypto::Result<void> checkShape<SignedBatch>(crypto::BytesView);
template crypto::Result<void> checkShape<Genesis>(crypto::BytesView);

void detail::visitFormatted(Event::Reader event, void* context, bool (*visit)(void*, FormattedValue const&)) {
  Visitor(context, visit).structure(typePlan<Event>(), AnyStruct::Reader(event));
}

}  // namespace fundtrail::ledger::schema
