// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "ledger/attestation/attestations.h"
#include "ledger/spine/publish.h"

namespace fundtrail::api::cli {

namespace {

struct Options {
  std::filesystem::path folder;
  std::filesystem::path ledger;
};

crypto::Result<Exit> exportSpine(Session const& session, Options const& options) {
  LedgerDirectory const directory(options.ledger);
  auto const log = directory.openForReading(session);
  if (!log) return log.error();
  auto const collected = ledger::attestation::Attestations(directory.attestations()).collected();
  if (!collected) return collected.error();
  auto const published = ledger::spine::publish(**log, options.folder, collected->value_or(""));
  if (!published) return published.error();
  auto const& [checkpoint, before, written] = *published;
  session.out << session.text({"{}：已发布 {} 批（此前 {} 批），新写 {} 个文件\n检查点 {} {}\n",
                               "{}: {} batches are published ({} before), {} files are new\ncheckpoint {} {}\n"},
                              options.folder.string(), checkpoint.size, before, written, checkpoint.size,
                              crypto::toBase64(checkpoint.root.bytes));
  return Exit::ok;
}

}  // namespace

void addSpine(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto spine = program.command("spine", {"公开的日志部分：检查点、哈希瓦片、条目（不含事件内容）",
                                         "the public part of the log: checkpoint, hash tiles, entries (no event)"});
  auto command = spine.command("export", {"写成静态文件夹（tlog-tiles），可由任何网页服务器提供；再次运行则续写",
                                          "write it as a folder of files (tlog-tiles) that any web server can serve; "
                                          "run again, it goes on"});
  command.option("FOLDER", options->folder, {"目标文件夹，没有则新建", "where to; made if it is absent"})
      .required()
      .valueName("");
  addLedger(command, options->ledger);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return exportSpine(session, *options); }; });
}

}  // namespace fundtrail::api::cli
