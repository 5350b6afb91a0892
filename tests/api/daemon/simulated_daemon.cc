// SPDX-License-Identifier: Apache-2.0
#include "tests/api/daemon/simulated_daemon.h"

#include <cstdlib>
#include <stdexcept>
#include <utility>

#include "crypto/bytes.h"
#include "tests/api/program.h"

namespace fundtrail::tests {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

constexpr char kPassword[] = "simulated";

fs::path temporaryDirectory() {
  auto pattern = (fs::temp_directory_path() / "fundtrail-daemon-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory can be made");
  return pattern;
}

json::object objectIn(std::optional<HttpAnswer> const& answer, unsigned status) {
  if (!answer) throw std::runtime_error("no answer came");
  if (answer->status != status) throw std::runtime_error(std::to_string(answer->status) + ' ' + answer->body);
  return json::parse(answer->body).as_object();
}

}  // namespace

SimulatedDaemon::SimulatedDaemon(std::map<std::string, std::string> environment) : directory_(temporaryDirectory()) {
  auto const made = run({"simulate", "--seed", "3", "--enterprises", "30", "--ledger", ledger().string()});
  if (made.exit != 0) throw std::runtime_error(made.err);
  environment.try_emplace("FUNDTRAIL_ACCESS_REQUESTS_PER_ADDRESS", "0");
  environment.try_emplace("FUNDTRAIL_ACCESS_REQUESTS_PER_PERSON", "0");
  daemon_ = std::make_unique<Daemon>(ledger(), log(), std::move(environment));
}

SimulatedDaemon::~SimulatedDaemon() {
  daemon_.reset();
  std::error_code ignored;  // what cannot be removed is left to the system's own clearing of temporary files
  fs::remove_all(directory_, ignored);
}

crypto::PrivateKey SimulatedDaemon::keyOf(std::string const& person) const {
  return crypto::PrivateKey::fromPem(readText(ledger() / "keys" / (person + ".pem")), kPassword).value();
}

std::string SimulatedDaemon::signIn(std::string const& person, std::string const& from) const {
  HttpsClient client(port(), from);
  auto const key = keyOf(person);
  auto const id = key.publicKey().fingerprint(crypto::HashAlgorithm::sha256).hex();
  auto const challenge =
      objectIn(client.ask(postOf("/v1/session/challenge", json::serialize(json::object{{"key", id}}))), 200);
  auto const signature = key.sign(crypto::asBytes(std::string_view(challenge.at("text").as_string())));
  json::object const answered{
      {"key", id}, {"nonce", challenge.at("nonce")}, {"signature", crypto::toBase64(signature)}};
  auto const opened = objectIn(client.ask(postOf("/v1/session", json::serialize(answered))), 201);
  return std::string(opened.at("token").as_string());
}

std::string SimulatedDaemon::signedBatch(HttpsClient& client, std::string const& token, std::string const& person,
                                         std::string const& file) const {
  auto const prepared = objectIn(client.ask(postOf("/v1/batches/prepare", file, token)), 200);
  auto const message = crypto::fromBase64(prepared.at("message").as_string()).value();
  json::array events;
  for (auto const& event : prepared.at("events").as_array()) events.push_back(event.at("bytes"));
  return json::serialize(json::object{{"statement", prepared.at("statement")},
                                      {"signature", crypto::toBase64(keyOf(person).sign(message))},
                                      {"events", std::move(events)}});
}

HttpAsk getOf(std::string target, std::string_view token) {
  HttpAsk ask{"GET", std::move(target)};
  if (!token.empty()) ask.headers.emplace_back("Authorization", "Bearer " + std::string(token));
  return ask;
}

HttpAsk postOf(std::string target, std::string body, std::string_view token) {
  HttpAsk ask{"POST", std::move(target), std::move(body), {{"Content-Type", "application/json"}}};
  if (!token.empty()) ask.headers.emplace_back("Authorization", "Bearer " + std::string(token));
  return ask;
}

}  // namespace fundtrail::tests
