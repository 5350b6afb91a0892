// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "ledger/files/files.h"
#include "replay/journal/gb24589.h"
#include "replay/journal/hledger.h"
#include "replay/journal/vouchers.h"
#include "replay/options.h"
#include "replay/program.h"
#include "replay/report_text.h"
#include "replay/verify.h"

namespace fundtrail::replay {

namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::vector<fs::path> log;
  fs::path trust;
  fs::path hledger;
  fs::path gb24589;
};

crypto::Result<void> writeBooks(fs::path const& directory, std::vector<journal::AuditBook> const& books) {
  for (auto const& book : books) {
    auto const folder = directory / book.number;
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) return ledger::files::fileError(folder, failed.value());
    if (auto written = ledger::files::replaceFile(folder / "公共档案.xml", book.archives); !written) return written;
    if (auto written = ledger::files::replaceFile(folder / "总账.xml", book.generalLedger); !written) return written;
  }
  return {};
}

/// What was replayed goes out only if it is what its authors signed.
crypto::Result<Exit> exportLog(Session const& session, Arguments const& arguments) {
  if (arguments.hledger.empty() && arguments.gb24589.empty()) {
    return crypto::Error{crypto::ErrorKind::badInput, "name what to write: --hledger FILE or --gb24589 FOLDER",
                         "请指明写出什么：--hledger FILE 或 --gb24589 FOLDER"};
  }
  auto const trust = trustIn(arguments.trust);
  if (!trust) return trust.error();
  auto const log = openLog(arguments.log);
  if (!log) return log.error();
  journal::Vouchers vouchers;
  Options options;
  options.hasCheckpointFile = log->hasCheckpointFile;
  options.observers.push_back(&vouchers);
  auto const report = verify(*log->log, *trust, options);
  if (!report) return report.error();
  if (report->verdict == Verdict::tampered || !report->identity) {
    auto const text =
        toText(*report, session.language) + session.text({"没有写出任何文件。\n", "nothing was written.\n"});
    if (auto const printed = session.print(text); !printed) return printed.error();
    return exitFor(report->verdict);
  }
  journal::Source const source{report->identity->ledger.text(), report->identity->programme, report->size.batches,
                               report->root.hex()};
  if (!arguments.hledger.empty()) {
    auto const text = journal::toHledger(vouchers, source, session.language);
    if (auto const written = ledger::files::replaceFile(arguments.hledger, text); !written) return written.error();
  }
  if (!arguments.gb24589.empty()) {
    auto const books = journal::toGb24589(vouchers, source, FUNDTRAIL_VERSION);
    if (!books) return books.error();
    if (auto const written = writeBooks(arguments.gb24589, *books); !written) return written.error();
  }
  auto const text = session.text({"写出 {} 张凭证，截至第 {} 批\n", "{} vouchers written, of {} batches\n"},
                                 vouchers.vouchers().size(), report->size.batches) +
                    verdictLine(report->verdict, session.language);
  if (auto const printed = session.print(text); !printed) return printed.error();
  return exitFor(report->verdict);
}

}  // namespace

void addExport(ledger::commandline::Program& program, Action& chosen) {
  auto arguments = std::make_shared<Arguments>();
  auto command = program.command("export", {"重新验证账本，并把资金写成其他记账软件能读的凭证",
                                            "prove the ledger, and write its money for other bookkeeping software"});
  addLog(command, arguments->log).required();
  addTrust(command, arguments->trust);
  command
      .option("--hledger", arguments->hledger,
              {"hledger 和 ledger 能读的日记账", "a journal that hledger and ledger read"})
      .valueName("FILE");
  command
      .option("--gb24589", arguments->gb24589,
              {"审计数据接口 GB/T 24589.1-2010（XML，GB18030）：每市每年一套",
               "the audit data interface GB/T 24589.1-2010 (XML in GB18030): a set per city and year"})
      .valueName("FOLDER");
  command.onChosen([arguments, &chosen] {
    chosen = [arguments](Session const& session) { return exportLog(session, *arguments); };
  });
}

}  // namespace fundtrail::replay
