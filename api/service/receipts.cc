// SPDX-License-Identifier: Apache-2.0
#include "api/service/receipts.h"

#include "ledger/zstd/frame.h"

namespace fundtrail::api::service {

crypto::Result<ReceiptFile> Receipts::make(ledger::domain::EventNumber event, ledger::domain::BatchNumber batch) {
  auto note = ledger_.checkpoint();
  if (environment_.cosigned) {
    auto better = environment_.cosigned(note, batch.value() + 1);
    if (!better) return better.error();
    note = *std::move(better);
  }
  std::lock_guard const lock(mutex_);
  auto const made = receipts_.make(event, note);
  if (!made) return made.error();
  return ReceiptFile{ledger::zstd::frameOf(made->file.bytes()), made->label};
}

}  // namespace fundtrail::api::service
