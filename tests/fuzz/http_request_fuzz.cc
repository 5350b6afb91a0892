// SPDX-License-Identifier: Apache-2.0
// What clients send: any bytes are refused, are a request, or are the beginning of one; and the same however they
// arrive. The first byte says in pieces of what size.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/http/request_id.h"
#include "api/http/request_reader.h"
#include "crypto/ensure.h"

namespace {

using fundtrail::api::http::RequestReader;
using fundtrail::crypto::ensure;

constexpr fundtrail::api::http::ReadLimits kLimits{2000, 1000};

struct Read {
  RequestReader::Stage stage;
  std::string path;
  std::string body;
};

Read read(std::string_view bytes, std::size_t piece) {
  using Stage = RequestReader::Stage;
  RequestReader reader(kLimits);
  std::string waiting;
  while (true) {
    waiting.erase(0, reader.take(waiting));
    if (bytes.empty() || reader.stage() == Stage::whole || reader.stage() == Stage::refused) break;
    ensure(waiting.size() <= kLimits.mostHeader, "what is not taken is bounded");
    auto const size = std::min(piece, bytes.size());
    waiting += bytes.substr(0, size);
    bytes.remove_prefix(size);
  }
  Read result{reader.stage(), "", ""};
  if (reader.stage() != Stage::whole) return result;
  auto request = reader.request();
  ensure(request.path == "*" || request.path.starts_with('/'), "a path begins with a slash");
  ensure(request.body.size() <= kLimits.mostBody, "a body is no longer than it may be");
  result.path = std::move(request.path);
  result.body = std::move(request.body);
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view const bytes(reinterpret_cast<char const*>(data) + 1, size - 1);
  auto const whole = read(bytes, bytes.size() + 1);
  auto const pieces = read(bytes, std::size_t{data[0]} % 16 + 1);
  // Whoever sends nonsense may be refused at once or when there is more of it.
  constexpr auto kWhole = RequestReader::Stage::whole;
  ensure((whole.stage == kWhole) == (pieces.stage == kWhole), "a request is one however it arrives");
  ensure(whole.path == pieces.path && whole.body == pieces.body, "and so is what it says");
  auto const id = bytes.substr(0, 70);
  if (fundtrail::api::http::isHarmlessId(id)) {
    ensure(id.find_first_of("\r\n\" {}") == std::string_view::npos, "a harmless id breaks no log");
  }
  return 0;
}
