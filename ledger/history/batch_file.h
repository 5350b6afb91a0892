// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "crypto/result.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/refs.h"
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::history {

/// Events by the label that a batch file gave them.
using Labels = std::map<std::string, domain::EventRef, std::less<>>;

/// Turns the text of a batch file (schema::parseBatchFile) into events, each with a random salt unless it states one.
/// "@label" names an earlier event of the file or of `labels`, "@123" the event with that number in the log. The file's
/// own labels are added to `labels`. Error: badInput with line and column, or with the field.
crypto::Result<batch::EventList> readBatchFile(std::string_view json, log::EventLog const& log, Labels& labels);

/// The key under which a file is recorded once by an author: the first 16 bytes of H(file || key id). `again` counts
/// deliberate repeats; from 1 on it is hashed too.
batch::IdempotencyKey idempotencyKeyOf(crypto::HashAlgorithm algorithm, std::string_view file,
                                       domain::KeyId const& author, unsigned again);

}  // namespace fundtrail::ledger::history
