// SPDX-License-Identifier: Apache-2.0
// What an auditor's earlier runs have verified of a log, kept between runs in a file of the auditor's own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/domain/date.h"
#include "ledger/domain/refs.h"

// A signature costs fifty times what everything else about an event costs, and what it was made for does not change: it
// stands in an entry, and the root over the entries fixes it. So a later run needs to verify those alone that are new,
// if it finds the same root over the old ones. Nothing else is carried from run to run: form, hashes, tree, rules,
// books, bank and purpose are derived again, every time, from the log's bytes (docs/decisions/0050).

namespace fundtrail::replay {

/// The beginning of a log, each of whose batches is whole, in its place, and signed by the key that it names.
struct VerifiedBeginning {
  ledger::domain::LedgerId ledger;
  std::uint64_t batches = 0;  // at least one
  crypto::Digest root;        // over their entries
  friend bool operator==(VerifiedBeginning const&, VerifiedBeginning const&) = default;
};

/// How far a run came, and when it ended.
struct Run {
  std::uint64_t batches = 0;
  ledger::domain::Instant at;
  friend bool operator==(Run const&, Run const&) = default;
};

/// What a resume file holds. A value.
struct Resume {
  VerifiedBeginning beginning;
  std::vector<Run> runs;  // in order, each further than the one before; the last came to `beginning`
  friend bool operator==(Resume const&, Resume const&) = default;
};

/// The most runs that a file tells of; of more the oldest are left out.
inline constexpr std::size_t kMaxRuns = 100;

/// What the runs so far have verified, and one more that began where they ended. It came at least as far.
[[nodiscard]] Resume goneOn(std::optional<Resume> const& before, VerifiedBeginning const& beginning,
                            ledger::domain::Instant at);

/// The file's text: lines, and their SHA-256. `program` says which build of the program verified: a file of another is
/// refused, for its author's mistakes were perhaps why it was replaced.
[[nodiscard]] std::string formatResume(Resume const& resume, std::string_view program);

/// Errors: badInput for what is no such text; corrupt where it was damaged or edited; conflict for another program's.
[[nodiscard]] crypto::Result<Resume> parseResume(std::string_view text, std::string_view program);

/// Nothing where there is no file yet. Errors: those of parseResume; denied for a file that cannot be read, and for one
/// that others than its owner may write: whoever writes it makes the audit believe signatures; io.
[[nodiscard]] crypto::Result<std::optional<Resume>> readResume(std::filesystem::path const& file,
                                                               std::string_view program);

/// Puts it in the place of the file, whole or not at all. Errors: denied, notFound (its folder), io.
[[nodiscard]] crypto::Result<void> writeResume(std::filesystem::path const& file, Resume const& resume,
                                               std::string_view program);

}  // namespace fundtrail::replay
