// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "replay/brought.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/progress_bar.h"
#include "replay/report_json.h"
#include "replay/report_text.h"
#include "replay/verify.h"

namespace fundtrail::replay {

namespace {

struct Arguments {
  std::vector<std::filesystem::path> log;
  Brought brought;
  Options options;
  std::string format = "text";
  bool cities = false;
  bool quiet = false;
};

crypto::Result<Report> replay(Session const& session, Arguments const& arguments) {
  auto const trust = trustIn(arguments.brought.trust);
  if (!trust) return trust.error();
  auto const log = openLog(arguments.log);
  if (!log && log.error().kind == crypto::ErrorKind::corrupt) {
    // A log that was a log and cannot be opened has been damaged: that is an answer, not a failure to answer.
    Report report;
    report.verdict = Verdict::tampered;
    auto const& error = log.error();
    report.findings.push_back(
        {FindingKind::damage, {}, {}, {}, {error.zh.empty() ? error.message : error.zh, error.message}});
    return report;
  }
  if (!log) return log.error();
  ProgressBar bar(session.language);
  auto options = optionsFor(*log, arguments.brought, arguments.options);
  if (!options) return options.error();
  if (!arguments.quiet) options->progress = [&bar](Progress const& progress) { bar.show(progress); };
  return verify(*log->log, *trust, *options);
}

crypto::Result<Exit> verifyLog(Session const& session, Arguments const& arguments) {
  auto const report = replay(session, arguments);
  if (!report) return report.error();
  if (!arguments.quiet) {
    std::string out;
    if (arguments.format == "json") {
      out = toJson(*report);
    } else {
      if (arguments.cities) out = citiesToText(report->cities, session.language) + "\n";
      out += toText(*report, session.language);
    }
    if (auto const printed = session.print(out); !printed) return printed.error();
  }
  return exitFor(report->verdict);
}

}  // namespace

void addVerify(ledger::commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.command("verify", {"验证全部内容，重新判定每个事件，并与所存数据比对",
                                            "verify everything, judge every event again, and compare"});
  addLog(command, arguments->log).required();
  addBrought(command, arguments->brought);
  command
      .option("--threads", arguments->options.threads,
              {"线程数，默认每核一个", "threads that check batches; one per core unless given"})
      .valueName("N")
      .between(1, 1024);
  addFormat(command, arguments->format);
  command.flag("--cities", arguments->cities,
               {"另列各市资金，取自审计自己的账", "also print each city's money by the audit's own books"});
  command.flag("--live", arguments->options.live,
               {"账本正在运行：检查点可以落后于日志", "the ledger is running: its checkpoint may lag behind the log"});
  command.flag("--quiet", arguments->quiet, {"不输出，只看退出码", "print nothing: the exit code is the answer"});
  command.onChosen([arguments, &chosen] {
    chosen = [arguments](Session const& session) { return verifyLog(session, *arguments); };
  });
}

}  // namespace fundtrail::replay
