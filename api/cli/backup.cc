// SPDX-License-Identifier: Apache-2.0
#include "ledger/backup/backup.h"

#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/progress_line.h"
#include "crypto/bytes.h"
#include "ledger/attestation/attestations.h"
#include "ledger/files/files.h"
#include "ledger/log/rocksdb_log.h"

// A backup, and the way back from it.

namespace fundtrail::api::cli {

namespace {

namespace backup = ledger::backup;
namespace fs = std::filesystem;
using crypto::ErrorKind;
using crypto::Result;
using ledger::attestation::Attestations;

struct BackupOptions {
  fs::path folder;
  bool withoutKeys = false;
  fs::path ledger;
};

Result<Exit> makeBackup(Session const& session, BackupOptions const& options) {
  LedgerDirectory const directory(options.ledger);
  auto const log = directory.openForReading(session);
  if (!log) return log.error();
  ProgressLine line(session, {"已备份 {} / {} 批", "{} of {} batches"});
  auto const keys = options.withoutKeys ? std::nullopt : std::optional(directory.keys());
  auto const done = backup::write(**log, Attestations(directory.attestations()), keys, options.folder,
                                  [&](std::uint64_t batches, std::uint64_t of) { line.show(batches, of); });
  if (!done) return done.error();
  auto const& [checkpoint, before, bundles, bytes] = *done;
  session.out << session.text({"{}：备份至第 {} 批（此前 {} 批），新写 {} 字节，共 {} 个数据包\n检查点 {} {}\n",
                               "{}: backed up to batch {} ({} before), {} bytes are new, {} bundles in all\n"
                               "checkpoint {} {}\n"},
                              options.folder.string(), checkpoint.size, before, bytes, bundles, checkpoint.size,
                              crypto::toBase64(checkpoint.root.bytes));
  return Exit::ok;
}

struct RestoreOptions {
  fs::path folder;
  fs::path ledger;
  bool replace = false;
  bool discardNewer = false;
};

fs::path withEnding(fs::path const& directory, char const* ending) {
  return directory.string() + ending;
}

/// Whether the ledger that stands in the way may go: nobody writes to it, and it holds nothing that the backup has not.
Result<void> mayBeReplaced(Session const& session, LedgerDirectory const& present, std::uint64_t batches,
                           bool discardNewer) {
  auto const log = ledger::log::RocksDbLog::openForWriting(present.log());
  // Damage is what one restores for; whoever has it open is at work.
  if (!log) return log.error().kind == ErrorKind::conflict ? Result<void>(log.error()) : Result<void>();
  auto const held = (*log)->size().batches;
  if (held <= batches || discardNewer) return {};
  return session.error(
      ErrorKind::conflict,
      {"{} 的账本有 {} 批，备份只有 {} 批：如确要舍弃较新的部分，请加 --discard-newer",
       "the ledger in {} has {} batches, the backup {}: if what is newer shall go, add --discard-newer"},
      present.root().string(), held, batches);
}

/// Puts a ledger in the place of another, which is kept beside it. Cut off between the two steps, both stand whole
/// beside the name.
Result<void> exchange(LedgerDirectory const& restored, LedgerDirectory const& present, fs::path const& aside) {
  std::error_code error;
  fs::rename(present.root(), aside, error);
  if (error) return files::fileError(present.root(), error.value());
  fs::rename(restored.root(), present.root(), error);
  if (error) return files::fileError(restored.root(), error.value());
  auto const above = present.root().has_parent_path() ? present.root().parent_path() : fs::path(".");
  return files::syncDirectory(above);
}

Result<backup::Restored> build(Session const& session, fs::path const& folder, NewLedgerDirectory& made) {
  auto const& directory = made.directory();
  ProgressLine line(session, {"已恢复 {} / {} 批", "{} of {} batches"});
  std::unique_ptr<ledger::log::RocksDbLog> log;
  auto const makeLog = [&](crypto::HashAlgorithm algorithm) -> Result<ledger::log::EventLog*> {
    auto created = ledger::log::RocksDbLog::create(directory.log(), algorithm);
    if (!created) return created.error();
    log = *std::move(created);
    return log.get();
  };
  return backup::restore(folder, makeLog, Attestations(directory.attestations()), directory.keys(),
                         [&](std::uint64_t batches, std::uint64_t of) { line.show(batches, of); });
}

Result<Exit> restoreBackup(Session const& session, RestoreOptions const& options) {
  LedgerDirectory const target(options.ledger);
  std::error_code ignored;  // what cannot be looked at, making the directory says
  bool const isThere = options.replace && fs::exists(target.root(), ignored);
  auto const aside = withEnding(target.root(), ".replaced");
  if (isThere && fs::exists(aside, ignored)) {
    return session.error(
        ErrorKind::conflict,
        {"{} 已存在：上次被替换的账本还在，请先移走", "{} exists: move away what an earlier restore replaced"},
        aside.string());
  }
  auto made = NewLedgerDirectory::make(session, isThere ? withEnding(target.root(), ".restored") : target.root());
  if (!made) return made.error();
  auto const restored = build(session, options.folder, *made);
  if (!restored) return restored.error();
  if (isThere) {
    if (auto const may = mayBeReplaced(session, target, restored->size.batches, options.discardNewer); !may) {
      return may.error();
    }
  }
  if (auto const published = made->publish(); !published) return published.error();
  if (isThere) {
    if (auto const done = exchange(made->directory(), target, aside); !done) return done.error();
  }
  session.out << session.text({"{}：已恢复并逐项核验 {} 批、{} 个事件\n检查点 {} {}\n",
                               "{}: restored and verified {} batches, {} events\ncheckpoint {} {}\n"},
                              target.root().string(), restored->size.batches, restored->size.events,
                              restored->checkpoint.size, crypto::toBase64(restored->checkpoint.root.bytes));
  if (isThere) {
    session.out << session.text({"原账本移至 {}\n", "what was there before is in {}\n"}, aside.string());
  }
  return Exit::ok;
}

}  // namespace

void addBackup(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<BackupOptions>();
  auto command =
      program.command("backup", {"备份到一个文件夹，账本可照常使用；再次运行只写新增部分",
                                 "back up into a folder while the ledger is in use; run again, it adds what is new"});
  command.option("FOLDER", options->folder, {"备份文件夹，没有则新建", "where to; made if it is absent"})
      .required()
      .valueName("");
  command.flag("--without-keys", options->withoutKeys,
               {"不备份密钥文件（另行保管）", "leave out the key files, which are kept elsewhere"});
  addLedger(command, options->ledger);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return makeBackup(session, *options); }; });
}

void addRestore(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<RestoreOptions>();
  auto command = program.command("restore", {"从备份恢复：全部核验通过后才成为账本",
                                             "restore a backup: it becomes a ledger when all of it is verified"});
  command.option("FOLDER", options->folder, {"fundtrail backup 写成的文件夹", "what fundtrail backup wrote"})
      .required()
      .valueName("");
  command.flag(
      "--replace", options->replace,
      {"替换现有账本，原账本移到 DIR.replaced", "replace the ledger that is there, which moves to DIR.replaced"});
  command.flag("--discard-newer", options->discardNewer,
               {"即使现有账本比备份新", "even if the ledger that is there is newer than the backup"});
  addLedger(command, options->ledger);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return restoreBackup(session, *options); }; });
}

}  // namespace fundtrail::api::cli
