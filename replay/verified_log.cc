// SPDX-License-Identifier: Apache-2.0
#include "replay/verified_log.h"

#include <utility>

#include <fmt/format.h>

#include "replay/report_text.h"
#include "replay/unopened.h"

namespace fundtrail::replay {

void addVerifiedLog(ledger::commandline::Command& command, VerifiedLogArguments& arguments) {
  addLog(command, arguments.log).required();
  addTrust(command, arguments.trust);
  command
      .option("--threads", arguments.threads,
              {"线程数，默认每核一个", "threads that check batches; one per core unless given"})
      .valueName("N")
      .between(1, 1024);
  command
      .option("--until", arguments.until,
              {"审计期的最后一天：此后的收付不要求有对账单",
               "last day of the audited period: money that moved later needs no bank statement"})
      .valueName("DATE");
  command.flag("--live", arguments.live,
               {"账本正在运行：检查点可以落后于日志", "the ledger is running: its checkpoint may lag behind the log"});
}

std::string VerifiedLog::notice(Session const& session) const {
  if (report.verdict == Verdict::proven) return {};
  auto text = verdictLine(report.verdict, session.language);
  for (auto const& finding : report.findings) {
    auto const& what = session.language == ledger::schema::Language::zh ? finding.text.zh : finding.text.en;
    auto const where = finding.event ? session.text({"事件 {}：", "event {}: "}, finding.event->text()) : "";
    text += fmt::format("  ✗ {}{}{}\n", where, finding.rule.empty() ? "" : finding.rule + " ", what);
  }
  for (auto const& part : report.parts) {
    for (auto const& missing : part.missing) {
      text += fmt::format("  ? {}\n", session.language == ledger::schema::Language::zh ? missing.zh : missing.en);
    }
  }
  if (lawful < report.size.events) {
    text += session.text({"  只显示首个问题之前的内容：前 {} 个事件\n",
                          "  only what stands before the first of them is shown: the first {} events\n"},
                         lawful);
  }
  return text;
}

crypto::Result<std::optional<VerifiedLog>> verifiedLog(Session const& session, VerifiedLogArguments const& arguments,
                                                       std::vector<Observer*> observers) {
  auto const trust = trustIn(arguments.trust);
  if (!trust) return trust.error();
  auto opened = openLog(arguments.log);
  auto const damaged = opened ? std::nullopt : reportOfUnopened(opened.error());
  if (!opened && (!damaged || damaged->verdict != Verdict::tampered)) return opened.error();
  Report report;
  if (opened) {
    Options options;
    options.threads = arguments.threads;
    options.live = arguments.live;
    options.observers = std::move(observers);
    if (!arguments.until.empty()) {
      options.auditedUntil = domain::Date::parse(arguments.until);
      if (!options.auditedUntil) {
        return crypto::Error{crypto::ErrorKind::badInput, "--until takes a day, like 2026-05-31",
                             "--until 须为日期，如 2026-05-31"};
      }
    }
    options.hasCheckpointFile = opened->hasCheckpointFile;
    auto verified = verify(*opened->log, *trust, options);
    if (!verified) return verified.error();
    report = *std::move(verified);
  } else {
    report = *damaged;
  }
  if (report.verdict == Verdict::tampered) {
    fmt::print(stderr, "{}{}", toText(report, session.language),
               session.text({"什么都不显示：不真实的日志里的内容说明不了任何事\n",
                             "nothing is shown: what a log says that is not authentic means nothing\n"}));
    return std::optional<VerifiedLog>();
  }
  auto const lawful = report.proof.judged;  // the rules are asked in order, up to the first event that breaks one
  return std::optional(VerifiedLog{*std::move(opened), std::move(report), lawful});
}

}  // namespace fundtrail::replay
