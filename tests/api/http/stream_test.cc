// SPDX-License-Identifier: Apache-2.0
// Bodies without an end.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/http/server.h"
#include "tests/support/http_client.h"

namespace fundtrail::api::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::HttpClient;

/// What the test knows of a stream that a server holds.
class Source {
 public:
  /// Waits until a client is there.
  std::function<void(std::string)> sender() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return send_ != nullptr; });
    return send_;
  }
  void awaitEnd() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return ended_; });
  }

  class Held final : public Stream {
   public:
    explicit Held(Source& source, std::string beat) : source_(source), beat_(std::move(beat)) {}
    ~Held() override {
      std::lock_guard const lock(source_.mutex_);
      source_.ended_ = true;
      source_.changed_.notify_all();
    }
    std::string heartbeat() const override { return beat_; }
    void start(std::function<void(std::string)> send) override {
      std::lock_guard const lock(source_.mutex_);
      source_.send_ = std::move(send);
      source_.changed_.notify_all();
    }

   private:
    Source& source_;
    std::string beat_;
  };

  std::unique_ptr<Server> serve(Options const& options = {}, std::string const& beat = "") {
    return Server::listen(options, Handler([this, beat](Request const&) {
                            Response response{200, "text/event-stream", "first\n"};
                            response.stream = std::make_shared<Held>(*this, beat);
                            return response;
                          }))
        .value();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::function<void(std::string)> send_;
  bool ended_ = false;
};

std::string const kGet = "GET /events HTTP/1.1\r\nHost: h\r\n\r\n";

TEST(Streams, GoOnUntilTheServerStops) {
  Source source;
  auto server = source.serve();
  HttpClient client(server->port());
  client.write(kGet);
  EXPECT_THAT(client.readThrough("6\r\nfirst\n\r\n"), HasSubstr("Transfer-Encoding: chunked"));
  auto const send = source.sender();
  send("second\n");
  EXPECT_EQ(client.readThrough("second\n\r\n"), "7\r\nsecond\n\r\n");
  EXPECT_EQ(server->counts().streams, 1U);
  server.reset();
  source.awaitEnd();
  EXPECT_EQ(client.readAll(), "0\r\n\r\n") << "ended as HTTP ends it";
  send("to nobody\n");
}

TEST(Streams, BeatWhileThereIsNothingToSay) {
  Source source;
  Options options;
  options.heartbeat = std::chrono::milliseconds(5);
  auto const server = source.serve(options, ": \n\n");
  HttpClient client(server->port());
  client.write(kGet);
  client.readThrough("first\n\r\n");
  EXPECT_EQ(client.readThrough(": \n\n\r\n").substr(0, 9), "4\r\n: \n\n\r\n");
}

TEST(Streams, EndWhenTheirClientGoes) {
  Source source;
  auto const server = source.serve();
  {
    HttpClient client(server->port());
    client.write(kGet);
    client.readThrough("first\n\r\n");
  }
  source.awaitEnd();
  while (server->counts().connections != 0) std::this_thread::yield();
  EXPECT_EQ(server->counts().streams, 0U);
}

TEST(Streams, EndWhenTheirClientDoesNotTakeWhatItAskedFor) {
  Source source;
  Options options;
  options.mostUnsent = 64 * 1024;
  auto const server = source.serve(options);
  HttpClient client(server->port());
  client.narrow();
  client.write(kGet);
  auto const send = source.sender();
  std::string const piece(16 * 1024, 'x');
  // More than the system takes in for a client that does not read.
  for (int i = 0; i < 4000 && server->counts().timedOut == 0; ++i) send(piece);
  source.awaitEnd();
  EXPECT_EQ(server->counts().timedOut, 1U);
}

TEST(Streams, EndWithTheConnectionInHttp10) {
  Source source;
  auto server = source.serve();
  HttpClient client(server->port());
  client.write("GET /events HTTP/1.0\r\n\r\n");
  EXPECT_THAT(client.readThrough("first\n"), Not(HasSubstr("chunked")));
  source.sender()("second\n");
  EXPECT_EQ(client.readThrough("second\n"), "second\n");
  server.reset();
  EXPECT_EQ(client.readAll(), "");
}

TEST(Streams, AreNotBegunForAHeadRequest) {
  Source source;
  auto const server = source.serve();
  HttpClient client(server->port());
  client.write("HEAD /events HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(client.readAll(), Not(HasSubstr("first")));
  source.awaitEnd();
}

}  // namespace
}  // namespace fundtrail::api::http
