// SPDX-License-Identifier: Apache-2.0
#include "api/service/receipts.h"

#include <cstddef>
#include <utility>

namespace fundtrail::api::service {

namespace {

// The longest file of a receipt (docs/decisions/0040).
constexpr std::size_t kMostFile = 8 * 1024;

}  // namespace

crypto::Result<ReceiptFile> Receipts::make(ledger::domain::EventNumber event) {
  auto const batch = ledger_.log().batchOf(event);
  if (!batch) return batch.error();
  auto const note = checkpointFor(*batch);
  if (!note) return note.error();
  std::lock_guard const lock(mutex_);
  return fileOf(receipts_.make(event, *note));
}

crypto::Result<ReceiptFile> Receipts::make(ledger::log::StoredBatch const& batch, std::size_t index) {
  auto const note = checkpointFor(batch.number);
  if (!note) return note.error();
  std::lock_guard const lock(mutex_);
  return fileOf(receipts_.make(batch, index, *note));
}

crypto::Result<std::string> Receipts::checkpointFor(ledger::domain::BatchNumber batch) const {
  auto note = ledger_.checkpoint();
  return environment_.cosigned ? environment_.cosigned(note, batch.value() + 1) : std::move(note);
}

crypto::Result<ReceiptFile> Receipts::fileOf(crypto::Result<ledger::receipt::MadeReceipt> const& made) {
  if (!made) return made.error();
  auto file = compressor_.frame(made->file.bytes());
  if (file.size() > kMostFile) file = ledger::zstd::frameOf(made->file.bytes());
  return ReceiptFile{std::move(file), made->label};
}

}  // namespace fundtrail::api::service
