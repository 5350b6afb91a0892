// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/event_log.h"

namespace fundtrail::ledger::log {

crypto::Result<std::vector<crypto::Bytes>> EventLog::entries(domain::BatchNumber from, std::size_t count) const {
  std::vector<crypto::Bytes> all;
  while (all.size() < count) {
    auto bytes = entry(domain::BatchNumber(from.value() + all.size()));
    if (!bytes) return bytes.error();
    all.push_back(*std::move(bytes));
  }
  return all;
}

}  // namespace fundtrail::ledger::log
