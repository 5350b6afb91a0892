// SPDX-License-Identifier: Apache-2.0
#include "tests/ledger/schema/arbitrary_event.h"

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <string_view>

#include <capnp/dynamic.h>
#include <capnp/message.h>

#include "ledger/schema/annotations.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/limits.h"
#include "ledger/schema/names.h"

namespace fundtrail::ledger::schema {

namespace {

using capnp::DynamicStruct;

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  std::uint64_t upTo(std::uint64_t max) { return max == ~std::uint64_t{0} ? random_() : random_() % (max + 1); }
  bool sometimes() { return upTo(2) == 0; }

  void fill(DynamicStruct::Builder builder) {
    for (auto const field : builder.getSchema().getNonUnionFields()) {
      auto const annotations = field.getProto().getAnnotations();
      if (has(annotations, Annotation::required) || has(annotations, Annotation::positive) || sometimes()) {
        set(builder, field, annotations);
      }
    }
  }

 private:
  void set(DynamicStruct::Builder builder, capnp::StructSchema::Field field, Annotations annotations) {
    auto const type = field.getType();
    std::uint64_t const least = has(annotations, Annotation::required) ? 1 : 0;
    if (type.isBool()) {
      builder.set(field, sometimes());
    } else if (type.isUInt8() || type.isUInt16() || type.isUInt32()) {
      auto const max = type.isUInt8()    ? std::numeric_limits<std::uint8_t>::max()
                       : type.isUInt16() ? std::numeric_limits<std::uint16_t>::max()
                                         : std::numeric_limits<std::uint32_t>::max();
      builder.set(field, least + upTo(max - least));
    } else if (type.isUInt64()) {
      builder.set(field, least + upTo(~std::uint64_t{0} - least));
    } else if (type.isInt64()) {
      auto number = static_cast<std::int64_t>(random_());
      if (has(annotations, Annotation::positive) || has(annotations, Annotation::notNegative)) {
        number &= std::numeric_limits<std::int64_t>::max();
      }
      if (std::string_view(field.getProto().getName().cStr()).ends_with("Fen")) number %= kMaxAmountFen + 1;
      builder.set(field, number == 0 ? 1 : number);
    } else if (type.isEnum()) {
      builder.set(field, capnp::DynamicEnum(type.asEnum(), enumerant(type.asEnum(), least)));
    } else if (type.isText()) {
      builder.set(field, text(least, limit(annotations, Annotation::maxBytes, kDefaultMaxText)).c_str());
    } else if (type.isData()) {
      auto const exact = limit(annotations, Annotation::exactBytes, 0);
      auto const size =
          exact != 0 ? exact : least + upTo(limit(annotations, Annotation::maxBytes, kDefaultMaxData) - least);
      auto data = builder.init(field, static_cast<unsigned>(size)).as<capnp::Data>();
      for (auto& byte : data) {
        byte = static_cast<kj::byte>(random_());
      }
    } else if (type.isStruct()) {
      fill(builder.init(field).as<DynamicStruct>());
    } else {
      auto const most = std::min<std::uint64_t>(limit(annotations, Annotation::maxItems, kDefaultMaxItems), 5);
      auto list = builder.init(field, static_cast<unsigned>(least + upTo(most - least))).as<capnp::DynamicList>();
      auto const element = type.asList().getElementType();
      for (unsigned i = 0; i < list.size(); ++i) {
        if (element.isStruct()) {
          fill(list[i].as<DynamicStruct>());
        } else {
          list.set(i, capnp::DynamicEnum(element.asEnum(), enumerant(element.asEnum(), 1)));
        }
      }
    }
  }

  static std::uint64_t limit(Annotations annotations, Annotation which, std::uint64_t otherwise) {
    auto const value = annotated(annotations, which);
    return value ? value->getUint32() : otherwise;
  }

  std::uint16_t enumerant(capnp::EnumSchema schema, std::uint64_t least) {
    return static_cast<std::uint16_t>(least + upTo(schema.getEnumerants().size() - 1 - least));
  }

  std::string text(std::uint64_t least, std::uint64_t most) {
    static constexpr std::string_view kPieces[] = {"a", "Z", "0",  " ",  "\"", "\\", "/",
                                                   "~", "é", "金", "额", "𠮷", "@1"};
    std::string text;
    auto const length = least + upTo(most - least);
    while (text.size() < length) {
      auto const piece = kPieces[upTo(std::size(kPieces) - 1)];
      text += text.size() + piece.size() <= length ? piece : "x";
    }
    return text;
  }

  std::mt19937_64 random_;
};

}  // namespace

Words arbitraryEvent(std::uint64_t seed) {
  Maker maker(seed);
  capnp::MallocMessageBuilder message;
  DynamicStruct::Builder event = message.initRoot<Event>();
  maker.fill(event);
  auto const type = eventTypes()[maker.upTo(eventTypes().size() - 1)];
  maker.fill(event.init(eventTypeName(type).data()).as<DynamicStruct>());
  return canonical<Event>(message.getRoot<Event>().asReader());
}

}  // namespace fundtrail::ledger::schema
