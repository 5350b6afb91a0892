// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "replay/brought.h"
#include "replay/interruption.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/progress_bar.h"
#include "replay/report_json.h"
#include "replay/report_text.h"
#include "replay/resume_keeper.h"
#include "replay/verify.h"

namespace fundtrail::replay {

namespace {

struct Arguments {
  std::vector<std::filesystem::path> log;
  Brought brought;
  Options options;
  std::filesystem::path resume;
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
  if (arguments.resume.empty()) return verify(*log->log, *trust, *options);

  auto keeper = ResumeKeeper::open(arguments.resume);
  if (!keeper) return keeper.error();
  Interruption const interruption;
  options->resume = keeper->before();
  options->reached = [&](VerifiedBeginning const& beginning) { keeper->reached(beginning); };
  options->interrupted = [&] { return interruption.asked(); };
  auto report = verify(*log->log, *trust, *options);
  if (!report) return report;
  if (auto const kept = keeper->keep(); !kept) return kept.error();
  return report;
}

/// Says on standard error where the run ended, and how it goes on.
void sayInterrupted(Session const& session, Arguments const& arguments, Report const& report) {
  std::error_code ignored;
  if (!std::filesystem::exists(arguments.resume, ignored)) {
    fmt::print(stderr, "fundtrail-replay: {}\n",
               session.text({"已中断，尚无结论，也没有可以接续的内容",
                             "interrupted: nothing is concluded, and there is nothing yet to go on from"}));
    return;
  }
  fmt::print(stderr, "fundtrail-replay: {}\n",
             session.text({"已中断，尚无结论（共 {} 批）；{} 记下了已验证到哪里，用同一命令继续",
                           "interrupted, nothing is concluded yet of these {} batches; {} says how far they are "
                           "verified, and the same command goes on from there"},
                          report.size.batches, arguments.resume.string()));
}

crypto::Result<Exit> verifyLog(Session const& session, Arguments const& arguments) {
  auto const report = replay(session, arguments);
  if (!report) return report.error();
  if (report->interrupted) {
    sayInterrupted(session, arguments, *report);
    return Exit::interrupted;
  }
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
  command
      .option("--resume", arguments->resume,
              {"续验文件，由本程序写在您自己的目录：记下已验证到哪里，下次只验证新的签名；按 Ctrl-C 中断后也由此继续",
               "resume file, which this program keeps in a place of your own: how far signatures are verified, so that "
               "the next run verifies the new ones alone; after Ctrl-C too"})
      .valueName("FILE");
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
