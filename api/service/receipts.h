// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>

#include "api/service/service.h"
#include "crypto/bytes.h"
#include "crypto/result.h"
#include "ledger/domain/refs.h"
#include "ledger/ledger.h"
#include "ledger/receipt/receipts.h"
#include "ledger/zstd/frame.h"

namespace fundtrail::api::service {

/// A receipt as `fundtrail receipt --out` writes it, but for its compression.
struct ReceiptFile {
  crypto::Bytes file;
  std::string label;
};

/// Makes receipts, one after the other. Any thread.
class Receipts {
 public:
  Receipts(ledger::Ledger const& ledger, Environment const& environment)
      : ledger_(ledger), environment_(environment), receipts_(ledger.log()) {}

  /// Of an event of a batch, by its place there. Error: as for receipt::Receipts.
  [[nodiscard]] crypto::Result<ReceiptFile> make(ledger::log::StoredBatch const& batch, std::size_t index);
  /// Of an event. Error: the same.
  [[nodiscard]] crypto::Result<ReceiptFile> make(ledger::domain::EventNumber event);

 private:
  /// The best checkpoint that covers the batch.
  [[nodiscard]] crypto::Result<std::string> checkpointFor(ledger::domain::BatchNumber batch) const;
  [[nodiscard]] crypto::Result<ReceiptFile> fileOf(crypto::Result<ledger::receipt::MadeReceipt> const& made);

  ledger::Ledger const& ledger_;
  Environment const& environment_;
  std::mutex mutex_;
  ledger::receipt::Receipts receipts_;
  // One comes with every batch: some percent more bytes for a twentieth of the time that the best level takes.
  ledger::zstd::Compressor compressor_{3};
};

}  // namespace fundtrail::api::service
