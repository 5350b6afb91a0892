// SPDX-License-Identifier: Apache-2.0
#include "ledger/tampering/disk.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "crypto/note.h"
#include "ledger/files/files.h"

namespace fundtrail::ledger::tampering {

using crypto::Result;

Result<std::unique_ptr<Disk>> Disk::open(std::filesystem::path const& directory) {
  auto store = log::RawStore::open(directory);
  if (!store) return store.error();
  auto file = files::readFile(directory / log::kCheckpointFile, crypto::kMaxNoteSize);
  if (!file && file.error().kind != crypto::ErrorKind::notFound) return file.error();
  Stored stored{(*store)->all(), file ? std::optional(*std::move(file)) : std::nullopt};
  return std::unique_ptr<Disk>(new Disk(directory, *std::move(store), std::move(stored)));
}

Result<void> Disk::apply(Change const& change) {
  if (change.family) {
    return change.value ? store_->put(*change.family, change.key, *change.value)
                        : store_->remove(*change.family, change.key);
  }
  auto const file = directory_ / change.key;
  if (change.value) return files::replaceFile(file, *change.value);
  std::error_code error;
  std::filesystem::remove(file, error);
  if (error) return files::fileError(file, error.value());
  return {};
}

Result<void> Disk::undo(Change const& change) {
  return apply({change.family, change.key, before(change)});
}

std::optional<std::string> Disk::before(Change const& change) const {
  if (!change.family) return stored_.checkpointFile;
  auto const at = std::ranges::find_if(stored_.records, [&](log::RawRecord const& record) {
    return record.family == *change.family && record.key == change.key;
  });
  return at == stored_.records.end() ? std::nullopt : std::optional(at->value);
}

}  // namespace fundtrail::ledger::tampering
