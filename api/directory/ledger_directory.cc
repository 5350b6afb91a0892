// SPDX-License-Identifier: Apache-2.0
#include "api/directory/ledger_directory.h"

#include <array>
#include <chrono>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <utility>

#include "api/keys/password.h"
#include "crypto/bytes.h"
#include "crypto/ensure.h"
#include "ledger/files/files.h"

namespace fundtrail::api::directory {

namespace {

namespace fs = std::filesystem;
using crypto::ErrorKind;
using crypto::Result;

constexpr std::size_t kMostKeyFile = 64 * 1024;
constexpr std::string_view kLogKey = "log";
constexpr std::string_view kSecondLogKey = "log-sm2";
constexpr char kUnfinished[] = "log.unfinished";

crypto::Error noLedger(Session const& session, fs::path const& path) {
  return session.error(ErrorKind::notFound,
                       {"{} 不是账本目录：请核对路径，或用 fundtrail init --ledger {} 新建",
                        "{} is no ledger: check the path, or make one "
                        "with fundtrail init --ledger {}"},
                       path.string(), path.string());
}

/// Somebody else's batch is recorded within moments: it is waited for.
Result<std::unique_ptr<ledger::log::RocksDbLog>> openInTurn(Session const& session, fs::path const& path) {
  using namespace std::chrono_literals;
  auto const patience = std::chrono::steady_clock::now() + 5s;
  while (true) {
    auto log = ledger::log::RocksDbLog::openForWriting(path);
    if (log || log.error().kind != ErrorKind::conflict) return log;
    if (std::chrono::steady_clock::now() >= patience) break;
    std::this_thread::sleep_for(50ms);
  }
  return session.error(ErrorKind::conflict,
                       {"另一程序正在写入 {}：请等其结束后重试",
                        "another program is writing to {}: wait until it has ended, then try again"},
                       path.string());
}

}  // namespace

ledger::domain::Instant now() {
  using std::chrono::duration_cast;
  using std::chrono::milliseconds;
  auto const sinceEpoch = duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch());
  auto const instant = ledger::domain::Instant::fromMilliseconds(sinceEpoch.count());
  crypto::ensure(instant.has_value(), "the machine's clock stands between 2000 and 2099");
  return *instant;
}

LedgerDirectory::LedgerDirectory(fs::path path) : root_(std::move(path)) {
  if (!root_.has_filename()) root_ = root_.parent_path();  // "DIR/"
  std::error_code ignored;                                 // a path that cannot be looked at is DIR
  if (root_.filename() == "log" && fs::exists(root_ / "CURRENT", ignored)) root_ = root_.parent_path();
  log_ = root_ / "log";
}

fs::path LedgerDirectory::keyOf(std::string_view person) const {
  return keys() / (std::string(person) + ".pem");
}

Result<void> LedgerDirectory::mustHoldALedger(Session const& session) const {
  for (auto const& path : {root_, log()}) {
    std::error_code error;
    auto const status = fs::status(path, error);
    if (!fs::exists(status) && error && error != std::errc::no_such_file_or_directory) {
      return files::fileError(path, error.value());
    }
    if (!fs::is_directory(status)) return noLedger(session, root_);
  }
  return {};
}

Result<std::unique_ptr<ledger::log::RocksDbLog>> LedgerDirectory::openForReading(Session const& session) const {
  if (auto const there = mustHoldALedger(session); !there) return there.error();
  return ledger::log::RocksDbLog::openReadOnly(log());
}

Result<std::unique_ptr<ledger::Ledger>> LedgerDirectory::openForWriting(
    Session const& session, std::optional<fs::path> const& logPasswordFile,
    std::function<ledger::domain::Instant(ledger::domain::Instant)> clock, ledger::Options options) const {
  if (auto const there = mustHoldALedger(session); !there) return there.error();
  auto const password = keys::givenPassword(session, {logPasswordFile ? *logPasswordFile : keys() / "log.password"});
  if (!password) return password.error();
  auto keys = readLogKeys(session, (*password)->view());
  if (!keys) return keys.error();
  auto log = openInTurn(session, this->log());
  if (!log) return log.error();
  options.clock = std::move(clock);
  return ledger::Ledger::open(*std::move(log), *std::move(keys), std::move(options));
}

Result<ledger::LogKeys> LedgerDirectory::readLogKeys(Session const& session, std::string_view password) const {
  auto const read = [&](fs::path const& file) -> Result<crypto::PrivateKey> {
    auto const pem = files::readFile(file, kMostKeyFile);
    if (!pem) return pem.error();
    auto key = crypto::PrivateKey::fromPem(*pem, password);
    if (key) return key;
    return session.error(key.error().kind,
                         {"口令打不开日志密钥 {}：请核对 --log-password-file 和该文件",
                          "the password does not open the log's key {}: check --log-password-file, and that file"},
                         file.string());
  };
  auto first = read(keyOf(kLogKey));
  if (!first) return first.error();
  auto second = read(keyOf(kSecondLogKey));
  if (!second && second.error().kind == ErrorKind::notFound) return ledger::LogKeys(*std::move(first));
  if (!second) return second.error();
  return ledger::LogKeys(*std::move(first), *std::move(second));
}

Result<void> LedgerDirectory::writeLogKeys(ledger::LogKeys const& logKeys) const {
  std::array<std::uint8_t, 32> random{};
  crypto::randomBytes(random);
  keys::Secret const password(crypto::toHex(random));
  auto const write = [&](crypto::PrivateKey const& key, std::string_view name) -> Result<void> {
    auto const pem = key.toPem(password.view());
    if (!pem) return pem.error();
    return files::writeNewFile(keyOf(name), *pem, files::Access::owner);
  };
  if (auto written = write(logKeys.first, kLogKey); !written) return written;
  if (logKeys.second) {
    if (auto written = write(*logKeys.second, kSecondLogKey); !written) return written;
  }
  return files::writeNewFile(keys() / "log.password", std::string(password.view()) + '\n', files::Access::owner);
}

NewLedgerDirectory::NewLedgerDirectory(LedgerDirectory directory, bool wasThere, files::Descriptor locked)
    : directory_(std::move(directory)), wasThere_(wasThere), locked_(std::move(locked)) {
  directory_.log_ = directory_.root() / kUnfinished;
}

NewLedgerDirectory::NewLedgerDirectory(NewLedgerDirectory&& other) noexcept
    : directory_(std::move(other.directory_)),
      wasThere_(other.wasThere_),
      locked_(std::move(other.locked_)),
      unfinished_(std::exchange(other.unfinished_, false)) {}

NewLedgerDirectory::~NewLedgerDirectory() {
  if (!unfinished_) return;
  std::error_code ignored;  // what cannot be removed is empty or named by the error that is being reported
  for (auto const& path : {directory_.keys(), directory_.attestations()}) fs::remove_all(path, ignored);
  fs::remove_all(directory_.log(), ignored);  // last: it tells that the rest is unfinished
  if (!wasThere_) fs::remove(directory_.root(), ignored);
}

Result<NewLedgerDirectory> NewLedgerDirectory::make(Session const& session, fs::path const& path) {
  LedgerDirectory directory(path);
  auto const& root = directory.root();
  auto const wasThere = ::mkdir(root.c_str(), S_IRWXU | S_IRGRP | S_IXGRP) != 0;
  if (wasThere && errno != EEXIST) return files::fileError(errno == ENOENT ? root.parent_path() : root, errno);
  auto opened = files::openDirectory(root);
  if (!opened) return opened.error();
  if (::flock(opened->number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return files::fileError(root, errno);
    return session.error(ErrorKind::conflict,
                         {"另一程序正在 {} 新建账本：请等其结束后重试",
                          "another program is making a ledger in {}: wait until it has ended"},
                         root.string());
  }
  std::error_code error;
  bool empty = true;
  bool unfinished = false;
  bool other = false;
  for (fs::directory_iterator entry(root, error), end; !error && entry != end; entry.increment(error)) {
    auto const name = entry->path().filename();
    empty = false;
    unfinished = unfinished || name == kUnfinished;
    other = other ||
            (name != kUnfinished && name != directory.keys().filename() && name != directory.attestations().filename());
  }
  if (error) return files::fileError(root, error.value());
  if (!empty && (other || !unfinished)) {
    return session.error(
        ErrorKind::conflict,
        {"{} 不是空目录，不会覆盖：请换一个目录", "{} is not empty and is never overwritten: give another directory"},
        root.string());
  }
  NewLedgerDirectory made(std::move(directory), wasThere, *std::move(opened));
  if (auto const prepared = made.prepare(); !prepared) return prepared.error();
  return made;
}

Result<void> NewLedgerDirectory::prepare() const {
  std::error_code error;
  for (auto const& path : {directory_.keys(), directory_.attestations(), directory_.log()}) {
    if (fs::remove_all(path, error); error) return files::fileError(path, error.value());
  }
  if (::mkdir(directory_.log().c_str(), S_IRWXU | S_IRGRP | S_IXGRP) != 0) {
    return files::fileError(directory_.log(), errno);
  }
  // Before there are keys: without its mark nobody could tell them from keys that are in use.
  if (auto const synced = files::syncDirectory(directory_.root()); !synced) return synced;
  if (::mkdir(directory_.keys().c_str(), S_IRWXU) != 0) return files::fileError(directory_.keys(), errno);
  return {};
}

Result<void> NewLedgerDirectory::publish() {
  auto const& root = directory_.root();
  for (auto const& directory : {directory_.keys(), root}) {
    if (auto const synced = files::syncDirectory(directory); !synced) return synced;
  }
  LedgerDirectory published(root);
  std::error_code error;
  fs::rename(directory_.log(), published.log(), error);
  if (error) return files::fileError(directory_.log(), error.value());
  directory_ = std::move(published);
  unfinished_ = false;
  return files::syncDirectory(root);
}

}  // namespace fundtrail::api::directory
