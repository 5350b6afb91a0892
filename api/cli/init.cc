// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <memory>
#include <utility>

#include "api/cli/commands.h"
#include "api/cli/founding.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/outcome.h"
#include "api/keys/key_file.h"
#include "api/keys/password.h"
#include "crypto/ensure.h"
#include "crypto/note.h"
#include "ledger/history/batch_file.h"
#include "ledger/programme/programme.h"

namespace fundtrail::api::cli {

namespace {

namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace schema = ledger::schema;
using crypto::Result;

struct Options {
  std::filesystem::path ledger;
  std::string profile = "standard";
  std::string origin = "fundtrail.local/gd-sme-digital";
  bool secondLogKey = false;
  bool empty = false;
  keys::PasswordSource password;
};

/// The first day on which the province's staff may have signed anything of the programme: its window opens on
/// 2023-10-11 (clause （二）).
constexpr auto kRolesFrom = *domain::Date::fromNumber(20231011);

Result<std::vector<FounderKey>> makeKeys(LedgerDirectory const& directory, crypto::KeyAlgorithm algorithm,
                                         std::span<Founder const> founders, std::string_view password) {
  std::vector<FounderKey> keys;
  for (auto const& founder : founders) {
    auto key = crypto::PrivateKey::generate(algorithm);
    if (!key) return key.error();
    auto const written = keys::writeKeyFile(directory.keyOf(founder.person), *key, password);
    if (!written) return written.error();
    keys.push_back({founder, *std::move(key)});
  }
  return keys;
}

/// Signs events now, and records them.
Result<void> record(Session const& session, ledger::Ledger& ledger, crypto::PrivateKey const& key,
                    batch::EventList events) {
  auto const recorded = mustRecord(
      session, ledger, batch::sign(ledger.id(), ledger.hashAlgorithm(), key, now(), randomKey(), std::move(events)));
  if (!recorded) return recorded.error();
  return {};
}

/// A change by the first security administrator, which the second confirms.
Result<void> recordChange(Session const& session, ledger::Ledger& ledger, std::vector<FounderKey> const& founders,
                          batch::EventList const& changes) {
  auto const today = now().businessDate();
  if (auto const done = record(session, ledger, founders[0].key, changes); !done) return done.error();
  return record(session, ledger, founders[1].key, confirmations(ledger.hashAlgorithm(), changes, today));
}

Result<void> recordProgramme(Session const& session, ledger::Ledger& ledger, std::vector<FounderKey> const& founders,
                             std::vector<FounderKey> const& staff) {
  auto const today = now().businessDate();
  if (auto const done = recordChange(session, ledger, founders, enrolments(staff, today)); !done) return done.error();
  if (auto const done = recordChange(session, ledger, founders, grants(staff, today, kRolesFrom)); !done) {
    return done.error();
  }
  ledger::history::Labels labels;
  for (auto const& file : ledger::programme::batchFiles()) {
    auto events = ledger::history::readBatchFile(file.json, ledger.log(), labels);
    if (!events) return events.error().of(std::string(file.name));
    auto const signer = std::ranges::find(staff, file.signedBy, [](auto const& who) { return who.founder.role; });
    crypto::ensure(signer != staff.end(), "a programme file is signed by a role of the first staff");
    if (auto const done = record(session, ledger, signer->key, *std::move(events)); !done) return done.error();
  }
  return {};
}

Result<ledger::LogKeys> makeLogKeys(crypto::KeyAlgorithm algorithm, bool second) {
  auto first = crypto::PrivateKey::generate(algorithm);
  if (!first) return first.error();
  if (!second) return ledger::LogKeys(*std::move(first));
  auto sm2 = crypto::PrivateKey::generate(crypto::KeyAlgorithm::sm2);
  if (!sm2) return sm2.error();
  return ledger::LogKeys(*std::move(first), *std::move(sm2));
}

Result<Exit> init(Session const& session, Options const& options) {
  bool const gm = options.profile == "gm";
  if (gm && options.secondLogKey) {
    return session.error(crypto::ErrorKind::badInput,
                         {"国密方案的日志密钥已是 SM2：请去掉 --sm2-line",
                          "the log of the gm profile signs with SM2 anyway: leave --sm2-line out"});
  }
  auto made = NewLedgerDirectory::make(session, options.ledger);
  if (!made) return made.error();
  auto const& directory = made->directory();
  auto const password = keys::askNewPassword(session, options.password, session.text({"新密钥", "the new keys"}));
  if (!password) return password.error();

  auto const algorithm = gm ? crypto::KeyAlgorithm::sm2 : crypto::KeyAlgorithm::ed25519;
  auto logKeys = makeLogKeys(algorithm, options.secondLogKey);
  if (!logKeys) return logKeys.error();
  if (auto const named = crypto::NoteVerifier::make(options.origin, logKeys->first.publicKey()); !named) {
    return named.error().of("--origin");
  }
  if (auto const written = directory.writeLogKeys(*logKeys); !written) return written.error();
  auto const founders = makeKeys(directory, algorithm, kFounders, password->view());
  if (!founders) return founders.error();

  auto const profile = gm ? schema::Profile::GM : schema::Profile::STANDARD;
  {
    auto const log = ledger::log::RocksDbLog::create(directory.log(), batch::hashOf(profile));
    if (!log) return log.error();
    auto const at = now();
    auto const genesis = foundingBatch(profile, options.origin, *logKeys, *founders, at);
    auto const founded = ledger::Ledger::found(**log, genesis, *std::move(logKeys), at);
    if (!founded) return founded.error();
  }
  auto ledger = directory.openForWriting(session, std::nullopt, [](auto) { return now(); });
  if (!ledger) return ledger.error();
  if (!options.empty) {
    auto const staff = makeKeys(directory, algorithm, kFirstStaff, password->view());
    if (!staff) return staff.error();
    auto const recorded = recordProgramme(session, **ledger, *founders, *staff);
    if (!recorded) return recorded.error();
  }
  auto const id = (*ledger)->id();
  auto const size = (*ledger)->log().size();
  ledger->reset();
  if (auto const published = made->publish(); !published) return published.error();
  session.out << session.text(
      {"账本 {}\n目录 {}\n已记 {} 批 {} 个事件\n", "ledger {}\nin {}\n{} batches, {} events on record\n"}, id.text(),
      directory.root().string(), size.batches, size.events);
  if (!options.empty) {
    session.out << session.text(
        {"注意：资金下达的文号没有公开，记的是样例，以这里生成的省级部门密钥签名，永久留在账上；正式记账请另建，用 "
         "--empty\n",
         "note: the tranches' document numbers are samples, as none is public, signed with keys made here in the name "
         "of the "
         "province's departments; they stay on record for ever. For real money make a ledger with --empty\n"});
  }
  session.out << session.text(
      {"密钥在 {}；请把每个人的密钥交给本人，把 log.password 移到安全处（--log-password-file）\n",
       "keys are in {}: give each person theirs, and keep log.password elsewhere "
       "(--log-password-file)\n"},
      directory.keys().string());
  return Exit::ok;
}

}  // namespace

void addInit(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("init", {"新建账本：密钥、创始声明、政策、城市和首批资金",
                                          "make a ledger: keys, genesis, policies, cities and the first tranches"});
  addLedger(command, options->ledger);
  command
      .option("--profile", options->profile,
              {"密码方案：standard 标准，gm 国密", "cryptography: standard, or gm (SM2 and SM3)"})
      .oneOf({"standard", "gm"})
      .showDefault();
  command
      .option("--origin", options->origin,
              {"日志名称（检查点首行）", "name of the log, the first line of its checkpoints"})
      .showDefault();
  command.flag("--sm2-line", options->secondLogKey,
               {"标准方案：检查点另以一把 SM2 密钥签名，多一行",
                "standard profile: checkpoints carry a second line, signed with an SM2 key"});
  command.flag("--empty", options->empty,
               {"只写创始声明；不加则记入公开的政策、城市和首批资金，文号和人员为样例",
                "the genesis alone; else the public policies, cities and tranches follow, with "
                "sample document numbers and officers"});
  addPasswordFile(command, options->password.file);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return init(session, *options); }; });
}

}  // namespace fundtrail::api::cli
