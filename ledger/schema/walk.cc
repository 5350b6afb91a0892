// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/walk.h"

#include <array>
#include <bit>
#include <cstring>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "ledger/schema/limits.h"
#include "ledger/schema/plain_text.h"

namespace fundtrail::ledger::schema {

namespace {

static_assert(std::endian::native == std::endian::little, "words are loaded as Cap'n Proto stores them");

/// A pointer's word, as the encoding lays it out.
class Pointer {
 public:
  static constexpr std::uint32_t kStruct = 0;
  static constexpr std::uint32_t kList = 1;
  static constexpr std::uint64_t kEmptyStruct = 0xfffffffc;  // points at itself: a null pointer is all zeros

  explicit Pointer(std::uint64_t word)
      : low_(static_cast<std::uint32_t>(word)), high_(static_cast<std::uint32_t>(word >> 32)) {}

  std::uint32_t kind() const { return low_ & 3; }
  std::int32_t offset() const { return static_cast<std::int32_t>(low_) >> 2; }

  std::size_t dataWords() const { return high_ & 0xffff; }
  std::size_t pointers() const { return high_ >> 16; }

  std::uint32_t elementSize() const { return high_ & 7; }
  std::size_t count() const { return high_ >> 3; }  ///< Of elements; of words, without the tag, in a list of structs.

  std::size_t taggedCount() const { return low_ >> 2; }  ///< In the tag of a list of structs.

 private:
  std::uint32_t low_;
  std::uint32_t high_;
};

// Element sizes of lists.
constexpr std::uint32_t kBytes = 2;
constexpr std::uint32_t kTwoBytes = 3;
constexpr std::uint32_t kPointers = 6;
constexpr std::uint32_t kStructs = 7;

class Walk {
 public:
  explicit Walk(crypto::BytesView bytes) : bytes_(bytes), words_(bytes.size() / 8) {}

  bool message(StructPlan const& plan) { return structPointer(plan, 0) && (next_ == words_ || notCanonical(nullptr)); }

  crypto::Error fault(std::string_view whole) const {
    return crypto::Error{crypto::ErrorKind::badInput, problem_, problemZh_}.of(path_.empty() ? std::string(whole)
                                                                                             : path_);
  }

 private:
  struct Step {
    PointerPlan const* field;
    std::size_t index;
  };

  std::uint64_t word(std::size_t index) const {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes_.data() + index * sizeof word, sizeof word);
    return word;
  }

  /// Takes the words of the object that the pointer at `index` names. They are the next ones, or this is not the
  /// canonical form.
  bool take(std::size_t index, Pointer pointer, std::size_t size) {
    auto const target = static_cast<std::int64_t>(index) + 1 + pointer.offset();
    if (target != static_cast<std::int64_t>(next_) || size > words_ - next_) {
      return false;
    }
    next_ += size;
    return true;
  }

  bool structPointer(StructPlan const& plan, std::size_t index) {
    Pointer const pointer(word(index));
    auto const dataWords = pointer.dataWords();
    auto const pointers = pointer.pointers();
    if (pointer.kind() != Pointer::kStruct) {
      return wrongType(nullptr);
    }
    if (dataWords + pointers == 0) {
      return word(index) == Pointer::kEmptyStruct ? structure(plan, 0, 0, 0) : notCanonical(nullptr);
    }
    auto const at = next_;
    if (!take(index, pointer, dataWords + pointers) || hasSpareData(at, dataWords) ||
        hasSpareData(at + dataWords, pointers)) {
      return notCanonical(nullptr);
    }
    return structure(plan, at, dataWords, pointers);
  }

  /// Whether a section ends in a zero, which the canonical form leaves off.
  bool hasSpareData(std::size_t at, std::size_t size) const { return size != 0 && word(at + size - 1) == 0; }

  bool structure(StructPlan const& plan, std::size_t at, std::size_t dataWords, std::size_t pointers) {
    if (dataWords > plan.dataWords || pointers > plan.pointers.size()) {
      return fail(nullptr, "holds fields that this version of the schema does not know");
    }
    Numbers const values(plan, bytes_.data() + at * 8, dataWords);
    if (!numbers(plan, values)) {
      return false;
    }
    for (std::size_t slot = 0; slot < plan.pointers.size(); ++slot) {
      auto const& field = plan.pointers[slot].kind == PointerKind::choice
                              ? plan.members[values.at<std::uint16_t>(plan.discriminant) - 1u]
                              : plan.pointers[slot];
      auto const index = at + dataWords + slot;
      if (slot >= pointers || word(index) == 0) {
        if (field.required) {
          return missing(field);
        }
      } else if (!pointer(field, index)) {
        return false;
      }
    }
    return true;
  }

  bool numbers(StructPlan const& plan, Numbers const& values) {
    for (std::size_t i = 0; i < plan.dataWords; ++i) {
      if ((values.word(i) & ~plan.known[i]) != 0) {
        return fail(nullptr, "holds numbers that this version of the schema does not know");
      }
    }
    for (auto const& number : plan.numbers) {
      auto const value = load(number, values);
      if (value < number.min || value > number.max || (number.nonZero && value == 0)) {
        return badNumber(number, value);
      }
    }
    if (!plan.members.empty()) {
      auto const chosen = values.at<std::uint16_t>(plan.discriminant);
      if (chosen == 0) {
        return fail(nullptr, "states no type: name one", "没有写明事件类型");
      }
      if (chosen > plan.members.size()) {
        return fail(nullptr, fmt::format("is of type {}, which this version of the schema does not know", chosen));
      }
    }
    return true;
  }

  static std::int64_t load(NumberPlan const& number, Numbers const& values) {
    switch (number.width) {
      case 1: return values.at<std::uint8_t>(number.offset);
      case 2: return values.at<std::uint16_t>(number.offset);
      case 4: return values.at<std::uint32_t>(number.offset);
      default: return values.at<std::int64_t>(number.offset);  // a UInt64 is only ever compared with zero
    }
  }

  bool pointer(PointerPlan const& field, std::size_t index) {
    if (field.kind == PointerKind::structure) {
      return inner(field, 0, [&] { return structPointer(*field.child, index); });
    }
    Pointer const pointer(word(index));
    if (pointer.kind() != Pointer::kList) {
      return wrongType(&field);
    }
    switch (field.kind) {
      case PointerKind::text: return text(field, index, pointer);
      case PointerKind::data: return data(field, index, pointer);
      case PointerKind::dataList: return datas(field, index, pointer);
      case PointerKind::structList: return structs(field, index, pointer);
      default: return enumerants(field, index, pointer);
    }
  }

  /// Takes a list of elements of that many bytes each.
  bool takeList(PointerPlan const& field, std::size_t index, Pointer pointer, std::uint32_t elementSize,
                std::size_t bytesEach) {
    if (pointer.elementSize() != elementSize) {
      return wrongType(&field);
    }
    auto const size = pointer.count() * bytesEach;
    if (!take(index, pointer, (size + 7) / 8) || (size % 8 != 0 && word(next_ - 1) >> (size % 8 * 8) != 0)) {
      return notCanonical(&field);
    }
    return true;
  }

  bool text(PointerPlan const& field, std::size_t index, Pointer pointer) {
    auto const* const begin = reinterpret_cast<char const*>(bytes_.data() + next_ * 8);
    if (!takeList(field, index, pointer, kBytes, 1)) {
      return false;
    }
    if (pointer.count() == 0 || begin[pointer.count() - 1] != 0) {
      return wrongType(&field);
    }
    std::string_view const value(begin, pointer.count() - 1);
    if (value.empty()) {
      return !field.required || missing(field);
    }
    if (value.size() > field.maxBytes) {
      return fail(&field, fmt::format("is {} bytes long: shorten it to {}", value.size(), field.maxBytes),
                  fmt::format("长 {} 字节，请缩短到 {} 字节以内（一个汉字 3 字节）", value.size(), field.maxBytes));
    }
    auto const bad = firstNotPlain(value);
    return !bad ||
           fail(&field,
                fmt::format("is not plain UTF-8 at byte {}: remove control, line, direction and invisible "
                            "characters and what is ill-formed",
                            *bad),
                fmt::format("第 {} 字节处不是可显示的 UTF-8 文字，请删去控制字符、换行、不可见字符和乱码", *bad));
  }

  bool data(PointerPlan const& field, std::size_t index, Pointer pointer) {
    if (!takeList(field, index, pointer, kBytes, 1)) {
      return false;
    }
    auto const size = pointer.count();
    if (size == 0) {
      return !field.required || missing(field);
    }
    return (size >= field.minBytes && size <= field.maxBytes) ||
           fail(&field,
                fmt::format("is {} bytes long: must be {} {}", size, field.minBytes != 0 ? "exactly" : "at most",
                            field.maxBytes),
                fmt::format("长 {} 字节，{} {} 字节", size, field.minBytes != 0 ? "须为" : "至多", field.maxBytes));
  }

  bool countIsGood(PointerPlan const& field, std::size_t count) {
    if (count == 0) {
      return !field.required || missing(field);
    }
    return count <= field.maxItems ||
           fail(&field, fmt::format("has {} elements: must be at most {}", count, field.maxItems),
                fmt::format("有 {} 项，至多 {} 项", count, field.maxItems));
  }

  bool enumerants(PointerPlan const& field, std::size_t index, Pointer pointer) {
    auto const* const begin = bytes_.data() + next_ * 8;
    if (!takeList(field, index, pointer, kTwoBytes, 2) || !countIsGood(field, pointer.count())) {
      return false;
    }
    for (std::size_t i = 0; i < pointer.count(); ++i) {
      std::uint16_t value = 0;
      std::memcpy(&value, begin + i * sizeof value, sizeof value);
      if (value == 0 || value >= field.enumerants) {
        return fail(&field, fmt::format("holds {}, which stands for nothing here", value));
      }
    }
    return true;
  }

  bool datas(PointerPlan const& field, std::size_t index, Pointer pointer) {
    auto const at = next_;
    if (!takeList(field, index, pointer, kPointers, 8) || !countIsGood(field, pointer.count())) {
      return false;
    }
    for (std::size_t i = 0; i < pointer.count(); ++i) {
      Pointer const element(word(at + i));
      if (word(at + i) == 0 || (element.kind() == Pointer::kList && element.count() == 0)) {
        return fail(&field, fmt::format("has an empty element {}: remove it", i),
                    fmt::format("第 {} 项为空，请删去", i + 1));
      }
      if (element.kind() != Pointer::kList) {
        return wrongType(&field);
      }
      if (!data(field, at + i, element)) {
        return false;
      }
    }
    return true;
  }

  bool structs(PointerPlan const& field, std::size_t index, Pointer pointer) {
    if (pointer.elementSize() != kStructs) {
      return wrongType(&field);
    }
    auto at = next_;
    if (!take(index, pointer, pointer.count() + 1)) {
      return notCanonical(&field);
    }
    Pointer const tag(word(at++));
    auto const dataWords = tag.dataWords();
    auto const pointers = tag.pointers();
    auto const size = dataWords + pointers;
    auto const count = tag.taggedCount();
    if (tag.kind() != Pointer::kStruct || size * count != pointer.count()) {
      return notCanonical(&field);
    }
    if (!countIsGood(field, count)) {
      return false;
    }
    // Elements are as large as the largest of them needs.
    auto dataIsSpare = dataWords != 0;
    auto pointersAreSpare = pointers != 0;
    for (std::size_t i = 0; i < count; ++i, at += size) {
      dataIsSpare = dataIsSpare && hasSpareData(at, dataWords);
      pointersAreSpare = pointersAreSpare && hasSpareData(at + dataWords, pointers);
      if (!inner(field, i, [&] { return structure(*field.child, at, dataWords, pointers); })) {
        return false;
      }
    }
    return (!dataIsSpare && !pointersAreSpare) || notCanonical(&field);
  }

  /// What happens below a field. A fault leaves the step in the path.
  template <class Below>
  bool inner(PointerPlan const& field, std::size_t index, Below below) {
    steps_[depth_] = {&field, index};
    ++depth_;
    if (!below()) {
      return false;
    }
    --depth_;
    return true;
  }

  bool missing(PointerPlan const& field) { return fail(&field, "is required: state it", "必填"); }

  bool wrongType(PointerPlan const* field) { return fail(field, "is of another type than the schema states"); }

  bool notCanonical(PointerPlan const* field) {
    return fail(field, "is not in canonical form, or cut off: send the bytes as Cap'n Proto's canonicalize gives them");
  }

  bool badNumber(NumberPlan const& number, std::int64_t value) {
    if (value == 0 && number.nonZero) {
      return fail(number.name, "is required: state it", "必填");
    }
    if (number.isEnum) {
      return fail(number.name, fmt::format("is {}, which this version of the schema does not know", value));
    }
    if (value > number.max || number.min < 0) {
      return fail(number.name,
                  fmt::format("is larger than any amount may be ({} fen): check the number of zeros", kMaxAmountFen),
                  fmt::format("超过金额上限（{} 分），请核对位数", kMaxAmountFen));
    }
    if (number.min == 1) {
      return value == 0 ? fail(number.name, "is required, and must be greater than 0", "必填，须大于 0")
                        : fail(number.name, "must be greater than 0", "须大于 0");
    }
    return fail(number.name, "must not be negative", "不能为负");
  }

  /// `zh` is given for what JSON can bring about.
  bool fail(PointerPlan const* field, std::string problem, std::string zh = {}) {
    return fail(field != nullptr ? field->name : FieldName{}, std::move(problem), std::move(zh));
  }

  [[gnu::cold]] bool fail(FieldName field, std::string problem, std::string zh = {}) {
    for (std::size_t i = 0; i < depth_; ++i) {
      add(steps_[i].field->name.english);
      if (steps_[i].field->kind == PointerKind::structList) {
        path_ += fmt::format("[{}]", steps_[i].index);
      }
    }
    add(field.english);
    problem_ = std::move(problem);
    problemZh_ = std::move(zh);
    return false;
  }

  void add(std::string_view name) {
    if (!path_.empty() && !name.empty()) {
      path_ += '.';
    }
    path_ += name;
  }

  crypto::BytesView bytes_;
  std::size_t words_;
  std::size_t next_ = 1;                 // the word that the next pointer must name
  std::array<Step, kMaxNesting> steps_;  // plans are less deep
  std::size_t depth_ = 0;
  std::string path_;
  std::string problem_;
  std::string problemZh_;
};

}  // namespace

std::optional<crypto::Error> findFault(crypto::BytesView bytes, StructPlan const& plan, std::string_view whole) {
  Walk walk(bytes);
  if (walk.message(plan)) {
    return std::nullopt;
  }
  return walk.fault(whole);
}

}  // namespace fundtrail::ledger::schema
