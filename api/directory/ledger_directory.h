// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "crypto/keys.h"
#include "crypto/result.h"
#include "ledger/commandline/session.h"
#include "ledger/domain/date.h"
#include "ledger/files/files.h"
#include "ledger/ledger.h"
#include "ledger/log/rocksdb_log.h"

namespace fundtrail::api::directory {

using ledger::commandline::Session;
namespace files = ledger::files;

/// The clock on the wall.
[[nodiscard]] ledger::domain::Instant now();

/// A ledger in local mode:
///
///   DIR/log/               the log
///   DIR/keys/log.pem       the log's key; DIR/keys/log.password its password, which may be kept elsewhere
///   DIR/keys/log-sm2.pem   the log's second key, if it has one, with the same password
///   DIR/attestations/      cosignatures and time-stamps of its checkpoints, once somebody was asked
///   DIR/keys/NAME.pem      keys of persons that a command made, and NAME.pem.pub
class LedgerDirectory {
 public:
  /// Takes DIR, or DIR/log.
  explicit LedgerDirectory(std::filesystem::path path);

  [[nodiscard]] std::filesystem::path const& root() const { return root_; }
  [[nodiscard]] std::filesystem::path const& log() const { return log_; }
  /// What witnesses and time-stamp authorities say of the log (ledger/attestation/attestations.h).
  [[nodiscard]] std::filesystem::path attestations() const { return root_ / "attestations"; }
  [[nodiscard]] std::filesystem::path keys() const { return root_ / "keys"; }
  [[nodiscard]] std::filesystem::path keyOf(std::string_view person) const;

  /// The log as it stands, while anyone may write. Error: where there is no ledger, it says so and what to do.
  [[nodiscard]] crypto::Result<std::unique_ptr<ledger::log::RocksDbLog>> openForReading(Session const& session) const;

  /// The ledger, which signs its checkpoints with the log's key. Waits some seconds for another process
  /// that has it. `clock` goes into the options. Error: as for reading; conflict where it does not end.
  [[nodiscard]] crypto::Result<std::unique_ptr<ledger::Ledger>> openForWriting(
      Session const& session, std::optional<std::filesystem::path> const& logPasswordFile,
      std::function<ledger::domain::Instant(ledger::domain::Instant)> clock, ledger::Options options = {}) const;

  /// Writes the log's keys, and beside them the random password that opens them.
  [[nodiscard]] crypto::Result<void> writeLogKeys(ledger::LogKeys const& keys) const;

 private:
  friend class NewLedgerDirectory;
  [[nodiscard]] crypto::Result<void> mustHoldALedger(Session const& session) const;
  [[nodiscard]] crypto::Result<ledger::LogKeys> readLogKeys(Session const& session, std::string_view password) const;

  std::filesystem::path root_;
  std::filesystem::path log_;
};

/// A ledger directory in the making. Its log is made as DIR/log.unfinished and gets its name last: whatever ends the
/// program before, there is no ledger that anybody could have used, and the next make() begins anew. Unless it is
/// published, all that was made goes again.
class NewLedgerDirectory {
 public:
  /// Makes the directory, its `keys` and its unfinished log, empty. It must be absent (its parent must exist), empty,
  /// or left unfinished by a program that was killed, whose files go. Error: conflict where anything else is in it,
  /// which stays as it was, or while another program makes a ledger there; denied, notFound, io.
  [[nodiscard]] static crypto::Result<NewLedgerDirectory> make(Session const& session,
                                                               std::filesystem::path const& path);

  NewLedgerDirectory(NewLedgerDirectory&& other) noexcept;
  NewLedgerDirectory& operator=(NewLedgerDirectory&&) = delete;
  ~NewLedgerDirectory();

  [[nodiscard]] LedgerDirectory const& directory() const { return directory_; }
  /// Makes it a ledger for good. The log must be closed: it moves. Error: as for files.
  [[nodiscard]] crypto::Result<void> publish();

 private:
  NewLedgerDirectory(LedgerDirectory directory, bool wasThere, files::Descriptor locked);
  [[nodiscard]] crypto::Result<void> prepare() const;

  LedgerDirectory directory_;
  bool wasThere_;
  files::Descriptor locked_;  // the root: one program at a time makes a ledger there
  bool unfinished_ = true;
};

}  // namespace fundtrail::api::directory
