// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/used_number.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::domain {

/// What the ledger knows about an event beside its bytes: where it stands, what names it, who signed it, when it came
/// in.
struct EventContext {
  EventNumber number;
  EventRef ref;
  KeyId author;
  Instant acceptedAt;
};

struct RecordedEvent {
  EventContext context;
  schema::Words bytes;
};

/// The past, as far as the state does not hold it. Read-only, and answers for everything before the event being judged,
/// the earlier events of the same batch included. The core asks; whoever owns the log answers.
class History {
 public:
  virtual ~History() = default;
  /// True if an event before this one used the number up (rule U1).
  [[nodiscard]] virtual bool used(UsedNumber const& number) const = 0;
  /// An event by its position; nothing if there is none yet.
  [[nodiscard]] virtual std::optional<RecordedEvent> event(EventNumber number) const = 0;
};

}  // namespace fundtrail::ledger::domain
