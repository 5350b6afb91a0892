// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/askers.h"

#include <algorithm>
#include <chrono>
#include <exception>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include "tests/bench/measure.h"
#include "tests/support/https.h"

namespace fundtrail::tests {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

float Asked::within(double share) const {
  if (milliseconds.empty()) return 0;
  return milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1))];
}

namespace {

asio::awaitable<void> openOne(HttpsConnection& connection) {
  auto const request = HttpAsk{"GET", "/healthz"}.text();
  auto const answer = co_await connection.exchange(request);
  if (!answer) stop("the server is not there");
}

asio::awaitable<void> askOne(HttpsConnection& connection, unsigned number, unsigned status, NextRequest const& next,
                             Asked& asked) {
  for (auto request = next(number); !request.empty(); request = next(number)) {
    auto const begin = Clock::now();
    auto const answer = co_await connection.exchange(request);
    if (!answer) stop("a connection broke");
    if (answer->status != status) stop(fmt::format("{} {}", answer->status, answer->body));
    asked.milliseconds.push_back(std::chrono::duration<float, std::milli>(Clock::now() - begin).count());
  }
}

void rethrow(std::exception_ptr const& thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace

Asked ask(std::uint16_t port, unsigned connections, unsigned status, NextRequest const& next) {
  asio::io_context context;
  std::vector<HttpsConnection> all;
  for (unsigned number = 0; number < connections; ++number) all.emplace_back(context.get_executor(), port);
  for (auto& connection : all) asio::co_spawn(context, openOne(connection), rethrow);
  context.run();

  Asked asked;
  context.restart();
  for (unsigned number = 0; number < connections; ++number) {
    asio::co_spawn(context, askOne(all[number], number, status, next, asked), rethrow);
  }
  asked.seconds = seconds([&] { context.run(); });
  std::ranges::sort(asked.milliseconds);
  return asked;
}

}  // namespace fundtrail::tests
