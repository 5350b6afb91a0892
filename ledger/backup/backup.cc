// SPDX-License-Identifier: Apache-2.0
#include "ledger/backup/backup.h"

#include <cerrno>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <utility>

#include <fmt/format.h>

#include "crypto/checkpoint_note.h"
#include "crypto/merkle.h"
#include "crypto/tiles.h"
#include "ledger/backup/folder.h"
#include "ledger/bundle/bundle_log.h"
#include "ledger/bundle/export.h"
#include "ledger/files/files.h"

namespace fundtrail::ledger::backup {

namespace fs = std::filesystem;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

/// Makes the folder if it is absent, and keeps other backups out while the answer lives.
Result<files::Descriptor> lock(fs::path const& folder) {
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return files::fileError(errno == ENOENT ? folder.parent_path() : folder, errno);
  }
  auto opened = files::openDirectory(folder);
  if (!opened) return opened.error();
  if (::flock(opened->number(), LOCK_EX | LOCK_NB) == 0) return opened;
  if (errno != EWOULDBLOCK) return files::fileError(folder, errno);
  return Error{ErrorKind::conflict,
               folder.string() + ": another program is writing this backup: wait until it has ended",
               folder.string() + "：另一程序正在写入此备份，请等其结束后重试"};
}

/// How many of the log's batches the backup holds; it is the beginning of the log's own history.
Result<std::uint64_t> held(std::vector<fs::path> const& bundles, log::EventLog const& log,
                           crypto::Checkpoint const& newest, fs::path const& folder) {
  if (bundles.empty()) return std::uint64_t{0};
  auto const backup = bundle::BundleLog::open(bundles);
  if (!backup) return backup.error();
  auto const size = (*backup)->size().batches;
  if (size > newest.size) {
    return Error{
        ErrorKind::conflict,
        fmt::format("{}: the backup holds {} batches, the ledger's newest checkpoint covers {}: this is an older "
                    "copy of the ledger, or another one; give another folder",
                    folder.string(), size, newest.size),
        fmt::format("{}：备份有 {} 批，而账本最新检查点只覆盖 {} 批：这是较旧的副本或另一账本，请换一个目录",
                    folder.string(), size, newest.size)};
  }
  auto const root = crypto::rootAt(
      log.hashAlgorithm(), size,
      crypto::nodeReader(log.hashAlgorithm(), newest.size, [&](crypto::TileId id) { return log.tile(id); }));
  if (!root) return root.error();
  if (log.hashAlgorithm() != (*backup)->hashAlgorithm() || *root != (*backup)->root()) {
    return Error{
        ErrorKind::conflict,
        fmt::format("{}: the first {} batches of the backup are not this ledger's: keep both, and find out which "
                    "was changed",
                    folder.string(), size),
        fmt::format("{}：备份的前 {} 批与本账本不同：请保留两者并查明哪一份被改动", folder.string(), size)};
  }
  return size;
}

}  // namespace

Result<BackedUp> write(log::EventLog const& log, attestation::Attestations const& attestations,
                       std::optional<fs::path> const& keys, fs::path const& folder, Progress const& progress) {
  auto const note = log.checkpoint();
  if (!note) return note.error();
  if (!*note) {
    return Error{ErrorKind::notFound, "the log has no checkpoint yet: open the ledger once for writing",
                 "日志尚无检查点：请先以写方式打开一次账本"};
  }
  auto const newest = crypto::readCheckpointNote(**note);
  if (!newest) return newest.error();

  auto const locked = lock(folder);
  if (!locked) return locked.error();
  auto const bundles = bundlesIn(folder);
  if (!bundles) return bundles.error();
  auto const before = held(*bundles, log, *newest, folder);
  if (!before) return before.error();
  BackedUp done{*newest, *before, bundles->size()};
  if (*before < newest->size) {
    bundle::Request request;
    request.from = *before;
    auto const added = bundle::write(log, attestations, request, folder / bundleName(*before), progress);
    if (!added) return added.error();
    done.checkpoint = added->checkpoint;  // an export that had been cut off ends at its own
    done.bytes = added->bytes;
    ++done.bundles;
  }
  if (keys) {
    if (auto const copied = copyKeys(*keys, folder / kKeys); !copied) return copied.error();
  }
  if (auto const synced = files::syncDirectory(folder); !synced) return synced.error();
  return done;
}

}  // namespace fundtrail::ledger::backup
