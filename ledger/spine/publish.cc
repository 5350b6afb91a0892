// SPDX-License-Identifier: Apache-2.0
#include "ledger/spine/publish.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/checkpoint_note.h"
#include "crypto/entry_bundle.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "crypto/tiles.h"
#include "ledger/domain/refs.h"
#include "ledger/files/files.h"
#include "ledger/files/staged_files.h"

namespace fundtrail::ledger::spine {

namespace fs = std::filesystem;
using crypto::Bytes;
using crypto::Checkpoint;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr std::string_view kCheckpoint = "checkpoint";
// The folder of what has no name yet: never a part of the spine, and removed by whoever publishes next.
constexpr std::string_view kUnfinished = "unfinished";

/// What a folder shows.
struct Shown {
  std::string note;
  Checkpoint checkpoint;
};

/// The files of the folder, each written once.
class Folder {
 public:
  /// Makes the folder if it is absent, and keeps other publishers out.
  static Result<Folder> open(fs::path const& root) {
    auto const above = root.has_parent_path() ? root.parent_path() : fs::path(".");
    if (::mkdir(root.c_str(), S_IRWXU | S_IRGRP | S_IXGRP | S_IROTH | S_IXOTH) == 0) {
      if (auto const synced = files::syncDirectory(above); !synced) return synced.error();
    } else if (errno != EEXIST) {
      return files::fileError(errno == ENOENT ? above : root, errno);
    }
    auto opened = files::openDirectory(root);
    if (!opened) return opened.error();
    if (::flock(opened->number(), LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) return files::fileError(root, errno);
      return Error{ErrorKind::conflict,
                   root.string() + ": another program is publishing there: wait until it has ended",
                   root.string() + "：另一程序正在此发布，请等其结束后重试"};
    }
    auto staged = files::StagedFiles::in(root / kUnfinished);
    if (!staged) return staged.error();
    return Folder(root, *std::move(opened), *std::move(staged));
  }

  /// How far the folder has come; nothing where nothing was published yet.
  [[nodiscard]] Result<std::optional<Shown>> shown() const {
    auto const file = root_ / kCheckpoint;
    auto note = files::readFile(file, crypto::kMaxNoteSize);
    if (!note && note.error().kind == ErrorKind::notFound) return std::optional<Shown>();
    if (!note) return note.error();
    auto const stated = crypto::readCheckpointNote(*note);
    if (!stated) {
      return Error{ErrorKind::corrupt, file.string() + " is no checkpoint: restore it, or publish into an empty folder",
                   file.string() + " 不是检查点：请恢复，或发布到空目录"};
    }
    return std::optional(Shown{*std::move(note), *stated});
  }

  /// Writes a tile or a bundle.
  Result<void> put(std::string const& path, crypto::BytesView contents) {
    auto const file = root_ / path;
    if (auto made = makeDirectory(file.parent_path()); !made) return made;
    auto const present = files::readFile(file, contents.size());
    if (present && *present == crypto::asText(contents)) return {};
    if (present || present.error().kind == ErrorKind::badInput) {  // longer, or no file
      return Error{ErrorKind::conflict,
                   file.string() + " differs from the log, and is never overwritten: find out who wrote it",
                   file.string() + " 与日志不一致，不会覆盖：请查明来源"};
    }
    if (present.error().kind != ErrorKind::notFound) return present.error();
    ++written_;
    return staged_.add(file, crypto::asText(contents));
  }

  /// Makes durable what was put, then shows it.
  Result<void> show(std::string_view note) {
    if (auto settled = staged_.settle(); !settled) return settled;
    if (auto added = staged_.add(root_ / kCheckpoint, note); !added) return added;
    return staged_.settle();
  }

  [[nodiscard]] std::uint64_t written() const { return written_; }

 private:
  Folder(fs::path root, files::Descriptor locked, files::StagedFiles staged)
      : root_(std::move(root)), locked_(std::move(locked)), staged_(std::move(staged)) {}

  Result<void> makeDirectory(fs::path const& directory) {
    if (!made_.insert(directory).second || directory == root_) return {};
    if (auto made = makeDirectory(directory.parent_path()); !made) return made;
    std::error_code error;
    fs::create_directory(directory, error);
    if (error) return files::fileError(directory, error.value());
    return {};
  }

  fs::path root_;
  files::Descriptor locked_;
  files::StagedFiles staged_;
  std::set<fs::path> made_;
  std::uint64_t written_ = 0;
};

/// Publishes the entries from `from` up to the size of the checkpoint.
class Publication {
 public:
  Publication(log::EventLog const& log, std::uint64_t from, Checkpoint const& to) : log_(log), from_(from), to_(to) {}

  /// Whether the entries lead to the checkpoint.
  [[nodiscard]] Result<void> check() const {
    return rebuild([](std::string const&, Bytes const&) { return Result<void>(); });
  }

  [[nodiscard]] Result<void> write(Folder& folder) const {
    return rebuild([&](std::string const& path, Bytes const& contents) { return folder.put(path, contents); });
  }

 private:
  /// Goes through the bundles and tiles that the folder must gain. Error: corrupt where they do not lead to the root.
  template <class Take>
  [[nodiscard]] Result<void> rebuild(Take const& take) const {
    auto const algorithm = log_.hashAlgorithm();
    // Whole bundles: the last one that was published may have grown.
    auto const begin = from_ - from_ % crypto::kTileWidth;
    auto tree = crypto::TileWriter::restore(algorithm, begin, [&](crypto::TileId id) { return log_.tile(id); });
    if (!tree) return tree.error();
    crypto::TreeHasher hasher(algorithm);
    while (tree->size() < to_.size) {
      auto const index = tree->size() / crypto::kTileWidth;
      auto const wanted = std::min<std::uint64_t>(crypto::kTileWidth, to_.size - tree->size());
      auto const entries = log_.entries(domain::BatchNumber(tree->size()), wanted);
      if (!entries) return endsEarly(entries.error());
      std::vector<crypto::BytesView> const views(entries->begin(), entries->end());
      for (auto const entry : views) tree->append(hasher.leaf(entry));
      auto const bundle = crypto::entryBundlePath(index, static_cast<unsigned>(wanted));
      if (auto done = take(bundle, crypto::formatEntryBundle(views)); !done) return done;
      for (auto const& [id, hashes] : tree->takeChanged()) {
        auto const width = static_cast<unsigned>(hashes.size() / crypto::Digest::kSize);
        if (width < crypto::tileWidth(id, to_.size)) continue;  // it goes on growing
        if (auto done = take(crypto::tilePath(id, width), hashes); !done) return done;
      }
    }
    if (tree->root() == to_.root) return {};
    return Error{
        ErrorKind::corrupt,
        fmt::format("the entries do not lead to the checkpoint of {} batches: run fundtrail-replay verify", to_.size),
        fmt::format("日志条目与 {} 批的检查点不符：请运行 fundtrail-replay verify 查明", to_.size)};
  }

  [[nodiscard]] Error endsEarly(Error const& error) const {
    if (error.kind != ErrorKind::notFound) return error;
    return {ErrorKind::corrupt,
            fmt::format("the log ends before its checkpoint of {} batches: run fundtrail-replay verify", to_.size),
            fmt::format("日志短于其 {} 批的检查点：请运行 fundtrail-replay verify 查明", to_.size)};
  }

  log::EventLog const& log_;
  std::uint64_t from_;
  Checkpoint const& to_;
};

/// Whether what the folder shows is the beginning of this log.
Result<void> mayFollow(log::EventLog const& log, Checkpoint const& shown, Checkpoint const& newest) {
  auto const conflict = [](std::string en, std::string zh) {
    return Error{ErrorKind::conflict, std::move(en), std::move(zh)};
  };
  if (shown.origin != newest.origin) {
    return conflict(fmt::format("the folder holds the log {}: give another folder", shown.origin),
                    fmt::format("该目录属于日志 {}：请换一个目录", shown.origin));
  }
  if (shown.size > newest.size) {
    return conflict(fmt::format("the folder shows {} batches, and this log has {}: a published log never shrinks; find "
                                "the newest copy of the log",
                                shown.size, newest.size),
                    fmt::format("该目录已发布 {} 批，而本日志只有 {} 批：已发布的日志不能缩短，请找到最新的日志副本",
                                shown.size, newest.size));
  }
  auto const reader =
      crypto::nodeReader(log.hashAlgorithm(), newest.size, [&](crypto::TileId id) { return log.tile(id); });
  auto const root = crypto::rootAt(log.hashAlgorithm(), shown.size, reader);
  if (!root) return root.error();
  if (*root == shown.root) return {};
  return conflict(
      fmt::format("the folder shows another history: its root of {} batches is not this log's; keep both, "
                  "and find out which was changed",
                  shown.size),
      fmt::format("该目录发布的是另一段历史：其 {} 批的根与本日志不同；请保留两者并查明哪一份被改动", shown.size));
}

}  // namespace

Result<Published> publish(log::EventLog const& log, fs::path const& folder, std::string_view cosigned) {
  auto const note = log.checkpoint();
  if (!note) return note.error();
  if (!*note) {
    return Error{ErrorKind::notFound, "the log has no checkpoint yet: open the ledger once for writing",
                 "日志尚无检查点：请先以写方式打开一次账本"};
  }
  auto const newest = crypto::readCheckpointNote(**note);
  if (!newest) return newest.error();

  auto published = Folder::open(folder);
  if (!published) return published.error();
  auto const shown = published->shown();
  if (!shown) return shown.error();
  if (*shown) {
    if (auto const may = mayFollow(log, (*shown)->checkpoint, *newest); !may) return may.error();
  }
  auto const before = *shown ? (*shown)->checkpoint.size : 0;
  Publication const publication(log, before, *newest);
  if (auto const checked = publication.check(); !checked) return checked.error();
  if (auto const written = publication.write(*published); !written) return written.error();

  auto best = **note;
  for (auto const& other : {*shown ? (*shown)->note : std::string(), std::string(cosigned)}) {
    // One of an earlier checkpoint has nothing to add.
    if (auto merged = crypto::mergeNotes(best, other)) best = *std::move(merged);
  }
  if (auto const done = published->show(best); !done) return done.error();
  return Published{*newest, before, published->written()};
}

}  // namespace fundtrail::ledger::spine
