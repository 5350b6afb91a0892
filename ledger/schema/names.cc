// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/names.h"

#include <algorithm>

#include "crypto/ensure.h"
#include "ledger/schema/annotations.h"
#include "ledger/schema/titles.h"

namespace fundtrail::ledger::schema {

namespace {

struct TypeNames {
  std::string_view name;
  std::string_view zh;
  std::string en;
};

/// Names of the event types by discriminant.
std::vector<TypeNames> const& typeNames() {
  static auto const names = [] {
    capnp::StructSchema const schema = capnp::Schema::from<Event>();
    std::vector<TypeNames> made(schema.getUnionFields().size());
    for (auto const field : schema.getUnionFields()) {
      auto const name = view(field.getProto().getName());
      made[field.getProto().getDiscriminantValue()] = {name, zhOf(field.getProto().getAnnotations()), wordsOf(name)};
    }
    return made;
  }();
  return names;
}

TypeNames const& namesOf(Event::Which type) {
  crypto::ensure(static_cast<std::size_t>(type) < typeNames().size(), "an event's type is one that the schema knows");
  return typeNames()[static_cast<std::size_t>(type)];
}

}  // namespace

std::span<Event::Which const> eventTypes() {
  static auto const types = [] {
    std::vector<Event::Which> made;
    for (std::size_t number = 1; number < typeNames().size(); ++number) {
      made.push_back(static_cast<Event::Which>(number));
    }
    return made;
  }();
  return types;
}

std::string_view eventTypeName(Event::Which type) {
  return namesOf(type).name;
}

std::string_view eventTypeTitle(Event::Which type, Language language) {
  return language == Language::zh ? namesOf(type).zh : namesOf(type).en;
}

std::optional<Event::Which> eventTypeNamed(std::string_view name) {
  for (auto const type : eventTypes()) {
    if (eventTypeName(type) == name) {
      return type;
    }
  }
  return std::nullopt;
}

std::string fieldTitle(Event::Which type, std::string_view path, Language language) {
  auto of = capnp::Schema::from<Event>().getFieldByName(std::string(eventTypeName(type)).c_str()).getType();
  std::string title;
  while (!path.empty()) {
    while (of.isList()) of = of.asList().getElementType();
    if (!of.isStruct()) return {};
    auto const end = std::min(path.find('.'), path.size());
    std::string const name(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
    KJ_IF_MAYBE (field, of.asStruct().findFieldByName(name.c_str())) {
      if (!title.empty()) title += language == Language::zh ? "·" : ", ";
      title += language == Language::zh ? std::string(zhOf(field->getProto().getAnnotations())) : wordsOf(name);
      of = field->getType();
    } else {
      return {};
    }
  }
  return title;
}

EnumNames::EnumNames(capnp::EnumSchema schema) {
  for (auto const enumerant : schema.getEnumerants()) {
    auto const name = view(enumerant.getProto().getName());
    enumerants_.push_back({name, zhOf(enumerant.getProto().getAnnotations()), wordsOf(name)});
  }
}

std::string_view EnumNames::name(std::uint16_t number) const {
  crypto::ensure(number < enumerants_.size(), "an enum's value is one that the schema knows");
  return enumerants_[number].name;
}

std::string_view EnumNames::title(std::uint16_t number, Language language) const {
  crypto::ensure(number < enumerants_.size(), "an enum's value is one that the schema knows");
  return language == Language::zh ? enumerants_[number].zh : enumerants_[number].en;
}

}  // namespace fundtrail::ledger::schema
