// SPDX-License-Identifier: Apache-2.0
// Any text may be given as an event or as a batch file. What is accepted has passed checkShape and comes back from JSON
// as the same bytes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "crypto/bytes.h"
#include "crypto/ensure.h"
#include "ledger/schema/json.h"
#include "ledger/schema/message.h"
#include "ledger/schema/shape.h"

namespace {

using namespace fundtrail;
using namespace fundtrail::ledger::schema;

void checkAccepted(crypto::Result<Words> const& words) {
  if (!words) {
    crypto::ensure(words.error().message.find('\n') == std::string::npos, "an error is one line");
    return;
  }
  crypto::ensure(checkShape<Event>(words->bytes()).has_value(), "what JSON gives has the right shape");
  auto const back = eventFromJson(toJson(Message<Event>(words->bytes()).root(), true));
  crypto::ensure(back.has_value() && *back == *words, "JSON gives the same bytes back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = crypto::asText({data, size});
  checkAccepted(eventFromJson(text));
  if (auto const file = parseBatchFile(text)) {
    for (auto const& event : file->events) {
      checkAccepted(event.encode(Salt{1}, [](std::string_view reference) -> crypto::Result<crypto::Digest> {
        if (reference.size() % 2 == 0) {
          return crypto::Digest{};
        }
        return crypto::Error{crypto::ErrorKind::notFound, "no such event"};
      }));
    }
  }
  static_cast<void>(fromJson<Statement>(text));
  static_cast<void>(fromJson<Entry>(text));
  static_cast<void>(fromJson<Genesis>(text));
  return 0;
}
