// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "api/http/message.h"
#include "api/service/endpoint.h"
#include "crypto/result.h"

namespace fundtrail::api::service {

enum class BodyField : std::uint8_t { text, digest, base64, base64List, optionalBoolean };
struct BodyMember {
  std::string_view name;
  BodyField field;
};

/// The JSON object in a request's body, which has these members and no others. Strict, as what signed events come from
/// (ledger/schema/json_text.h). Error: badInput that says where.
[[nodiscard]] crypto::Result<boost::json::object> readBody(Call const& call, std::initializer_list<BodyMember> members);

/// Without parameters, in lower case: "application/json".
[[nodiscard]] std::string contentTypeOf(http::Request const& request);

inline constexpr std::string_view kSessionCookie = "__Host-fundtrail";
/// The token that a request bears, by either way.
[[nodiscard]] std::optional<std::string_view> sessionTokenOf(http::Request const& request);

}  // namespace fundtrail::api::service
