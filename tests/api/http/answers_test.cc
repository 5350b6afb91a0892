// SPDX-License-Identifier: Apache-2.0
// Answers that come later.
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/http/server.h"
#include "tests/support/http_client.h"

namespace fundtrail::api::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::HttpClient;

std::unique_ptr<Server> serve(AsyncHandler handler) {
  return Server::listen({}, std::move(handler)).value();
}

std::string get(std::string const& path, bool last) {
  return "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + (last ? "Connection: close\r\n" : "") + "\r\n";
}

TEST(LaterAnswers, ComeFromAnyThread) {
  std::vector<std::thread> threads;
  std::mutex mutex;
  auto const server = serve([&](Request const& request, Answer answer) {
    std::lock_guard const lock(mutex);
    threads.emplace_back([path = request.path, answer = std::move(answer)] { answer({200, "text/plain", path}); });
  });
  HttpClient client(server->port());
  client.write(get("/one", false) + get("/two", false) + get("/three", true));
  auto const all = client.readAll();
  EXPECT_LT(all.find("/one"), all.find("/two"));
  EXPECT_LT(all.find("/two"), all.find("/three"));
  EXPECT_THAT(all, HasSubstr("/three"));
  for (auto& thread : threads) thread.join();
}

TEST(LaterAnswers, KeepNobodyElseWaiting) {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Answer> held;
  auto const server = serve([&](Request const& request, Answer answer) {
    if (request.path == "/now") return answer({200, "text/plain", "now"});
    std::lock_guard const lock(mutex);
    held.push_back(std::move(answer));
    changed.notify_all();
  });
  // More than the server has threads.
  std::vector<HttpClient> waiting;
  for (int i = 0; i < 8; ++i) waiting.emplace_back(server->port()).write(get("/later", true));
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return held.size() == 8; });
  }
  HttpClient other(server->port());
  other.write(get("/now", true));
  EXPECT_THAT(other.readAll(), HasSubstr("now"));
  for (auto const& answer : held) answer({200, "text/plain", "later"});
  for (auto& client : waiting) EXPECT_THAT(client.readAll(), HasSubstr("later"));
}

TEST(LaterAnswers, OneThatIsDroppedIsAnsweredWith500) {
  auto const server = serve([](Request const&, Answer const&) {});
  HttpClient client(server->port());
  client.write(get("/", true));
  EXPECT_THAT(client.readAll(), StartsWith("HTTP/1.1 500"));
}

TEST(LaterAnswers, OnlyTheFirstCounts) {
  auto const server = serve([](Request const&, Answer const& answer) {
    answer({200, "text/plain", "first"});
    answer({404, "text/plain", "second"});
    throw std::runtime_error("and then this");
  });
  HttpClient client(server->port());
  client.write(get("/", false) + get("/", true));
  auto const all = client.readAll();
  EXPECT_EQ(all.find("404"), std::string::npos);
  EXPECT_EQ(all.find("500"), std::string::npos);
  EXPECT_NE(all.find("first"), all.rfind("first"));
}

}  // namespace
}  // namespace fundtrail::api::http
