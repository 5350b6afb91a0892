// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>

#include "api/views/reports.h"
#include "api/views/status.h"
#include "crypto/checkpoint_note.h"
#include "crypto/entry_bundle.h"
#include "crypto/merkle.h"
#include "crypto/tiles.h"
#include "ledger/projections/allocation.h"
#include "tests/api/service/served.h"

namespace fundtrail::api::service {
namespace {

namespace domain = ledger::domain;
namespace http = api::http;
namespace json = boost::json;
namespace projections = ledger::projections;
using ledger::schema::Language;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tests::headerOf;
using tests::jsonOf;
using tests::Served;

constexpr char kProvince[] = "440000-finance-1";
constexpr char kAuditor[] = "440000-auditor-1";

class ReadingTest : public ::testing::Test {
 protected:
  static Served& served() { return tests::sharedServed(); }
  static std::string const& province() {
    static std::string const token = served().signIn(kProvince);
    return token;
  }
  /// As the commands print it.
  static std::string status(views::Reader const& reader, views::StatusScope const& scope, views::Format format,
                            projections::AsOf const& asOf = {}) {
    projections::Allocation allocation;
    auto const snapshot =
        projections::read(served().ledger().log(), asOf, [&](domain::Case const& about) { allocation.apply(about); });
    std::ostringstream out;
    views::printStatus(out, reader, snapshot.value(), allocation, scope, format);
    return out.str();
  }
  static domain::CityCode guangzhou() { return domain::CityCode::fromNumber(440100).value(); }
};

TEST_F(ReadingTest, CitiesAreWhatTheCommandPrintsInEveryForm) {
  views::Reader const en(Language::en);
  views::Reader const zh(Language::zh);
  EXPECT_EQ(served().get("/v1/cities").body, status(en, {}, views::Format::json));
  EXPECT_EQ(served().get("/v1/cities", {}, {{"Accept", "text/csv"}, {"Accept-Language", "zh"}}).body,
            status(zh, {}, views::Format::csv));
  EXPECT_EQ(served().get("/v1/cities/440100", {}, {{"Accept", "text/plain"}, {"Accept-Language", "zh"}}).body,
            status(zh, {guangzhou(), {}}, views::Format::table));
}

TEST_F(ReadingTest, TheLiveLedgerSaysWhatAFoldOfTheLogSays) {
  auto const position = served().service().position();
  auto const live = jsonOf(served().get("/v1/payments?limit=1000", province()));
  // The day as of which it is asked is the last one: everything takes part, by another way.
  auto const folded = jsonOf(served().get("/v1/payments?limit=1000&on=2099-12-31", province()));
  EXPECT_EQ(live.at("payments"), folded.at("payments"));
  EXPECT_EQ(live.at("basis").at("root"), folded.at("basis").at("root"));
  EXPECT_EQ(live.at("basis").at("position").to_number<std::uint64_t>(), position);
}

TEST_F(ReadingTest, AsOfAPositionIsWhatWasKnownThen) {
  auto const position = served().service().position() / 2;
  EXPECT_EQ(served().get("/v1/cities?asOf=" + std::to_string(position)).body,
            status(views::Reader(Language::en), {}, views::Format::json, {domain::EventNumber(position), {}}));
  auto const beyond = served().get("/v1/cities?asOf=99999999");
  EXPECT_EQ(beyond.status, 404) << beyond.body;
}

TEST_F(ReadingTest, AnUnchangedAnswerIsNotSentAgain) {
  auto const first = served().get("/v1/cities");
  auto const tag = headerOf(first, "ETag");
  ASSERT_THAT(tag, StartsWith("\""));
  auto const second = served().get("/v1/cities", {}, {{"If-None-Match", tag}});
  EXPECT_EQ(second.status, 304);
  EXPECT_EQ(second.body, "");
  EXPECT_EQ(headerOf(second, "ETag"), tag);
  EXPECT_NE(headerOf(served().get("/v1/cities", {}, {{"Accept", "text/csv"}}), "ETag"), tag) << "another form";
  EXPECT_NE(headerOf(served().get("/v1/cities", {}, {{"Accept-Language", "zh"}}), "ETag"), tag);
}

TEST(ReadingAfterAWrite, HasAnotherTag) {
  Served served;
  auto const before = headerOf(served.get("/v1/cities"), "ETag");
  served.appoint("another", "某单位（模拟）", "expert", 440000);
  EXPECT_NE(headerOf(served.get("/v1/cities"), "ETag"), before);
  EXPECT_EQ(served.get("/v1/cities", {}, {{"If-None-Match", before}}).status, 200);
}

/// All pages of a list, by their links.
std::vector<json::value> allPages(Served& served, std::string target, std::string const& token, char const* list) {
  std::vector<json::value> rows;
  while (!target.empty()) {
    auto const page = served.get(target, token);
    EXPECT_EQ(page.status, 200) << page.body;
    auto const body = jsonOf(page);
    for (auto const& row : body.at(list).as_array()) rows.push_back(row);
    auto const link = headerOf(page, "Link");
    target = link.empty() ? std::string() : link.substr(1, link.find('>') - 1);
    if (rows.size() > 10'000) ADD_FAILURE() << "it has no end";
    if (rows.size() > 10'000) break;
  }
  return rows;
}

TEST_F(ReadingTest, PagesTogetherAreTheWholeListInItsOrder) {
  auto const whole = jsonOf(served().get("/v1/payments?limit=1000", province())).at("payments").as_array();
  ASSERT_GT(whole.size(), 7U);
  auto const pages = allPages(served(), "/v1/payments?limit=7", province(), "payments");
  EXPECT_EQ(json::array(pages.begin(), pages.end()), whole);
}

TEST_F(ReadingTest, ASortedListIsSortedOverItsPages) {
  auto const pages = allPages(served(), "/v1/payments?limit=5&sort=-amountFen,since", province(), "payments");
  for (std::size_t i = 1; i < pages.size(); ++i) {
    EXPECT_GE(std::stoll(pages[i - 1].at("amountFen").as_string().c_str()),
              std::stoll(pages[i].at("amountFen").as_string().c_str()));
  }
  std::set<std::uint64_t> events;
  for (auto const& row : pages) EXPECT_TRUE(events.insert(row.at("event").to_number<std::uint64_t>()).second);
}

TEST_F(ReadingTest, AFilterLeavesWhatMeetsIt) {
  auto const settled = allPages(served(), "/v1/payments?stage=settled", province(), "payments");
  ASSERT_FALSE(settled.empty());
  for (auto const& row : settled) EXPECT_EQ(row.at("stage").as_string(), "settled");
  auto const there = allPages(served(), "/v1/projects?city=440100", province(), "projects");
  ASSERT_FALSE(there.empty());
  for (auto const& row : there) EXPECT_EQ(row.at("city").to_number<unsigned>(), 440100U);
}

TEST_F(ReadingTest, EventsAreListedNewestFirstOverTheirPages) {
  auto const pages = allPages(served(), "/v1/events?limit=1000&type=paymentSettled", province(), "events");
  ASSERT_FALSE(pages.empty());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    EXPECT_EQ(pages[i].at("type").as_string(), "paymentSettled");
    if (i > 0) {
      EXPECT_GT(pages[i - 1].at("event").to_number<std::uint64_t>(), pages[i].at("event").to_number<std::uint64_t>());
    }
  }
  auto const few = allPages(served(), "/v1/events?limit=3&type=paymentSettled", province(), "events");
  EXPECT_EQ(few, pages);
}

TEST_F(ReadingTest, AnEventIsFoundByWhatItStates) {
  auto const payment = jsonOf(served().get("/v1/payments?limit=1", province())).at("payments").at(0);
  std::string const account(payment.at("account").as_string());
  auto const found = allPages(served(), "/v1/events?with=" + account, province(), "events");
  EXPECT_FALSE(found.empty());
}

TEST_F(ReadingTest, AccountsAndPersonsAreHiddenFromWhoNeedsThemNot) {
  auto const token = served().signIn(served().personWith(ledger::schema::Role::PROVINCE_INDUSTRY));
  auto const seen = jsonOf(served().get("/v1/payments?limit=1", province())).at("payments").at(0);
  auto const hidden = jsonOf(served().get("/v1/payments?limit=1", token)).at("payments").at(0);
  std::string const account(seen.at("account").as_string());
  EXPECT_EQ(hidden.at("account").as_string(), "***" + account.substr(account.size() - 4));
  EXPECT_EQ(seen.at("amountFen"), hidden.at("amountFen"));

  auto const number = std::to_string(seen.at("event").to_number<std::uint64_t>());
  auto const event = served().get("/v1/events/" + number, token);
  EXPECT_EQ(event.status, 200);
  EXPECT_EQ(event.body.find(account), std::string::npos);
  EXPECT_FALSE(jsonOf(event).at("event").as_object().contains("salt")) << "it could be tried out with the hash";
  EXPECT_EQ(jsonOf(event).at("person").as_string(), "***");
  EXPECT_NE(served().get("/v1/events/" + number, province()).body.find(account), std::string::npos);
  EXPECT_EQ(served().get("/v1/events?with=" + account, token).status, 403) << "nor by searching";
  EXPECT_EQ(served().get("/v1/receipts/" + number, token).status, 403) << "a receipt holds the whole event";
  auto const enterprise = std::string(seen.at("enterprise").as_string());
  EXPECT_EQ(served().get("/v1/enterprises/" + enterprise, token).body.find(account), std::string::npos);
  EXPECT_EQ(served().get("/v1/payments/" + number, token, {{"Accept", "text/csv"}}).body.find(account),
            std::string::npos);
}

TEST(PrivateReads, OfAnAuditorAreOnFileBeforeHeSeesThem) {
  Served served;
  auto const auditor = served.signIn(kAuditor);
  ASSERT_EQ(served.get("/v1/payments?limit=1", auditor).status, 200);
  ASSERT_EQ(served.get("/v1/payments?limit=1", auditor).status, 200) << "from the cache, and on file again";
  ASSERT_EQ(served.get("/v1/projects", auditor).status, 200) << "shows nothing private";
  static_cast<void>(served.get("/v1/payments", served.signIn(kProvince)));
  auto const reads = served.reads().all();
  ASSERT_EQ(reads.size(), 2U);
  EXPECT_EQ(reads[0].person, kAuditor);
  EXPECT_EQ(reads[0].what, "GET /v1/payments?limit=1");
  EXPECT_EQ(reads[0].peer, "192.0.2.1");

  served.reads().fails = true;
  EXPECT_EQ(served.get("/v1/payments?limit=1", auditor).status, 503);
  EXPECT_EQ(served.get("/v1/payments?limit=1", served.signIn(kProvince)).status, 200);
}

TEST_F(ReadingTest, AWorkbookIsAZipOfSheets) {
  auto const workbook =
      served().get("/v1/cities", {}, {{"Accept", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}});
  EXPECT_EQ(workbook.status, 200);
  EXPECT_THAT(workbook.body, StartsWith("PK"));
  EXPECT_GT(workbook.body.size(), 3000U);
}

TEST_F(ReadingTest, AWorkListIsOfOnesOwnRoles) {
  auto const clerk = served().signIn("440100-fin-clerk-1");
  EXPECT_EQ(served().get("/v1/worklist?role=auditor", clerk).status, 403);
  EXPECT_EQ(served().get("/v1/worklist?role=cityFinanceClerk", clerk).status, 200);
  EXPECT_EQ(served().get("/v1/worklist?role=cityFinanceClerk", served().signIn(kAuditor)).status, 200);
}

TEST_F(ReadingTest, AnExplanationIsGivenForAPayment) {
  auto const payment = jsonOf(served().get("/v1/payments?limit=1", province())).at("payments").at(0);
  auto const number = std::to_string(payment.at("event").to_number<std::uint64_t>());
  auto const explained = served().get("/v1/explanations/" + number, province());
  ASSERT_EQ(explained.status, 200) << explained.body;
  EXPECT_EQ(jsonOf(explained).at("explanation").at("payment"), payment.at("event"));
}

TEST_F(ReadingTest, AMomentOfThePastIsWorkedOutForAFewAtATime) {
  auto settings = Served::defaults();
  settings.foldsAtOnce = 0;
  Served busy(settings);
  auto const refused = busy.get("/v1/cities?asOf=10");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(headerOf(refused, "Retry-After"), "2");
  EXPECT_EQ(busy.get("/v1/cities").status, 200);
}

TEST_F(ReadingTest, TheSpineLeadsFromItsEntriesToItsCheckpoint) {
  auto const note = served().get("/checkpoint");
  EXPECT_THAT(headerOf(note, "Cache-Control"), HasSubstr("max-age=2"));
  auto const checkpoint = crypto::readCheckpointNote(note.body);
  ASSERT_TRUE(checkpoint);
  crypto::TreeHasher hasher(crypto::HashAlgorithm::sha256);
  crypto::Frontier tree(crypto::HashAlgorithm::sha256);
  for (std::uint64_t index = 0; index * crypto::kTileWidth < checkpoint->size; ++index) {
    auto const width = crypto::tileWidth({0, index}, checkpoint->size);
    auto const bundle = served().get('/' + crypto::entryBundlePath(index, width));
    ASSERT_EQ(bundle.status, 200) << bundle.body;
    EXPECT_THAT(headerOf(bundle, "Cache-Control"), HasSubstr("immutable"));
    auto const entries = crypto::parseEntryBundle(crypto::asBytes(bundle.body), width);
    ASSERT_TRUE(entries);
    auto const tile = served().get('/' + crypto::tilePath({0, index}, width));
    ASSERT_EQ(tile.body.size(), std::size_t{width} * 32);
    for (std::size_t i = 0; i < entries->size(); ++i) {
      auto const leaf = hasher.leaf((*entries)[i]);
      tree.append(leaf);
      EXPECT_EQ(tile.body.substr(i * 32, 32), crypto::asText(leaf.view()));
    }
  }
  EXPECT_EQ(tree.root(), checkpoint->root);
}

TEST_F(ReadingTest, ATileThatIsNotThereIsNotMadeUp) {
  for (auto const* const path :
       {"/tile/0/999", "/tile/0/000.p/0", "/tile/0/000.p/256", "/tile/64/000", "/tile/0/x000/000", "/tile/entries/999",
        "/tile/", "/tile/0/", "/tile/0/..%2f000", "/tile/-1/000"}) {
    EXPECT_EQ(served().get(path).status, 404) << path;
  }
}

TEST(Changes, TellWhereTheLedgerStandsAndThenOfEachStep) {
  Served served;
  auto const response = served.get("/v1/changes");
  ASSERT_EQ(response.status, 200);
  EXPECT_THAT(response.contentType, StartsWith("text/event-stream"));
  ASSERT_TRUE(response.stream);
  std::vector<std::string> told;
  response.stream->start([&](std::string piece) { told.push_back(std::move(piece)); });
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(told[0],
              HasSubstr("event: position\ndata: {\"position\":" + std::to_string(served.service().position())));
  served.appoint("another", "某单位（模拟）", "expert", 440000);
  ASSERT_EQ(told.size(), 5U) << "four batches";
  EXPECT_THAT(told.back(), StartsWith("id: " + std::to_string(served.service().position()) + '\n'));
}

TEST(Changes, AreForAsManyAsMayWatch) {
  auto settings = Served::defaults();
  settings.mostStreams = 2;
  Served served(settings);
  auto first = served.get("/v1/changes");
  auto const second = served.get("/v1/changes");
  EXPECT_EQ(served.get("/v1/changes").status, 429);
  first.stream.reset();
  EXPECT_EQ(served.get("/v1/changes").status, 200);
}

TEST_F(ReadingTest, AnAnswerTellsTheServersLogWhatWasAskedForAndByWhom) {
  auto const answered = served().get("/v1/cities/440100", province());
  EXPECT_EQ(answered.endpoint, "/v1/cities/{city}");
  EXPECT_EQ(answered.principal, kProvince);
  EXPECT_EQ(served().get("/v1/payments").endpoint, "/v1/payments");
  EXPECT_EQ(served().get("/v1/payments").principal, "");
  EXPECT_EQ(served().get("/nothing").endpoint, "");
}

TEST_F(ReadingTest, HeadIsAnsweredAsGetIsAndTheServerLeavesOutTheBody) {
  http::Request request;
  request.method = http::Method::head;
  request.path = "/v1/cities";
  auto const head = served().ask(request);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, served().get("/v1/cities").body);
  EXPECT_EQ(headerOf(head, "Content-Length"), "") << "which the server states, once";
}

TEST_F(ReadingTest, AnotherMethodIsToldWhichThereAre) {
  http::Request request;
  request.method = http::Method::put;
  request.path = "/v1/session";
  auto const refused = served().ask(request);
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(headerOf(refused, "Allow"), "POST, GET, HEAD, DELETE");
}

TEST_F(ReadingTest, ThePageNamesEveryPath) {
  auto const page = served().get("/docs", {}, {{"Accept-Language", "zh"}});
  EXPECT_THAT(page.body, HasSubstr("<code>/v1/payments/{event}</code>"));
  EXPECT_THAT(page.body, HasSubstr("市财政局经办"));
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
}

}  // namespace
}  // namespace fundtrail::api::service
