// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/log.h"

#include <string>
#include <vector>

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace fundtrail::api::daemon {
namespace {

using ledger::domain::Instant;

Instant const kTime = Instant::parse("2026-01-02T03:04:05.678+08:00").value();

std::string record(Format format, std::vector<Field> const& fields) {
  return formatRecord(format, kTime, Level::warning, "a thing happened", fields);
}

TEST(LogRecords, AreOneLineOfText) {
  EXPECT_EQ(record(Format::text, {{"id", "a-1"}, {"status", std::uint64_t{404}}, {"whole", true}, {"who", ""}}),
            "2026-01-02T03:04:05.678+08:00 warning a thing happened id=a-1 status=404 whole=true who=\"\"");
}

TEST(LogRecords, AreOneObjectOfJson) {
  EXPECT_EQ(record(Format::json, {{"id", "a-1"}, {"taken", std::int64_t{-4}}, {"whole", false}}),
            R"({"time":"2026-01-02T03:04:05.678+08:00","level":"warning","message":"a thing happened","id":"a-1",)"
            R"("taken":-4,"whole":false})");
}

TEST(LogRecords, NoValueBeginsAnotherRecordOrField) {
  for (std::string const value : {"a b", "a=b", "x\nid=forged", "\"", "\\", "\x1b[31m", "张三"}) {
    auto const text = record(Format::text, {{"id", value}, {"end", true}});
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    auto const from = text.find("id=") + 3;
    auto const quoted = text.substr(from, text.size() - from - std::string(" end=true").size());
    EXPECT_EQ(boost::json::parse(quoted).as_string(), value);
    auto const object = boost::json::parse(record(Format::json, {{"id", value}})).as_object();
    EXPECT_EQ(object.at("id").as_string(), value);
  }
}

}  // namespace
}  // namespace fundtrail::api::daemon
