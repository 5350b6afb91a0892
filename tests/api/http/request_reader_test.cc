// SPDX-License-Identifier: Apache-2.0
#include "api/http/request_reader.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace fundtrail::api::http {
namespace {

using Stage = RequestReader::Stage;

constexpr ReadLimits kLimits{1000, 500};

/// Gives the reader the bytes in pieces of these sizes (over and over), as a connection would; what it did not take.
std::string feed(RequestReader& reader, std::string_view bytes, std::vector<std::size_t> const& sizes) {
  std::string waiting;
  std::size_t piece = 0;
  while (true) {
    waiting.erase(0, reader.take(waiting));
    if (bytes.empty() || reader.stage() == Stage::whole || reader.stage() == Stage::refused) break;
    auto const size = std::min(sizes[piece++ % sizes.size()], bytes.size());
    waiting += bytes.substr(0, size);
    bytes.remove_prefix(size);
  }
  return waiting + std::string(bytes);
}

struct Read {
  Stage stage;
  std::uint16_t refusal;
  std::string body;
  std::string left;
  friend bool operator==(Read const&, Read const&) = default;
};

Read readIn(std::string_view bytes, std::vector<std::size_t> const& sizes) {
  RequestReader reader(kLimits);
  auto left = feed(reader, bytes, sizes);
  bool const whole = reader.stage() == Stage::whole;
  return {reader.stage(), reader.refusal(), whole ? reader.request().body : "", whole ? left : ""};
}

std::uint16_t refusalOf(std::string_view bytes) {
  return readIn(bytes, {bytes.size()}).refusal;
}

std::string const kChunked =
    "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nfour\r\n3\r\ntwo\r\n0\r\nX: "
    "1\r\n\r\nNEXT";

TEST(RequestReader, FindsTheSameHoweverTheBytesArrive) {
  std::vector<std::string> const messages{
      kChunked,
      "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nfourNEXT",
      "GET / HTTP/1.1\r\nHost: h\r\n\r\nNEXT",
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nNEXT",
      "GET / HTTP/1.1\r\nHost: h\r\nHost: i\r\n\r\n",
  };
  for (auto const& message : messages) {
    auto const whole = readIn(message, {message.size()});
    for (std::size_t size = 1; size <= 12; ++size) EXPECT_EQ(readIn(message, {size}), whole) << size << message;
    rc::check([&] {
      auto const sizes =
          *rc::gen::nonEmpty(rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 20)));
      RC_ASSERT(readIn(message, sizes) == whole);
    });
  }
}

TEST(RequestReader, DropsFieldsBehindTheBody) {
  RequestReader reader(kLimits);
  EXPECT_EQ(feed(reader, kChunked, {1}), "NEXT");
  ASSERT_EQ(reader.stage(), Stage::whole);
  auto const request = reader.request();
  EXPECT_EQ(request.body, "fourtwo");
  EXPECT_FALSE(request.headers.find("X"));
}

TEST(RequestReader, RefusesWhatTwoReadersCouldReadDifferently) {
  std::string const start = "POST / HTTP/1.1\r\nHost: h\r\n";
  EXPECT_EQ(refusalOf(start + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(refusalOf(start + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(refusalOf(start + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nfour"), 400);
  EXPECT_EQ(refusalOf(start + "Content-Length: +4\r\n\r\nfour"), 400);
  EXPECT_EQ(refusalOf(start + "Content-Length: 18446744073709551617\r\n\r\n"), 400);
  EXPECT_EQ(refusalOf(start + "Transfer-Encoding: gzip\r\n\r\n"), 501);
  EXPECT_EQ(refusalOf(start + "Transfer-Encoding: chunked, identity\r\n\r\n"), 501);
  EXPECT_EQ(refusalOf(start + "Content-Length : 4\r\n\r\nfour"), 400);
  EXPECT_EQ(refusalOf(start + "X: a\nY: b\r\n\r\n"), 400);
  EXPECT_EQ(refusalOf("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
}

TEST(RequestReader, RefusesRequestsWithoutOneHost) {
  EXPECT_EQ(refusalOf("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(refusalOf("GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n"), 400);
  EXPECT_EQ(refusalOf("GET / HTTP/1.0\r\n\r\n"), 0);
}

TEST(RequestReader, TakesPathsAndUrlsAsTargets) {
  auto const pathOf = [](std::string const& method, std::string const& target) -> std::string {
    RequestReader reader(kLimits);
    feed(reader, method + " " + target + " HTTP/1.1\r\nHost: h\r\n\r\n", {100});
    if (reader.stage() != Stage::whole) return "refused " + std::to_string(reader.refusal());
    auto const request = reader.request();
    return request.path + "|" + request.query;
  };
  EXPECT_EQ(pathOf("GET", "/a/b?c=d?e"), "/a/b|c=d?e");
  EXPECT_EQ(pathOf("GET", "http://h:80/a?b"), "/a|b");
  EXPECT_EQ(pathOf("GET", "HTTPS://h"), "/|");
  EXPECT_EQ(pathOf("GET", "//a"), "//a|");
  EXPECT_EQ(pathOf("OPTIONS", "*"), "*|");
  for (auto const* target : {"*", "a", "ftp://h/", "http:///", "h:443", "/a#b"}) {
    EXPECT_EQ(pathOf("GET", target), "refused 400") << target;
  }
}

TEST(RequestReader, HoldsToItsLimits) {
  std::string const start = "POST / HTTP/1.1\r\nHost: h\r\n";
  EXPECT_EQ(refusalOf(start + "Content-Length: 1001\r\n\r\n"), 413);
  EXPECT_EQ(refusalOf(start + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n"), 413);
  EXPECT_EQ(refusalOf(start + "X: " + std::string(600, 'x')), 431);
  EXPECT_EQ(refusalOf(std::string(600, 'G')), 431);
  // Extensions of a chunk, and fields behind the body, have no end of their own.
  EXPECT_EQ(refusalOf(start + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(600, 'x')), 400);
  EXPECT_EQ(refusalOf(start + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + std::string(600, 'x')), 400);
}

TEST(RequestReader, WaitsToBeToldToSendTheBody) {
  RequestReader reader(kLimits);
  feed(reader, "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 4\r\n\r\n", {1});
  EXPECT_EQ(reader.stage(), Stage::body);
  EXPECT_TRUE(reader.expectsContinue());
  EXPECT_EQ(refusalOf("POST / HTTP/1.1\r\nHost: h\r\nExpect: a miracle\r\n\r\n"), 417);
}

}  // namespace
}  // namespace fundtrail::api::http
