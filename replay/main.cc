// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay: proves a ledger from a copy of its log. Opens no socket, writes no file.

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "ledger/log/rocksdb_log.h"
#include "replay/progress_bar.h"
#include "replay/report_json.h"
#include "replay/report_text.h"
#include "replay/verify.h"

namespace fundtrail::replay {

namespace {

using crypto::ErrorKind;
using ledger::schema::Language;

enum ExitCode : int { kProven = 0, kCannotRun = 1, kFindings = 2, kTampered = 3 };

struct Arguments {
  std::filesystem::path log;
  std::filesystem::path trust;
  Options options;
  bool json = false;
  bool chinese = false;
  bool cities = false;
  bool quiet = false;
};

int cannotRun(crypto::Error const& error) {
  fmt::print(stderr, "fundtrail-replay: {}\n", error.message);
  return kCannotRun;
}

/// By the rule of POSIX: the first of these that is set and not empty decides.
bool localeIsChinese() {
  for (auto const* const variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    auto const* const value = std::getenv(variable);
    if (value != nullptr && *value != '\0') return std::string_view(value).starts_with("zh");
  }
  return false;
}

/// A ledger's directory holds its log in a directory of its own; either may be named.
std::filesystem::path logWithin(std::filesystem::path const& named) {
  std::error_code ignored;  // whatever is wrong with the path, opening it says so
  auto inside = named / "log";
  bool const isLedger =
      !std::filesystem::exists(named / "CURRENT", ignored) && std::filesystem::is_directory(inside, ignored);
  return isLedger ? inside : named;
}

crypto::Result<Report> replay(Arguments const& arguments) {
  Trust trust;
  if (!arguments.trust.empty()) {
    auto read = readTrust(arguments.trust);
    if (!read) return read.error();
    trust = *std::move(read);
  }
  auto const log = log::RocksDbLog::openReadOnly(logWithin(arguments.log));
  if (!log && log.error().kind == ErrorKind::corrupt) {
    // A log that was a log and cannot be opened has been damaged: that is an answer, not a failure to answer.
    Report report;
    report.verdict = Verdict::tampered;
    report.findings.push_back(
        {FindingKind::damage, {}, {}, {}, {"日志无法打开：" + log.error().message, log.error().message}});
    return report;
  }
  if (!log) return log.error();
  ProgressBar bar(arguments.chinese);
  auto options = arguments.options;
  if (!arguments.quiet) options.progress = [&bar](Progress const& progress) { bar.show(progress); };
  return verify(**log, trust, options);
}

int verifyLog(Arguments const& arguments) {
  auto const report = replay(arguments);
  if (!report) return cannotRun(report.error());
  auto const language = arguments.chinese ? Language::zh : Language::en;
  if (!arguments.quiet) {
    std::string out;
    if (arguments.json) {
      out = toJson(*report);
    } else {
      if (arguments.cities) out = citiesToText(report->cities, language) + "\n";
      out += toText(*report, language);
    }
    bool const written = std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0;
    if (!written) return cannotRun({ErrorKind::io, "the report cannot be written: check standard output"});
  }
  switch (report->verdict) {
    case Verdict::proven: return kProven;
    case Verdict::findings: return kFindings;
    case Verdict::tampered: return kTampered;
  }
  return kCannotRun;
}

int run(int argc, char** argv) {
  Arguments arguments;
  CLI::App app{"Proves a ledger of public money from a copy of its log, trusting only what you bring.",
               "fundtrail-replay"};
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 proven; 2 authentic, but a rule or the conservation of money does not hold; 3 tampered with or\n"
      "not verifiable; 1 it could not run.");

  auto* const verifying = app.add_subcommand("verify", "Verify everything, judge every event again, and compare");
  std::string format = "text";
  std::string language;
  verifying->add_option("--log", arguments.log, "Directory of the log, or of the ledger that holds it")->required();
  verifying->add_option("--trust", arguments.trust,
                        "File of what you know: lines \"ledger <64 hex digits>\" and \"log <vkey>\"");
  verifying->add_option("--threads", arguments.options.threads, "Threads that check batches; one per core unless given")
      ->check(CLI::Range(1, 1024));
  verifying->add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}));
  verifying->add_option("--lang", language, "zh or en; by the locale unless given")->check(CLI::IsMember({"zh", "en"}));
  verifying->add_flag("--cities", arguments.cities, "Also print each city's money by the audit's own books");
  verifying->add_flag("--live", arguments.options.live, "The ledger is running: its checkpoint may lag behind the log");
  verifying->add_flag("--quiet", arguments.quiet, "Print nothing: the exit code is the answer");
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? kProven : kCannotRun;
  }
  arguments.json = format == "json";
  arguments.chinese = language.empty() ? localeIsChinese() : language == "zh";
  return verifyLog(arguments);
}

}  // namespace

}  // namespace fundtrail::replay

int main(int argc, char** argv) {
  try {
    return fundtrail::replay::run(argc, argv);
  } catch (std::exception const& exception) {
    fmt::print(stderr, "fundtrail-replay: {}: free memory or disk space, then try again\n", exception.what());
    return fundtrail::replay::kCannotRun;
  }
}
