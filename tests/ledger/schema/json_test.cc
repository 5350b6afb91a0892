// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/json.h"

#include <string>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ledger/schema/json_text.h"
#include "ledger/schema/message.h"
#include "tests/ledger/schema/arbitrary_event.h"
#include "tests/ledger/schema/golden.h"

namespace fundtrail::ledger::schema {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string const kHash(64, 'a');
std::string const kHead = R"({"salt":"000102030405060708090a0b0c0d0e0f","occurredOn":20250521,)";

std::string approved(std::string const& fields) {
  return kHead + R"("paymentApproved":{"payment":")" + kHash + R"(",)" + fields + "}}";
}

/// What eventFromJson says; empty if nothing.
std::string fault(std::string const& json) {
  auto const words = eventFromJson(json);
  return words ? "" : words.error().message;
}

TEST(Json, ComesBackAsTheSameBytes) {
  EXPECT_TRUE(rc::check([](std::uint64_t seed) {
    auto const words = arbitraryEvent(seed);
    auto const event = Message<Event>(words.bytes());
    for (auto const pretty : {false, true}) {
      auto const json = toJson(event.root(), pretty);
      auto const back = eventFromJson(json);
      RC_ASSERT(back.has_value());
      RC_ASSERT(*back == words);
    }
  }));
}

TEST(Json, NamesTheTypeByOneMemberAndWritesAmountsAsText) {
  auto const words = eventFromJson(approved(R"("amountFen":"999999999999999")"));
  ASSERT_TRUE(words) << words.error().message;
  EXPECT_EQ(toJson(Message<Event>(words->bytes()).root(), false), approved(R"("amountFen":"999999999999999")"));
}

TEST(Json, ForReadersStatesZerosThatAreValuesAndReadsBackAsTheSameBytes) {
  EXPECT_TRUE(rc::check([](std::uint64_t seed) {
    auto const words = arbitraryEvent(seed);
    auto const back = eventFromJson(boost::json::serialize(readersJson(Message<Event>(words.bytes()).root())));
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == words);
  }));
  auto const words =
      eventFromJson(kHead + R"("statementImported":{"account":{"number":"4420150350005251","name":"x"},)" +
                    R"("digest":")" + kHash + R"(","periodFrom":20250501,"periodTo":20250531,)" +
                    R"("lines":[{"valueDate":20250502,"debitFen":"5"}],"city":441900}})");
  ASSERT_TRUE(words) << words.error().message;
  auto const json = readersJson(Message<Event>(words->bytes()).root());
  EXPECT_EQ(boost::json::serialize(json.at("statementImported")),
            R"({"account":{"number":"4420150350005251","name":"x"},"digest":")" + kHash +
                R"(","periodFrom":20250501,"periodTo":20250531,"openingFen":"0","closingFen":"0",)"
                R"("lines":[{"valueDate":20250502,"debitFen":"5","creditFen":"0"}],"city":441900})")
      << "and nothing of what the schema calls not stated";
}

TEST(Json, IsReadStrictly) {
  EXPECT_EQ(fault(approved(R"("amountFen":"1")")), "");
  EXPECT_EQ(fault(approved(R"("amountFen":1)")), "");
  EXPECT_EQ(fault(approved(R"("amountFen":999999999999999)")), "");
  auto const range =
      "paymentApproved.amountFen: must be a whole number of fen in quotes, such as \"1250\" for 12.50 yuan";
  for (auto const* amount : {"9007199254740992", "1.0", "1e2", "true", "null", "\"\"", "\"1.0\"", "\" 1\"", "\"1 \"",
                             "\"0x1\"", "[1]", "18446744073709551615"}) {
    EXPECT_EQ(fault(approved(std::string("\"amountFen\":") + amount)), range) << amount;
  }
  EXPECT_EQ(fault(approved(R"("amonutFen":"1")")),
            "paymentApproved.amonutFen: is no name that the schema knows: did you mean \"amountFen\"?");
  EXPECT_EQ(fault(approved(R"("colour":"1")")), "paymentApproved.colour: is no name that the schema knows: remove it");
  EXPECT_EQ(fault(approved(R"("amountFen":"0")")),
            "paymentApproved.amountFen: is required, and must be greater than 0");
  EXPECT_EQ(fault(kHead + R"("paymentAproved":{}})"),
            "paymentAproved: is no name that the schema knows: did you mean \"paymentApproved\"?");
  EXPECT_EQ(fault(kHead + R"("paymentApproved":[]})"), "paymentApproved: must be an object in braces");
  EXPECT_EQ(fault(kHead + R"("paymentApproved":null})"), "paymentApproved: must be an object in braces");
  EXPECT_EQ(fault(kHead + R"("documents":{}})"), "documents: must be a list in brackets");
  EXPECT_EQ(fault(kHead + R"("documents":[{"kind":"合同"},{"kind":7}]})"),
            "documents[1].kind: must be a text in quotes");
  EXPECT_EQ(fault(kHead + R"("cause":"0g"})"),
            "cause: must be pairs of hexadecimal digits, or @ and an event's number or label");
  EXPECT_EQ(fault(kHead + R"("cause":"a"})"),
            "cause: must be pairs of hexadecimal digits, or @ and an event's number or label");
  EXPECT_EQ(fault(kHead + R"("cause":[1]})"), "cause: must be hexadecimal digits in quotes");
  EXPECT_EQ(fault(kHead + R"("cause":"@tranche"})"), "cause: is a reference: state the event's hash");
  EXPECT_EQ(fault(kHead + R"("changeConfirmed":{"change":")" + kHash + R"(","outcome":"passed"}})"),
            "changeConfirmed.outcome: must be one of: pass, sendBack, reject");
  EXPECT_EQ(fault(kHead + R"("objectionResolved":{"upheld":1}})"), "objectionResolved.upheld: must be true or false");
}

TEST(Json, AForgottenAtSignAndTooManyDigitsAreSaidToBeThat) {
  EXPECT_EQ(fault(kHead + R"("cause":"48"})"), "cause: is no hash: to name the event with this number write \"@48\"");
  EXPECT_EQ(fault(approved(R"("amountFen":"9999999999999999999999")")),
            "paymentApproved.amountFen: is too large: check the number of digits");
}

TEST(Json, SmallNumbersKeepTheirRange) {
  for (auto const* date : {"4294967296", "-1", "1.5", "\"20250521\"", "1e30"}) {
    EXPECT_EQ(fault(std::string(R"({"occurredOn":)") + date + "}"),
              "occurredOn: must be a date as eight digits without quotes, such as 20250421")
        << date;
  }
  EXPECT_EQ(fault(kHead + R"("subsidyProposed":{"level":256}})"),
            "subsidyProposed.level: must be a whole number from 0 to 255");
  EXPECT_EQ(fault(kHead + R"("subsidyProposed":{"rateBp":65536}})"),
            "subsidyProposed.rateBp: must be a whole number from 0 to 65535");
}

TEST(Json, AnEventNamesOneType) {
  EXPECT_EQ(fault(kHead.substr(0, kHead.size() - 1) + "}"), "event: states no type: name one");
  EXPECT_EQ(fault(kHead + R"("notStated":null})"), "notStated: is no type: name one");
  EXPECT_EQ(fault(kHead + R"("paymentCancelled":{},"paymentApproved":{}})"),
            "paymentApproved: is a second type beside \"paymentCancelled\": name one");
}

TEST(Json, TheSaltIsNotMadeUp) {
  EXPECT_EQ(fault(R"({"occurredOn":20250521,"publicityClosed":{"publicity":")" + kHash + "\"}}"),
            "salt: is required: state it");
}

TEST(Json, MalformedTextIsLocated) {
  EXPECT_THAT(fault("{\n  \"salt\": ,\n}"), StartsWith("JSON, line 2, column 11: "));
  EXPECT_THAT(fault(""), StartsWith("JSON, line 1, column 1: "));
  EXPECT_THAT(fault("{}\n {}"), StartsWith("JSON, line 2, column 2: "));
  EXPECT_THAT(fault("{\"salt\":\"\xff\"}"), StartsWith("JSON, line 1, column 10: "));
  EXPECT_THAT(fault("[1, 2] // no"), StartsWith("JSON, line 1, column 8: "));
  EXPECT_THAT(fault(std::string(100, '[')), HasSubstr("too deep"));
  EXPECT_EQ(fault("[]"), "JSON: must be an object in braces");
}

TEST(Json, ANameThatStandsTwiceIsRefused) {
  EXPECT_THAT(fault("{\"salt\":\"\",\n\"occurredOn\":1,\"salt\":\"\"}"),
              testing::MatchesRegex("JSON, line 2, column [0-9]+: \"salt\" stands here twice: keep one"));
  EXPECT_THAT(fault(R"({"a":{"b":1},"c":[{"b":1},{"b":1,"\u0062":2}]})"),
              HasSubstr("\"b\" stands here twice: keep one"));
  EXPECT_TRUE(parseJson(R"({"a":{"b":1},"c":[{"b":1},{"b":1}],"b":2})"));
}

Salt const kSalt{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

crypto::Result<crypto::Digest> resolve(std::string_view reference) {
  if (reference == "tranche" || reference == "17") {
    crypto::Digest digest;
    digest.bytes.fill(reference == "17" ? 0x17 : 0x42);
    return digest;
  }
  return crypto::Error{crypto::ErrorKind::notFound, "no event is called so"};
}

std::string receivedIn(std::string const& tranche, std::string const& more = "") {
  return R"({"occurredOn":20250521,)" + more + R"("trancheReceived":{"tranche":")" + tranche + R"(","amountFen":"5"}})";
}

TEST(BatchFile, FillsInSaltAndReferences) {
  auto const file =
      parseBatchFile(R"({"note":"second try","events":[)" + receivedIn("@tranche", R"("label":"first",)") + "," +
                     receivedIn("@17", R"("salt":"00000000000000000000000000000000",)") + "]}");
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_EQ(file->events.size(), 2u);
  EXPECT_EQ(file->events[0].label, "first");
  EXPECT_EQ(file->events[1].label, std::nullopt);

  auto const first = file->events[0].encode(kSalt, resolve);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(
      *first,
      eventFromJson(receivedIn(resolve("tranche")->hex(), R"("salt":"0102030405060708090a0b0c0d0e0f10",)")).value());
  auto const second = file->events[1].encode(kSalt, resolve);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(*second,
            eventFromJson(receivedIn(resolve("17")->hex(), R"("salt":"00000000000000000000000000000000",)")).value());
}

TEST(BatchFile, ErrorsNameTheEvent) {
  auto const file = parseBatchFile(R"({"events":[)" + receivedIn("@17") + "," + receivedIn("@missing") + "]}");
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->events[0].encode(kSalt, resolve));
  auto const second = file->events[1].encode(kSalt, resolve);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(), (crypto::Error{crypto::ErrorKind::notFound,
                                           "event 2 of the file: trancheReceived.tranche: no event is called so"}));
}

TEST(BatchFile, TextsThatBeginWithAnAtSignStayTexts) {
  auto const file = parseBatchFile(R"({"events":[{"occurredOn":20250521,"paymentCancelled":{"payment":")" + kHash +
                                   R"(","reason":"@missing"}}]})");
  ASSERT_TRUE(file);
  auto const words = file->events[0].encode(kSalt, resolve);
  ASSERT_TRUE(words) << words.error().message;
  EXPECT_EQ(Message<Event>(words->bytes()).root().getPaymentCancelled().getReason(), "@missing");
}

TEST(BatchFile, ItsFrameIsReadStrictly) {
  auto const frame = [](std::string const& json) {
    auto const file = parseBatchFile(json);
    return file ? "" : file.error().message;
  };
  EXPECT_EQ(frame("[]"), "JSON: must be an object with the list \"events\"");
  EXPECT_EQ(frame(R"({"event":[]})"), "event: is no name that a batch file knows: use \"events\" and \"note\"");
  EXPECT_EQ(frame(R"({"note":1,"events":[{}]})"), "note: must be a text in quotes");
  for (auto const* json : {"{}", R"({"events":{}})", R"({"events":[]})"}) {
    EXPECT_EQ(frame(json), "events: must be a list of 1 to 8192 events") << json;
  }
  EXPECT_EQ(frame(R"({"events":[{},7]})"), "event 2 of the file: must be an object in braces");
  for (auto const* label : {"7", "\"\"", "\"12\"", "null", "\"a\\u0000b\""}) {
    EXPECT_EQ(frame(std::string(R"({"events":[{"label":)") + label + "}]}"),
              "event 1 of the file: label: must be a text in quotes that is not empty and not a number")
        << label;
  }
  EXPECT_EQ(frame(R"({"events":[{"label":"a"},{"label":"a"}]})"),
            "event 2 of the file: the label \"a\" is another event's: choose one of its own");
  std::string many = R"({"events":[{})";
  for (std::size_t i = 0; i < kMaxBatchEvents; ++i) {
    many += ",{}";
  }
  EXPECT_EQ(frame(many + "]}"), "events: are 8193, a batch holds at most 8192: split the file");
}

}  // namespace
}  // namespace fundtrail::ledger::schema
