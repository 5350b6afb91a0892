// SPDX-License-Identifier: Apache-2.0
// fundtrail-replay: proves a ledger from a copy of its log. Opens no socket, writes no file.

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "ledger/log/rocksdb_log.h"
#include "replay/progress_bar.h"
#include "replay/report_json.h"
#include "replay/report_text.h"
#include "replay/verify.h"
#include "usage/problem.h"

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

int cannotRun(crypto::Error const& error, bool chinese) {
  fmt::print(stderr, "fundtrail-replay: {}\n", chinese && !error.zh.empty() ? error.zh : error.message);
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

/// The language in which to speak: it decides on the help texts, so it is looked for before the command line is parsed.
bool wantsChinese(std::span<char const* const> words) {
  constexpr std::string_view kOption = "--lang";
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    if (!word.starts_with(kOption)) continue;
    word.remove_prefix(kOption.size());
    if (word.empty() && i + 1 < words.size()) word = words[i + 1];
    if (word.starts_with('=')) word.remove_prefix(1);
    if (word == "zh" || word == "en") return word == "zh";
  }
  return localeIsChinese();
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
  auto const directory = logWithin(arguments.log);
  auto const log = log::RocksDbLog::openReadOnly(directory);
  if (!log && log.error().kind == ErrorKind::corrupt) {
    // A log that was a log and cannot be opened has been damaged: that is an answer, not a failure to answer.
    Report report;
    report.verdict = Verdict::tampered;
    auto const& error = log.error();
    report.findings.push_back(
        {FindingKind::damage, {}, {}, {}, {error.zh.empty() ? error.message : error.zh, error.message}});
    return report;
  }
  if (!log) return log.error();
  ProgressBar bar(arguments.chinese);
  auto options = arguments.options;
  options.hasCheckpointFile = std::filesystem::exists(directory / "CHECKPOINT");
  if (!arguments.quiet) options.progress = [&bar](Progress const& progress) { bar.show(progress); };
  return verify(**log, trust, options);
}

int verifyLog(Arguments const& arguments) {
  auto const report = replay(arguments);
  if (!report) return cannotRun(report.error(), arguments.chinese);
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
    if (!written) {
      return cannotRun(
          {ErrorKind::io, "the report cannot be written: check standard output", "报告无法写出：请检查输出位置"},
          arguments.chinese);
    }
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
  arguments.chinese = wantsChinese({argv, static_cast<std::size_t>(argc)});
  auto const in = [&](char const* zh, char const* en) { return std::string(arguments.chinese ? zh : en); };
  auto const options = in("选项", "Options");

  CLI::App app{in("fundtrail-replay：只凭日志副本和您另行掌握的信息，重新证明一本专项资金账本",
                  "Proves a ledger of public money from a copy of its log, trusting only what you bring."),
               "fundtrail-replay"};
  if (arguments.chinese) {
    auto const formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", "用法");
    formatter->label("OPTIONS", "选项");
    formatter->label("SUBCOMMAND", "命令");
    formatter->label("REQUIRED", "必填");
    app.formatter(formatter);
  }
  app.require_subcommand(1);
  app.option_defaults()->group(options);
  app.set_version_flag("--version", "fundtrail-replay " FUNDTRAIL_VERSION, in("显示版本", "Print the version"));
  app.set_help_flag("-h,--help", in("显示帮助", "Print this help"));
  app.footer(in(
      "退出码：0 证明成立；2 记录真实，但有违反规则或资金不平之处；3 被篡改或无法验证；1 没能运行。",
      "Exit codes: 0 proven; 2 authentic, but a rule or the conservation of money does not hold; 3 tampered with or\n"
      "not verifiable; 1 it could not run."));
  std::string language;
  app.add_option("--lang", language, in("语言；默认按系统语言环境", "Language; by the locale unless given"))
      ->check(CLI::IsMember({"zh", "en"}));
  app.fallthrough();  // --lang may also come after the command

  auto* const verifying = app.add_subcommand("verify", in("验证全部内容，重新判定每个事件，并与所存数据比对",
                                                          "Verify everything, judge every event again, and compare"));
  verifying->group(in("命令", "Commands"));
  verifying->get_help_ptr()->group(options);
  std::string format = "text";
  verifying
      ->add_option("--log", arguments.log,
                   in("日志目录，或所在的账本目录", "Directory of the log, or of the ledger that holds it"))
      ->required()
      ->type_name("DIR");
  verifying
      ->add_option("--trust", arguments.trust,
                   in("可信信息文件，每行一项：“ledger <64 位十六进制>”“log <日志公钥>”“checkpoint <批数> <根>”",
                      "File of what you know: lines \"ledger <64 hex digits>\", \"log <vkey>\", \"checkpoint <size> "
                      "<root>\""))
      ->type_name("FILE");
  verifying
      ->add_option("--threads", arguments.options.threads,
                   in("线程数，默认每核一个", "Threads that check batches; one per core unless given"))
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  verifying->add_option("--format", format, in("输出格式", "Form of the report"))
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  verifying->add_flag("--cities", arguments.cities,
                      in("另列各市资金，取自审计自己的账", "Also print each city's money by the audit's own books"));
  verifying->add_flag(
      "--live", arguments.options.live,
      in("账本正在运行：检查点可以落后于日志", "The ledger is running: its checkpoint may lag behind the log"));
  verifying->add_flag("--quiet", arguments.quiet,
                      in("不输出，只看退出码", "Print nothing: the exit code is the answer"));
  try {
    app.parse(argc, argv);
  } catch (CLI::CallForHelp const&) {
    auto const& named = app.get_subcommands();
    fmt::print("{}", named.empty() ? app.help() : named.front()->help("fundtrail-replay"));
    return kProven;
  } catch (CLI::CallForVersion const& version) {
    fmt::print("{}\n", version.what());
    return kProven;
  } catch (CLI::ParseError const& wrong) {
    auto const problem = [&](Language spoken) { return usage::problem(app, wrong, spoken); };
    return cannotRun(
        {ErrorKind::badInput, fmt::format("usage: {}; see fundtrail-replay verify --help", problem(Language::en)),
         fmt::format("用法有误：{}；见 fundtrail-replay verify --help", problem(Language::zh))},
        arguments.chinese);
  }
  arguments.json = format == "json";
  return verifyLog(arguments);
}

}  // namespace

}  // namespace fundtrail::replay

int main(int argc, char** argv) {
  try {
    return fundtrail::replay::run(argc, argv);
  } catch (std::exception const& exception) {
    return fundtrail::replay::cannotRun({fundtrail::crypto::ErrorKind::io,
                                         fmt::format("{}: free memory or disk space, then try again", exception.what()),
                                         fmt::format("{}：请腾出内存或磁盘空间后重试", exception.what())},
                                        fundtrail::replay::wantsChinese({argv, static_cast<std::size_t>(argc)}));
  }
}
