// SPDX-License-Identifier: Apache-2.0
// The batch files that people begin with.

#include <filesystem>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "ledger/schema/annotations.h"
#include "ledger/schema/json.h"
#include "ledger/schema/names.h"
#include "tests/ledger/schema/golden.h"

namespace fundtrail::ledger::schema {
namespace {

constexpr char const* kFolder = FUNDTRAIL_SOURCE_DIR "/docs/templates";

TEST(Templates, ThereIsOneOfEveryEventTypeThatCanBeSubmittedAndHoldsAllItsFields) {
  for (auto const type : eventTypes()) {
    auto const name = std::string(eventTypeName(type));
    auto const text = readFile(std::filesystem::path(kFolder) / (name + ".json"));
    auto const file = parseBatchFile(text);
    ASSERT_TRUE(file) << name << ": " << file.error().message;
    ASSERT_EQ(file->events.size(), 1U) << name;
    auto const words = file->events[0].encode({1}, [](std::string_view reference) -> crypto::Result<crypto::Digest> {
      EXPECT_EQ(reference, "123");
      return crypto::Digest{{1}};
    });
    ASSERT_TRUE(words) << name << ": " << words.error().message;
    Message<Event> const event(words->bytes());
    EXPECT_EQ(event.root().which(), type) << name;

    auto const parsed = boost::json::parse(text);
    auto const& body = parsed.at("events").at(0).at(name).as_object();
    auto const field = capnp::Schema::from<Event>().getFieldByName(name.c_str());
    for (auto const part : field.getType().asStruct().getFields()) {
      EXPECT_TRUE(body.contains(view(part.getProto().getName()))) << name << "." << part.getProto().getName().cStr();
    }
  }
}

TEST(Templates, AreOfEventTypesOnly) {
  std::size_t found = 0;
  for (auto const& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".json") continue;
    ++found;
    EXPECT_TRUE(eventTypeNamed(entry.path().stem().string())) << entry.path();
  }
  EXPECT_EQ(found, eventTypes().size());
}

}  // namespace
}  // namespace fundtrail::ledger::schema
