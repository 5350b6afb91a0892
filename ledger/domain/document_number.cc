// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/document_number.h"

#include <fmt/format.h>

#include "ledger/domain/decimal.h"
#include "ledger/domain/utf8.h"

namespace fundtrail::ledger::domain {
namespace {

constexpr std::string_view kOpen = "〔";   // U+3014
constexpr std::string_view kClose = "〕";  // U+3015
constexpr std::string_view kOrdinal = "第";
constexpr std::string_view kEnd = "号";

bool isIssuerCode(std::string_view text) {
  constexpr std::size_t kMaxLength = 30;
  std::size_t length = 0;
  for (; !text.empty(); ++length) {
    auto const c = takeCodePoint(text);
    bool const isLetter = c && ((*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z'));
    bool const isIdeograph = c && ((*c >= 0x4E00 && *c <= 0x9FFF) || (*c >= 0x3400 && *c <= 0x4DBF));
    if (!isLetter && !isIdeograph) return false;
  }
  return length >= 1 && length <= kMaxLength;
}

}  // namespace

std::optional<DocumentNumber> DocumentNumber::parse(std::string_view text) {
  std::size_t const open = text.find(kOpen);
  std::size_t const close = text.find(kClose);
  if (open == std::string_view::npos || close == std::string_view::npos || close < open || !text.ends_with(kEnd)) {
    return std::nullopt;
  }
  std::string_view const issuer = text.substr(0, open);
  std::string_view const yearText = text.substr(open + kOpen.size(), close - open - kOpen.size());
  std::string_view sequenceText = text.substr(close + kClose.size());
  sequenceText.remove_suffix(kEnd.size());
  if (sequenceText.starts_with(kOrdinal)) sequenceText.remove_prefix(kOrdinal.size());

  auto const year = parseDecimal(yearText);
  auto const sequence = parseDecimal(sequenceText);
  if (!isIssuerCode(issuer) || !year || yearText.size() != 4 || *year < 1950 || *year > 2099 || !sequence ||
      sequenceText.front() == '0' || *sequence > kMaxSequence) {
    return std::nullopt;
  }
  return DocumentNumber(issuer, static_cast<std::uint32_t>(*year), static_cast<std::uint32_t>(*sequence));
}

std::string DocumentNumber::text() const {
  return fmt::format("{}{}{}{}{}{}", issuer_, kOpen, year_, kClose, sequence_, kEnd);
}

}  // namespace fundtrail::ledger::domain
