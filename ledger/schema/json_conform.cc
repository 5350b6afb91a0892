// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/json_conform.h"

#include <charconv>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/ensure.h"
#include "ledger/schema/annotations.capnp.h"
#include "ledger/schema/annotations.h"
#include "ledger/schema/nearest.h"

namespace fundtrail::ledger::schema {

namespace {

namespace json = boost::json;
using capnp::StructSchema;
using crypto::Result;

/// Integers beyond this are not exact in readers that take JSON numbers for doubles (RFC 8259, section 6).
constexpr std::int64_t kLargestExact = (std::int64_t{1} << 53) - 1;

/// The first of every enumeration: what a field that was left out holds. It is read, but nobody is told to write it.
constexpr std::string_view kNotStated = "notStated";

/// What is wrong with a value.
struct Problem {
  std::string en;
  std::string zh;
};

Problem unknownName(std::string_view name, StructSchema schema) {
  std::vector<std::string> names;
  for (auto const field : schema.getFields()) names.emplace_back(view(field.getProto().getName()));
  if (auto const meant = nearest(name, names)) {
    return {fmt::format("is no name that the schema knows: did you mean \"{}\"?", *meant),
            fmt::format("没有这个字段，是否应为“{}”？", *meant)};
  }
  return {"is no name that the schema knows: remove it", "没有这个字段，请删去"};
}

template <class Integer>
std::optional<Integer> wholeNumber(std::string_view text) {
  Integer number{};
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

class Conformer {
 public:
  explicit Conformer(ReferenceResolver const& resolve) : resolve_(resolve) {}

  Result<void> object(json::object& object, StructSchema schema) {
    std::string_view member;
    for (auto& [key, value] : object) {
      std::string const name(key);
      Step const step(*this, '.' + name);
      KJ_IF_MAYBE (field, schema.findFieldByName(name.c_str())) {
        if (auto const number = field->getProto().getDiscriminantValue();
            number != capnp::schema::Field::NO_DISCRIMINANT) {
          if (number == 0 || !member.empty()) {
            return number == 0 ? refuse({"is no type: name one", "不是事件类型，请写明一种"})
                               : refuse({fmt::format("is a second type beside \"{}\": name one", member),
                                         fmt::format("与“{}”并列，一处只能写一种", member)});
          }
          member = view(field->getProto().getName());
        }
        if (auto result = this->value(value, *field, field->getType()); !result) {
          return result;
        }
      } else {
        return refuse(unknownName(name, schema));
      }
    }
    return {};
  }

 private:
  /// One more step of the path, for as long as the object lives.
  class Step {
   public:
    Step(Conformer& conformer, std::string const& step) : path_(conformer.path_), size_(path_.size()) { path_ += step; }
    ~Step() { path_.resize(size_); }
    Step(Step const&) = delete;
    Step& operator=(Step const&) = delete;

   private:
    std::string& path_;
    std::size_t size_;
  };

  Result<void> value(json::value& value, StructSchema::Field field, capnp::Type type) {
    using capnp::schema::Type;
    switch (type.which()) {
      case Type::BOOL:
        return value.is_bool() ? Result<void>() : refuse({"must be true or false", "须为 true 或 false"});
      case Type::UINT8: return small(value, std::numeric_limits<std::uint8_t>::max());
      case Type::UINT16: return small(value, std::numeric_limits<std::uint16_t>::max());
      case Type::UINT32: return isDate(field) ? date(value) : small(value, std::numeric_limits<std::uint32_t>::max());
      case Type::INT64: return large<std::int64_t>(value);
      case Type::UINT64: return large<std::uint64_t>(value);
      case Type::TEXT:
        return value.is_string() ? Result<void>() : refuse({"must be a text in quotes", "须为引号中的文字"});
      case Type::DATA: return data(value, field);
      case Type::ENUM: return enumerant(value, type.asEnum());
      case Type::STRUCT:
        return value.is_object() ? object(value.get_object(), type.asStruct())
                                 : refuse({"must be an object in braces", "须为花括号中的对象"});
      case Type::LIST: return list(value, field, type.asList().getElementType());
      default: crypto::abortOnBug("the schema has a type that JSON is not prepared for");
    }
  }

  static bool isDate(StructSchema::Field field) {
    auto const format = annotated(field.getProto().getAnnotations(), Annotation::format);
    return format && format->getEnum() == static_cast<std::uint16_t>(Format::DATE);
  }

  Result<void> date(json::value const& value) {
    auto const fits = small(value, std::numeric_limits<std::uint32_t>::max());
    return fits ? fits
                : refuse({"must be a date as eight digits without quotes, such as 20250421",
                          "须为八位数字的日期，不加引号，如 20250421"});
  }

  Result<void> small(json::value const& value, std::uint32_t max) {
    auto const fits = value.is_int64() && value.get_int64() >= 0 && value.get_int64() <= max;
    return fits ? Result<void>()
                : refuse({fmt::format("must be a whole number from 0 to {}", max),
                          fmt::format("须为 0 至 {} 的整数", max)});
  }

  template <class Integer>
  Result<void> large(json::value& value) {
    std::optional<Integer> number;
    if (value.is_string()) {
      number = wholeNumber<Integer>({value.get_string().data(), value.get_string().size()});
    } else if (value.is_int64() && std::abs(value.get_int64()) <= kLargestExact &&
               (std::is_signed_v<Integer> || value.get_int64() >= 0)) {
      number = static_cast<Integer>(value.get_int64());
    }
    if (!number && value.is_string() && isWholeNumber(text(value))) {
      return refuse({"is too large: check the number of digits", "数值过大，请核对位数"});
    }
    if (!number) {
      if (path_.ends_with("Fen")) {
        return refuse({"must be a whole number of fen in quotes, such as \"1250\" for 12.50 yuan",
                       "须为引号中的整数，单位为分，如 12.50 元写作 \"1250\""});
      }
      constexpr auto kLeast = std::numeric_limits<Integer>::min();
      constexpr auto kMost = std::numeric_limits<Integer>::max();
      return refuse({fmt::format("must be a whole number in quotes, from {} to {}", kLeast, kMost),
                     fmt::format("须为引号中的整数，{} 至 {}", kLeast, kMost)});
    }
    value = std::to_string(*number);
    return {};
  }

  static std::string_view text(json::value const& value) {
    return {value.get_string().data(), value.get_string().size()};
  }

  static bool isWholeNumber(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  }

  Result<void> data(json::value& value, StructSchema::Field field) {
    if (!value.is_string()) {
      return refuse({"must be hexadecimal digits in quotes", "须为引号中的十六进制数字"});
    }
    auto const text = Conformer::text(value);
    auto const exact = annotated(field.getProto().getAnnotations(), Annotation::exactBytes);
    if (text.starts_with('@') && exact && exact->getUint32() == crypto::Digest::kSize) {
      if (!resolve_) {
        return refuse({"is a reference: state the event's hash", "这里不能用引用，请写事件的哈希"});
      }
      auto const digest = resolve_(text.substr(1));
      if (!digest) {
        return digest.error().of(path());
      }
      value = digest->hex();
      return {};
    }
    bool const mayBeReference = exact && exact->getUint32() == crypto::Digest::kSize;
    if (mayBeReference && isWholeNumber(text) && text.size() < 2 * crypto::Digest::kSize) {
      return refuse({fmt::format("is no hash: to name the event with this number write \"@{}\"", text),
                     fmt::format("不是哈希：按序号引用事件请写作“@{}”", text)});
    }
    return crypto::fromHex(text) ? Result<void>() : notHex(mayBeReference);
  }

  crypto::Error notHex(bool mayBeReference) const {
    return mayBeReference ? refuse({"must be pairs of hexadecimal digits, or @ and an event's number or label",
                                    "须为十六进制哈希，或 @ 加事件序号或 label（如 @123）"})
                          : refuse({"must be pairs of hexadecimal digits", "须为成对的十六进制数字"});
  }

  Result<void> enumerant(json::value const& value, capnp::EnumSchema schema) {
    std::string known;
    for (auto const enumerant : schema.getEnumerants()) {
      auto const name = view(enumerant.getProto().getName());
      if (value.is_string() && std::string_view(value.get_string().data(), value.get_string().size()) == name) {
        return {};
      }
      if (name != kNotStated) known += fmt::format("{}{}", known.empty() ? "" : ", ", name);
    }
    return refuse({fmt::format("must be one of: {}", known), fmt::format("须为下列之一：{}", known)});
  }

  Result<void> list(json::value& value, StructSchema::Field field, capnp::Type elementType) {
    if (!value.is_array()) {
      return refuse({"must be a list in brackets", "须为方括号中的列表"});
    }
    std::size_t index = 0;
    for (auto& element : value.get_array()) {
      Step const step(*this, fmt::format("[{}]", index++));
      if (auto result = this->value(element, field, elementType); !result) {
        return result;
      }
    }
    return {};
  }

  std::string path() const { return path_.substr(1); }  // without the first dot

  crypto::Error refuse(Problem problem) const {
    return crypto::Error{crypto::ErrorKind::badInput, std::move(problem.en), std::move(problem.zh)}.of(path());
  }

  ReferenceResolver const& resolve_;
  std::string path_;
};

}  // namespace

Result<void> conform(json::object& object, StructSchema schema, ReferenceResolver const& resolve) {
  return Conformer(resolve).object(object, schema);
}

}  // namespace fundtrail::ledger::schema
