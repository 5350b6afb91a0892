// SPDX-License-Identifier: Apache-2.0
#include "api/views/event_name.h"

#include "crypto/digest.h"

namespace fundtrail::api::views {

namespace {

namespace domain = ledger::domain;
using crypto::ErrorKind;

constexpr std::size_t kLeastPrefix = 8;

std::optional<std::string> hashPrefix(std::string const& text) {
  if (text.size() < kLeastPrefix || text.size() > 2 * sizeof(crypto::Digest::bytes)) return std::nullopt;
  if (text.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) return std::nullopt;
  std::string lower = text;
  for (auto& c : lower) {
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

EventName::EventName(std::string const& text, std::uint64_t events) {
  if (auto const number = domain::EventNumber::parse(text); number && number->value() < events) {
    number_ = number;
  } else {
    prefix_ = hashPrefix(text);
  }
}

bool EventName::is(domain::EventNumber number, domain::EventRef const& ref) const {
  return number_ ? number == *number_ : prefix_ && ref.text().starts_with(*prefix_);
}

crypto::Error notOnRecord(Reader const& reader, std::string const& event, std::uint64_t events) {
  if (events == 0) {
    return reader.error(ErrorKind::notFound,
                        {"没有事件 {}：账本还没有任何事件", "there is no event {}: none is on record"}, event);
  }
  return reader.error(ErrorKind::notFound,
                      {"没有事件 {}：请给出 0 至 {} 的序号，或至少 8 位的十六进制哈希",
                       "there is no event {}: give a number below {}, or at least 8 hexadecimal digits of its hash"},
                      event, reader.language == Language::zh ? events - 1 : events);
}

crypto::Error ambiguous(Reader const& reader, std::string const& event, std::size_t found) {
  return reader.error(
      ErrorKind::badInput,
      {"{} 个事件的哈希以 {} 开头：请多给几位", "{} events have a hash that begins with {}: give more digits"}, found,
      event);
}

}  // namespace fundtrail::api::views
