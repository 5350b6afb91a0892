// SPDX-License-Identifier: Apache-2.0
// Every endpoint of the program as it runs, over TLS, driven from the description that it gives of itself: right, wrong
// and hostile. tests/api/service/conformance_test.cc does so without sockets, where no byte can be wrong on the way.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/bytes.h"
#include "tests/api/daemon/simulated_daemon.h"
#include "tests/api/service/description.h"
#include "tests/support/http_client.h"

namespace fundtrail::tests {
namespace {

namespace json = boost::json;
using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr char kAuditor[] = "440000-auditor-1";
constexpr char kNoReader[] = "440000-system-admin-1";  // whose role reads nothing of the ledger
constexpr char kAdmin[] = "440000-security-admin-1";
constexpr std::size_t kMostBody = 1024 * 1024;

/// As one segment of a path or one value of a query.
std::string encoded(std::string_view text) {
  std::string out;
  for (auto const c : text) {
    bool const plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

class ProgramConformance : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    daemon_ = std::make_unique<SimulatedDaemon>(
        std::map<std::string, std::string>{{"FUNDTRAIL_SERVER_BODY_BYTES", std::to_string(kMostBody)}});
  }
  static void TearDownTestSuite() {
    EXPECT_EQ(daemon_->program().terminate(), 0) << "after all of it the program ends in order";
    daemon_.reset();
  }
  static SimulatedDaemon& daemon() { return *daemon_; }
  static Description const& description() {
    static Description const read([] {
      HttpsClient client(daemon().port());
      return client.ask(getOf("/openapi.json")).value().body;
    }());
    return read;
  }
  static std::string const& token() {
    static std::string const signedIn = daemon().signIn(kAuditor);
    return signedIn;
  }

  static json::object read(std::string const& target) {
    HttpsClient client(daemon().port());
    return json::parse(client.ask(getOf(target, token())).value().body).as_object();
  }

  /// Values that are there.
  static std::string sample(std::string const& name, std::string const& path) {
    static std::map<std::string, std::string> const values = [] {
      auto const payment = read("/v1/payments?limit=1").at("payments").at(0);
      std::map<std::string, std::string> all{{"path", "0/000.p/1"}};
      all["event"] = std::to_string(payment.at("event").to_number<std::uint64_t>());
      all["uscc"] = payment.at("enterprise").as_string();
      all["provider"] = read("/v1/providers?limit=1").at("organisations").at(0).at("uscc").as_string();
      all["city"] = std::to_string(payment.at("city").to_number<unsigned>());
      return all;
    }();
    return values.at(name == "uscc" && path.starts_with("/v1/providers") ? "provider" : name);
  }

  /// The operation's path; `value` in the place of each parameter, as it is.
  static std::string filled(Operation const& operation, std::optional<std::string> const& value = {}) {
    auto path = operation.path;
    for (auto const* const parameter : operation.parametersIn("path")) {
      std::string const name(parameter->at("name").as_string());
      auto const hole = '{' + name + '}';
      path.replace(path.find(hole), hole.size(), value ? *value : sample(name, operation.path));
    }
    return path;
  }

  static HttpAsk requestOf(Operation const& operation, std::string target, std::string body = {}) {
    auto ask = operation.method == "GET" ? getOf(std::move(target), token())
                                         : postOf(std::move(target), std::move(body), token());
    ask.method = operation.method;
    // Whoever signs out must not be who asks the rest.
    if (operation.id() == "deleteSession") ask.headers.clear();
    return ask;
  }

  /// The answer, which the description lets the operation give, and which is none of a fault.
  HttpAnswer asked(Operation const& operation, HttpAsk const& ask, std::string const& what) {
    auto const answer = client_.ask(ask);
    EXPECT_TRUE(answer) << operation.id() << ' ' << what << ": no answer";
    if (!answer) return {};
    EXPECT_LT(answer->status, 500U) << operation.id() << ' ' << what << '\n' << answer->body.substr(0, 400);
    if (operation.method != "HEAD") {
      EXPECT_EQ(description().faultIn(operation, answer->status, answer->header("Content-Type"), answer->body), "")
          << operation.id() << ' ' << what.substr(0, 100) << " → " << answer->status << '\n'
          << answer->body.substr(0, 400);
    }
    for (auto const& [name, value] : answer->headers) {
      // What no request can make an answer bear.
      EXPECT_FALSE(name == "Set-Cookie" && value.starts_with("a=b")) << operation.id() << what;
    }
    return *answer;
  }

  /// A stream has no end: its head, and its first message.
  static std::string beginningOfChanges() {
    HttpClient client(daemon().port(), ClientTls{});
    client.write(getOf("/v1/changes").text());
    return client.readThrough("\n\n");
  }

  static bool isEndless(Operation const& operation) { return operation.id() == "getChanges"; }

  static void expectItServes() {
    HttpsClient client(daemon().port());
    auto const answer = client.ask(getOf("/readyz"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200U);
  }
  void TearDown() override { expectItServes(); }

  HttpsClient client_{daemon().port()};

 private:
  static inline std::unique_ptr<SimulatedDaemon> daemon_;
};

TEST_F(ProgramConformance, EveryEndpointAnswersARightRequestAsItIsDescribed) {
  std::set<std::string> answered;
  auto const right = [&](Operation const& operation, HttpAsk const& ask, unsigned status) {
    auto const answer = asked(operation, ask, "right");
    EXPECT_EQ(answer.status, status) << operation.id() << answer.body;
    if (answer.status == status) answered.insert(operation.id());
    return answer;
  };
  for (auto const& operation : description().operations()) {
    if (operation.method != "GET" || isEndless(operation)) continue;
    auto const answer = right(operation, requestOf(operation, filled(operation)), 200);
    for (auto const& type : operation.typesOf(200)) {
      if (!operation.described->at("responses").as_object().contains("406")) break;
      auto ask = requestOf(operation, filled(operation));
      ask.headers.emplace_back("Accept", type);
      EXPECT_EQ(right(operation, ask, 200).contentType(), type) << operation.id();
    }
    if (auto const tag = answer.header("ETag"); !tag.empty()) {
      auto ask = requestOf(operation, filled(operation));
      ask.headers.emplace_back("If-None-Match", tag);
      EXPECT_EQ(asked(operation, ask, "known").status, 304U) << operation.id();
    }
    auto head = requestOf(operation, filled(operation));
    head.method = "HEAD";
    auto const only = client_.ask(head);
    ASSERT_TRUE(only) << operation.id();
    EXPECT_EQ(only->status, 200U) << operation.id();
    EXPECT_EQ(only->body, "");
  }
  EXPECT_THAT(beginningOfChanges(), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Content-Type: text/event-stream"),
                                          HasSubstr("event: position\ndata: {")));
  answered.insert("getChanges");

  auto const& all = description();
  auto const key = daemon().keyOf(kAdmin);
  auto const id = key.publicKey().fingerprint(crypto::HashAlgorithm::sha256).hex();
  auto const challenge =
      json::parse(right(all.operation("postChallenge"),
                        postOf("/v1/session/challenge", json::serialize(json::object{{"key", id}})), 200)
                      .body);
  auto const signature = key.sign(crypto::asBytes(std::string_view(challenge.at("text").as_string())));
  json::object const signedChallenge{
      {"key", id}, {"nonce", challenge.at("nonce")}, {"signature", crypto::toBase64(signature)}};
  auto const opened = right(all.operation("postSession"), postOf("/v1/session", json::serialize(signedChallenge)), 201);
  std::string const session(json::parse(opened.body).at("token").as_string());

  auto const enrolment = [&](char const* person) {
    auto const auditor = daemon().keyOf(kAuditor);
    // A key that is on record already: a proposal that a rule refuses.
    return fmt::format(
        R"({{"events":[{{"occurredOn":20260803,"keyEnrolled":{{"person":"{}","personName":"某人（模拟）",)"
        R"("organisation":"某单位（模拟）","algorithm":"ed25519","publicKey":"{}"}}}}]}})",
        person, crypto::toHex(auditor.publicKey().spki()));
  };
  auto const file = fmt::format(
      R"({{"events":[{{"occurredOn":20260803,"keyRevoked":{{"key":"{}","reason":"一致性测试（模拟）"}}}}]}})",
      daemon().keyOf("440100-expert-1").publicKey().fingerprint(crypto::HashAlgorithm::sha256).hex());
  right(all.operation("postPrepare"), postOf("/v1/batches/prepare", file, session), 200);
  auto const batch = daemon().signedBatch(client_, session, kAdmin, file);
  auto const& post = all.operation("postBatch");
  right(post, postOf("/v1/batches?dryRun=true", batch), 200);
  right(post, postOf("/v1/batches", batch), 201);
  right(post, postOf("/v1/batches", batch), 200);
  auto const refused = daemon().signedBatch(client_, session, kAdmin, enrolment("somebody-else"));
  EXPECT_EQ(asked(post, postOf("/v1/batches", refused), "refused").status, 422U);
  EXPECT_EQ(asked(all.operation("postPrepare"), postOf("/v1/batches/prepare", file, session), "again").status, 409U);

  auto leave = postOf("/v1/session", "", session);
  leave.method = "DELETE";
  right(all.operation("deleteSession"), leave, 204);
  EXPECT_EQ(client_.ask(getOf("/v1/session", session)).value().status, 401U) << "it is over";

  std::set<std::string> described;
  for (auto const& operation : all.operations()) described.insert(operation.id());
  EXPECT_EQ(answered, described);
}

TEST_F(ProgramConformance, WhoHasNotSignedInOrHasAnotherRoleIsToldSo) {
  auto const other = daemon().signIn(kNoReader);
  for (auto const& operation : description().operations()) {
    if (!operation.isProtected()) continue;
    auto ask = requestOf(operation, filled(operation), "{}");
    ask.headers = {{"Content-Type", "application/json"}};
    auto const unknown = asked(operation, ask, "without signing in");
    EXPECT_EQ(unknown.status, 401U) << operation.id();
    EXPECT_EQ(unknown.header("WWW-Authenticate"), "Bearer");
    for (auto const* const wrong : {"Bearer", "Bearer x", "Basic YTpi", "Bearer \xff\xfe", "bearer  "}) {
      auto false_ = ask;
      false_.headers.emplace_back("Authorization", wrong);
      EXPECT_EQ(asked(operation, false_, wrong).status, 401U) << operation.id() << wrong;
    }
    std::string const whoMay(operation.described->at("description").as_string());
    if (whoMay.find("roles:") == std::string::npos) continue;
    ASSERT_THAT(whoMay, Not(HasSubstr("systemAdmin")));
    auto denied = ask;
    denied.headers.emplace_back("Authorization", "Bearer " + other);
    EXPECT_EQ(asked(operation, denied, "in another role").status, 403U) << operation.id();
  }
}

TEST_F(ProgramConformance, WrongRequestsAreToldWhatIsWrong) {
  for (auto const& operation : description().operations()) {
    if (operation.id() == "deleteSession") continue;  // without a session it says so first
    auto const body = operation.takesBody() ? "{}" : "";
    for (auto const* const query : {"nothing=1", "limit=1&limit=2", "a=%", "=1"}) {
      auto const answer = asked(operation, requestOf(operation, filled(operation) + '?' + query, body), query);
      EXPECT_EQ(answer.status, 400U) << operation.id() << query;
    }
    for (auto const* const parameter : operation.parametersIn("query")) {
      std::string const name(parameter->at("name").as_string());
      auto const& schema = parameter->at("schema").as_object();
      auto const isFreeText = schema.contains("maxLength");
      auto const wrong = isFreeText ? std::string(201, 'x') : std::string("nonsense");
      for (auto const& value : {wrong, std::string()}) {
        auto const target = filled(operation) + '?' + name + '=' + value;
        EXPECT_EQ(asked(operation, requestOf(operation, target, body), target).status, 400U)
            << operation.id() << ' ' << name << '=' << value;
      }
    }
    if (!operation.parametersIn("path").empty()) {
      EXPECT_EQ(asked(operation, requestOf(operation, filled(operation, "nonsense")), "nowhere").status, 404U);
    }
    if (operation.described->at("responses").as_object().contains("406") && operation.method == "GET") {
      auto ask = requestOf(operation, filled(operation));
      ask.headers.emplace_back("Accept", "image/png");
      EXPECT_EQ(asked(operation, ask, "as a picture").status, 406U) << operation.id();
    }
    if (operation.takesBody()) {
      for (auto const* const type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""}) {
        auto ask = requestOf(operation, operation.path, R"({"key":"x"})");
        ask.headers.front().second = type;
        EXPECT_EQ(asked(operation, ask, type).status, 415U) << operation.id() << type;
      }
    }
  }
}

TEST_F(ProgramConformance, AMethodThatIsNotDescribedIsNotAllowed) {
  std::map<std::string, std::set<std::string>> methods;
  for (auto const& operation : description().operations()) methods[operation.path].insert(operation.method);
  for (auto const& operation : description().operations()) {
    for (auto const* const method : {"POST", "PUT", "PATCH", "DELETE", "GET", "BREW"}) {
      if (methods[operation.path].contains(method)) continue;
      HttpAsk ask{method, filled(operation)};
      auto const answer = client_.ask(ask);
      ASSERT_TRUE(answer) << method << operation.path;
      EXPECT_EQ(description().faultInProblem(answer->header("Content-Type"), answer->body), "");
      if (std::string(method) == "BREW") {
        EXPECT_THAT(answer->status, AnyOf(400U, 405U));
        continue;
      }
      EXPECT_EQ(answer->status, 405U) << method << operation.path;
      for (auto const& allowed : methods[operation.path]) EXPECT_THAT(answer->header("Allow"), HasSubstr(allowed));
    }
  }
}

TEST_F(ProgramConformance, HostileParametersAreRefusedAndNeverMore) {
  for (auto const& operation : description().operations()) {
    if (isEndless(operation) || operation.id() == "deleteSession") continue;
    std::string const body = operation.takesBody() ? "{}" : "";
    for (auto const& value : hostileValues()) {
      auto const shown = value.substr(0, 40);
      for (auto const* const parameter : operation.parametersIn("query")) {
        std::string const name(parameter->at("name").as_string());
        bool const isText = parameter->at("schema").as_object().contains("maxLength");
        // As a browser would send it, and as it is.
        for (auto const& sent : {encoded(value), value}) {
          auto const answer =
              asked(operation, requestOf(operation, filled(operation) + '?' + name + '=' + sent, body), shown);
          if (!isText && operation.method == "GET") {
            EXPECT_GE(answer.status, 400U) << operation.id() << ' ' << name << '=' << shown;
          }
        }
      }
      if (operation.parametersIn("path").empty() || value.empty()) continue;
      EXPECT_THAT(asked(operation, requestOf(operation, filled(operation, encoded(value))), shown).status,
                  AnyOf(404U, 431U))
          << operation.id() << shown;
      EXPECT_THAT(asked(operation, requestOf(operation, filled(operation, value)), shown).status,
                  AnyOf(400U, 404U, 431U))
          << operation.id() << shown;
    }
  }
}

TEST_F(ProgramConformance, HostileBodiesAreRefusedAndNeverMore) {
  auto bodies = hostileBodies();
  bodies.push_back(R"({"key":")" + std::string(500'000, 'f') + "\"}");
  bodies.emplace_back(R"({"key":"a\u0000b","nonce":"\ud800"})");
  unsigned address = 1;
  for (auto const& operation : description().operations()) {
    if (!operation.takesBody()) continue;
    auto types = std::vector<std::string>{"application/json"};
    if (operation.id() == "postBatch") types.emplace_back("application/vnd.fundtrail.batch");
    for (auto const& type : types) {
      for (auto const& body : bodies) {
        // Signing in is counted by address: each comes from another.
        client_ = HttpsClient(daemon().port(), fmt::format("127.0.1.{}", ++address));
        auto ask = requestOf(operation, operation.path, body);
        ask.headers.front().second = type;
        auto const answer = asked(operation, ask, body.substr(0, 50));
        EXPECT_GE(answer.status, 400U) << operation.id() << body.substr(0, 50);
        EXPECT_NE(answer.status, 429U) << operation.id();
      }
    }
    auto tooLarge = requestOf(operation, operation.path, "");
    tooLarge.headers.emplace_back("Content-Length", std::to_string(kMostBody + 1));
    auto text = tooLarge.text();
    text.replace(text.find("Content-Length: 0\r\n"), std::string_view("Content-Length: 0\r\n").size(), "");
    auto const refused = client_.exchange(text);
    ASSERT_TRUE(refused) << operation.id();
    EXPECT_EQ(refused->status, 413U) << operation.id();
    EXPECT_EQ(description().faultIn(operation, 413, refused->header("Content-Type"), refused->body), "");
  }
}

TEST_F(ProgramConformance, HeadersThatMeanHarmDoNone) {
  for (auto const& operation : description().operations()) {
    if (isEndless(operation) || operation.id() == "deleteSession") continue;
    std::vector<std::pair<std::string, std::string>> const hostile{
        {"X-Request-Id", "a b<script>"},
        {"X-Request-Id", std::string(5000, 'a')},
        {"X-Request-Id", "x\xff"},
        {"Accept-Language", "../../etc/passwd, zh;q=nan, *;q=1e999"},
        {"Accept", std::string(2000, '*') + "/*;q=0.0000001"},
        {"If-None-Match", "\"\\\"\", W/, *, " + std::string(3000, '"')},
        {"Cookie", "fundtrail_session=../../x; __Host-fundtrail=\xff"},
        {"Range", "bytes=0-0,-1,99999999999999999999-"},
        {"X-Forwarded-For", "127.0.0.1"},
        {"Host", "evil.example"},
    };
    for (auto const& [name, value] : hostile) {
      auto ask = requestOf(operation, filled(operation), operation.takesBody() ? "{}" : "");
      ask.headers.emplace_back(name, value);
      auto const answer = asked(operation, ask, name);
      EXPECT_LT(answer.header("X-Request-Id").size(), 100U);
      EXPECT_THAT(answer.header("X-Request-Id"), Not(HasSubstr("<")));
    }
    auto large = requestOf(operation, filled(operation));
    large.headers.emplace_back("X-Large", std::string(100'000, 'x'));
    EXPECT_EQ(asked(operation, large, "a large head").status, 431U) << operation.id();
    auto nul = requestOf(operation, filled(operation));
    nul.headers.emplace_back("X-Nul", std::string("a\0b", 3));
    EXPECT_EQ(asked(operation, nul, "NUL").status, 400U) << operation.id();
  }
}

TEST_F(ProgramConformance, NoPathLeadsOutOfWhatIsServed) {
  for (auto const* const path :
       {"/../../../etc/passwd", "/tile/../../../etc/passwd", "/tile/0/../../../keys/log.pem",
        "/tile/%2e%2e/%2e%2e/keys", "/tile/0/000%00.p/1", "/tile//etc/passwd", "/v1/../healthz",
        "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/docs/../keys/log.password", "/v1/events/..%2f..%2f",
        "/./checkpoint", "/checkpoint/", "//checkpoint"}) {
    auto const answer = client_.ask(getOf(path, token()));
    ASSERT_TRUE(answer) << path;
    EXPECT_EQ(answer->status, 404U) << path << answer->body;
    EXPECT_EQ(description().faultInProblem(answer->header("Content-Type"), answer->body), "") << path;
  }
}

}  // namespace
}  // namespace fundtrail::tests
