// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "replay/fsck.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/report_json.h"
#include "replay/report_text.h"

namespace fundtrail::replay {

namespace {

struct Arguments {
  std::filesystem::path spine;
  std::vector<std::filesystem::path> log;
  std::filesystem::path trust;
  std::string format = "text";
};

crypto::Result<Exit> checkFolder(Session const& session, Arguments const& arguments) {
  auto const trust = trustIn(arguments.trust);
  if (!trust) return trust.error();
  std::optional<OpenedLog> opened;
  if (!arguments.log.empty()) {
    auto log = openLog(arguments.log);
    if (!log) return log.error();
    opened = *std::move(log);
  }
  auto const report = checkSpine(arguments.spine, opened ? opened->log.get() : nullptr, *trust);
  if (!report) return report.error();
  auto const out = arguments.format == "json" ? toJson(*report) : toText(*report, session.language);
  if (auto const printed = session.print(out); !printed) return printed.error();
  return exitFor(report->verdict());
}

}  // namespace

void addFsck(ledger::commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.command("fsck", {"逐个文件核对公开的日志目录：由条目重算每个哈希块和条目包并比对",
                                          "check a published log file by file: rebuild every tile and bundle from "
                                          "the entries, and compare"});
  command
      .option("--spine", arguments->spine,
              {"fundtrail spine export 写成的目录", "folder that fundtrail spine export wrote"})
      .required()
      .valueName("FOLDER");
  addLog(command, arguments->log);
  addTrust(command, arguments->trust);
  addFormat(command, arguments->format);
  command.onChosen([arguments, &chosen] {
    chosen = [arguments](Session const& session) { return checkFolder(session, *arguments); };
  });
}

}  // namespace fundtrail::replay
