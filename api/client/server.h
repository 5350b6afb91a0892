// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "api/client/sign_in.h"
#include "api/client/target.h"
#include "crypto/keys.h"
#include "crypto/result.h"
#include "ledger/commandline/session.h"
#include "ledger/http/client.h"

// A ledger's server, as its clients see it (docs/OUTPUT.md has the interface; the server describes it at
// /openapi.json).

namespace fundtrail::api::client {

using ledger::commandline::Session;

/// What the server says of a request that it does not fulfil (RFC 9457), in the language of the session.
struct Problem {
  std::uint16_t status = 0;
  std::string name;                           // the last word of its type: "alreadyRecorded"
  std::string detail;                         // for people
  boost::json::object body;                   // all of it
  std::optional<std::uint32_t> retryAfter{};  // seconds
};

/// One server, signed in at or not. Safe on several threads.
class Server {
 public:
  /// `url` as "https://host:port", which may end in a slash. `certificates` are PEM, and trusted alone; those of an
  /// earlier sign-in where there are none. Error: badInput for another kind of URL; as of loadSignIn().
  [[nodiscard]] static crypto::Result<Server> open(Session const& session, std::string url,
                                                   std::string certificates = {});

  [[nodiscard]] std::string const& url() const { return signIn_.server; }
  [[nodiscard]] bool isSignedIn() const { return !signIn_.token.empty(); }
  [[nodiscard]] SignIn const& signIn() const { return signIn_; }

  /// The answer, whatever its status. Error: as of http::exchange(); says what to do where the certificate is not
  /// trusted.
  [[nodiscard]] crypto::Result<ledger::http::Answer> get(Target const& target, std::string_view accept) const;
  [[nodiscard]] crypto::Result<ledger::http::Answer> post(Target const& target, std::string_view contentType,
                                                          std::string_view body) const;
  [[nodiscard]] crypto::Result<ledger::http::Answer> remove(Target const& target) const;
  /// http::follow().
  [[nodiscard]] crypto::Result<ledger::http::Answer> follow(Target const& target, std::string_view lastEventId,
                                                            std::function<bool(std::string_view)> const& take) const;

  /// The body of an answer that succeeded, which must be an object. Error: what the server says instead, of a kind by
  /// its status; where nobody is signed in any more, how to do so.
  [[nodiscard]] crypto::Result<boost::json::object> object(crypto::Result<ledger::http::Answer> const& answer) const;
  /// Of an answer that did not.
  [[nodiscard]] Problem problemOf(ledger::http::Answer const& answer) const;
  [[nodiscard]] crypto::Error errorOf(Problem const& problem) const;

  enum class Remember : std::uint8_t { yes, no };
  /// Signs in with the key. What is to be remembered, for later runs, is shown when it is signed. Error: badInput where
  /// the server calls itself otherwise than `url`, so that somebody may stand between; denied where the key is not
  /// enrolled.
  [[nodiscard]] crypto::Result<void> signInWith(crypto::PrivateKey const& key, Remember remember);
  /// Ends the session at the server, and forgets it if it was remembered.
  [[nodiscard]] crypto::Result<void> signOut();

 private:
  Server(Session const& session, std::filesystem::path folder, SignIn signIn)
      : session_(&session), folder_(std::move(folder)), signIn_(std::move(signIn)) {}
  [[nodiscard]] crypto::Result<ledger::http::Answer> exchange(ledger::http::Request request, Target const& target,
                                                              std::string_view accept) const;
  [[nodiscard]] ledger::http::Request prepared(ledger::http::Request request, Target const& target,
                                               std::string_view accept) const;
  [[nodiscard]] crypto::Result<ledger::http::Answer> explained(crypto::Result<ledger::http::Answer> answer) const;

  Session const* session_;
  std::filesystem::path folder_;
  SignIn signIn_;
  bool isRemembered_ = true;
};

}  // namespace fundtrail::api::client
