// SPDX-License-Identifier: Apache-2.0
#include "tests/support/daemon.h"

#include <fstream>
#include <stdexcept>
#include <utility>

namespace fundtrail::tests {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kListening = "listening on ";

Process started(fs::path const& ledger, fs::path const& log, std::map<std::string, std::string> environment) {
  environment.try_emplace("FUNDTRAIL_SERVER_LISTEN", "127.0.0.1:0");
  // A shell, to send standard error elsewhere; exec keeps the process.
  std::vector<std::string> words{"/bin/sh", "-c", "log=$1; shift; exec \"$@\" 2>>\"$log\"", "sh", log.string()};
  auto const run = daemonCommand(ledger);
  words.insert(words.end(), run.begin(), run.end());
  return {std::move(words), environment};
}

}  // namespace

std::vector<std::string> daemonCommand(fs::path const& ledger) {
  auto const program = programAt("fundtraild");
  return {program, "serve", "--lang", "en", "--ledger", ledger.string()};
}

Daemon::Daemon(fs::path const& ledger, fs::path const& log, std::map<std::string, std::string> environment)
    : process_(started(ledger, log, std::move(environment))) {
  for (auto line = process_.readLine(); !line.empty(); line = process_.readLine()) {
    said_ += line + '\n';
    if (!line.starts_with(kListening)) continue;
    port_ = static_cast<std::uint16_t>(std::stoul(line.substr(line.rfind(':') + 1)));
    return;
  }
  throw std::runtime_error("fundtraild did not start: " + said_ + "; its log is " + log.string());
}

Memory Daemon::memory() const {
  std::ifstream file("/proc/" + std::to_string(process_.id()) + "/status");
  Memory memory;
  constexpr std::size_t kKiB = 1024;
  for (std::string line; std::getline(file, line);) {
    auto const bytes = [&] { return kKiB * std::stoul(line.substr(line.find(':') + 1)); };
    if (line.starts_with("VmRSS:")) memory.now = bytes();
    if (line.starts_with("VmHWM:")) memory.most = bytes();
  }
  return memory;
}

}  // namespace fundtrail::tests
