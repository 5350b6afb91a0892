// SPDX-License-Identifier: Apache-2.0
#include "tests/load/clients.h"

#include <exception>
#include <memory>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace fundtrail::tests {

namespace asio = boost::asio;
namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace json = boost::json;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds kFirstWait{20};
constexpr std::chrono::milliseconds kLongestWait{640};

/// The tree's size that a checkpoint states, in its second line; 0 for what is none.
std::uint64_t treeSizeIn(std::string const& checkpoint) {
  auto const line = checkpoint.find('\n');
  return line == std::string::npos ? 0 : std::strtoull(checkpoint.c_str() + line + 1, nullptr, 10);
}

}  // namespace

domain::Instant wallClock() {
  auto const since = std::chrono::system_clock::now().time_since_epoch();
  return domain::Instant::fromMilliseconds(std::chrono::duration_cast<std::chrono::milliseconds>(since).count())
      .value();
}

std::string requestOf(batch::SignedBatch const& signedBatch) {
  auto const parcel = batch::toParcel(signedBatch);
  return HttpAsk{
      "POST", "/v1/batches", std::string(crypto::asText(parcel)), {{"Content-Type", "application/vnd.fundtrail.batch"}}}
      .text();
}

class Clients::Client {
 public:
  Client(Clients& all, Clerks const& clerks, unsigned clerk, std::uint16_t port, Behaviour behaviour)
      : all_(all),
        clerks_(clerks),
        clerk_(clerk),
        behaviour_(behaviour),
        account_(all.accounts_[clerk]),
        connection_(all.context_.get_executor(), port),
        timer_(all.context_) {}

  asio::awaitable<void> live() {
    for (unsigned number = 0; !all_.over_ && number < Clerks::kMostRegistrations; ++number) {
      if (!co_await write(number)) co_return;
      for (unsigned i = 0; i < behaviour_.readsPerBatch && !all_.over_; ++i) {
        if (!co_await read(i)) co_return;
      }
      if (behaviour_.pause.count() > 0) co_await wait(behaviour_.pause);
    }
  }

 private:
  asio::awaitable<void> wait(std::chrono::milliseconds time) {
    timer_.expires_after(time);
    co_await timer_.async_wait(asio::use_awaitable);
  }

  /// Hands the same bytes in until they are acknowledged, however often the server dies meanwhile.
  asio::awaitable<bool> write(unsigned number) {
    auto const request = requestOf(clerks_.registration(clerk_, number, wallClock()));
    auto const begin = Clock::now();
    auto pause = kFirstWait;
    while (true) {
      auto const answer = co_await connection_.exchange(request);
      if (answer && (answer->status == 201 || answer->status == 200)) {
        account_.writeMilliseconds.push_back(std::chrono::duration<float, std::milli>(Clock::now() - begin).count());
        co_return acknowledge(number, *answer);
      }
      bool const later = !answer || answer->status == 429 || answer->status == 503;
      if (!later) co_return complain("a batch", *answer);
      ++account_.retries;
      co_await wait(pause);
      pause = std::min(2 * pause, kLongestWait);
    }
  }

  bool acknowledge(unsigned number, HttpAnswer const& answer) {
    auto const body = json::parse(answer.body).as_object();
    auto const& event = body.at("events").at(0);
    auto const receipt = crypto::fromBase64(event.at("receipt").at("file").as_string());
    if (!receipt) return complain("a receipt", answer);
    if (body.at("again").as_bool()) ++account_.again;
    account_.acknowledged.push_back({number, body.at("batch").to_number<std::uint64_t>(),
                                     event.at("event").to_number<std::uint64_t>(),
                                     std::string(event.at("hash").as_string()), *receipt});
    return true;
  }

  /// What was acknowledged is there from then on, for whoever asks.
  asio::awaitable<bool> read(unsigned turn) {
    bool const city = (clerk_ + turn) % 2 == 0;
    HttpAsk const ask{"GET", city ? "/v1/cities/440100" : "/checkpoint"};
    auto const request = ask.text();
    auto const answer = co_await connection_.exchange(request);
    // A server that is not there, or not yet: the next one will be.
    if (!answer || answer->status == 503) co_return true;
    if (answer->status != 200) co_return complain("a question", *answer);
    ++account_.reads;
    if (!city && treeSizeIn(answer->body) <= account_.acknowledged.back().batch) {
      co_return complain("a checkpoint that leaves out what was acknowledged", *answer);
    }
    co_return true;
  }

  bool complain(std::string_view what, HttpAnswer const& answer) {
    account_.complaint = fmt::format("{}: {} {}", what, answer.status, answer.body);
    return false;
  }

  Clients& all_;
  Clerks const& clerks_;
  unsigned clerk_;
  Behaviour behaviour_;
  Account& account_;
  HttpsConnection connection_;
  asio::steady_timer timer_;
};

Clients::Clients(Clerks const& clerks, std::uint16_t port, Behaviour behaviour) : accounts_(clerks.count()) {
  for (unsigned clerk = 0; clerk < clerks.count(); ++clerk) {
    clients_.push_back(std::make_unique<Client>(*this, clerks, clerk, port, behaviour));
    asio::co_spawn(context_, clients_.back()->live(), [this, clerk](std::exception_ptr const& thrown) {
      if (thrown) accounts_[clerk].complaint = "an answer that is not as it should be";
    });
  }
  thread_ = std::thread([this] { context_.run(); });
}

Clients::~Clients() {
  over_ = true;
  if (thread_.joinable()) thread_.join();
}

std::vector<Account> Clients::finish() {
  over_ = true;
  thread_.join();
  return std::move(accounts_);
}

}  // namespace fundtrail::tests
