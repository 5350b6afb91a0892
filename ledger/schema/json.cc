// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/json.h"

#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <capnp/compat/json.h>
#include <capnp/dynamic.h>
#include <capnp/message.h>
#include <fmt/format.h>
#include <kj/exception.h>

#include "ledger/schema/annotations.h"
#include "ledger/schema/json_conform.h"
#include "ledger/schema/json_decode.h"
#include "ledger/schema/json_text.h"
#include "ledger/schema/shape.h"
#include "ledger/schema/stated.h"

namespace fundtrail::ledger::schema {

namespace {

/// Cap'n Proto's codec, set up for what this schema writes as JSON. Used through const alone, and so on any thread.
class Codec {
 public:
  explicit Codec(bool pretty) {
    codec_.setPrettyPrint(pretty);
    codec_.setHasMode(capnp::HasMode::NON_DEFAULT);
    codec_.setMaxNestingDepth(kMaxNesting);
    codec_.handleByAnnotation<Event>();
    codec_.handleByAnnotation<Statement>();
    codec_.handleByAnnotation<Entry>();
  }

  capnp::JsonCodec const& operator*() const { return codec_; }

  static capnp::JsonCodec const& compact() {
    static Codec const codec(false);
    return *codec;
  }

  static capnp::JsonCodec const& pretty() {
    static Codec const codec(true);
    return *codec;
  }

 private:
  capnp::JsonCodec codec_;
};

template <class Reader>
std::string write(Reader reader, bool pretty) {
  auto const text = (pretty ? Codec::pretty() : Codec::compact()).encode(reader);
  return {text.begin(), text.size()};
}

boost::json::value zeroOf(capnp::Type type) {
  if (type.isBool()) return false;
  if (type.isInt64() || type.isUInt64()) return "0";
  return 0;
}

/// The object with the fields that were left out although their zero is a value, in the order of the schema.
boost::json::object withZeros(boost::json::object given, capnp::DynamicStruct::Reader reader) {
  boost::json::object complete;
  for (auto const field : reader.getSchema().getFields()) {
    if (!isStated(reader, field)) continue;
    auto const name = view(field.getProto().getName());
    auto* const value = given.if_contains(name);
    auto const type = field.getType();
    if (value == nullptr) {
      complete[name] = zeroOf(type);
      continue;
    }
    if (type.isStruct()) {
      *value = withZeros(std::move(value->as_object()), reader.get(field).as<capnp::DynamicStruct>());
    } else if (type.isList() && type.asList().getElementType().isStruct()) {
      auto const list = reader.get(field).as<capnp::DynamicList>();
      auto& elements = value->as_array();
      for (unsigned i = 0; i < list.size(); ++i) {
        elements[i] = withZeros(std::move(elements[i].as_object()), list[i].as<capnp::DynamicStruct>());
      }
    }
    complete[name] = std::move(*value);
  }
  return complete;
}

}  // namespace

std::string toJson(Event::Reader event, bool pretty) {
  return write(event, pretty);
}
std::string toJson(Statement::Reader statement, bool pretty) {
  return write(statement, pretty);
}
std::string toJson(Entry::Reader entry, bool pretty) {
  return write(entry, pretty);
}
std::string toJson(Genesis::Reader genesis, bool pretty) {
  return write(genesis, pretty);
}

boost::json::object readersJson(Event::Reader event) {
  return withZeros(boost::json::parse(toJson(event, false)).as_object(), event);
}

template <class T>
crypto::Result<Words> decode(boost::json::object object, ReferenceResolver const& resolve) {
  if (auto const conformed = conform(object, capnp::Schema::from<T>(), resolve); !conformed) {
    return conformed.error();
  }
  auto const text = boost::json::serialize(object);
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<T>();
  try {
    Codec::compact().decode(kj::arrayPtr(text.data(), text.size()), root);
  } catch (kj::Exception const& exception) {
    return crypto::Error{crypto::ErrorKind::badInput,
                         fmt::format("JSON: {}: correct it", view(exception.getDescription()))};
  }
  auto words = canonical<T>(root);
  if (auto const shape = checkShape<T>(words.bytes()); !shape) {
    return shape.error();
  }
  return words;
}

template <class T>
crypto::Result<Words> fromJson(std::string_view json) {
  auto value = parseJson(json);
  if (!value) {
    return value.error();
  }
  if (!value->is_object()) {
    return crypto::Error{crypto::ErrorKind::badInput, "JSON: must be an object in braces"};
  }
  return decode<T>(std::move(value->get_object()), nullptr);
}

template crypto::Result<Words> decode<Event>(boost::json::object, ReferenceResolver const&);
template crypto::Result<Words> fromJson<Event>(std::string_view);
template crypto::Result<Words> fromJson<Statement>(std::string_view);
template crypto::Result<Words> fromJson<Entry>(std::string_view);
template crypto::Result<Words> fromJson<Genesis>(std::string_view);

}  // namespace fundtrail::ledger::schema
