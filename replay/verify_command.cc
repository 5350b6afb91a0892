// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "crypto/log_policy.h"
#include "crypto/timestamp.h"
#include "ledger/files/files.h"
#include "replay/attested.h"
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
  std::filesystem::path trust;
  std::filesystem::path policy;
  std::filesystem::path authorities;
  std::vector<std::filesystem::path> figures;
  std::string until;
  Options options;
  std::string format = "text";
  bool cities = false;
  bool quiet = false;
};

/// What came with the log, and whom the command line trusts to attest.
crypto::Result<Attestations> attestationsFor(OpenedLog const& log, Arguments const& arguments) {
  Attestations attestations;
  if (!arguments.policy.empty()) {
    auto policy = policyIn(arguments.policy);
    if (!policy) return policy.error();
    attestations.policy = *std::move(policy);
  }
  if (!arguments.authorities.empty()) {
    auto const pem = ledger::files::readFile(arguments.authorities, crypto::kMaxTimestampSize);
    if (!pem) return pem.error();
    auto authorities = crypto::TimestampAuthorities::fromPem(*pem);
    if (!authorities) return authorities.error().of(arguments.authorities.string());
    attestations.authorities = *std::move(authorities);
  }
  auto notes = log.attested();
  if (!notes) return notes.error();
  attestations.notes = *std::move(notes);
  return attestations;
}

crypto::Result<Report> replay(Session const& session, Arguments const& arguments) {
  auto const trust = trustIn(arguments.trust);
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
  auto options = arguments.options;
  options.hasCheckpointFile = log->hasCheckpointFile;
  auto attestations = attestationsFor(*log, arguments);
  if (!attestations) return attestations.error();
  options.attestations = *std::move(attestations);
  for (auto const& file : arguments.figures) {
    auto figures = readPublished(file);
    if (!figures) return figures.error();
    options.published.push_back(*std::move(figures));
  }
  if (!arguments.until.empty()) {
    options.auditedUntil = domain::Date::parse(arguments.until);
    if (!options.auditedUntil) {
      return crypto::Error{crypto::ErrorKind::badInput, "--until takes a day, like 2026-05-31",
                           "--until 须为日期，如 2026-05-31"};
    }
  }
  if (!arguments.quiet) options.progress = [&bar](Progress const& progress) { bar.show(progress); };
  return verify(*log->log, *trust, options);
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
  addTrust(command, arguments->trust);
  command
      .option("--policy", arguments->policy,
              {"见证策略文件（c2sp.org/tlog-policy）：核验账本旁所存的见证签名",
               "policy of the witnesses that you trust (c2sp.org/tlog-policy): their cosignatures beside the log are "
               "checked"})
      .valueName("FILE");
  command
      .option(
          "--authorities", arguments->authorities,
          {"所信任时间戳机构的根证书（PEM）：核验账本旁所存的时间戳",
           "root certificates (PEM) of the time-stamp authorities that you trust: their time-stamps beside the log are "
           "checked"})
      .valueName("FILE");
  command
      .option("--figures", arguments->figures,
              {"已公布的数字（fundtrail status --format json 的输出），可重复：逐分重新得出",
               "figures that were published (what fundtrail status --format json printed); may be given several times: "
               "each is derived again, to the fen"})
      .valueName("FILE");
  command
      .option("--until", arguments->until,
              {"审计期的最后一天：此后的收付不要求有对账单",
               "last day of the audited period: money that moved later needs no bank statement"})
      .valueName("DATE");
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
