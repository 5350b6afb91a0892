// SPDX-License-Identifier: Apache-2.0
#include "replay/options.h"

#include <optional>
#include <system_error>
#include <utility>

#include "crypto/checkpoint_note.h"
#include "ledger/attestation/attestations.h"
#include "ledger/bundle/bundle_log.h"
#include "ledger/files/files.h"
#include "ledger/log/rocksdb_log.h"
#include "replay/checkpoint_file.h"

namespace fundtrail::replay {

namespace commandline = ledger::commandline;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostPolicy = 256 * 1024;

/// What stands in a folder beside a log.
crypto::Result<std::vector<AttestedNote>> attestedBeside(fs::path const& folder) {
  std::vector<AttestedNote> notes;
  ledger::attestation::Attestations const beside(folder);
  auto const collected = beside.collected();
  if (!collected) return collected.error();
  auto const witnessed = beside.witnessed();
  if (!witnessed) return witnessed.error();
  // Of one checkpoint the one has all that the other has; two of the same size may contradict each other.
  auto const stated = [](std::string const& note) {
    auto const checkpoint = crypto::readCheckpointNote(note);
    return checkpoint ? std::optional(*checkpoint) : std::nullopt;
  };
  if (*collected) notes.push_back({**collected, {}});
  if (*witnessed && !(*collected && stated(**collected) == stated(**witnessed))) notes.push_back({**witnessed, {}});
  auto const stamps = beside.stamps();
  if (!stamps) return stamps.error();
  for (auto const& [note, token] : *stamps) notes.push_back({note, token});
  return notes;
}

crypto::Result<OpenedLog> openBundles(std::vector<fs::path> const& files) {
  auto opened = ledger::bundle::BundleLog::open(files);
  if (!opened) return opened.error();
  std::vector<AttestedNote> notes;
  for (auto const& note : (*opened)->beside().notes) notes.push_back({note, {}});
  for (auto const& [note, token] : (*opened)->beside().stamps) notes.push_back({note, token});
  return OpenedLog{*std::move(opened), true,
                   [notes = std::move(notes)] { return crypto::Result<std::vector<AttestedNote>>(notes); }};
}

}  // namespace

commandline::Option addLog(commandline::Command& command, std::vector<fs::path>& log) {
  return command
      .option("--log", log,
              {"日志目录，或所在的账本目录；或数据包（fundtrail bundle export），其后的增量逐个给出",
               "directory of the log, or of the ledger that holds it; or a bundle (fundtrail bundle export), and each "
               "later one that goes on from it"})
      .valueName("DIR|FILE");
}

void addPolicy(commandline::Command& command, fs::path& policy) {
  command
      .option("--trust", policy,
              {"信任策略文件（c2sp.org/tlog-policy）：信任的日志和见证人，以及须有多少见证",
               "trust policy (c2sp.org/tlog-policy): which logs and witnesses you trust, and how many must have "
               "witnessed"})
      .required()
      .valueName("POLICY");
}

crypto::Result<crypto::LogPolicy> policyIn(fs::path const& file) {
  auto const text = ledger::files::readFile(file, kMostPolicy);
  if (!text) return text.error();
  auto policy = crypto::LogPolicy::parse(*text);
  if (!policy) return policy.error().of(file.string());
  return policy;
}

void addTrust(commandline::Command& command, fs::path& trust) {
  command
      .option("--trust", trust,
              {"可信信息文件，每行一项：“ledger <64 位十六进制>”“log <日志公钥>”“checkpoint <批数> <根>”",
               "file of what you know: lines \"ledger <64 hex digits>\", \"log <vkey>\", \"checkpoint <size> <root>\""})
      .valueName("FILE");
}

void addFormat(commandline::Command& command, std::string& format) {
  command.option("--format", format, {"输出格式", "form of the report"}).oneOf({"text", "json"}).showDefault();
}

crypto::Result<OpenedLog> openLog(std::vector<fs::path> const& named) {
  std::error_code ignored;  // whatever is wrong with the path, opening it says so
  if (fs::is_regular_file(named.front(), ignored)) return openBundles(named);
  if (named.size() > 1) {
    return crypto::Error{crypto::ErrorKind::badInput, "several --log are bundles, in order: of directories give one",
                         "只有数据包才能给出多个 --log（按顺序）：目录只能给一个"};
  }
  auto const inside = named.front() / "log";
  bool const isLedger = !fs::exists(named.front() / "CURRENT", ignored) && fs::is_directory(inside, ignored);
  auto const directory = isLedger ? inside : named.front();
  auto opened = log::RocksDbLog::openReadOnly(directory);
  if (!opened) return opened.error();
  bool const hasFile = holdsCheckpointFile(directory, **opened);
  return OpenedLog{*std::move(opened), hasFile,
                   [beside = directory.parent_path() / "attestations"] { return attestedBeside(beside); }};
}

crypto::Result<Trust> trustIn(fs::path const& file) {
  if (file.empty()) return Trust{};
  return readTrust(file);
}

Exit exitFor(Verdict verdict) {
  switch (verdict) {
    case Verdict::proven: return Exit::proven;
    case Verdict::notProven:
    case Verdict::findings: return Exit::findings;
    case Verdict::tampered: return Exit::tampered;
  }
  return Exit::cannotRun;
}

}  // namespace fundtrail::replay
