// SPDX-License-Identifier: Apache-2.0
#include "api/client/server.h"

#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "api/access/sign_in.h"
#include "crypto/bytes.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::client {

namespace http = ledger::http;
namespace json = boost::json;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;
using http::Answer;
using ledger::schema::Language;

namespace {

constexpr std::chrono::seconds kPatience{120};  // a question that reads the whole log takes its time
constexpr std::chrono::seconds kSilence{90};    // of a live view, which sends a sign of life now and then
constexpr std::size_t kMostAnswer = std::size_t{256} << 20U;

std::string textIn(json::object const& object, std::string_view name) {
  auto const* const value = object.if_contains(name);
  auto const* const text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(*text);
}

std::optional<json::object> objectIn(std::string const& body) {
  boost::system::error_code code;
  auto value = json::parse(body, code);
  if (code || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

ErrorKind kindOf(std::uint16_t status) {
  switch (status) {
    case 401:
    case 403: return ErrorKind::denied;
    case 404: return ErrorKind::notFound;
    case 409:
    case 422: return ErrorKind::conflict;
    case 406:
    case 415: return ErrorKind::unsupported;
    default: return status >= 500 || status == 429 ? ErrorKind::io : ErrorKind::badInput;
  }
}

bool isSuccess(std::uint16_t status) {
  return status >= 200 && status < 300;
}

}  // namespace

Result<Server> Server::open(Session const& session, std::string url, std::string certificates) {
  while (url.ends_with('/')) url.pop_back();
  if (!url.starts_with("https://")) {
    return session.error(ErrorKind::badInput, {"{} 应为 https://主机:端口", "{} is not of the form https://host:port"},
                         url);
  }
  auto const folder = signInFolder();
  if (!folder) return folder.error();
  auto known = loadSignIn(*folder, url);
  if (!known) return known.error();
  auto signIn = known->value_or(SignIn{url, {}, {}, {}, {}});
  if (!certificates.empty()) signIn.certificates = std::move(certificates);
  return Server(session, *folder, std::move(signIn));
}

http::Request Server::prepared(http::Request request, Target const& target, std::string_view accept) const {
  request.url = signIn_.server + target.text();
  request.timeout = kPatience;
  request.mostBytes = kMostAnswer;
  request.certificates = signIn_.certificates;
  request.headers.emplace_back("Accept-Language", session_->language == Language::zh ? "zh" : "en");
  if (!accept.empty()) request.headers.emplace_back("Accept", accept);
  if (isSignedIn()) request.headers.emplace_back("Authorization", "Bearer " + signIn_.token);
  return request;
}

Result<Answer> Server::explained(Result<Answer> answer) const {
  if (answer || answer.error().kind != ErrorKind::denied) return answer;
  return session_->error(ErrorKind::denied,
                         {"{}。若证书由服务器自签，请核对指纹后用 fundtrail login --certificate FILE 提供",
                          "{}. If the server made its certificate itself, compare its fingerprint, and bring it with "
                          "fundtrail login --certificate FILE"},
                         answer.error().message);
}

Result<Answer> Server::exchange(http::Request request, Target const& target, std::string_view accept) const {
  return explained(http::exchange(prepared(std::move(request), target, accept)));
}

Result<Answer> Server::get(Target const& target, std::string_view accept) const {
  http::Request request;
  request.method = http::Method::get;
  return exchange(std::move(request), target, accept);
}

Result<Answer> Server::post(Target const& target, std::string_view contentType, std::string_view body) const {
  http::Request request;
  request.contentType = contentType;
  request.body = crypto::asBytes(body);
  return exchange(std::move(request), target, "application/json");
}

Result<Answer> Server::remove(Target const& target) const {
  http::Request request;
  request.method = http::Method::remove;
  return exchange(std::move(request), target, "");
}

Result<Answer> Server::follow(Target const& target, std::string_view lastEventId,
                              std::function<bool(std::string_view)> const& take) const {
  http::Request request;
  request.method = http::Method::get;
  request = prepared(std::move(request), target, "text/event-stream");
  request.timeout = kSilence;
  if (!lastEventId.empty()) request.headers.emplace_back("Last-Event-ID", lastEventId);
  return explained(http::follow(request, take));
}

Problem Server::problemOf(Answer const& answer) const {
  Problem problem;
  problem.status = answer.status;
  problem.body = objectIn(answer.body).value_or(json::object());
  auto const type = textIn(problem.body, "type");
  problem.name = type.substr(type.rfind(':') + 1);
  problem.detail = textIn(problem.body, "detail");
  if (problem.detail.empty()) {
    problem.detail = session_->text({"{} 回答 HTTP {}", "{} answers HTTP {}"}, signIn_.server, answer.status);
  }
  if (auto const at = answer.headers.find("retry-after"); at != answer.headers.end()) {
    std::uint32_t seconds = 0;
    auto const& text = at->second;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (code == std::errc() && end == text.data() + text.size()) problem.retryAfter = seconds;
  }
  return problem;
}

Error Server::errorOf(Problem const& problem) const {
  if (problem.status != 401) return session_->error(kindOf(problem.status), {"{}", "{}"}, problem.detail);
  return session_->error(
      ErrorKind::denied,
      {"{}。登录：fundtrail login --server {} --key FILE", "{}. To sign in: fundtrail login --server {} --key FILE"},
      problem.detail, signIn_.server);
}

Result<json::object> Server::object(Result<Answer> const& answer) const {
  if (!answer) return answer.error();
  if (!isSuccess(answer->status)) return errorOf(problemOf(*answer));
  auto object = objectIn(answer->body);
  if (!object) {
    return session_->error(ErrorKind::badInput,
                           {"{} 不是账本服务器：回答不是 JSON", "{} is no ledger's server: it does not answer in JSON"},
                           signIn_.server);
  }
  return *std::move(object);
}

Result<void> Server::signInWith(crypto::PrivateKey const& key, Remember remember) {
  // Without what may be left of an earlier one.
  signIn_.token.clear();
  auto const ledger = object(get(Target("/v1/ledger"), "application/json"));
  if (!ledger) return ledger.error();
  auto const audience = textIn(*ledger, "audience");
  if (audience != signIn_.server) {
    return session_->error(ErrorKind::badInput,
                           {"服务器自称 {}：请用 --server {}", "the server calls itself {}: use --server {}"}, audience,
                           audience);
  }
  auto const algorithm =
      textIn(*ledger, "profile") == "gm" ? crypto::HashAlgorithm::sm3 : crypto::HashAlgorithm::sha256;
  auto const id = key.publicKey().fingerprint(algorithm).hex();
  auto const challenge =
      object(post(Target("/v1/session/challenge"), "application/json", json::serialize(json::object{{"key", id}})));
  if (!challenge) return challenge.error();
  auto const text = textIn(*challenge, "text");
  // Nothing but a challenge of this ledger, for this server and this key, is signed.
  auto const expected = access::challengeText(textIn(*ledger, "ledger"), audience, id, textIn(*challenge, "nonce"),
                                              textIn(*challenge, "expiresAt"));
  if (text != expected) {
    return session_->error(ErrorKind::badInput,
                           {"服务器要求签署的不是登录质询，未签署",
                            "what the server asks to sign is no challenge to sign in; nothing was signed"});
  }
  isRemembered_ = remember == Remember::yes;
  if (isRemembered_) session_->out << session_->text({"签署：\n{}", "signing:\n{}"}, text);
  auto const opened =
      object(post(Target("/v1/session"), "application/json",
                  json::serialize(json::object{{"key", id},
                                               {"nonce", textIn(*challenge, "nonce")},
                                               {"signature", crypto::toBase64(key.sign(crypto::asBytes(text)))}})));
  if (!opened) return opened.error();
  signIn_.token = textIn(*opened, "token");
  signIn_.person = textIn(*opened, "person");
  signIn_.expiresAt = textIn(*opened, "expiresAt");
  return isRemembered_ ? storeSignIn(folder_, signIn_) : Result<void>();
}

Result<void> Server::signOut() {
  auto const ended = remove(Target("/v1/session"));
  if (isRemembered_) {
    if (auto const forgotten = forgetSignIn(folder_, signIn_.server); !forgotten) return forgotten;
  }
  signIn_.token.clear();
  // A session that is over there is over.
  if (ended && !isSuccess(ended->status) && ended->status != 401) return errorOf(problemOf(*ended));
  if (!ended) return ended.error();
  return {};
}

}  // namespace fundtrail::api::client
