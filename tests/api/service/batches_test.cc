// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "ledger/batch/batch.h"
#include "ledger/receipt/receipts.h"
#include "ledger/schema/message.h"
#include "ledger/zstd/frame.h"
#include "tests/api/service/served.h"

namespace fundtrail::api::service {
namespace {

namespace domain = ledger::domain;
namespace http = api::http;
namespace json = boost::json;
using tests::jsonOf;
using tests::Served;

constexpr char kAdmin[] = "440000-security-admin-1";

/// Proposes a key; lawful of an administrator, and of nobody else.
std::string enrolment(Served const& served, std::string_view person) {
  auto const key = served.keyOf(std::string(person));
  return fmt::format(
      R"({{"events":[{{"label":"key","occurredOn":{},"keyEnrolled":{{"person":"{}","personName":"某人（模拟）",)"
      R"("organisation":"某单位（模拟）","algorithm":"ed25519","publicKey":"{}"}}}}]}})",
      served.dateNumber(), person, crypto::toHex(key.publicKey().spki()));
}

class BatchesTest : public ::testing::Test {
 protected:
  std::uint64_t events() { return served_.ledger().log().size().events; }
  Served served_;
};

TEST_F(BatchesTest, APreparedAndSignedBatchIsRecordedAndAnsweredWithItsReceipt) {
  auto const before = events();
  auto const response = served_.submit(kAdmin, enrolment(served_, "new-1"));

  ASSERT_EQ(response.status, 201) << response.body;
  auto const body = jsonOf(response);
  EXPECT_EQ(body.at("outcome").as_string(), "recorded");
  EXPECT_FALSE(body.at("again").as_bool());
  EXPECT_EQ(events(), before + 1);
  auto const& event = body.at("events").at(0);
  EXPECT_EQ(event.at("event").to_number<std::uint64_t>(), before);
  EXPECT_TRUE(event.at("awaitsSecondPerson").as_bool());

  auto const frame = crypto::fromBase64(event.at("receipt").at("file").as_string());
  ASSERT_TRUE(frame);
  auto const file = ledger::zstd::contentOf(*frame, std::size_t{1} << 20U);
  ASSERT_TRUE(file);
  ledger::receipt::Receipts receipts(served_.ledger().log());
  auto const expected = receipts.make(domain::EventNumber(before), served_.ledger().checkpoint());
  ASSERT_TRUE(expected);
  EXPECT_TRUE(std::ranges::equal(*file, expected->file.bytes()));
  EXPECT_EQ(event.at("receipt").at("label").as_string(), expected->label);
}

TEST_F(BatchesTest, ReadersSeeWhatWasAnswered) {
  auto const response = served_.submit(kAdmin, enrolment(served_, "new-1"));
  auto const number = jsonOf(response).at("events").at(0).at("event").to_number<std::uint64_t>();
  EXPECT_EQ(served_.service().position(), number + 1);
  auto const shown = served_.get("/v1/events/" + std::to_string(number), served_.signIn("440000-security-admin-2"));
  EXPECT_EQ(jsonOf(shown).at("event").at("keyEnrolled").at("person").as_string(), "new-1");
}

TEST_F(BatchesTest, TheSameBatchAgainIsTheSamePlaceAgain) {
  auto const batch = served_.signedBatch(kAdmin, enrolment(served_, "new-1"));
  auto const first = served_.post("/v1/batches", batch);
  auto const after = events();
  auto const second = served_.post("/v1/batches", batch);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(second.status, 200);
  EXPECT_TRUE(jsonOf(second).at("again").as_bool());
  EXPECT_EQ(jsonOf(first).at("batch"), jsonOf(second).at("batch"));
  EXPECT_EQ(jsonOf(first).at("events").at(0).at("hash"), jsonOf(second).at("events").at(0).at("hash"));
  EXPECT_EQ(events(), after);
}

TEST_F(BatchesTest, AFileThatIsOnRecordIsNotPreparedAgainUnlessThatIsMeant) {
  auto const file = enrolment(served_, "new-1");
  ASSERT_EQ(served_.submit(kAdmin, file).status, 201);
  auto const again = served_.post("/v1/batches/prepare", file, served_.signIn(kAdmin));
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(jsonOf(again).at("type").as_string(), "urn:fundtrail:problem:alreadyRecorded");
  EXPECT_EQ(served_.post("/v1/batches/prepare?again=1", file, served_.signIn(kAdmin)).status, 200);
}

TEST_F(BatchesTest, ACapnProtoParcelIsTakenToo) {
  auto const body = jsonOf(served_.post("/v1/batches/prepare", enrolment(served_, "new-1"), served_.signIn(kAdmin)));
  ledger::batch::SignedBatch batch{ledger::schema::Words::copyOf(*crypto::fromBase64(body.at("statement").as_string())),
                                   served_.keyOf(kAdmin).sign(*crypto::fromBase64(body.at("message").as_string())),
                                   {}};
  batch.events.append(*crypto::fromBase64(body.at("events").at(0).at("bytes").as_string()));
  auto const parcel = ledger::batch::toParcel(batch);
  auto const response = served_.post("/v1/batches", std::string(crypto::asText(parcel)), {},
                                     {{"Content-Type", "application/vnd.fundtrail.batch"}});
  EXPECT_EQ(response.status, 201) << response.body;
}

TEST_F(BatchesTest, ARefusalNamesItsRuleInTheLanguageOfWhoeverAsks) {
  auto const before = events();
  auto const batch = served_.signedBatch("440100-fin-clerk-1", enrolment(served_, "new-1"));
  auto const en = served_.post("/v1/batches", batch);
  ASSERT_EQ(en.status, 422) << en.body;
  EXPECT_EQ(en.contentType, "application/problem+json");
  auto const problem = jsonOf(en);
  EXPECT_EQ(problem.at("type").as_string(), "urn:fundtrail:problem:refused");
  EXPECT_EQ(problem.at("rule").as_string(), "S1");
  EXPECT_EQ(problem.at("event").to_number<int>(), 0);
  for (auto const* const name : {"statement", "reason", "remedy"})
    EXPECT_FALSE(problem.at(name).as_string().empty()) << name;

  auto const zh = jsonOf(served_.post("/v1/batches", batch, {}, {{"Accept-Language", "zh-CN,en;q=0.5"}}));
  EXPECT_EQ(zh.at("title").as_string(), "违反规则，未予记录");
  EXPECT_NE(zh.at("reason"), problem.at("reason"));
  EXPECT_EQ(events(), before);
}

TEST_F(BatchesTest, ADryRunJudgesAndRecordsNothing) {
  auto const before = events();
  auto const batch = served_.signedBatch(kAdmin, enrolment(served_, "new-1"));
  auto const lawful = served_.post("/v1/batches?dryRun=true", batch);
  EXPECT_EQ(lawful.status, 200) << lawful.body;
  EXPECT_EQ(jsonOf(lawful).at("outcome").as_string(), "lawful");
  auto const refused =
      served_.post("/v1/batches?dryRun=true", served_.signedBatch("440100-fin-clerk-1", enrolment(served_, "new-1")));
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(events(), before);
  // Nothing is left behind: the same batch is recorded as if it had not been tried.
  EXPECT_EQ(served_.post("/v1/batches", batch).status, 201);
}

TEST_F(BatchesTest, ASignatureThatDoesNotHoldIsDenied) {
  auto batch = json::parse(served_.signedBatch(kAdmin, enrolment(served_, "new-1"))).as_object();
  batch["signature"] = crypto::toBase64(crypto::Bytes(64, 1));
  auto const response = served_.post("/v1/batches", json::serialize(batch));
  EXPECT_EQ(response.status, 403) << response.body;
}

TEST_F(BatchesTest, AKeyThatNobodyEnrolledIsRefusedByTheRuleAboutSigners) {
  auto const key = served_.keyOf("nobody");
  auto const prepared =
      jsonOf(served_.post("/v1/batches/prepare", enrolment(served_, "new-1"), served_.signIn(kAdmin)));
  ledger::batch::EventList events;
  events.append(*crypto::fromBase64(prepared.at("events").at(0).at("bytes").as_string()));
  auto const batch =
      ledger::batch::sign(served_.ledger().id(), served_.ledger().hashAlgorithm(), key,
                          domain::Instant::parse("2026-08-03T09:00:00.000+08:00").value(), {}, std::move(events));
  auto const parcel = ledger::batch::toParcel(batch);
  auto const response = served_.post("/v1/batches", std::string(crypto::asText(parcel)), {},
                                     {{"Content-Type", "application/vnd.fundtrail.batch"}});
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(jsonOf(response).at("rule").as_string(), "S1");
}

TEST_F(BatchesTest, WhatIsNoBatchIsToldWhatIsWrong) {
  struct Row {
    char const* body;
    char const* word;
  };
  for (auto const& [body, word] : {
           Row{"", "line"},
           Row{"[]", "object"},
           Row{R"({"statement":"AAAA"})", "signature"},
           Row{R"({"statement":"AAAA","signature":"","events":[],"more":1})", "more"},
           Row{R"({"statement":"!","signature":"","events":[]})", "base64"},
           Row{R"({"statement":"AAAAAAAAAAA=","signature":"","events":["AAA="]})", "events"},
           Row{R"({"statement":"","signature":"","events":[]})", "statement"},
           Row{R"({"statement":"AAAAAAAAAAA=","statement":"AAAAAAAAAAA=","signature":"","events":[]})", "statement"},
       }) {
    auto const response = served_.post("/v1/batches", body);
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_NE(response.body.find(word), std::string::npos) << body << " → " << response.body;
  }
  auto const asText = served_.post("/v1/batches", "x", {}, {{"Content-Type", "text/plain"}});
  EXPECT_EQ(asText.status, 415);
  EXPECT_NE(asText.body.find("application/vnd.fundtrail.batch"), std::string::npos) << asText.body;
}

TEST_F(BatchesTest, WhatIsPreparedSaysWhatWouldBeSigned) {
  auto const response = served_.post("/v1/batches/prepare", enrolment(served_, "new-1"), served_.signIn(kAdmin),
                                     {{"Accept-Language", "zh"}});
  auto const body = jsonOf(response);
  EXPECT_NE(body.at("events").at(0).at("shown").as_string().find("密钥登记"), json::string::npos);
  EXPECT_EQ(body.at("events").at(0).at("event").at("keyEnrolled").at("person").as_string(), "new-1");
  auto const statement = *crypto::fromBase64(body.at("statement").as_string());
  auto const message = *crypto::fromBase64(body.at("message").as_string());
  EXPECT_EQ(message, crypto::concatenate({crypto::asBytes("fundtrail/batch/v1\n"), statement}));
}

TEST_F(BatchesTest, AReferenceThatLeadsNowhereIsNamed) {
  auto const file =
      fmt::format(R"({{"events":[{{"occurredOn":{},"changeConfirmed":{{"change":"@nothing","outcome":"pass"}}}}]}})",
                  served_.dateNumber());
  auto const response = served_.post("/v1/batches/prepare", file, served_.signIn(kAdmin));
  EXPECT_EQ(response.status, 400);
  EXPECT_NE(response.body.find("@nothing"), std::string::npos) << response.body;
}

TEST(BatchesUnderLoad, AFullQueueIsToldAtOnceAndWhatWasTakenIsAnswered) {
  constexpr int kBatches = 8;
  Served served(Served::defaults(), 2);
  std::vector<std::string> batches;
  for (int i = 0; i < kBatches; ++i) {
    batches.push_back(served.signedBatch(kAdmin, enrolment(served, "new-" + std::to_string(i))));
  }
  std::atomic<int> busy = 0;
  std::atomic<int> recorded = 0;
  // No batch is sequenced while somebody looks at the state.
  served.ledger().inspect([&](domain::State const&) {
    for (auto const& batch : batches) {
      http::Request request;
      request.method = http::Method::post;
      request.path = "/v1/batches";
      request.headers.add("Content-Type", "application/json");
      request.body = batch;
      served.service().handle(std::move(request), [&](http::Response const& response) {
        if (response.status == 429) {
          EXPECT_EQ(tests::headerOf(response, "Retry-After"), "1");
          ++busy;
        } else {
          EXPECT_EQ(response.status, 201) << response.body;
          ++recorded;
        }
      });
    }
    EXPECT_GE(busy, kBatches - 4);
  });
  served.ledger().drain();
  EXPECT_EQ(busy + recorded, kBatches);
  EXPECT_GE(recorded, 2);
  for (auto const& batch : batches) {
    auto const status = served.post("/v1/batches", batch).status;
    EXPECT_TRUE(status == 200 || status == 201) << "handed in again, it is recorded once";
  }
}

}  // namespace
}  // namespace fundtrail::api::service
