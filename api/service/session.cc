// SPDX-License-Identifier: Apache-2.0
// Signing in by signing a challenge, and what the ledger knows of whoever did.
#include <optional>
#include <string>
#include <utility>

#include "api/service/body.h"
#include "api/service/handlers.h"
#include "api/service/reading.h"
#include "api/service/rendering.h"
#include "crypto/bytes.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;
namespace json = boost::json;
namespace schema = ledger::schema;

namespace {

json::object personJson(access::Principal const& principal) {
  json::array roles;
  for (auto const& grant : principal.grants) {
    roles.push_back(json::object{{"role", schema::enumerantName(grant.role)},
                                 {"region", grant.region.number()},
                                 {"validTo", grant.validTo.text()}});
  }
  return {{"person", principal.person},
          {"organisation", principal.organisation},
          {"key", principal.key.text()},
          {"roles", std::move(roles)}};
}

/// How often somebody may try, wherever he says that he is from.
std::optional<http::Response> tooOften(Context const& context, Call const& call) {
  auto const wait = context.signIns.take(call.request.peer, call.now);
  if (!wait) return std::nullopt;
  return answer(call.reader,
                {429, "tooMany", call.reader.text({"登录尝试过于频繁", "too many attempts to sign in"}), {}, *wait});
}

http::Response denied(Call const& call, std::string detail) {
  return answer(call.reader, {401, "signIn", std::move(detail)});
}

std::string cookieOf(std::string const& token, std::int64_t seconds) {
  return std::string(kSessionCookie) + '=' + token + "; Path=/; Max-Age=" + std::to_string(seconds) +
         "; Secure; HttpOnly; SameSite=Strict";
}

}  // namespace

http::Response postChallenge(Context const& context, Call const& call) {
  if (auto refused = tooOften(context, call)) return *std::move(refused);
  auto const body = readBody(call, {{"key", BodyField::digest}});
  if (!body) return answer(call.reader, problemOf(call.reader, body.error()));
  // Whether the key is enrolled is not said: who asks has shown nothing yet.
  auto const key = domain::KeyId::parse(body->at("key").as_string());
  auto const challenge = context.signIn.challenge(*key, call.now);
  return jsonResponse(
      200, {{"nonce", challenge.nonce}, {"text", challenge.text}, {"expiresAt", challenge.expiresAt.text()}});
}

http::Response postSession(Context const& context, Call const& call) {
  if (auto refused = tooOften(context, call)) return *std::move(refused);
  auto const body = readBody(call, {{"key", BodyField::digest},
                                    {"nonce", BodyField::text},
                                    {"signature", BodyField::base64},
                                    {"cookie", BodyField::optionalBoolean}});
  if (!body) return answer(call.reader, problemOf(call.reader, body.error()));
  auto const key = *domain::KeyId::parse(body->at("key").as_string());
  auto const signature = *crypto::fromBase64(body->at("signature").as_string());
  struct Known {
    access::Principal principal;
    crypto::PublicKey key;
  };
  auto const known = context.live.read([&](auto const& current) -> std::optional<Known> {
    auto const& state = current.snapshot().state;
    auto principal = access::principalOf(state, key, call.now.businessDate());
    if (!principal) return std::nullopt;
    return Known{*std::move(principal), state.keys.find(key)->key};
  });
  if (!known) {
    return denied(call, call.reader.text({"该密钥未登记，或已吊销", "the key is not enrolled, or revoked"}));
  }
  auto const redeemed = context.signIn.redeem(key, known->key, body->at("nonce").as_string(), signature, call.now);
  if (!redeemed) return denied(call, problemOf(call.reader, redeemed.error()).detail);

  auto const* const cookie = body->if_contains("cookie");
  bool const byCookie = cookie != nullptr && cookie->as_bool();
  auto const opened = context.sessions.open(key, byCookie, call.now);
  auto answered = personJson(known->principal);
  answered["expiresAt"] = opened.expiresAt.text();
  answered["token"] = byCookie ? json::value(nullptr) : json::value(opened.token);
  auto response = jsonResponse(201, answered);
  if (byCookie) {
    response.headers.emplace_back(
        "Set-Cookie", cookieOf(opened.token, (opened.expiresAt.milliseconds() - call.now.milliseconds()) / 1000));
  }
  return response;
}

http::Response getSession(Context const&, Call const& call) {
  return jsonResponse(200, personJson(*call.principal));
}

http::Response deleteSession(Context const& context, Call const& call) {
  context.sessions.close(sessionTokenOf(call.request).value_or(""));
  http::Response response{204, ""};
  response.headers.emplace_back("Set-Cookie", cookieOf("", 0));
  return response;
}

}  // namespace fundtrail::api::service
