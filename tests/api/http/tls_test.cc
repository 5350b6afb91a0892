// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "api/http/server.h"
#include "crypto/certificate.h"
#include "tests/support/http_client.h"

namespace fundtrail::api::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::ClientTls;
using tests::HttpClient;

/// A certificate that holds for ever, as far as a test is concerned.
crypto::SelfSigned certificateFor(std::string const& name) {
  std::vector<std::string> const names{name};
  return crypto::makeSelfSigned(names, {std::chrono::seconds(0), std::chrono::seconds(10'000'000'000)}).value();
}

Tls tlsOf(crypto::SelfSigned const& made) {
  return {made.certificate, made.key};
}

std::unique_ptr<Server> serve(Tls const& tls, Handler handler) {
  Options options;
  options.tls = tls;
  return Server::listen(options, std::move(handler)).value();
}

Response echo(Request const& request) {
  return {200, "text/plain", request.path + "|" + request.body};
}

std::string const kGet = "GET /secret HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

TEST(TlsServer, AnswersAndEndsInOrder) {
  auto const server = serve(tlsOf(certificateFor("127.0.0.1")), echo);
  EXPECT_THAT(server->url(), StartsWith("https://127.0.0.1:"));
  HttpClient client(server->port(), ClientTls{});
  ASSERT_TRUE(client.open());
  client.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\none" + kGet);
  EXPECT_THAT(client.readAll(), AllOf(HasSubstr("/|one"), HasSubstr("/secret|")));
  EXPECT_TRUE(client.endedInOrder());
}

TEST(TlsServer, CarriesAnswersOfAnySize) {
  std::string const large(3'000'000, 'x');
  auto const server = serve(tlsOf(certificateFor("h")), [&](Request const&) {
    return Response{200, "text/plain", large};
  });
  HttpClient client(server->port(), ClientTls{});
  client.write(kGet);
  auto const all = client.readAll();
  EXPECT_EQ(all.size() - all.find("\r\n\r\n") - 4, large.size());
}

TEST(TlsServer, SpeaksNothingOlderThanTls13) {
  auto const server = serve(tlsOf(certificateFor("h")), echo);
  EXPECT_FALSE(HttpClient(server->port(), ClientTls{"", "", TLS1_2_VERSION}).open());
  HttpClient plain(server->port());
  plain.write(kGet);
  EXPECT_THAT(plain.readAll(), Not(HasSubstr("200")));
  EXPECT_TRUE(HttpClient(server->port(), ClientTls{}).open()) << "others are served";
}

TEST(TlsServer, TellsTheHandlerWhichCertificateAClientShowed) {
  auto const known = certificateFor("clerk");
  auto const unknown = certificateFor("stranger");
  auto tls = tlsOf(certificateFor("h"));
  tls.clientAuthorities = known.certificate;
  std::mutex mutex;
  std::optional<crypto::Bytes> seen;
  auto const server = serve(tls, [&](Request const& request) {
    std::lock_guard const lock(mutex);
    seen = request.clientCertificate;
    return Response{};
  });
  HttpClient with(server->port(), ClientTls{known.certificate, known.key});
  with.write(kGet);
  EXPECT_THAT(with.readAll(), StartsWith("HTTP/1.1 200"));
  ASSERT_TRUE(seen);
  EXPECT_EQ(crypto::hash(crypto::HashAlgorithm::sha256, *seen),
            crypto::certificateFingerprint(known.certificate).value());
  HttpClient without(server->port(), ClientTls{});
  without.write(kGet);
  EXPECT_THAT(without.readAll(), StartsWith("HTTP/1.1 200"));
  EXPECT_FALSE(seen);
  HttpClient wrong(server->port(), ClientTls{unknown.certificate, unknown.key});
  wrong.write(kGet);
  EXPECT_EQ(wrong.readAll(), "");
}

TEST(TlsServer, TurnsAwayWhoShowsNoCertificateWhereOneIsNeeded) {
  auto const known = certificateFor("clerk");
  auto tls = tlsOf(certificateFor("h"));
  tls.clientAuthorities = known.certificate;
  tls.clientsMustShow = true;
  auto const server = serve(tls, echo);
  HttpClient without(server->port(), ClientTls{});
  without.write(kGet);
  EXPECT_EQ(without.readAll(), "");
  HttpClient with(server->port(), ClientTls{known.certificate, known.key});
  with.write(kGet);
  EXPECT_THAT(with.readAll(), StartsWith("HTTP/1.1 200"));
}

TEST(TlsServer, ReplacesItsCertificateForNewConnections) {
  auto tls = tlsOf(certificateFor("h"));
  auto const server = serve(tls, echo);
  HttpClient before(server->port(), ClientTls{});
  auto next = tlsOf(certificateFor("h"));
  auto const clerk = certificateFor("clerk");
  next.clientAuthorities = clerk.certificate;
  next.clientsMustShow = true;
  ASSERT_TRUE(server->replaceTls(next));
  HttpClient after(server->port(), ClientTls{});
  after.write(kGet);
  EXPECT_EQ(after.readAll(), "") << "the new one asks for a certificate";
  before.write(kGet);
  EXPECT_THAT(before.readAll(), StartsWith("HTTP/1.1 200"));

  auto const refused = server->replaceTls({clerk.certificate, tls.key});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, crypto::ErrorKind::badInput);
  HttpClient still(server->port(), ClientTls{clerk.certificate, clerk.key});
  still.write(kGet);
  EXPECT_THAT(still.readAll(), StartsWith("HTTP/1.1 200"));
}

TEST(TlsServer, SaysWhichFileItCannotUse) {
  auto const good = certificateFor("h");
  auto const refusal = [](Tls const& tls) {
    Options options;
    options.tls = tls;
    return Server::listen(options, Handler(echo)).error();
  };
  EXPECT_THAT(refusal({"", good.key}).message, HasSubstr("certificate"));
  EXPECT_THAT(refusal({good.certificate, "no key"}).message, HasSubstr("key"));
  EXPECT_THAT(refusal({good.certificate, certificateFor("h").key}).message, HasSubstr("key"));
  EXPECT_THAT(refusal({good.certificate, good.key, "no authority"}).message, HasSubstr("authorities"));
}

}  // namespace
}  // namespace fundtrail::api::http
