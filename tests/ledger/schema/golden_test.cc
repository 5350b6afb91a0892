// SPDX-License-Identifier: Apache-2.0
#include "tests/ledger/schema/golden.h"

#include <set>
#include <string>

#include <capnp/dynamic.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/schema/json_text.h"
#include "ledger/schema/names.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger::schema {
namespace {

std::vector<Golden> const& goldens() {
  static auto const all = goldensIn(FUNDTRAIL_SOURCE_DIR "/tests/golden/events");
  return all;
}

std::string typeOf(Golden const& golden) {
  return golden.name().substr(0, golden.name().find('-'));
}

/// Adds the names of fields that somewhere in the struct hold a value, as "Struct.field".
void addSetFields(capnp::DynamicStruct::Reader reader, std::set<std::string>& set) {
  auto const structName = std::string(reader.getSchema().getShortDisplayName().cStr());
  for (auto const field : reader.getSchema().getFields()) {
    if (!reader.has(field, capnp::HasMode::NON_DEFAULT)) {
      continue;
    }
    set.insert(structName + '.' + field.getProto().getName().cStr());
    auto const value = reader.get(field);
    if (value.getType() == capnp::DynamicValue::STRUCT) {
      addSetFields(value.as<capnp::DynamicStruct>(), set);
    } else if (value.getType() == capnp::DynamicValue::LIST) {
      for (auto const element : value.as<capnp::DynamicList>()) {
        if (element.getType() == capnp::DynamicValue::STRUCT) {
          addSetFields(element.as<capnp::DynamicStruct>(), set);
        }
      }
    }
  }
}

/// Adds every field that the schema has below a struct, the same way.
void addAllFields(capnp::StructSchema schema, std::set<std::string>& all) {
  auto const structName = std::string(schema.getShortDisplayName().cStr());
  for (auto const field : schema.getFields()) {
    if (field.getProto().getName() == "notStated") {
      continue;
    }
    all.insert(structName + '.' + field.getProto().getName().cStr());
    auto type = field.getType();
    if (type.isList()) {
      type = type.asList().getElementType();
    }
    if (type.isStruct()) {
      addAllFields(type.asStruct(), all);
    }
  }
}

TEST(Golden, EveryEventTypeHasOne) {
  std::set<std::string> present;
  for (auto const& golden : goldens()) {
    present.insert(typeOf(golden));
  }
  for (auto const type : eventTypes()) {
    EXPECT_TRUE(present.contains(std::string(eventTypeName(type))))
        << "write tests/golden/events/" << eventTypeName(type) << ".json (see the README there)";
  }
  EXPECT_THAT(present, testing::IsSupersetOf({"entry", "genesis", "genesisStatement", "statement"}));
}

TEST(Golden, EveryOneHasBothFiles) {
  for (auto const& golden : goldens()) {
    EXPECT_TRUE(exists(golden.json)) << golden.json;
    EXPECT_TRUE(exists(golden.hex)) << golden.hex << ": see the README there";
  }
}

TEST(Golden, JsonEncodesToTheBytes) {
  for (auto const& golden : goldens()) {
    auto const words = golden.encode(readFile(golden.json));
    ASSERT_TRUE(words) << golden.name() << ": " << words.error().message;
    EXPECT_EQ(toHexLines(words->bytes()), readFile(golden.hex)) << golden.name();
  }
}

TEST(Golden, BytesDecodeToTheJson) {
  for (auto const& golden : goldens()) {
    auto const decoded = golden.decode(fromHexLines(readFile(golden.hex)));
    EXPECT_EQ(parseJson(decoded).value(), parseJson(readFile(golden.json)).value()) << golden.name();
  }
}

TEST(Golden, AnEventsGoldenIsOfTheTypeThatItIsNamedAfter) {
  for (auto const& golden : goldens()) {
    if (auto const type = eventTypeNamed(typeOf(golden))) {
      auto const words = Words::copyOf(fromHexLines(readFile(golden.hex)));
      ASSERT_TRUE(checkShape<Event>(words.bytes())) << golden.name();
      EXPECT_EQ(Message<Event>(words.bytes()).root().which(), *type) << golden.name();
    }
  }
}

TEST(Golden, EveryFieldOfEveryEventIsSetInSomeGolden) {
  std::set<std::string> set;
  for (auto const& golden : goldens()) {
    if (eventTypeNamed(typeOf(golden))) {
      auto const words = Words::copyOf(fromHexLines(readFile(golden.hex)));
      addSetFields(Message<Event>(words.bytes()).root(), set);
    }
  }
  std::set<std::string> all;
  addAllFields(capnp::Schema::from<Event>(), all);
  EXPECT_EQ(set, all);
}

}  // namespace
}  // namespace fundtrail::ledger::schema
