// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "ledger/domain/date.h"
#include "ledger/domain/event_context.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/rule.h"
#include "ledger/log/event_log.h"
#include "ledger/schema/message.h"

// What is on record, read from a log. Shapes are checked, so that damaged bytes are errors (corrupt, naming the batch)
// and never more; signatures are the replay's work. Any thread; the log must outlive the call.

namespace fundtrail::ledger::history {

/// What an entry says of its batch.
struct EntryOnRecord {
  schema::Words statement;  // of the right shape
  domain::Instant acceptedAt;
  domain::EventNumber firstEvent;
};

struct EventOnRecord {
  domain::EventContext context;
  domain::BatchNumber batch;
  schema::Words bytes;
};

[[nodiscard]] crypto::Result<EntryOnRecord> readEntry(domain::BatchNumber number, crypto::BytesView entry);
[[nodiscard]] crypto::Result<EntryOnRecord> readEntry(log::EventLog const& log, domain::BatchNumber number);
[[nodiscard]] crypto::Result<EventOnRecord> readEvent(log::EventLog const& log, domain::EventNumber number);

/// The statement that founded the ledger; its genesis is present and has been examined. Error: notFound for an empty
/// log.
[[nodiscard]] crypto::Result<schema::Words> readGenesisStatement(log::EventLog const& log);

/// The error for a batch that is not as it must be.
[[nodiscard]] crypto::Error damaged(domain::BatchNumber batch, domain::Text const& why);
[[nodiscard]] crypto::Error damaged(domain::BatchNumber batch, crypto::Error const& why);

}  // namespace fundtrail::ledger::history
