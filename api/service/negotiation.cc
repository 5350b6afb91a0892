// SPDX-License-Identifier: Apache-2.0
#include "api/service/negotiation.h"

#include <algorithm>
#include <array>

#include "ledger/domain/utf8.h"

namespace fundtrail::api::service {

namespace {

using ledger::schema::Language;

constexpr auto kMedia = std::to_array<Media>({Media::json, Media::csv, Media::text, Media::workbook});

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equalInAnyCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t";
  auto const first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// What stands before the separator is taken off the front. Quotes are not looked at: nothing that is wanted here has
/// any.
std::string_view takeUpTo(std::string_view& text, char separator) {
  auto const at = text.find(separator);
  auto const part = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return trimmed(part);
}

/// "0.8" in thousandths; nothing for what is no quality.
std::optional<int> qualityOf(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  int quality = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int unit = 100;
  for (auto const c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return std::nullopt;
    quality += (c - '0') * unit;
    unit /= 10;
  }
  return quality <= 1000 ? std::optional(quality) : std::nullopt;
}

/// Calls visit(value, quality) for each element of a header with qualities; those that make no sense are passed over.
void eachPreference(std::string_view header, auto const& visit) {
  while (!header.empty()) {
    auto element = takeUpTo(header, ',');
    auto const value = takeUpTo(element, ';');
    std::optional<int> quality = 1000;
    while (!element.empty()) {
      auto parameter = takeUpTo(element, ';');
      if (equalInAnyCase(takeUpTo(parameter, '='), "q")) quality = qualityOf(trimmed(parameter));
    }
    if (!value.empty() && quality) visit(value, *quality);
  }
}

int hexOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::string_view mediaType(Media media) {
  switch (media) {
    case Media::json: return "application/json";
    case Media::csv: return "text/csv";
    case Media::text: return "text/plain";
    case Media::workbook: return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  return "application/json";
}

std::optional<Media> mediaOf(std::string_view accept) {
  if (trimmed(accept).empty()) return Media::json;
  struct Found {
    int exactness = -1;  // the most exact range decides on a type (RFC 9110, 12.5.1)
    int quality = 0;
  };
  std::array<Found, kMedia.size()> found{};
  eachPreference(accept, [&](std::string_view range, int quality) {
    for (std::size_t i = 0; i < kMedia.size(); ++i) {
      auto const type = mediaType(kMedia[i]);
      auto const family = type.substr(0, type.find('/') + 1);
      int const exactness = equalInAnyCase(range, type)                        ? 2
                            : equalInAnyCase(range, std::string(family) + "*") ? 1
                            : range == "*/*"                                   ? 0
                                                                               : -1;
      if (exactness > found[i].exactness) found[i] = {exactness, quality};
    }
  });
  auto const best = std::ranges::max_element(found, {}, &Found::quality);
  if (best->quality == 0) return std::nullopt;
  return kMedia[static_cast<std::size_t>(best - found.begin())];
}

Language languageOf(std::string_view acceptLanguage) {
  int zh = 0;
  int en = 0;
  eachPreference(acceptLanguage, [&](std::string_view range, int quality) {
    auto const primary = range.substr(0, range.find('-'));
    if (equalInAnyCase(primary, "zh")) zh = std::max(zh, quality);
    if (equalInAnyCase(primary, "en")) en = std::max(en, quality);
  });
  return zh > en ? Language::zh : Language::en;
}

bool namesTag(std::string_view ifNoneMatch, std::string_view tag) {
  while (!ifNoneMatch.empty()) {
    auto one = takeUpTo(ifNoneMatch, ',');
    if (one.starts_with("W/")) one.remove_prefix(2);  // compared weakly (RFC 9110, 13.1.2)
    if (one == tag || one == "*") return true;
  }
  return false;
}

std::optional<std::string_view> cookieNamed(std::string_view cookies, std::string_view name) {
  while (!cookies.empty()) {
    auto one = takeUpTo(cookies, ';');
    if (takeUpTo(one, '=') == name) return trimmed(one);
  }
  return std::nullopt;
}

std::optional<std::string_view> bearerToken(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() <= kScheme.size()) return std::nullopt;
  if (!equalInAnyCase(authorization.substr(0, kScheme.size()), kScheme)) return std::nullopt;
  return trimmed(authorization.substr(kScheme.size()));
}

std::optional<std::string> decoded(std::string_view text, bool plusIsSpace) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plusIsSpace) {
      plain += ' ';
    } else if (text[i] != '%') {
      plain += text[i];
    } else {
      if (i + 2 >= text.size() || hexOf(text[i + 1]) < 0 || hexOf(text[i + 2]) < 0) return std::nullopt;
      plain += static_cast<char>(hexOf(text[i + 1]) * 16 + hexOf(text[i + 2]));
      i += 2;
    }
  }
  auto const isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::ranges::any_of(plain, isControl) || !ledger::domain::isValidUtf8(plain)) return std::nullopt;
  return plain;
}

std::string encoded(std::string_view text) {
  constexpr std::string_view kUnreserved = "-._~";
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (auto const c : text) {
    bool const plain =
        (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || kUnreserved.find(c) != std::string_view::npos;
    auto const byte = static_cast<unsigned char>(c);
    if (plain) {
      out += c;
    } else {
      out += {'%', kDigits[byte >> 4U], kDigits[byte & 0xfU]};
    }
  }
  return out;
}

std::optional<Query> parseQuery(std::string_view query) {
  Query fields;
  while (!query.empty()) {
    auto const end = query.find('&');
    auto const field = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    if (field.empty()) continue;
    auto const equals = field.find('=');
    auto name = decoded(field.substr(0, equals), true);
    auto value =
        equals == std::string_view::npos ? std::optional(std::string()) : decoded(field.substr(equals + 1), true);
    if (!name || !value || name->empty()) return std::nullopt;
    if (std::ranges::find(fields, *name, &Query::value_type::first) != fields.end()) return std::nullopt;
    fields.emplace_back(*std::move(name), *std::move(value));
  }
  return fields;
}

}  // namespace fundtrail::api::service
