// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>
#include <utility>

#include <capnp/dynamic.h>
#include <fmt/format.h>

#include "crypto/bytes.h"
#include "ledger/schema/annotations.capnp.h"
#include "ledger/schema/annotations.h"
#include "ledger/schema/names.h"
#include "ledger/schema/stated.h"
#include "ledger/schema/titles.h"

namespace fundtrail::ledger::schema {

namespace {

using capnp::DynamicEnum;
using capnp::DynamicList;
using capnp::DynamicStruct;
using capnp::DynamicValue;

/// The names of amounts end so, and of nothing else.
constexpr std::string_view kFen = "Fen";

bool isAmount(std::string_view fieldName) {
  return fieldName.ends_with(kFen);
}

/// 8000000000 → "80,000,000.00". Takes any number, the smallest too.
std::string yuan(std::int64_t fen) {
  auto const magnitude = fen < 0 ? 0 - static_cast<std::uint64_t>(fen) : static_cast<std::uint64_t>(fen);
  auto text = fmt::format("{}.{:02}", magnitude / 100, magnitude % 100);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 6; at > 0; at -= 3) {
    text.insert(static_cast<std::size_t>(at), 1, ',');
  }
  return fen < 0 ? '-' + text : text;
}

std::string date(std::uint32_t number) {
  return fmt::format("{:04}-{:02}-{:02}", number / 10000, number / 100 % 100, number % 100);
}

/// Writes fields as lines.
class Listing {
 public:
  explicit Listing(Language language) : language_(language) {}

  void fields(DynamicStruct::Reader reader, std::size_t depth) {
    for (auto const field : reader.getSchema().getFields()) {
      if (isStated(reader, field)) {
        add(field, reader.get(field), depth);
      }
    }
  }

  std::string text;

 private:
  void add(capnp::StructSchema::Field field, DynamicValue::Reader const& value, std::size_t depth) {
    auto name = view(field.getProto().getName());
    if (isAmount(name)) {
      name.remove_suffix(kFen.size());  // it is shown in yuan
    }
    auto const title = titleOf(field.getProto().getAnnotations(), name);
    if (value.getType() == DynamicValue::LIST) {
      for (auto const element : value.as<DynamicList>()) {
        addValue(title, field, element, depth);
      }
    } else {
      addValue(title, field, value, depth);
    }
  }

  void addValue(std::string const& title, capnp::StructSchema::Field field, DynamicValue::Reader const& value,
                std::size_t depth) {
    text.append(2 * depth, ' ');
    if (value.getType() == DynamicValue::STRUCT) {
      text += title + ":\n";
      fields(value.as<DynamicStruct>(), depth + 1);
    } else {
      text += fmt::format("{}: {}\n", title, scalar(field, value));
    }
  }

  std::string scalar(capnp::StructSchema::Field field, DynamicValue::Reader const& value) const {
    switch (value.getType()) {
      case DynamicValue::TEXT: return std::string(view(value.as<capnp::Text>()));
      case DynamicValue::DATA: {
        auto const data = value.as<capnp::Data>();
        return crypto::toHex({data.begin(), data.size()});
      }
      case DynamicValue::BOOL: {
        bool const isSo = value.as<bool>();
        return language_ == Language::zh ? isSo ? "是" : "否" : isSo ? "yes" : "no";
      }
      case DynamicValue::ENUM: {
        auto const held = value.as<DynamicEnum>();
        auto const enumerant = held.getSchema().getEnumerants()[held.getRaw()].getProto();
        return titleOf(enumerant.getAnnotations(), view(enumerant.getName()));
      }
      case DynamicValue::INT: {
        auto const number = value.as<std::int64_t>();
        return isAmount(view(field.getProto().getName())) ? yuan(number) : std::to_string(number);
      }
      default: {
        auto const format = annotated(field.getProto().getAnnotations(), Annotation::format);
        auto const number = value.as<std::uint64_t>();
        return format && static_cast<Format>(format->getEnum()) == Format::DATE
                   ? date(static_cast<std::uint32_t>(number))
                   : std::to_string(number);
      }
    }
  }

  std::string titleOf(Annotations annotations, std::string_view name) const {
    return language_ == Language::zh ? std::string(zhOf(annotations)) : wordsOf(name);
  }

  Language language_;
};

}  // namespace

std::string describe(Event::Reader event, Language language) {
  Listing listing(language);
  listing.text = fmt::format("{}\n", eventTypeTitle(event.which(), language));
  listing.fields(event, 1);
  return std::move(listing.text);
}

}  // namespace fundtrail::ledger::schema
