// SPDX-License-Identifier: Apache-2.0
// fundtraild as an operator runs it.
#include "tests/api/program.h"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/certificate.h"
#include "tests/support/city_witness.h"
#include "tests/support/daemon.h"
#include "tests/support/http_client.h"
#include "tests/support/process.h"

namespace fundtrail::tests {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class DaemonProgram : public CliTest {
 protected:
  std::vector<std::string> command(std::vector<std::string> const& more = {}) const {
    auto words = daemonCommand(ledger_);
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }

  Daemon start(std::map<std::string, std::string> environment = {}) {
    Daemon daemon(ledger_, logFile(), std::move(environment));
    port_ = daemon.port();
    return daemon;
  }

  std::string get(std::string const& path) const {
    HttpClient client(port_, ClientTls{});
    client.write("GET " + path + " HTTP/1.1\r\nHost: h\r\nX-Request-Id: asked-1\r\nConnection: close\r\n\r\n");
    return client.readAll();
  }

  /// Starts a witness of this ledger, and writes the policy that asks for it.
  void arrange(CityWitness& witness) const {
    auto const said =
        execute({programAt("fundtrail-replay"), "verify", "--log", ledger_.string(), "--format", "json"}, {});
    auto const vkey = boost::json::parse(said.out).at("ledger").at("logVkeys").as_array().at(0).as_string();
    auto const log = "log " + std::string(vkey) + "\n";
    writeText(directory_ / "logs", log + "quorum none\n");
    witness.start((directory_ / "logs").string());
    writeText(directory_ / "policy", log + witness.policyLine() + "quorum gz\n");
  }

  fs::path logFile() const { return directory_ / "log"; }

  std::uint16_t port_ = 0;
};

TEST_F(DaemonProgram, ServesItsLedgerAndEndsInOrder) {
  auto process = start({{"FUNDTRAIL_LOG_FORMAT", "json"}, {"FUNDTRAIL_LOG_LEVEL", "debug"}});
  EXPECT_THAT(process.said(), AllOf(HasSubstr("self-signed certificate"), HasSubstr("fingerprint (SHA-256) "),
                                    HasSubstr("listening on https://127.0.0.1:")));
  EXPECT_THAT(get("/healthz"), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("X-Request-Id: asked-1")));
  EXPECT_THAT(get("/readyz"), HasSubstr("\r\n\r\nready\n"));
  EXPECT_THAT(get("/metrics"), AllOf(HasSubstr("fundtrail_ledger_batches 8\n"), HasSubstr("endpoint=\"/healthz\"")));
  EXPECT_EQ(process.terminate(), 0);

  std::ifstream log(logFile());
  std::vector<std::string> messages;
  bool request = false;
  for (std::string line; std::getline(log, line);) {
    auto const record = boost::json::parse(line).as_object();
    messages.emplace_back(record.at("message").as_string());
    if (messages.back() != "request" || record.at("endpoint").as_string() != "/healthz") continue;
    request = true;
    EXPECT_EQ(record.at("id").as_string(), "asked-1");
    EXPECT_EQ(record.at("status").as_int64(), 200);
    EXPECT_EQ(record.at("peer").as_string(), "127.0.0.1");
  }
  EXPECT_TRUE(request);
  ASSERT_FALSE(messages.empty());
  EXPECT_EQ(messages.front(), "serving");
  EXPECT_EQ(messages.back(), "stopped");
}

TEST_F(DaemonProgram, LetsTheServiceAnswer) {
  auto process = start();
  EXPECT_THAT(get("/v1/ledger"), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("X-Request-Id: asked-1")));
  EXPECT_THAT(get("/openapi.json"), HasSubstr("\"openapi\""));
  EXPECT_THAT(get("/v1/payments"), AllOf(StartsWith("HTTP/1.1 401"), HasSubstr("application/problem+json")));
  EXPECT_THAT(get("/checkpoint"), HasSubstr("\n8\n")) << "the public log";
  EXPECT_THAT(get("/metrics"), HasSubstr("endpoint=\"/v1/payments\",method=\"GET\",status=\"401\"} 1"));
  // A live view ends when the server does, as HTTP ends it.
  HttpClient view(port_, ClientTls{});
  view.write("GET /v1/changes HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(view.readThrough("data: "), HasSubstr("text/event-stream"));
  EXPECT_EQ(process.terminate(), 0);
  EXPECT_THAT(view.readAll(), testing::EndsWith("0\r\n\r\n"));
  EXPECT_EQ(fs::status(ledger_ / "journal" / "private-reads.jsonl").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(DaemonProgram, AnswersRequestsThatAreNoneAsTheServiceDoes) {
  auto const process = start();
  HttpClient client(port_, ClientTls{});
  client.write("what is this\r\n\r\n");
  EXPECT_THAT(client.readAll(),
              AllOf(StartsWith("HTTP/1.1 400"), HasSubstr("application/problem+json"), HasSubstr("\"status\":400")));
}

TEST_F(DaemonProgram, ReadsItsCertificateAnewOnSighup) {
  auto process = start();
  fs::remove(ledger_ / "tls" / "self-signed.pem");
  process.signal(SIGHUP);
  while (readText(logFile()).find("read the certificate anew") == std::string::npos) std::this_thread::yield();
  EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 200"));
  EXPECT_TRUE(fs::exists(ledger_ / "tls" / "self-signed.pem"));
  EXPECT_EQ(process.terminate(), 0);
}

TEST_F(DaemonProgram, ServesWhoShowsACertificateOfTheAuthoritiesWhereClientsMustShowOne) {
  std::vector<std::string> const names{"clerk"};
  crypto::Validity const always{std::chrono::seconds(0), std::chrono::seconds(10'000'000'000)};
  auto const known = crypto::makeSelfSigned(names, always).value();
  auto const stranger = crypto::makeSelfSigned(names, always).value();
  writeText(directory_ / "authorities.pem", known.certificate);
  auto process = start({{"FUNDTRAIL_TLS_CLIENT_AUTHORITIES", (directory_ / "authorities.pem").string()},
                        {"FUNDTRAIL_TLS_CLIENTS_MUST_SHOW", "true"}});
  auto const askedBy = [&](ClientTls const& tls) {
    HttpClient client(port_, tls);
    client.write("GET /v1/ledger HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    return client.readAll();
  };
  EXPECT_THAT(askedBy({known.certificate, known.key}), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(askedBy({}), "") << "turned away before a byte of HTTP";
  EXPECT_EQ(askedBy({stranger.certificate, stranger.key}), "");
  // SIGHUP reads them anew, as it does the server's own.
  writeText(directory_ / "authorities.pem", stranger.certificate);
  process.signal(SIGHUP);
  while (readText(logFile()).find("read the certificate anew") == std::string::npos) std::this_thread::yield();
  EXPECT_THAT(askedBy({stranger.certificate, stranger.key}), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(askedBy({known.certificate, known.key}), "");
  EXPECT_EQ(process.terminate(), 0);
}

TEST_F(DaemonProgram, AsksForACertificateAndServesWhoHasNoneUnlessClientsMustShowOne) {
  std::vector<std::string> const names{"clerk"};
  auto const known =
      crypto::makeSelfSigned(names, {std::chrono::seconds(0), std::chrono::seconds(10'000'000'000)}).value();
  writeText(directory_ / "authorities.pem", known.certificate);
  auto const process = start({{"FUNDTRAIL_TLS_CLIENT_AUTHORITIES", (directory_ / "authorities.pem").string()}});
  EXPECT_THAT(get("/v1/ledger"), StartsWith("HTTP/1.1 200"));
}

TEST_F(DaemonProgram, SaysWhatIsWrongWithTheAuthoritiesOfItsClients) {
  auto const must = execute(command(), {{"FUNDTRAIL_TLS_CLIENTS_MUST_SHOW", "true"}});
  expectFails(must, "client_authorities");
  auto const missing = execute(command(), {{"FUNDTRAIL_TLS_CLIENT_AUTHORITIES", "/nowhere.pem"}});
  expectFails(missing, "/nowhere.pem");
  writeText(directory_ / "none.pem", "no certificate\n");
  auto const none = execute(command(), {{"FUNDTRAIL_TLS_CLIENT_AUTHORITIES", (directory_ / "none.pem").string()},
                                        {"FUNDTRAIL_SERVER_LISTEN", "127.0.0.1:0"}});
  expectFails(none, "authorities");
}

TEST_F(DaemonProgram, NeverLogsWhatWasAsked) {
  auto process = start();
  get("/v1/6222021234567890123?name=secret");
  EXPECT_EQ(process.terminate(), 0);
  auto const log = readText(logFile());
  EXPECT_THAT(log, HasSubstr("status=404"));
  EXPECT_THAT(log, AllOf(Not(HasSubstr("6222")), Not(HasSubstr("secret"))));
}

TEST_F(DaemonProgram, KeepsItsCertificateFromOneRunToTheNext) {
  auto first = start();
  auto const said = first.said().substr(0, first.said().find("listening"));
  EXPECT_EQ(first.terminate(), 0);
  auto const second = start();
  EXPECT_EQ(second.said().substr(0, second.said().find("listening")), said);
  EXPECT_EQ(fs::status(ledger_ / "tls" / "self-signed.pem").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(DaemonProgram, SaysWhoHasThePortOrTheLedger) {
  auto process = start();
  auto const another = directory_ / "another";
  ASSERT_EQ(fundtrail({"init", "--ledger", another.string()}).exit, 0);
  auto const port =
      execute(daemonCommand(another), {{"FUNDTRAIL_SERVER_LISTEN", "127.0.0.1:" + std::to_string(port_)}});
  expectFails(port, "is taken by another program");
  auto const ledger = execute(command(), {{"FUNDTRAIL_SERVER_LISTEN", "127.0.0.1:0"}});
  expectFails(ledger, "another program is writing to");
  EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 200")) << "the first goes on";
}

TEST_F(DaemonProgram, ChecksAndPrintsItsConfiguration) {
  auto const file = directory_ / "fundtraild.toml";
  writeText(file, "[server]\nthreads = 3\n\n[tls]\nnmes = []\n");
  auto const wrong = execute(command({"--config", file.string(), "--check-config"}), {});
  expectFails(wrong, file.string() + ":5: there is no tls.nmes: did you mean tls.names?");
  writeText(file, "[server]\nthreads = 3\n");
  auto const right =
      execute(command({"--config", file.string(), "--check-config"}), {{"FUNDTRAIL_LOG_FORMAT", "json"}});
  EXPECT_EQ(right.exit, 0) << right.err;
  EXPECT_THAT(right.out, AllOf(HasSubstr("threads = 3\n"), HasSubstr("format = \"json\"\n"),
                               HasSubstr("directory = \"" + ledger_.string() + "\"\n")));
  EXPECT_FALSE(fs::exists(ledger_ / "tls")) << "nothing was begun";
  auto const settings = execute({programAt("fundtraild"), "settings"}, {});
  EXPECT_EQ(settings.out, readText(FUNDTRAIL_SOURCE_DIR "/docs/fundtraild.toml"));
}

TEST_F(DaemonProgram, SaysWhatKeepsItFromStarting) {
  auto const nowhere = execute({programAt("fundtraild"), "serve", "--lang", "en"}, {});
  expectFails(nowhere, "ledger.directory is not set");
  auto const none = execute(daemonCommand("/nowhere"), {});
  expectFails(none, "is no ledger");
  auto const address = execute(command(), {{"FUNDTRAIL_SERVER_LISTEN", "here"}});
  expectFails(address, "server.listen: here is no address to listen at");
  writeText(directory_ / "wrong", "not the password\n");
  auto const password = execute(command(), {{"FUNDTRAIL_LEDGER_LOG_PASSWORD_FILE", (directory_ / "wrong").string()}});
  expectFails(password, "the password does not open the log's key");
}

TEST_F(DaemonProgram, TakesThePasswordFromSystemdsCredentials) {
  auto const credentials = directory_ / "credentials";
  fs::create_directory(credentials);
  fs::rename(ledger_ / "keys" / "log.password", credentials / "log.password");
  auto process = start({{"CREDENTIALS_DIRECTORY", credentials.string()}});
  EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(process.terminate(), 0);
}

TEST_F(DaemonProgram, HasItsCheckpointsCosignedInTheBackground) {
  CityWitness witness(directory_, "gz", "ed25519", kPassword);
  arrange(witness);
  auto process = start({{"FUNDTRAIL_WITNESSES_POLICY", (directory_ / "policy").string()}});
  auto const witnessed = ledger_ / "attestations" / "witnessed";
  while (!fs::exists(witnessed)) std::this_thread::yield();
  EXPECT_THAT(readText(witnessed), HasSubstr("gz.example"));
  while (get("/metrics").find("fundtrail_ledger_witnessed_batches 8\n") == std::string::npos) std::this_thread::yield();
  EXPECT_EQ(process.terminate(), 0);
  EXPECT_THAT(readText(logFile()), HasSubstr("asked for cosignatures batches=8 cosigned=1 needed=1"));
}

TEST_F(DaemonProgram, ServesWhileItsWitnessesAreSilent) {
  CityWitness witness(directory_, "gz", "ed25519", kPassword);
  arrange(witness);
  witness.kill();
  auto process = start({{"FUNDTRAIL_WITNESSES_POLICY", (directory_ / "policy").string()}});
  while (readText(logFile()).find("result=unreachable") == std::string::npos) std::this_thread::yield();
  EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(process.terminate(), 0);
}

}  // namespace
}  // namespace fundtrail::tests
