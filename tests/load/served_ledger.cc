// SPDX-License-Identifier: Apache-2.0
#include "tests/load/served_ledger.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "tests/api/program.h"
#include "tests/load/clients.h"
#include "tests/support/https.h"

namespace fundtrail::tests {

namespace domain = ledger::domain;
namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

/// A port that is free, and that the system gives to no client: who tries to reach a server that is down might else be
/// given its port, and speak with itself.
std::uint16_t quietPort() {
  constexpr std::uint16_t kFirst = 20'000;
  constexpr std::uint16_t kLast = 32'000;
  for (auto port = static_cast<std::uint16_t>(kFirst + ::getpid() % 10'000); port < kLast; ++port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool const free = ::bind(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    ::close(socket);
    if (free) return port;
  }
  throw std::runtime_error("no port is free");
}

}  // namespace

ServedLedger::ServedLedger(fs::path directory, unsigned clients) : directory_(std::move(directory)), clients_(clients) {
  fs::remove_all(directory_);
  fs::create_directories(directory_);
  auto const made = run({"simulate", "--seed", "3", "--enterprises", "30", "--ledger", path().string()});
  if (made.exit != 0) throw std::runtime_error("the ledger cannot be made: " + made.err);
  auto const limit = std::to_string(clients + 24);
  environment_ = {{"FUNDTRAIL_SERVER_LISTEN", fmt::format("127.0.0.1:{}", quietPort())},
                  {"FUNDTRAIL_SERVER_CONNECTIONS", limit},
                  {"FUNDTRAIL_SERVER_CONNECTIONS_PER_ADDRESS", limit},
                  {"FUNDTRAIL_ACCESS_REQUESTS_PER_ADDRESS", "0"},
                  {"FUNDTRAIL_LOG_LEVEL", "warning"}};
}

crypto::PrivateKey ServedLedger::keyOf(std::string const& person) const {
  return crypto::PrivateKey::fromPem(readText(path() / "keys" / (person + ".pem")), "simulated").value();
}

Clerks ServedLedger::appoint(std::uint16_t port) const {
  HttpsClient client(port);
  auto const known = json::parse(client.ask({"GET", "/v1/ledger"}).value().body).as_object();
  auto const id = domain::LedgerId::parse(known.at("ledger").as_string()).value();
  Clerks clerks(id, crypto::HashAlgorithm::sha256, clients_);
  auto const batches =
      clerks.appointment(keyOf("440000-security-admin-1"), keyOf("440000-security-admin-2"), wallClock());
  for (auto const& batch : batches) {
    auto const answer = client.exchange(requestOf(batch)).value();
    if (answer.status != 201) throw std::runtime_error("a clerk is not appointed: " + answer.body);
  }
  return clerks;
}

}  // namespace fundtrail::tests
