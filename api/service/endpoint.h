// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "api/access/principal.h"
#include "api/access/sight.h"
#include "api/http/message.h"
#include "api/service/arguments.h"
#include "api/service/negotiation.h"
#include "api/views/reader.h"
#include "ledger/domain/authority.h"
#include "ledger/domain/date.h"

// The table of endpoints: routing, authorisation, OpenAPI, the page to browse it and the tests all walk it.

namespace fundtrail::api::service {

class Context;

/// Who may call an endpoint at all.
enum class Caller : std::uint8_t {
  anyone,    // without signing in
  signedIn,  // whoever has signed in, whatever his roles
  roles,     // whoever holds one of the row's roles
};

/// Of what it shows, which records.
enum class Records : std::uint8_t {
  all,   // what is public, or nobody's in particular
  seen,  // those of the caller's cities, counties or own enterprise (access::Sight)
};

/// One request, as a handler gets it: allowed, and its arguments of the right kinds.
struct Call {
  http::Request request;
  Arguments arguments;
  Media media;
  views::Reader reader;  // sees private data as `sight` says
  access::Sight sight;
  std::optional<access::Principal> principal;
  ledger::domain::Instant now;
};

/// Answers at once. It reads, and whatever may take long is said in the row.
using Reading = http::Response (*)(Context const& context, Call const& call);
/// Answers at once or later; for what waits for the ledger.
using Acting = void (*)(Context const& context, Call call, http::Answer answer);

enum class Cost : std::uint8_t {
  none,  // answered at once, each time anew
  kept,  // worked out on another thread, and kept: the same question at the same position has the same answer
  work,  // worked out on another thread, each time anew
  fold,  // reads the log from its beginning: a few at a time
};

struct Endpoint {
  http::Method method;
  std::string_view path;  // with {names}; one that ends in {…} of the kind tilePath takes the rest
  std::string_view operation;
  views::Text summary;
  Caller caller;
  ledger::domain::RoleSet roles;
  Records records;
  bool showsPrivateData;  // to those who need it; of auditors and administrators it is logged
  std::vector<Parameter> inPath;
  std::vector<Parameter> inQuery;
  std::vector<Media> media;         // of the answer; none: it has a type of its own
  std::string_view ownType;         // empty: it has no body
  std::string_view requestSchema;   // empty: takes no body
  std::string_view responseSchema;  // empty: no JSON
  Cost cost;
  Reading read = nullptr;
  Acting act = nullptr;
};

[[nodiscard]] std::span<Endpoint const> endpoints();

/// Every role that the schema knows, in its order.
[[nodiscard]] std::vector<ledger::schema::Role> rolesOfSchema();

/// Of the body of a request, for an endpoint that takes one.
[[nodiscard]] std::vector<std::string_view> contentTypesOf(Endpoint const& endpoint);
/// A signed batch as one Cap'n Proto message (ledger::batch::toParcel).
inline constexpr std::string_view kParcelType = "application/vnd.fundtrail.batch";

/// "GET", "POST", …
[[nodiscard]] std::string_view nameOf(http::Method method);

}  // namespace fundtrail::api::service
