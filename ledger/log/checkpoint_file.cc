// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/checkpoint_file.h"

#include <cstddef>
#include <utility>

#include "ledger/files/files.h"

namespace fundtrail::ledger::log {

namespace {

constexpr char kName[] = "CHECKPOINT";
constexpr std::size_t kMostNote = 1'000'000;  // bytes: crypto/note.h takes no larger one

}  // namespace

crypto::Result<std::optional<std::string>> readCheckpointFile(std::filesystem::path const& directory) {
  auto note = files::readFile(directory / kName, kMostNote);
  if (!note && note.error().kind == crypto::ErrorKind::notFound) return std::nullopt;
  if (!note) return note.error();
  return std::optional(*std::move(note));
}

crypto::Result<void> writeCheckpointFile(std::filesystem::path const& directory, std::string_view note) {
  return files::replaceFile(directory / kName, note);
}

}  // namespace fundtrail::ledger::log
