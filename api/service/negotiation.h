// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/schema/names.h"

// What a client says in a request besides what it asks for: parsed as RFC 9110 and RFC 3986 have it, whatever the
// bytes.

namespace fundtrail::api::service {

/// In which form an answer is wanted.
enum class Media : std::uint8_t { json, csv, text, workbook };
[[nodiscard]] std::string_view mediaType(Media media);

/// The best of what an Accept header takes: by its quality, then in the order of Media. `accept` may be empty, which
/// takes anything. Nothing where none will do.
[[nodiscard]] std::optional<Media> mediaOf(std::string_view accept);

/// The language that an Accept-Language header prefers; English where it prefers neither.
[[nodiscard]] ledger::schema::Language languageOf(std::string_view acceptLanguage);

/// Whether an If-None-Match header names the entity tag.
[[nodiscard]] bool namesTag(std::string_view ifNoneMatch, std::string_view tag);

/// The value of a cookie in a Cookie header.
[[nodiscard]] std::optional<std::string_view> cookieNamed(std::string_view cookies, std::string_view name);

/// The token of an Authorization header that bears one.
[[nodiscard]] std::optional<std::string_view> bearerToken(std::string_view authorization);

/// %-decoded; nothing for a broken escape, or for what is no UTF-8 or holds a control character.
[[nodiscard]] std::optional<std::string> decoded(std::string_view text, bool plusIsSpace = false);
/// As one segment of a path, or as a value of a query.
[[nodiscard]] std::string encoded(std::string_view text);

using Query = std::vector<std::pair<std::string, std::string>>;
/// The fields of a query, decoded, in order; nothing where one does not decode, or stands twice.
[[nodiscard]] std::optional<Query> parseQuery(std::string_view query);

}  // namespace fundtrail::api::service
