// SPDX-License-Identifier: Apache-2.0
// Every endpoint, driven from the description that the service gives of itself: right, wrong and hostile.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "api/service/negotiation.h"
#include "tests/api/service/description.h"
#include "tests/api/service/served.h"

namespace fundtrail::api::service {
namespace {

namespace http = api::http;
namespace json = boost::json;
using tests::Description;
using tests::jsonOf;
using tests::Operation;
using tests::Served;

class ConformanceTest : public ::testing::Test {
 protected:
  static Served& served() { return tests::sharedServed(); }
  static Description const& description() {
    static Description const read(served().get("/openapi.json").body);
    return read;
  }
  static std::vector<Operation> const& operations() { return description().operations(); }
  static std::string const& token() {
    static std::string const signedIn = served().signIn("440000-auditor-1");
    return signedIn;
  }

  /// Values that are there.
  static std::string const& sample(std::string const& name, std::string const& path) {
    static std::map<std::string, std::string> const values = [] {
      std::map<std::string, std::string> all;
      auto const payment = jsonOf(served().get("/v1/payments?limit=1", token())).at("payments").at(0);
      all["event"] = std::to_string(payment.at("event").to_number<std::uint64_t>());
      all["enterprise"] = all["uscc"] = payment.at("enterprise").as_string();
      all["provider"] =
          jsonOf(served().get("/v1/providers?limit=1", token())).at("organisations").at(0).at("uscc").as_string();
      all["city"] = std::to_string(payment.at("city").to_number<unsigned>());
      all["path"] = "0/000.p/1";
      all["asOf"] = "200";
      all["on"] = "2025-06-30";
      all["limit"] = "2";
      all["before"] = "100000";
      all["by"] = "440000-finance-1";
      all["with"] = "80,000.00";
      all["sort"] = "";  // of each list another
      all["after"] = "";
      all["again"] = "3";
      return all;
    }();
    static std::string const none;
    auto const at = values.find(name == "uscc" && path.starts_with("/v1/providers") ? "provider" : name);
    return at == values.end() ? none : at->second;
  }

  static std::string filled(Operation const& operation, std::string const& value = {}) {
    auto path = operation.path;
    for (auto const& parameter : operation.parametersIn("path")) {
      std::string const name(parameter->at("name").as_string());
      auto const hole = '{' + name + '}';
      path.replace(path.find(hole), hole.size(), value.empty() ? sample(name, operation.path) : value);
    }
    return path;
  }

  static http::Response ask(Operation const& operation, std::string const& path, std::string const& query = {},
                            std::string const& body = {}, tests::HeaderList const& headers = {}) {
    http::Request request;
    request.method = operation.method == "GET"      ? http::Method::get
                     : operation.method == "POST"   ? http::Method::post
                     : operation.method == "DELETE" ? http::Method::remove
                                                    : http::Method::other;
    request.path = path;
    request.query = query;
    request.body = body;
    if (operation.id() != "deleteSession") request.headers.add("Authorization", "Bearer " + token());
    request.headers.add("Content-Type", "application/json");
    for (auto const& [name, value] : headers) request.headers.add(name, value);
    return served().ask(std::move(request));
  }

  /// Whether an answer is one that the description lets the operation give.
  static void expectConforms(Operation const& operation, http::Response const& response, std::string const& what) {
    EXPECT_NE(response.status, 500) << operation.id() << ' ' << what;
    EXPECT_EQ(description().faultIn(operation, response.status, response.contentType, response.body), "")
        << operation.id() << ' ' << what << " → " << response.status << '\n'
        << response.body.substr(0, 400);
  }
};

TEST_F(ConformanceTest, TheDescriptionIsTheOneThatWasReviewed) {
  std::filesystem::path const golden = std::filesystem::path(FUNDTRAIL_SOURCE_DIR) / "tests/golden/openapi.json";
  auto const text = served().get("/openapi.json").body;
  // Set to write it anew; then look at what changed.
  if (std::getenv("FUNDTRAIL_WRITE_GOLDEN") != nullptr) std::ofstream(golden) << text;
  std::stringstream reviewed;
  reviewed << std::ifstream(golden).rdbuf();
  EXPECT_TRUE(text == reviewed.str()) << "the interface changed: FUNDTRAIL_WRITE_GOLDEN=1 writes " << golden;
}

TEST_F(ConformanceTest, RightRequestsHaveTheAnswersThatAreDescribed) {
  for (auto const& operation : operations()) {
    if (operation.method != "GET") continue;
    auto const response = ask(operation, filled(operation));
    EXPECT_EQ(response.status, 200) << operation.id() << response.body;
    expectConforms(operation, response, "plain");
  }
}

TEST_F(ConformanceTest, EveryFormThatIsOfferedIsGiven) {
  for (auto const& operation : operations()) {
    if (operation.method != "GET" || !operation.described->at("responses").as_object().contains("406")) continue;
    if (operation.id() == "getExplanation") continue;  // reads the whole log; its report is rendered as the others are
    for (auto const& type : operation.typesOf(200)) {
      auto const response = ask(operation, filled(operation), {}, {}, {{"Accept", type}});
      EXPECT_EQ(response.status, 200) << operation.id() << type;
      EXPECT_TRUE(response.contentType.starts_with(type)) << operation.id() << response.contentType;
      EXPECT_FALSE(response.body.empty());
    }
    auto const refused = ask(operation, filled(operation), {}, {}, {{"Accept", "image/png"}});
    EXPECT_EQ(refused.status, 406) << operation.id();
    expectConforms(operation, refused, "as a picture");
  }
}

TEST_F(ConformanceTest, EveryParameterTakesWhatItsSchemaTakes) {
  for (auto const& operation : operations()) {
    if (operation.method != "GET") continue;
    for (auto const* const parameter : operation.parametersIn("query")) {
      std::string const name(parameter->at("name").as_string());
      std::vector<std::string> values{sample(name, operation.path)};
      if (auto const* const choices = parameter->at("schema").as_object().if_contains("enum")) {
        values.clear();
        values.emplace_back(choices->as_array().front().as_string());
        values.emplace_back(choices->as_array().back().as_string());
        if (name == "role") values = {"auditor"};
      }
      if (name == "sort")
        values = {operation.id() == "getProducts"                                         ? "-priceFen"
                  : operation.id() == "getWorkList"                                       ? "region"
                  : operation.id().ends_with("ers") || operation.id() == "getEnterprises" ? "name"
                                                                                          : "-event"};
      if (name == "after") continue;  // reading_test follows it
      // Moments of the past are folded: two of them are enough.
      if ((name == "asOf" || name == "on") && operation.id() != "getCities" && operation.id() != "getEnterprise")
        continue;
      for (auto const& value : values) {
        auto const response = ask(operation, filled(operation), name + '=' + encoded(value));
        bool const fits = response.status == 200 || (name == "asOf" && response.status == 404);
        EXPECT_TRUE(fits) << operation.id() << ' ' << name << '=' << value << response.body;
        expectConforms(operation, response, name + '=' + value);
      }
    }
  }
}

TEST_F(ConformanceTest, WrongAndHostileParametersAreRefusedAndNeverMore) {
  for (auto const& operation : operations()) {
    // It takes none; and without a session it says so first.
    if (operation.id() == "getChanges" || operation.id() == "deleteSession") continue;
    for (auto const* const parameter : operation.parametersIn("query")) {
      std::string const name(parameter->at("name").as_string());
      for (auto const& value : tests::hostileValues()) {
        // Texts and folds are looked for: only what cannot be one is refused.
        bool const isText = name == "with" || name == "by" || name == "sort" || name == "after";
        auto const response = ask(operation, filled(operation), name + '=' + value, "{}");
        EXPECT_LT(response.status, 500) << operation.id() << ' ' << name << '=' << value;
        if (!isText && operation.method == "GET") {
          EXPECT_GE(response.status, 400) << operation.id() << ' ' << name << '=' << value;
        }
        expectConforms(operation, response, name);
      }
    }
    for (auto const* const query : {"nothing=1", "limit=1&limit=2", "a=%", "=1"}) {
      auto const response = ask(operation, filled(operation), query, "{}");
      EXPECT_EQ(response.status, 400) << operation.id() << query << response.body;
      expectConforms(operation, response, query);
    }
  }
}

TEST_F(ConformanceTest, HostilePathsAreNotThere) {
  for (auto const& operation : operations()) {
    if (operation.parametersIn("path").empty()) continue;
    for (auto const& value : tests::hostileValues()) {
      if (value.empty()) continue;
      auto const response = ask(operation, filled(operation, value));
      EXPECT_EQ(response.status, 404) << operation.id() << ' ' << value.substr(0, 50) << response.body;
      expectConforms(operation, response, value.substr(0, 50));
    }
  }
  for (auto const* const path : {"", "/", "//", "/v1", "/v1/", "/v1/cities/", "/v1//cities", "/v1/cities/441900/x",
                                 "/V1/cities", "v1/cities", "*", "/v1/cities;x=1"}) {
    EXPECT_EQ(served().get(path).status, 404) << path;
  }
}

TEST_F(ConformanceTest, HostileBodiesAreRefusedAndNeverMore) {
  for (auto const& operation : operations()) {
    if (!operation.takesBody()) continue;
    for (auto const& body : tests::hostileBodies()) {
      auto const response = ask(operation, operation.path, {}, body);
      EXPECT_GE(response.status, 400) << operation.id() << body.substr(0, 50);
      EXPECT_LT(response.status, 500) << operation.id() << body.substr(0, 50) << response.body;
      expectConforms(operation, response, body.substr(0, 50));
    }
    auto const asForm = ask(operation, operation.path, {}, "a=b", {});
    EXPECT_GE(asForm.status, 400);
  }
}

TEST_F(ConformanceTest, AFormThatAnotherSiteMadeABrowserSendIsNotTaken) {
  for (auto const& operation : operations()) {
    if (!operation.takesBody()) continue;
    http::Request request;
    request.method = http::Method::post;
    request.path = operation.path;
    request.body = R"({"key":"x"})";
    request.headers.add("Authorization", "Bearer " + token());
    request.headers.add("Content-Type", "text/plain");
    auto const status = served().ask(std::move(request)).status;
    EXPECT_EQ(status, 415) << operation.id();
  }
}

TEST_F(ConformanceTest, SigningInAndWritingAnswerAsDescribed) {
  auto const byId = [](std::string_view id) { return description().operation(id); };
  auto const key = served().keyOf("440000-auditor-1");
  auto const id = key.publicKey().fingerprint(crypto::HashAlgorithm::sha256).hex();
  auto const challenge = served().post("/v1/session/challenge", json::serialize(json::object{{"key", id}}));
  expectConforms(byId("postChallenge"), challenge, "right");
  auto const signature = key.sign(crypto::asBytes(std::string_view(jsonOf(challenge).at("text").as_string())));
  auto const opened = served().post(
      "/v1/session",
      json::serialize(json::object{
          {"key", id}, {"nonce", jsonOf(challenge).at("nonce")}, {"signature", crypto::toBase64(signature)}}));
  expectConforms(byId("postSession"), opened, "right");
  auto const file = R"({"events":[{"occurredOn":)" + served().dateNumber() + R"(,"keyRevoked":{"key":")" + id +
                    R"(","reason":"一致性测试（模拟）"}}]})";
  auto const prepared = served().post("/v1/batches/prepare", file, token());
  expectConforms(byId("postPrepare"), prepared, "right");
  auto const batch = served().signedBatch("440000-security-admin-1", file);
  auto const judged = served().post("/v1/batches?dryRun=true", batch);
  EXPECT_EQ(judged.status, 200) << judged.body;
  expectConforms(byId("postBatch"), judged, "dry run");
  expectConforms(byId("postBatch"), served().post("/v1/batches", served().signedBatch("440000-auditor-1", file)),
                 "refused");
  auto const session = served().signIn("440000-auditor-1");
  http::Request request;
  request.method = http::Method::remove;
  request.path = "/v1/session";
  request.headers.add("Authorization", "Bearer " + session);
  expectConforms(byId("deleteSession"), served().ask(std::move(request)), "right");
}

}  // namespace
}  // namespace fundtrail::api::service
