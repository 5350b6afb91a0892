// SPDX-License-Identifier: Apache-2.0
// What a client says, by the parsers that face it: the first byte picks one. Whatever the bytes, nothing but an answer
// comes of it; what is taken is what it says it is.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/service/body.h"
#include "api/service/endpoint.h"
#include "api/service/negotiation.h"
#include "crypto/ensure.h"

namespace {

namespace service = fundtrail::api::service;
using fundtrail::crypto::ensure;

void arguments(std::string_view text) {
  auto const query = service::parseQuery(text);
  if (!query) return;
  fundtrail::api::views::Reader const reader(fundtrail::ledger::schema::Language::zh);
  for (auto const& endpoint : service::endpoints()) {
    auto const read = service::Arguments::read(reader, endpoint.inPath, {}, endpoint.inQuery, *query);
    if (!read) continue;
    // What was taken makes the same query again.
    auto const again = service::parseQuery(read->queryWith({}).substr(query->empty() ? 0 : 1));
    ensure(again && service::Arguments::read(reader, endpoint.inPath, {}, endpoint.inQuery, *again)->canonical() ==
                        read->canonical(),
           "arguments are the same when they are read again");
  }
}

void body(std::string_view text) {
  using service::BodyField;
  service::Call call{{},
                     {},
                     service::Media::json,
                     fundtrail::api::views::Reader(fundtrail::ledger::schema::Language::en),
                     fundtrail::api::access::Sight::everything(),
                     std::nullopt,
                     *fundtrail::ledger::domain::Instant::parse("2026-08-03T09:00:00.000+08:00")};
  call.request.body = text;
  auto const batch = service::readBody(
      call, {{"statement", BodyField::base64}, {"signature", BodyField::base64}, {"events", BodyField::base64List}});
  if (batch)
    ensure(batch->at("events").is_array() && batch->at("statement").is_string(), "a body is as it was asked for");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string const text(reinterpret_cast<char const*>(data + 1), size - 1);
  switch (data[0] % 6) {
    case 0: arguments(text); break;
    case 1: static_cast<void>(service::mediaOf(text)); break;
    case 2: static_cast<void>(service::languageOf(text)); break;
    case 3:
      if (auto const decoded = service::decoded(text))
        ensure(service::decoded(service::encoded(*decoded)) == decoded, "encoded");
      break;
    case 4:
      static_cast<void>(service::cookieNamed(text, "__Host-fundtrail"));
      static_cast<void>(service::bearerToken(text));
      static_cast<void>(service::namesTag(text, "\"1\""));
      break;
    default: body(text);
  }
  return 0;
}
