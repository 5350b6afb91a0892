// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/limits.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::schema {

/// The JSON of a message follows from the schema: members are the fields' names; an event's type is the one member
/// named by it; data is lowercase hexadecimal; 64-bit integers are strings, since many readers of JSON take numbers for
/// doubles; enumerants are their names. Texts and lists that are absent and fields that are zero are left out. Pretty:
/// indented by two spaces. All functions are safe on any thread.
std::string toJson(Event::Reader event, bool pretty);
std::string toJson(Statement::Reader statement, bool pretty);
std::string toJson(Entry::Reader entry, bool pretty);
std::string toJson(Genesis::Reader genesis, bool pretty);

/// The JSON of an event for readers: that of toJson, and every field besides whose zero is a value (stated.h). Reads
/// back as the same event.
boost::json::object readersJson(Event::Reader event);

/// The canonical message that a JSON text stands for. fromJson(toJson(m)) gives the bytes of m. T is Event, Statement,
/// Entry or Genesis.
///
/// Strict, because what comes out is signed: badInput for text that is not JSON or holds a name twice (with line and
/// column), for unknown names (with the nearest known one), values of the wrong type or out of range, enumerants that
/// do not exist (with those that do), null, and whatever checkShape<T> refuses. 64-bit integers may also be plain
/// numbers up to 2^53; hexadecimal may be uppercase.
template <class T>
crypto::Result<Words> fromJson(std::string_view json);

/// An event's JSON needs its salt like any other field; parseBatchFile is for those who do not want to think of it.
inline crypto::Result<Words> eventFromJson(std::string_view json) {
  return fromJson<Event>(json);
}

using Salt = std::array<std::uint8_t, kSaltBytes>;

/// Finds the event that a reference names. Gets what follows the "@": a label, or a number.
using ReferenceResolver = std::function<crypto::Result<crypto::Digest>(std::string_view reference)>;

/// An event as its author wrote it down: JSON that may leave out the salt, and may name other events by reference. A
/// value; copies share.
class PreparedEvent {
 public:
  /// `index` is its place among the events of its file: every error names it.
  PreparedEvent(std::shared_ptr<boost::json::object const> json, std::optional<std::string> labelled,
                std::size_t index);

  /// What other events may call this one.
  std::optional<std::string> label;

  /// The event's bytes. `salt` is used if the JSON has none. A value "@x" where the schema has data of 32 bytes is
  /// replaced by resolve("x"), whose error is passed on. Errors otherwise as for fromJson.
  crypto::Result<Words> encode(Salt const& salt, ReferenceResolver const& resolve) const;

 private:
  std::shared_ptr<boost::json::object const> json_;
  std::size_t index_;
};

/// A file of events to be signed together: {"note": "optional, not recorded", "events": [{"label": "optional", …}, …]}.
struct BatchFile {
  std::vector<PreparedEvent> events;
};

/// Reads the file's frame: 1 to 8,192 events, labels that are texts and differ. The events themselves are judged by
/// encode.
crypto::Result<BatchFile> parseBatchFile(std::string_view json);

}  // namespace fundtrail::ledger::schema
