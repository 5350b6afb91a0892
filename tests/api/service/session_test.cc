// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "tests/api/service/served.h"

namespace fundtrail::api::service {
namespace {

namespace http = api::http;
namespace json = boost::json;
using tests::Served;

constexpr char kClerk[] = "440100-fin-clerk-1";

/// Signs in with a cookie, and gives its "name=token".
std::string cookieOf(Served& served, std::string const& person) {
  auto const key = served.keyOf(person);
  auto const id = key.publicKey().fingerprint(crypto::HashAlgorithm::sha256).hex();
  auto const challenge =
      tests::jsonOf(served.post("/v1/session/challenge", json::serialize(json::object{{"key", id}})));
  auto const signature = key.sign(crypto::asBytes(std::string_view(challenge.at("text").as_string())));
  auto const opened =
      served.post("/v1/session", json::serialize(json::object{{"key", id},
                                                              {"nonce", challenge.at("nonce")},
                                                              {"signature", crypto::toBase64(signature)},
                                                              {"cookie", true}}));
  EXPECT_EQ(opened.status, 201) << opened.body;
  EXPECT_TRUE(tests::jsonOf(opened).at("token").is_null()) << "no script gets to see it";
  auto const cookie = tests::headerOf(opened, "Set-Cookie");
  for (auto const* const word : {"__Host-", "; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"}) {
    EXPECT_NE(cookie.find(word), std::string::npos) << cookie;
  }
  return cookie.substr(0, cookie.find(';'));
}

TEST(Session, SaysWhoIAmAndMyRoles) {
  auto& served = tests::sharedServed();
  auto const me = tests::jsonOf(served.get("/v1/session", served.signIn(kClerk)));
  EXPECT_EQ(me.at("person").as_string(), kClerk);
  EXPECT_EQ(me.at("roles").at(0).at("role").as_string(), "cityFinanceClerk");
  EXPECT_EQ(me.at("roles").at(0).at("region").to_number<unsigned>(), 440100U);
}

TEST(Session, EndsAfterAnHour) {
  Served served;
  auto const token = served.signIn(kClerk);
  served.wait(3'599'000);
  EXPECT_EQ(served.get("/v1/session", token).status, 200);
  served.wait(1'000);
  EXPECT_EQ(served.get("/v1/session", token).status, 401);
}

TEST(Session, EndsWhenItsKeyIsRevoked) {
  Served served;
  auto const token = served.signIn(kClerk);
  ASSERT_EQ(served.get("/v1/payments", token).status, 200);
  served.revoke(kClerk);
  EXPECT_EQ(served.get("/v1/payments", token).status, 401);
  EXPECT_THROW(static_cast<void>(served.signIn(kClerk)), std::runtime_error);
}

TEST(Session, EndsWhenSomebodySignsOut) {
  auto& served = tests::sharedServed();
  auto const token = served.signIn(kClerk);
  http::Request request;
  request.method = http::Method::remove;
  request.path = "/v1/session";
  request.headers.add("Authorization", "Bearer " + token);
  EXPECT_EQ(served.ask(request).status, 204);
  EXPECT_EQ(served.get("/v1/session", token).status, 401);
}

TEST(Session, AKeyThatIsNotEnrolledSignsNobodyIn) {
  auto& served = tests::sharedServed();
  EXPECT_THROW(static_cast<void>(served.signIn("nobody")), std::runtime_error);
}

TEST(Session, ACookieAloneReadsButDoesNotWrite) {
  auto& served = tests::sharedServed();
  auto const cookie = cookieOf(served, kClerk);
  EXPECT_EQ(served.get("/v1/session", {}, {{"Cookie", cookie}}).status, 200);

  auto const forged = served.post("/v1/batches/prepare", R"({"events":[]})", {}, {{"Cookie", cookie}});
  EXPECT_EQ(forged.status, 403) << "another site can make a browser send it";
  auto const meant =
      served.post("/v1/batches/prepare", R"({"events":[]})", {}, {{"Cookie", cookie}, {"X-Fundtrail-Request", "1"}});
  EXPECT_EQ(meant.status, 400) << meant.body;
}

TEST(Session, ACookiesTokenIsNoBearersAndTheOtherWayRound) {
  auto& served = tests::sharedServed();
  auto const cookie = cookieOf(served, kClerk);
  EXPECT_EQ(served.get("/v1/session", cookie.substr(cookie.find('=') + 1)).status, 401);
  auto const token = served.signIn(kClerk);
  EXPECT_EQ(served.get("/v1/session", {}, {{"Cookie", "__Host-fundtrail=" + token}}).status, 401);
}

TEST(Session, WhoTriesTooOftenWaits) {
  auto settings = Served::defaults();
  settings.signInPerPeer = {.perSecond = 1, .burst = 30};  // some are used up by the people who are appointed
  Served served(settings);
  std::uint16_t status = 200;
  for (int i = 0; i < 40 && status != 429; ++i) {
    served.wait(0);
    status = served.post("/v1/session/challenge", "{}").status;
  }
  ASSERT_EQ(status, 429);
  auto const refused = served.post("/v1/session/challenge", "{}");
  EXPECT_EQ(tests::headerOf(refused, "Retry-After"), "1");
  served.wait(2'000);
  EXPECT_EQ(served.post("/v1/session/challenge", "{}").status, 400);
}

TEST(Session, EachPrincipalAndEachPeerIsLimited) {
  auto settings = Served::defaults();
  settings.perPrincipal = {.perSecond = 1, .burst = 20};
  Served served(settings);
  auto const token = served.signIn(kClerk);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(served.get("/v1/session", token).status, 200) << i;
  EXPECT_EQ(served.get("/v1/session", token).status, 429);
  EXPECT_EQ(served.get("/v1/session", served.signIn("440100-fin-clerk-2")).status, 200);
}

TEST(Session, EveryAnswerBearsTheHeadersThatKeepBrowsersSafe) {
  auto& served = tests::sharedServed();
  for (auto const* const target : {"/v1/cities", "/docs", "/nothing", "/v1/session"}) {
    auto const response = served.get(target);
    EXPECT_EQ(tests::headerOf(response, "X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(tests::headerOf(response, "X-Frame-Options"), "DENY") << target;
    EXPECT_NE(tests::headerOf(response, "Content-Security-Policy").find("default-src 'none'"), std::string::npos);
    EXPECT_FALSE(tests::headerOf(response, "Cache-Control").empty()) << target;
  }
}

}  // namespace
}  // namespace fundtrail::api::service
