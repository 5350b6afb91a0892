// SPDX-License-Identifier: Apache-2.0
#include "tests/api/service/served.h"

#include <future>
#include <stdexcept>

#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/codes.h"
#include "tests/support/passing_log.h"
#include "tests/support/simulated_log.h"

namespace fundtrail::tests {

namespace domain = ledger::domain;
namespace http = api::http;
namespace json = boost::json;
namespace service = api::service;

namespace {

constexpr ledger::simulation::Plan kPlan{.seed = 3, .enterprises = 30, .alone = false};

/// Made once; each Served has a copy.
std::shared_ptr<ledger::log::MemoryLog> simulatedCopy(ledger::simulation::Simulation const& simulation) {
  static auto const batches = [] {
    std::vector<ledger::batch::SignedBatch> all;
    ledger::simulation::Simulation(kPlan).run([&](ledger::batch::SignedBatch const& batch) { all.push_back(batch); });
    return all;
  }();
  auto log = std::make_shared<ledger::log::MemoryLog>(crypto::HashAlgorithm::sha256);
  write(*log, simulation.genesis());
  for (auto const& batch : batches) write(*log, batch);
  return log;
}

domain::Instant const kMorning = domain::Instant::parse("2026-08-03T09:00:00.000+08:00").value();

}  // namespace

crypto::Result<void> NotedReads::record(api::access::PrivateRead const& read) {
  if (fails) return crypto::Error{crypto::ErrorKind::io, "no space"};
  std::lock_guard const lock(mutex_);
  reads_.push_back(read);
  return {};
}

std::vector<api::access::PrivateRead> NotedReads::all() const {
  std::lock_guard const lock(mutex_);
  return reads_;
}

service::Settings Served::defaults() {
  service::Settings settings;
  settings.audience = "https://ledger.example:8443";
  settings.signInPerPeer = {};
  return settings;
}

Served::Served(service::Settings settings, std::size_t queueCapacity)
    : later([](std::function<void()> const& work) { work(); }),
      simulation_(kPlan),
      store_(simulatedCopy(simulation_)),
      now_(kMorning.milliseconds()) {
  ledger::Options options;
  options.queueCapacity = queueCapacity;
  options.clock = [this](domain::Instant) { return domain::Instant::fromMilliseconds(now_).value(); };
  ledger_ = ledger::Ledger::open(std::make_unique<PassingLog>(store_), ledger::LogKeys(simulation_.logKey()),
                                 std::move(options))
                .value();
  service::Environment environment;
  environment.now = [this] { return domain::Instant::fromMilliseconds(now_).value(); };
  environment.random = [this](std::span<std::uint8_t> bytes) {
    // Each differs, and the same test has the same ones.
    auto const digest = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(std::to_string(++random_)));
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = digest.bytes[i % digest.bytes.size()];
  };
  environment.later = [this](std::function<void()> work) { later(std::move(work)); };
  environment.journal = &reads_;
  service_ = service::Service::open(*ledger_, std::move(environment), std::move(settings)).value();
  appoint("440000-expert-1", "某专家所（模拟）", "expert", 440000);
  appoint("440104-clerk-1", "广州市越秀区工信局（模拟）", "countyClerk", 440104);
  appoint("440100-auditor-1", "广州市审计局（模拟）", "auditor", 440100);
}

Served::~Served() {
  ledger_->drain();
}

http::Response Served::ask(http::Request request) {
  if (request.id.empty()) request.id = "test";
  if (request.peer.empty()) request.peer = "192.0.2.1";
  std::promise<http::Response> promise;
  auto answered = promise.get_future();
  service_->handle(std::move(request), [&promise](http::Response response) { promise.set_value(std::move(response)); });
  return answered.get();
}

http::Response Served::get(std::string_view target, std::string_view token, HeaderList const& headers) {
  http::Request request;
  request.method = http::Method::get;
  auto const mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string_view::npos) request.query = target.substr(mark + 1);
  if (!token.empty()) request.headers.add("Authorization", "Bearer " + std::string(token));
  for (auto const& [name, value] : headers) request.headers.add(name, value);
  return ask(std::move(request));
}

http::Response Served::post(std::string_view target, std::string body, std::string_view token,
                            HeaderList const& headers) {
  http::Request request;
  request.method = http::Method::post;
  auto const mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string_view::npos) request.query = target.substr(mark + 1);
  request.body = std::move(body);
  if (!token.empty()) request.headers.add("Authorization", "Bearer " + std::string(token));
  bool typed = false;
  for (auto const& [name, value] : headers) {
    request.headers.add(name, value);
    typed = typed || name == "Content-Type";
  }
  if (!typed) request.headers.add("Content-Type", "application/json");
  return ask(std::move(request));
}

crypto::PrivateKey Served::keyOf(std::string const& person) const {
  constexpr unsigned kGenerations = 4;  // keys are replaced now and then
  for (unsigned generation = 0; generation < kGenerations; ++generation) {
    auto key = simulation_.keyOf(person, generation);
    domain::KeyId const id(key.publicKey().fingerprint(crypto::HashAlgorithm::sha256));
    bool inUse = false;
    ledger_->inspect([&](domain::State const& state) { inUse = state.personOf(id).has_value(); });
    if (inUse) return key;
  }
  return simulation_.keyOf(person);
}

std::string Served::personWith(ledger::schema::Role role, std::optional<unsigned> region) const {
  std::string found;
  auto const today = domain::Instant::fromMilliseconds(now_).value().businessDate();
  ledger_->inspect([&](domain::State const& state) {
    state.keys.visit([&](domain::KeyId const&, domain::AuthorKey const& key) {
      if (key.revoked || !found.empty()) return;
      auto const& person = state.person(key.person);
      for (auto const& grant : person.grants) {
        bool const there = !region || grant.region.number() == *region;
        if (grant.role == role && there && grant.holdsOn(today) && person.grants.size() == 1) found = person.id;
      }
    });
  });
  return found;
}

std::string Served::signIn(std::string const& person) {
  auto const key = keyOf(person);
  auto const id = key.publicKey().fingerprint(crypto::HashAlgorithm::sha256).hex();
  auto const challenge = jsonOf(post("/v1/session/challenge", json::serialize(json::object{{"key", id}})));
  auto const signature = key.sign(crypto::asBytes(std::string_view(challenge.at("text").as_string())));
  auto const opened = post(
      "/v1/session", json::serialize(json::object{
                         {"key", id}, {"nonce", challenge.at("nonce")}, {"signature", crypto::toBase64(signature)}}));
  if (opened.status != 201) throw std::runtime_error(person + " cannot sign in: " + opened.body);
  return std::string(jsonOf(opened).at("token").as_string());
}

std::string Served::signedBatch(std::string const& person, std::string const& file) {
  auto const prepared = post("/v1/batches/prepare", file, signIn(person));
  if (prepared.status != 200) throw std::runtime_error("cannot be prepared: " + prepared.body);
  auto const body = jsonOf(prepared);
  auto const message = crypto::fromBase64(body.at("message").as_string()).value();
  json::array events;
  for (auto const& event : body.at("events").as_array()) events.push_back(event.at("bytes"));
  return json::serialize(json::object{{"statement", body.at("statement")},
                                      {"signature", crypto::toBase64(keyOf(person).sign(message))},
                                      {"events", std::move(events)}});
}

http::Response Served::submit(std::string const& person, std::string const& file, std::string_view query) {
  return post("/v1/batches" + std::string(query), signedBatch(person, file));
}

std::string Served::dateNumber() const {
  auto const text = domain::Instant::fromMilliseconds(now_).value().businessDate().text();
  return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2);
}

void Served::wait(std::int64_t milliseconds) {
  now_ += milliseconds;
}

/// Proposed by one, confirmed by the other. Gives the hash of what was confirmed.
std::string Served::administer(std::string const& person, std::string const& event) {
  auto const proposed = submit("440000-security-admin-1",
                               fmt::format(R"({{"note":"{} {}","events":[{}]}})", person, random_.load(), event));
  if (proposed.status != 201) throw std::runtime_error(proposed.body);
  std::string hash(jsonOf(proposed).at("events").at(0).at("hash").as_string());
  auto const confirmed =
      submit("440000-security-admin-2",
             fmt::format(R"({{"events":[{{"occurredOn":{},"changeConfirmed":{{"change":"{}","outcome":"pass"}}}}]}})",
                         dateNumber(), hash));
  if (confirmed.status != 201) throw std::runtime_error(confirmed.body);
  return hash;
}

void Served::appoint(std::string const& person, std::string const& organisation, std::string_view role,
                     unsigned region) {
  auto const key = keyOf(person);
  administer(person, fmt::format(R"({{"occurredOn":{},"keyEnrolled":{{"person":"{}","personName":"某人（模拟）",)"
                                 R"("organisation":"{}","algorithm":"ed25519","publicKey":"{}"}}}})",
                                 dateNumber(), person, organisation, crypto::toHex(key.publicKey().spki())));
  administer(person, fmt::format(R"({{"occurredOn":{},"roleGranted":{{"person":"{}","role":"{}","region":{},)"
                                 R"("validFrom":20260101,"validTo":20271231}}}})",
                                 dateNumber(), person, role, region));
}

void Served::revoke(std::string const& person) {
  auto const id = keyOf(person).publicKey().fingerprint(crypto::HashAlgorithm::sha256).hex();
  administer(person, fmt::format(R"({{"occurredOn":{},"keyRevoked":{{"key":"{}","reason":"离岗（模拟）"}}}})",
                                 dateNumber(), id));
}

Served& sharedServed() {
  static Served served;
  return served;
}

std::string headerOf(http::Response const& response, std::string_view name) {
  for (auto const& [written, value] : response.headers) {
    if (written == name) return value;
  }
  return {};
}

json::value jsonOf(http::Response const& response) {
  return json::parse(response.body);
}

}  // namespace fundtrail::tests
