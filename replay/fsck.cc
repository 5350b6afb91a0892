// SPDX-License-Identifier: Apache-2.0
#include "replay/fsck.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/checkpoint_note.h"
#include "crypto/entry_bundle.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "crypto/tiles.h"
#include "ledger/files/files.h"
#include "replay/founding.h"
#include "replay/stored.h"

namespace fundtrail::replay {

namespace files = ledger::files;
namespace fs = std::filesystem;
using crypto::Bytes;
using crypto::BytesView;
using crypto::Digest;
using crypto::Error;
using crypto::ErrorKind;
using crypto::HashAlgorithm;
using crypto::Result;
using crypto::TileId;

namespace {

constexpr std::string_view kCheckpoint = "checkpoint";
constexpr std::size_t kMostTile = crypto::kTileWidth * Digest::kSize;
constexpr std::size_t kMostBundle = crypto::kTileWidth * (crypto::kMaxEntrySize + 2);

using Leaves = std::vector<Digest>;

/// One account of what the leaves below a tile of level 0 are; an error says why it has none.
using Account = std::function<Result<Leaves>(std::uint64_t index, unsigned width)>;

domain::Text textOf(Error const& error) {
  return {error.zh.empty() ? error.message : error.zh, error.message};
}

Bytes joined(std::span<Digest const> hashes) {
  Bytes bytes;
  for (auto const& hash : hashes) bytes.insert(bytes.end(), hash.bytes.begin(), hash.bytes.end());
  return bytes;
}

class Check {
 public:
  Check(fs::path const& folder, log::EventLog const* log, Trust const& trust)
      : folder_(folder), log_(log), trust_(trust) {}

  Result<SpineReport> run() {
    auto const note = files::readFile(folder_ / kCheckpoint, crypto::kMaxNoteSize);
    if (!note) {
      if (note.error().kind == ErrorKind::io) return note.error();
      std::error_code ignored;  // what cannot be looked at is not there
      if (!fs::exists(folder_ / "tile", ignored)) return noSpine();
      add(kCheckpoint, whyUnreadable(note.error()));
      return std::move(report_);
    }
    auto const stated = crypto::readCheckpointNote(*note);
    if (!stated) {
      add(kCheckpoint, {"检查点无法读取：" + textOf(stated.error()).zh, stated.error().message});
      return std::move(report_);
    }
    stated_ = *stated;
    report_.batches = stated_.size;
    identify(*note);
    compareFiles(reference());
    passThrough();
    return std::move(report_);
  }

 private:
  Error noSpine() const {
    auto const opened = files::openDirectory(folder_);
    if (!opened) return opened.error();
    return {ErrorKind::notFound,
            folder_.string() + " holds no published log: name the folder that has the file \"checkpoint\"",
            folder_.string() + " 中没有公开的日志：请指定含有 checkpoint 文件的目录"};
  }

  // Who the ledger is, and whether its log signed the checkpoint.

  void identify(std::string_view note) {
    auto const entry = foundingEntry();
    auto const founding = entry ? readFounding(*entry) : Result<Founding>(entry.error());
    if (founding) {
      algorithm_ = founding->algorithm;
      report_.identity = Identity{founding->ledger, vkeysOf(founding->logKeys), founding->programme,
                                  trust_.ledger.has_value() || trust_.log.has_value()};
      for (auto& text : contradictions(trust_, founding->ledger, founding->logKeys)) {
        add(bundlePath(0), std::move(text));
      }
    } else {
      auto const why = textOf(founding.error());
      add(bundlePath(0), {"创始条目无法读取：" + why.zh, "the founding entry cannot be read: " + why.en});
      algorithm_ = guessedAlgorithm();
    }
    std::vector<crypto::NoteVerifier> keys;
    if (founding) {
      keys = signingKeys(trust_, founding->logKeys);
    } else if (trust_.log) {
      keys.push_back(*trust_.log);
    }
    if (keys.empty()) return;
    auto const opened = openCheckpoint(note, keys);
    if (opened) {
      report_.checkpoint = *opened;
    } else {
      add(kCheckpoint, textOf(opened.error()));
    }
  }

  Result<Bytes> foundingEntry() const {
    if (log_ != nullptr) return log_->entry(domain::BatchNumber(0));
    auto const bundle = read(bundlePath(0), kMostBundle);
    if (!bundle) return bundle.error();
    auto const entries = crypto::parseEntryBundle(*bundle, widthOf(0));
    if (!entries) return entries.error();
    if (entries->empty()) return Error{ErrorKind::notFound, "the log is empty", "日志是空的"};
    return Bytes(entries->front().begin(), entries->front().end());
  }

  /// Of a folder that does not say it: the one by which its hashes lead to its checkpoint.
  HashAlgorithm guessedAlgorithm() const {
    if (log_ != nullptr) return log_->hashAlgorithm();
    return leads(HashAlgorithm::sm3, tiles()) ? HashAlgorithm::sm3 : HashAlgorithm::sha256;
  }

  // Accounts of the leaves.

  /// What the files are compared with: the log's entries; without a log whatever leads to the checkpoint, so that what
  /// does not is named, and not what it was compared with.
  Account reference() {
    if (log_ != nullptr) {
      auto const held = log_->size().batches;
      report_.byLog = held >= stated_.size;
      if (report_.byLog) return entries();
      add(kCheckpoint,
          {fmt::format("检查点覆盖 {} 批，日志只有 {} 批：请用更新的日志副本核对", stated_.size, held),
           fmt::format("the checkpoint covers {} batches, the log holds {}: compare with a newer copy of the log",
                       stated_.size, held)});
    }
    if (leads(algorithm_, bundles())) return bundles();
    if (leads(algorithm_, tiles())) return tiles();
    return [this](std::uint64_t index, unsigned width) {
      auto leaves = bundles()(index, width);
      return leaves ? leaves : tiles()(index, width);
    };
  }

  Account entries() const {
    std::shared_ptr<log::Cursor> const cursor = log_->read(domain::BatchNumber(0));
    return [this, cursor](std::uint64_t, unsigned width) -> Result<Leaves> {
      crypto::TreeHasher hasher(algorithm_);
      Leaves leaves;
      while (leaves.size() < width) {
        auto const batch = cursor->next();
        if (!batch) return batch.error();
        if (!*batch) return Error{ErrorKind::corrupt, "the log ends before its size", "日志短于其批数"};
        leaves.push_back(hasher.leaf((*batch)->entry));
      }
      return leaves;
    };
  }

  Account bundles() const {
    return [this](std::uint64_t index, unsigned width) { return readBundle(bundlePath(index), width); };
  }

  Account tiles() const {
    return [this](std::uint64_t index, unsigned width) -> Result<Leaves> {
      auto const path = crypto::tilePath({0, index}, width);
      auto const tile = read(path, kMostTile);
      if (!tile) return tile.error();
      if (tile->size() != width * Digest::kSize) return wrongLength(tile->size(), width);
      Leaves leaves(width);
      for (std::size_t i = 0; i < width; ++i) {
        leaves[i] = *Digest::from(BytesView(*tile).subspan(i * Digest::kSize, Digest::kSize));
      }
      return leaves;
    };
  }

  bool leads(HashAlgorithm algorithm, Account const& account) const {
    crypto::Frontier tree(algorithm);
    for (std::uint64_t index = 0; tree.size() < stated_.size; ++index) {
      auto const leaves = account(index, widthOf(index));
      if (!leaves) return false;
      for (auto const& leaf : *leaves) tree.append(leaf);
    }
    return tree.root() == stated_.root;
  }

  // Files.

  unsigned widthOf(std::uint64_t index) const { return crypto::tileWidth({0, index}, stated_.size); }
  std::string bundlePath(std::uint64_t index) const {
    return crypto::entryBundlePath(index, std::max(1U, widthOf(index)));
  }

  Result<Bytes> read(std::string_view path, std::size_t most) const {
    auto const text = files::readFile(folder_ / path, most);
    if (!text) return text.error();
    auto const bytes = crypto::asBytes(*text);
    return Bytes(bytes.begin(), bytes.end());
  }

  Result<Leaves> readBundle(std::string const& path, unsigned width) const {
    auto const bundle = read(path, kMostBundle);
    if (!bundle) return bundle.error();
    auto const entries = crypto::parseEntryBundle(*bundle, width);
    if (!entries) {
      return Error{ErrorKind::corrupt, entries.error().message,
                   fmt::format("不是恰好 {} 个条目：{}", width, entries.error().message)};
    }
    crypto::TreeHasher hasher(algorithm_);
    Leaves leaves;
    for (auto const entry : *entries) leaves.push_back(hasher.leaf(entry));
    return leaves;
  }

  static Error wrongLength(std::size_t bytes, std::size_t width) {
    return {ErrorKind::corrupt, fmt::format("has {} bytes where {} hashes must stand", bytes, width),
            fmt::format("有 {} 字节，应为 {} 个哈希", bytes, width)};
  }

  static domain::Text whyUnreadable(Error const& error) {
    if (error.kind == ErrorKind::notFound) return {"缺失：请重新导出", "is missing: export the spine again"};
    auto const why = textOf(error);
    return {"无法读取：" + why.zh, "cannot be read: " + why.en};
  }

  void add(std::string_view file, domain::Text text) {
    if (report_.findings.size() < kMaxFindings) {
      report_.findings.push_back({std::string(file), std::move(text)});
    } else {
      ++report_.furtherFindings;
    }
  }

  // Comparing.

  void compareFiles(Account const& account) {
    crypto::TileWriter tree(algorithm_);
    bool whole = true;
    for (std::uint64_t index = 0; widthOf(index) > 0; ++index) {
      auto const leaves = account(index, widthOf(index));
      if (!leaves) {
        for (auto const& path : {bundlePath(index), crypto::tilePath({0, index}, widthOf(index))}) {
          add(path, whyUnreadable(leaves.error()));
        }
        whole = false;
        if (report_.byLog) return;  // the log cannot be read on from here
        continue;
      }
      compareBundle(index, *leaves);
      compareTile({0, index}, joined(*leaves));
      if (!whole) continue;
      for (auto const& leaf : *leaves) {
        tree.append(leaf);
        if (trust_.checkpoint && trust_.checkpoint->size == tree.size()) compareKnown(tree.root());
      }
      for (auto const& [id, hashes] : tree.takeChanged()) {
        bool const grows = hashes.size() < crypto::tileWidth(id, stated_.size) * Digest::kSize;
        if (id.level > 0 && !grows) compareTile(id, hashes);
      }
    }
    if (trust_.checkpoint && trust_.checkpoint->size > stated_.size) {
      add(kCheckpoint, {fmt::format("您提供的检查点覆盖 {} 批，本目录只有 {} 批：其后的批次被截去",
                                    trust_.checkpoint->size, stated_.size),
                        fmt::format("the checkpoint that you brought covers {} batches, this one {}: those behind were "
                                    "cut off",
                                    trust_.checkpoint->size, stated_.size)});
    }
    if (whole && tree.root() == stated_.root) return;
    add(kCheckpoint, whole
                         ? domain::Text{"签署的根与条目不符", "its root is not that of the entries"}
                         : domain::Text{"条目不全，根无法重算", "entries are missing, so its root cannot be rebuilt"});
  }

  void compareKnown(Digest const& root) {
    auto const& known = *trust_.checkpoint;
    if (root == known.root) {
      report_.continues = known;
      if (report_.identity) report_.identity->trusted = true;
    } else {
      add(kCheckpoint,
          {fmt::format("前 {} 批的根与您提供的不符：过去被改动过，或这是另一个日志", known.size),
           fmt::format(
               "the root of the first {} batches is not the one that you brought: the past was altered, or this "
               "is another log",
               known.size)});
    }
  }

  void compareBundle(std::uint64_t index, Leaves const& leaves) {
    auto const compare = [&](std::string const& path, unsigned width) {
      auto const found = readBundle(path, width);
      if (!found) {
        add(path, whyUnreadable(found.error()));
        return false;
      }
      auto const at = std::ranges::mismatch(*found, std::span(leaves).first(width)).in1 - found->begin();
      if (static_cast<std::size_t>(at) == width) return true;
      auto const batch = index * crypto::kTileWidth + static_cast<std::uint64_t>(at);
      add(path, {fmt::format("第 {} 批的条目不是日志中的条目", batch),
                 fmt::format("the entry of batch {} is not the log's", batch)});
      return false;
    };
    if (compare(bundlePath(index), widthOf(index))) ++report_.bundles;
    auto const full = crypto::entryBundlePath(index, crypto::kTileWidth);
    forEachEarlier(full, widthOf(index),
                   [&](unsigned width) { return compare(crypto::entryBundlePath(index, width), width); });
  }

  void compareTile(TileId id, BytesView expected) {
    auto const compare = [&](unsigned width) {
      auto const path = crypto::tilePath(id, width);
      auto const found = read(path, kMostTile);
      if (!found) {
        add(path, whyUnreadable(found.error()));
        return false;
      }
      if (std::ranges::equal(*found, expected.first(width * Digest::kSize))) return true;
      add(path, found->size() == width * Digest::kSize
                    ? domain::Text{"与由条目重算的不同", "is not the one that the entries give"}
                    : textOf(wrongLength(found->size(), width)));
      return false;
    };
    auto const width = static_cast<unsigned>(expected.size() / Digest::kSize);
    if (compare(width)) ++report_.tiles;
    forEachEarlier(crypto::tilePath(id, crypto::kTileWidth), width, compare);
  }

  /// Partial files of earlier checkpoints, which may still be there.
  void forEachEarlier(std::string const& full, unsigned width, std::function<bool(unsigned)> const& isBeginning) {
    std::error_code none;  // usually there is no such directory; passThrough() says what cannot be looked at
    for (fs::directory_iterator entry(folder_ / (full + ".p"), none), end; !none && entry != end;
         entry.increment(none)) {
      auto const path = full + ".p/" + entry->path().filename().string();
      auto const place = crypto::parseTilePath(path);
      auto const bundle = crypto::parseEntryBundlePath(path);
      auto const found = place ? place->second : bundle ? bundle->second : 0;
      if (found > 0 && found < width && isBeginning(found)) ++report_.earlier;
    }
  }

  /// Looks at every name in the folder.
  void passThrough() {
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
      auto const type = entry->symlink_status(error).type();
      if (error) break;
      if (type == fs::file_type::directory) continue;
      auto const path = entry->path().lexically_relative(folder_).generic_string();
      if (type != fs::file_type::regular) {
        add(path, {"不是普通文件：请以文件本身替换", "is no plain file: put the file itself there"});
      } else if (path != kCheckpoint) {
        checkName(path);
      }
    }
    if (error) {
      auto const failed = files::fileError(folder_, error.value());
      add("", whyUnreadable(failed));
    }
  }

  void checkName(std::string const& path) {
    auto const tile = crypto::parseTilePath(path);
    auto const bundle = crypto::parseEntryBundlePath(path);
    if (!tile && !bundle) {
      return add(path, {"不属于公开的日志：请删除，或重新导出以完成中断的发布",
                        "is no part of a published log: remove it, or export again to complete what was cut off"});
    }
    auto const id = tile ? tile->first : TileId{0, bundle->first};
    auto const width = tile ? tile->second : bundle->second;
    if (width <= crypto::tileWidth(id, stated_.size)) return;
    add(path,
        {fmt::format("超出 {} 批的检查点：检查点被换成旧的，或发布中断，请重新导出", stated_.size),
         fmt::format("is beyond the checkpoint of {} batches: an older checkpoint was put back, or publication was "
                     "cut off; export again",
                     stated_.size)});
  }

  fs::path const& folder_;
  log::EventLog const* log_;
  Trust const& trust_;
  crypto::Checkpoint stated_;
  HashAlgorithm algorithm_ = HashAlgorithm::sha256;
  SpineReport report_;
};

}  // namespace

Result<SpineReport> checkSpine(fs::path const& folder, log::EventLog const* log, Trust const& trust) {
  return Check(folder, log, trust).run();
}

}  // namespace fundtrail::replay
