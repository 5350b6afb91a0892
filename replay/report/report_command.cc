// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/files/files.h"
#include "replay/brought.h"
#include "replay/facts/collector.h"
#include "replay/indicators/examine.h"
#include "replay/indicators/inputs.h"
#include "replay/journal/vouchers.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/progress_bar.h"
#include "replay/report/conclusion.h"
#include "replay/report/dossier.h"
#include "replay/report/html.h"
#include "replay/report/json.h"
#include "replay/report/workbook.h"
#include "replay/report_text.h"
#include "replay/unopened.h"
#include "replay/verify.h"

namespace fundtrail::replay {

namespace {

namespace fs = std::filesystem;
using crypto::Error;
using crypto::ErrorKind;

struct Arguments {
  std::vector<fs::path> log;
  Brought brought;
  indicators::Files files;
  fs::path html;
  fs::path workbook;
  fs::path json;
  fs::path conclusion;
  std::string region = "440000";
  std::string on;
};

/// The scope and the day of a conclusion.
struct Conclusion {
  domain::CityCode region;
  std::optional<domain::Date> on;  // nothing: the day of the log's last batch
};

crypto::Result<Conclusion> conclusionAskedFor(Arguments const& arguments) {
  if (arguments.html.empty() && arguments.workbook.empty() && arguments.json.empty()) {
    return Error{ErrorKind::badInput, "name what to write: --html FILE, --xlsx FILE or --json FILE",
                 "请指明写出什么：--html FILE、--xlsx FILE 或 --json FILE"};
  }
  if (!arguments.conclusion.empty() && arguments.html.empty()) {
    return Error{ErrorKind::badInput, "--conclusion binds the page that --html writes: name both",
                 "--conclusion 与 --html 所写的报告绑定：请同时给出"};
  }
  auto const region = domain::CityCode::parse(arguments.region);
  if (!region || region->isCounty()) {
    return Error{ErrorKind::badInput, "--region takes the code of the province (440000) or of a city, like 441900",
                 "--region 须为省（440000）或市的代码，如 441900"};
  }
  if (arguments.on.empty()) return Conclusion{*region, std::nullopt};
  auto const on = domain::Date::parse(arguments.on);
  if (!on) {
    return Error{ErrorKind::badInput, "--on takes a day, like 2026-05-31", "--on 须为日期，如 2026-05-31"};
  }
  return Conclusion{*region, on};
}

/// By their names alone: where they lie on this machine is nobody's business.
report::Call callOf(Arguments const& arguments) {
  auto const named = [](fs::path const& file) {
    auto const name = file.filename().empty() ? file.parent_path().filename() : file.filename();
    return name.string();
  };
  return {"fundtrail-replay " FUNDTRAIL_VERSION, named(arguments.log.front()), named(arguments.brought.trust),
          named(arguments.brought.policy), named(arguments.brought.authorities)};
}

crypto::Result<void> write(report::Dossier const& dossier, journal::Vouchers const& vouchers,
                           Conclusion const& conclusion, crypto::HashAlgorithm algorithm, Session const& session,
                           Arguments const& arguments) {
  if (!arguments.json.empty()) {
    auto written = ledger::files::replaceFile(arguments.json, report::toJson(dossier));
    if (!written) return written;
  }
  if (!arguments.workbook.empty()) {
    auto written = report::writeWorkbook(arguments.workbook, dossier, vouchers, session.language);
    if (!written) return written;
  }
  if (arguments.html.empty()) return {};
  auto const page = report::toHtml(dossier, session.language);
  if (auto written = ledger::files::replaceFile(arguments.html, page); !written) return written;
  auto const digest = crypto::hash(algorithm, crypto::asBytes(page));
  auto printed = session.print(session.text({"报告      {}，摘要 {}\n", "report      {}, digest {}\n"},
                                            arguments.html.filename().string(), digest.hex()));
  if (!printed || arguments.conclusion.empty()) return printed;
  auto const on = conclusion.on ? conclusion.on : dossier.report.lastAcceptedAt->businessDate();
  return ledger::files::replaceFile(arguments.conclusion,
                                    report::conclusionBatch(dossier, digest, conclusion.region, *on));
}

crypto::Result<Report> audit(OpenedLog const& log, Trust const& trust, Arguments const& arguments,
                             Session const& session, std::vector<Observer*> observers) {
  auto options = optionsFor(log, arguments.brought);
  if (!options) return options.error();
  options->observers = std::move(observers);
  ProgressBar bar(session.language);
  options->progress = [&bar](Progress const& progress) { bar.show(progress); };
  return verify(*log.log, trust, *options);
}

/// Of a log that could not be opened; the error where that is no answer about a log.
crypto::Result<Report> reportOn(Error const& error) {
  auto report = reportOfUnopened(error);
  if (!report) return error;
  return *std::move(report);
}

crypto::Result<Exit> writeReport(Session const& session, Arguments const& arguments) {
  auto const conclusion = conclusionAskedFor(arguments);
  if (!conclusion) return conclusion.error();
  auto const trust = trustIn(arguments.brought.trust);
  if (!trust) return trust.error();
  auto const inputs = indicators::read(arguments.files);
  if (!inputs) return inputs.error();
  auto const log = openLog(arguments.log);
  journal::Vouchers vouchers;
  facts::Collector collector;
  auto verified = log ? audit(*log, *trust, arguments, session, {&vouchers, &collector}) : reportOn(log.error());
  if (!verified) return verified.error();
  if (!arguments.conclusion.empty() && !verified->lastAcceptedAt) {
    return Error{ErrorKind::corrupt, "nothing of the log can be read: there is nothing to conclude on",
                 "日志无法读取：没有可下结论的内容"};
  }
  auto const verdict = verified->verdict;
  std::optional<indicators::Indicators> signs;
  if (verdict != Verdict::tampered && collector.facts().lastAcceptedAt) {
    signs = indicators::examine(collector.facts(), inputs->settings, inputs->supplements,
                                collector.facts().lastAcceptedAt->businessDate());
  }
  auto const dossier =
      report::makeDossier(*std::move(verified), vouchers, collector.facts(), std::move(signs), callOf(arguments));
  auto const algorithm = log ? log->log->hashAlgorithm() : crypto::HashAlgorithm::sha256;
  auto const written = write(dossier, vouchers, *conclusion, algorithm, session, arguments);
  if (!written) return written.error();
  if (auto const printed = session.print(verdictLine(verdict, session.language)); !printed) return printed.error();
  return exitFor(verdict);
}

}  // namespace

void addReport(ledger::commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.command(
      "report", {"重新验证账本，写出审计报告、工作底稿，以及待签署的审计结论",
                 "prove the ledger, and write the audit report, working papers, and the conclusion to sign"});
  addLog(command, arguments->log).required();
  addBrought(command, arguments->brought);
  indicators::addFiles(command, arguments->files);
  command.option("--html", arguments->html, {"报告（单个 HTML 文件）", "the report, one HTML file"}).valueName("FILE");
  command.option("--xlsx", arguments->workbook, {"工作底稿（Excel）", "working papers, an Excel workbook"})
      .valueName("FILE");
  command.option("--json", arguments->json, {"供程序读取的报告", "the report for programs"}).valueName("FILE");
  command
      .option("--conclusion", arguments->conclusion,
              {"审计结论的批文件，由审计人员用 fundtrail submit 签署入账",
               "batch file of the conclusion, for the auditor to sign and record with fundtrail submit"})
      .valueName("FILE");
  command.option("--region", arguments->region, {"结论的范围", "scope of the conclusion"})
      .valueName("CODE")
      .showDefault();
  command
      .option("--on", arguments->on,
              {"结论的业务日期；不给出时为最后入账之日",
               "business date of the conclusion; the day of the last batch unless given"})
      .valueName("DATE");
  command.onChosen([arguments, &chosen] {
    chosen = [arguments](Session const& session) { return writeReport(session, *arguments); };
  });
}

}  // namespace fundtrail::replay
