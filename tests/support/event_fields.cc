// SPDX-License-Identifier: Apache-2.0
#include "tests/support/event_fields.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>

#include <boost/json.hpp>
#include <capnp/schema.h>

#include "crypto/merkle.h"
#include "ledger/domain/money.h"
#include "ledger/schema/event.capnp.h"
#include "tests/support/founders.h"

namespace fundtrail::tests {

namespace {

namespace json = boost::json;
using PositionOf = std::function<std::uint64_t(std::string_view label)>;

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

[[noreturn]] void fail(std::string_view path, std::string_view problem) {
  throw std::runtime_error(std::string(path) + ": " + std::string(problem));
}

/// "name[2].rest"
struct Segment {
  std::string_view name;
  std::optional<std::size_t> index;
  std::string_view rest;
};

Segment firstSegment(std::string_view path) {
  auto const dot = path.find('.');
  Segment segment{path.substr(0, dot), std::nullopt,
                  dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1)};
  if (auto const bracket = segment.name.find('['); bracket != std::string_view::npos) {
    std::size_t index = 0;
    std::from_chars(segment.name.data() + bracket + 1, segment.name.data() + segment.name.size(), index);
    segment.index = index;
    segment.name = segment.name.substr(0, bracket);
  }
  return segment;
}

class Writer {
 public:
  Writer(std::string_view path, std::string_view value, PositionOf const& positionOf)
      : path_(path), value_(value), positionOf_(positionOf) {}

  void write(json::object& object, capnp::StructSchema schema, std::string_view path) const {
    auto const segment = firstSegment(path);
    std::string name(segment.name);
    auto field = schema.findFieldByName(name);
    if (field == nullptr) field = schema.findFieldByName(name += "Fen");
    KJ_IF_MAYBE (found, field) {
      auto const type = found->getType();
      if (type.isList()) {
        if (!segment.index) fail(path_, "is a list: say which element");
        return element(listIn(object, name), *segment.index, type.asList().getElementType(), segment.rest);
      }
      if (type.isStruct()) return write(objectIn(object[name]), type.asStruct(), segment.rest);
      object[name] = scalar(type, name);
    } else {
      fail(path_, "the schema has no such field");
    }
  }

 private:
  static json::object& objectIn(json::value& value) {
    return value.is_object() ? value.get_object() : value.emplace_object();
  }
  static json::array& listIn(json::object& object, std::string const& name) {
    auto& value = object[name];
    return value.is_array() ? value.get_array() : value.emplace_array();
  }

  void element(json::array& list, std::size_t index, capnp::Type type, std::string_view rest) const {
    if (index > list.size()) fail(path_, "the elements before it are missing");
    if (index == list.size()) list.emplace_back(nullptr);
    if (type.isStruct()) return write(objectIn(list[index]), type.asStruct(), rest);
    list[index] = scalar(type, "");
  }

  json::value scalar(capnp::Type type, std::string_view name) const {
    if (type.isBool()) {
      if (value_ != "yes" && value_ != "no") fail(path_, "is yes or no");
      return value_ == "yes";
    }
    if (type.isData()) return json::value(data());
    if (type.isText() || type.isEnum()) return json::value(value_);
    if (name.ends_with("Fen")) {
      auto const amount = ledger::domain::parseYuan(value_);
      if (!amount) fail(path_, "is an amount in yuan");
      return json::value(std::to_string(amount->count()));
    }
    if (value_.starts_with('#')) return json::value(std::to_string(positionOf_(value_.substr(1))));
    std::string digits(value_);
    if (digits.size() == 10) std::erase(digits, '-');  // a date
    std::uint64_t number = 0;
    auto const end = digits.data() + digits.size();
    if (std::from_chars(digits.data(), end, number).ptr != end || digits.empty()) fail(path_, "is a number");
    return json::value(number);
  }

  std::string data() const {
    auto const after = [this](std::string_view prefix) { return value_.substr(prefix.size()); };
    if (value_.starts_with("spki:")) return crypto::toHex(keyOf(after("spki:")).publicKey().spki());
    if (value_.starts_with("key:")) {
      return keyOf(after("key:")).publicKey().fingerprint(crypto::HashAlgorithm::sha256).hex();
    }
    if (value_.starts_with("hash:")) {
      return crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(after("hash:"))).hex();
    }
    return std::string(value_);
  }

  std::string_view path_;
  std::string_view value_;
  PositionOf const& positionOf_;
};

}  // namespace

Fields fieldsOf(std::string_view cell) {
  Fields fields;
  while (!trimmed(cell).empty()) {
    auto const end = cell.find(';');
    auto const field = trimmed(cell.substr(0, end));
    auto const space = field.find(' ');
    if (space == std::string_view::npos) fail(field, "has no value");
    fields.emplace_back(field.substr(0, space), trimmed(field.substr(space)));
    cell = end == std::string_view::npos ? std::string_view() : cell.substr(end + 1);
  }
  return fields;
}

Fields changed(Fields fields, Fields const& changes) {
  for (auto const& [path, value] : changes) {
    auto const lies = [&path = path](auto const& field) {
      auto const& at = field.first;
      return at.starts_with(path) && (at.size() == path.size() || at[path.size()] == '.' || at[path.size()] == '[');
    };
    if (value == "-") {
      if (std::erase_if(fields, lies) == 0) fail(path, "is not there to be left out");
      continue;
    }
    auto const known = std::ranges::find(fields, path, &Fields::value_type::first);
    if (known == fields.end()) {
      fields.emplace_back(path, value);
    } else {
      known->second = value;
    }
  }
  return fields;
}

std::string eventJson(std::string_view type, std::uint32_t occurredOn, Fields const& fields,
                      PositionOf const& positionOf) {
  auto const schema = capnp::Schema::from<ledger::schema::Event>();
  json::object event{{"occurredOn", occurredOn}};
  bool known = false;
  KJ_IF_MAYBE (member, schema.findFieldByName(std::string(type))) {
    known = member->getProto().getDiscriminantValue() != capnp::schema::Field::NO_DISCRIMINANT;
  }
  if (!known) fail(type, "is no type of event");
  json::object body;
  auto const bodySchema = schema.getFieldByName(std::string(type)).getType().asStruct();
  for (auto const& [path, value] : fields) {
    Writer const writer(path, value, positionOf);
    std::string const name(firstSegment(path).name);
    // A body may have a field of that name: a delisting has its cause.
    bool const isTheEvents = (name == "documents" || name == "cause") && bodySchema.findFieldByName(name) == nullptr;
    if (isTheEvents) {
      writer.write(event, schema, path);
    } else {
      writer.write(body, bodySchema, path);
    }
  }
  event[type] = std::move(body);
  return json::serialize(event);
}

}  // namespace fundtrail::tests
