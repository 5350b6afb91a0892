// SPDX-License-Identifier: Apache-2.0
#include "replay/options.h"

#include <system_error>
#include <utility>

#include "ledger/files/files.h"

namespace fundtrail::replay {

namespace commandline = ledger::commandline;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostPolicy = 256 * 1024;

}  // namespace

commandline::Option addLog(commandline::Command& command, fs::path& log) {
  return command
      .option("--log", log, {"日志目录，或所在的账本目录", "directory of the log, or of the ledger that holds it"})
      .valueName("DIR");
}

void addPolicy(commandline::Command& command, fs::path& policy) {
  command
      .option("--trust", policy,
              {"信任策略文件（c2sp.org/tlog-policy）：信任的日志和见证人，以及须有多少见证",
               "trust policy (c2sp.org/tlog-policy): which logs and witnesses you trust, and how many must have "
               "witnessed"})
      .required()
      .valueName("POLICY");
}

crypto::Result<crypto::LogPolicy> policyIn(fs::path const& file) {
  auto const text = ledger::files::readFile(file, kMostPolicy);
  if (!text) return text.error();
  auto policy = crypto::LogPolicy::parse(*text);
  if (!policy) return policy.error().of(file.string());
  return policy;
}

void addTrust(commandline::Command& command, fs::path& trust) {
  command
      .option("--trust", trust,
              {"可信信息文件，每行一项：“ledger <64 位十六进制>”“log <日志公钥>”“checkpoint <批数> <根>”",
               "file of what you know: lines \"ledger <64 hex digits>\", \"log <vkey>\", \"checkpoint <size> <root>\""})
      .valueName("FILE");
}

void addFormat(commandline::Command& command, std::string& format) {
  command.option("--format", format, {"输出格式", "form of the report"}).oneOf({"text", "json"}).showDefault();
}

crypto::Result<OpenedLog> openLog(fs::path const& named) {
  std::error_code ignored;  // whatever is wrong with the path, opening it says so
  auto const inside = named / "log";
  bool const isLedger = !fs::exists(named / "CURRENT", ignored) && fs::is_directory(inside, ignored);
  auto directory = isLedger ? inside : named;
  auto opened = log::RocksDbLog::openReadOnly(directory);
  if (!opened) return opened.error();
  return OpenedLog{std::move(directory), *std::move(opened)};
}

crypto::Result<Trust> trustIn(fs::path const& file) {
  if (file.empty()) return Trust{};
  return readTrust(file);
}

Exit exitFor(Verdict verdict) {
  switch (verdict) {
    case Verdict::proven: return Exit::proven;
    case Verdict::notProven:
    case Verdict::findings: return Exit::findings;
    case Verdict::tampered: return Exit::tampered;
  }
  return Exit::cannotRun;
}

}  // namespace fundtrail::replay
