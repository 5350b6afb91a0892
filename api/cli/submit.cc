// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>
#include <variant>

#include "api/cli/commands.h"
#include "api/cli/dry_run.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/outcome.h"
#include "api/cli/remote.h"
#include "api/cli/submit_batches.h"
#include "api/keys/key_file.h"
#include "api/keys/password.h"
#include "ledger/files/files.h"
#include "ledger/history/batch_file.h"
#include "ledger/history/reading.h"

namespace fundtrail::api::cli {

namespace files = ledger::files;

namespace {

namespace batch = ledger::batch;
namespace domain = ledger::domain;
using crypto::Result;

constexpr std::size_t kMostBatchFile = std::size_t{64} << 20U;  // 8,192 events of 4 MiB take less as JSON

struct Options {
  BatchFiles batches;
  Place place;
  std::optional<std::filesystem::path> logPasswordFile;
};

/// The batch file, signed for a ledger; or the batch under which the ledger has it on record already.
using Prepared = std::variant<batch::SignedBatch, domain::BatchNumber>;

Result<Prepared> prepare(ledger::log::EventLog const& log, domain::LedgerId const& ledger, std::string const& file,
                         crypto::PrivateKey const& key, unsigned again) {
  auto const algorithm = log.hashAlgorithm();
  domain::KeyId const author(key.publicKey().fingerprint(algorithm));
  auto const idempotencyKey = ledger::history::idempotencyKeyOf(algorithm, file, author, again);
  auto const onRecord = log.find(author, idempotencyKey);
  if (!onRecord) return onRecord.error();
  if (*onRecord) return Prepared(**onRecord);
  ledger::history::Labels labels;
  auto events = ledger::history::readBatchFile(file, log, labels);
  if (!events) return events.error();
  return Prepared(batch::sign(ledger, algorithm, key, now(), idempotencyKey, *std::move(events)));
}

Result<Exit> alreadyRecorded(Session const& session, ledger::log::EventLog const& log, domain::BatchNumber number) {
  session.out << session.text({"此文件已由该密钥记为批次 {}，没有再次记账；确需重复请加 --again 1\n",
                               "already recorded as batch {}: this key handed in this file before; to repeat it on "
                               "purpose, add --again 1\n"},
                              number.value());
  if (auto const printed = printBatch(session, log, number); !printed) return printed.error();
  return Exit::ok;
}

Exit refuse(Session const& session, ledger::BatchRefused const& refused) {
  session.err << refusalText(session, refused) << '\n';
  return Exit::refused;
}

Result<Exit> dryRun(Session const& session, LedgerDirectory const& directory, std::string const& file,
                    crypto::PrivateKey const& key, unsigned again) {
  auto const log = directory.openForReading(session);
  if (!log) return log.error();
  auto const genesis = ledger::history::readGenesisStatement(**log);
  if (!genesis) return genesis.error();
  auto const id = batch::ledgerIdOf((*log)->hashAlgorithm(), genesis->bytes());
  auto const prepared = prepare(**log, id, file, key, again);
  if (!prepared) return prepared.error();
  if (auto const* const number = std::get_if<domain::BatchNumber>(&*prepared)) {
    auto const shown = alreadyRecorded(session, **log, *number);
    if (shown) session.out << session.text({"（试算，未记账）\n", "(dry run: nothing was recorded)\n"});
    return shown;
  }
  auto const& batch = std::get<batch::SignedBatch>(*prepared);
  auto const judged = judge(session, **log, batch, now());
  if (!judged) return judged.error();
  if (judged->refused) return refuse(session, *judged->refused);
  printEvents(session, batch.events);
  printWarnings(session, judged->warnings);
  session.out << session.text({"符合全部规则（试算，未记账）\n", "lawful (dry run: nothing was recorded)\n"});
  return Exit::ok;
}

Result<Exit> record(Session const& session, ledger::Ledger& ledger, std::string const& file,
                    crypto::PrivateKey const& key, unsigned again) {
  auto const& log = ledger.log();
  auto prepared = prepare(log, ledger.id(), file, key, again);
  if (!prepared) return prepared.error();
  if (auto const* const number = std::get_if<domain::BatchNumber>(&*prepared)) {
    return alreadyRecorded(session, log, *number);
  }
  auto outcome = ledger.submit(std::get<batch::SignedBatch>(*std::move(prepared))).get();
  if (auto const* const refused = std::get_if<ledger::BatchRefused>(&outcome)) return refuse(session, *refused);
  auto const recorded = recordedOf(session, std::move(outcome));
  if (!recorded) return recorded.error();
  if (auto const printed = printBatch(session, log, recorded->batch); !printed) return printed.error();
  printWarnings(session, recorded->warnings);
  return Exit::ok;
}

/// One file after the other; ends at the first that is not recorded.
Result<Exit> submit(Session const& session, Options const& options) {
  LedgerDirectory const directory(options.place.ledger);
  auto const& batches = options.batches;
  auto const key = keys::readKeyFile(session, batches.key, batches.password);
  if (!key) return key.error();
  std::unique_ptr<ledger::Ledger> ledger;
  for (auto const& path : batches.files) {
    auto const file = files::readFile(path, kMostBatchFile);
    if (!file) return file.error();
    if (!batches.dryRun && !ledger) {
      auto opened = directory.openForWriting(session, options.logPasswordFile, [](auto) { return now(); });
      if (!opened) return opened.error();
      ledger = *std::move(opened);
    }
    auto const done = batches.dryRun ? dryRun(session, directory, *file, *key, batches.again)
                                     : record(session, *ledger, *file, *key, batches.again);
    if (!done || *done != Exit::ok) return done;
  }
  return Exit::ok;
}

}  // namespace

void addSubmit(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("submit", {"签名并记一批事件", "sign a file of events and record it as one batch"});
  command.footer({"退出码：0 已记账；1 没能完成；2 违反规则，未予记录。",
                  "Exit codes: 0 recorded; 1 it could not; 2 a rule refused it, nothing was recorded."});
  command
      .option("FILE", options->batches.files,
              {"批次文件（JSON），可以有多个：依次各为一批", "batch file (JSON); of several each is a batch, in order"})
      .required()
      .valueName("");
  command.option("--key", options->batches.key, {"签名人的私钥文件", "private key of who signs"})
      .required()
      .valueName("FILE");
  addPlace(command, options->place);
  command
      .option("--again", options->batches.again,
              {"有意重复同一文件：第几次重复", "repeat the same file on purpose: which repeat this is"})
      .wholeNumber()
      .valueName("N");
  command.flag("--dry-run", options->batches.dryRun, {"只试算，不记账", "judge only, record nothing"});
  addPasswordFile(command, options->batches.password.file);
  command
      .option("--log-password-file", options->logPasswordFile,
              {"日志密钥的口令文件，默认 DIR/keys/log.password",
               "password file of the log's key; DIR/keys/log.password without it"})
      .valueName("FILE");
  command.onChosen([options, &chosen] {
    chosen = [options](Session const& session) {
      return at(
          session, options->place, [&] { return submit(session, *options); },
          [&](client::Server const& server) { return submitTo(session, server, options->batches); });
    };
  });
}

}  // namespace fundtrail::api::cli
