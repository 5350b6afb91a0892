// SPDX-License-Identifier: Apache-2.0
#include "api/service/receipts.h"

#include <cstddef>
#include <utility>

namespace fundtrail::api::service {

namespace {

// The longest file of a receipt (docs/decisions/0040).
constexpr std::size_t kMostFile = 8 * 1024;

}  // namespace

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
  auto file = compressor_.frame(made->file.bytes());
  if (file.size() > kMostFile) file = ledger::zstd::frameOf(made->file.bytes());
  return ReceiptFile{std::move(file), made->label};
}

}  // namespace fundtrail::api::service
