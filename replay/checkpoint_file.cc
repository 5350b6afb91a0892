// SPDX-License-Identifier: Apache-2.0
#include "replay/checkpoint_file.h"

#include <algorithm>
#include <set>
#include <string>

#include "crypto/checkpoint.h"
#include "crypto/note.h"
#include "ledger/files/files.h"
#include "ledger/log/layout.h"

namespace fundtrail::replay {

namespace {

std::set<std::string> signaturesOf(crypto::SignedNote const& note) {
  std::set<std::string> lines;
  for (auto const& line : note.lines) lines.insert(crypto::formatNoteLine(line));
  return lines;
}

}  // namespace

bool holdsCheckpointFile(std::filesystem::path const& directory, ledger::log::EventLog const& log) {
  auto const text = ledger::files::readFile(directory / ledger::log::kCheckpointFile, crypto::kMaxNoteSize);
  auto const stored = log.checkpoint();
  if (!text) return false;
  if (!stored || !*stored) return true;  // which is a finding of its own
  auto const inFile = crypto::parseNote(*text);
  auto const inStore = crypto::parseNote(**stored);
  if (!inFile || !inStore) return false;
  auto const file = crypto::parseCheckpoint(inFile->text);
  auto const store = crypto::parseCheckpoint(inStore->text);
  if (!file || !store || file->origin != store->origin) return false;
  return file->size != store->size || signaturesOf(*inFile) == signaturesOf(*inStore);
}

}  // namespace fundtrail::replay
