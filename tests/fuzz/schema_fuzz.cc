// SPDX-License-Identifier: Apache-2.0
// Any bytes may reach checkShape. What it lets pass must be safe to read, canonical by Cap'n Proto's own judgement, and
// come back from JSON as the same bytes; what Cap'n Proto's own encoder writes it must never call not canonical.
#include <cstddef>
#include <cstdint>
#include <optional>

#include <capnp/serialize.h>
#include <kj/exception.h>

#include "crypto/ensure.h"
#include "ledger/schema/json.h"
#include "ledger/schema/message.h"
#include "ledger/schema/names.h"
#include "ledger/schema/shape.h"

namespace {

using namespace fundtrail;
using namespace fundtrail::ledger::schema;
using crypto::ensure;

bool isCanonical(crypto::BytesView bytes) {
  auto const segment = kj::arrayPtr(reinterpret_cast<capnp::word const*>(bytes.data()), bytes.size() / 8);
  capnp::SegmentArrayMessageReader message(kj::arrayPtr(&segment, 1));
  return message.isCanonical();
}

void checkEvent(Words const& words) {
  if (!checkShape<Event>(words.bytes())) {
    return;
  }
  ensure(isCanonical(words.bytes()), "what passes is canonical");
  Message<Event> const message(words.bytes());
  auto const event = message.root();
  std::size_t values = 0;
  visitFormatted(event, [&](FormattedValue const& value) {
    ensure(value.text.empty() != (value.number == 0), "a formatted value is a text or a number, and not empty");
    return ++values < 100;
  });
  ensure(values != 0, "every event has a date");
  ensure(describe(event, Language::en) != describe(event, Language::zh), "the languages differ");
  auto const back = eventFromJson(toJson(event, false));
  ensure(back.has_value() && *back == words, "JSON gives the same bytes back");
}

/// The message as Cap'n Proto itself would write it, if it can read it.
std::optional<Words> recoded(Words const& words) {
  try {
    return canonical<Event>(Message<Event>(words.bytes(), 1 << 16).root());
  } catch (kj::Exception const&) {
    return std::nullopt;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  crypto::BytesView const bytes(data, size);
  auto const words = Words::copyOf(bytes);
  checkEvent(words);
  if (auto const again = recoded(words)) {
    auto const shape = checkShape<Event>(again->bytes());
    ensure(shape || shape.error().message.find("canonical form") == std::string::npos,
           "Cap'n Proto writes what is canonical");
    checkEvent(*again);
  }
  static_cast<void>(checkShape<Statement>(words.bytes()));
  static_cast<void>(checkShape<Entry>(words.bytes()));
  static_cast<void>(checkShape<SignedBatch>(words.bytes()));
  static_cast<void>(checkShape<Genesis>(words.bytes()));
  static_cast<void>(checkShape<Event>(bytes));
  return 0;
}
