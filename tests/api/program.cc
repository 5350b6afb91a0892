// SPDX-License-Identifier: Apache-2.0
#include "tests/api/program.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <linux/capability.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "crypto/ensure.h"

namespace fundtrail::tests {

namespace {

namespace fs = std::filesystem;

fs::path makeTemporaryDirectory() {
  auto pattern = (fs::temp_directory_path() / "fundtrail-cli-XXXXXX").string();
  crypto::ensure(::mkdtemp(pattern.data()) != nullptr, "a temporary directory can be made");
  return pattern;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// In the child: becomes the program.
[[noreturn]] void become(std::vector<char*> const& arguments, std::vector<char*> const& environment,
                         std::string const& out, std::string const& err, Power power) {
  ::setsid();  // no terminal
  if (power == Power::obeysPermissions) {
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);  // fails, and is not needed, unless this is root
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
  }
  ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
  ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
  ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
  ::execve(arguments.front(), arguments.data(), environment.data());
  ::_exit(127);
}

/// A ledger of that profile, which is made once, as making one takes a while, and copied for each test.
fs::path const& patternLedger(std::string const& profile) {
  struct Pattern {
    fs::path directory = makeTemporaryDirectory();
    fs::path ledger = directory / "ledger";
    explicit Pattern(std::string const& profile) {
      auto const ran = run({"init", "--ledger", ledger.string(), "--profile", profile},
                           {{"FUNDTRAIL_PASSWORD", "一个口令 with spaces"}});
      crypto::ensure(ran.exit == 0, "init makes a ledger: " + ran.err);
    }
    Pattern(Pattern const&) = delete;
    Pattern& operator=(Pattern const&) = delete;
    ~Pattern() { fs::remove_all(directory); }
  };
  static std::map<std::string, Pattern> patterns;
  return patterns.try_emplace(profile, profile).first->second.ledger;
}

}  // namespace

std::string readText(fs::path const& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void writeText(fs::path const& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

Ran execute(std::vector<std::string> command, std::map<std::string, std::string> const& environment, Power power) {
  auto const directory = makeTemporaryDirectory();
  auto const out = (directory / "out").string();
  auto const err = (directory / "err").string();
  std::vector<std::string> variables;
  variables.reserve(environment.size());
  for (auto const& [name, value] : environment) variables.push_back(fmt::format("{}={}", name, value));
  auto const argv = pointers(command);
  auto const envp = pointers(variables);

  auto const child = ::fork();
  crypto::ensure(child >= 0, "a process can be started");
  if (child == 0) become(argv, envp, out, err, power);
  int status = 0;
  crypto::ensure(::waitpid(child, &status, 0) == child, "the program ends");
  EXPECT_TRUE(WIFEXITED(status)) << "the program was killed by signal " << WTERMSIG(status);
  Ran ran{WIFEXITED(status) ? WEXITSTATUS(status) : -1, readText(out), readText(err)};
  fs::remove_all(directory);
  return ran;
}

Ran run(std::vector<std::string> const& arguments, std::map<std::string, std::string> const& environment, Power power) {
  std::vector<std::string> command{FUNDTRAIL_BIN_DIR "/fundtrail"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return execute(std::move(command), environment, power);
}

CliTest::CliTest(std::string const& profile) : directory_(makeTemporaryDirectory()), ledger_(directory_ / "ledger") {
  fs::copy(patternLedger(profile), ledger_, fs::copy_options::recursive);
}

CliTest::~CliTest() {
  std::error_code ignored;  // what cannot be removed is left to the system's own clearing of temporary files
  fs::remove_all(directory_, ignored);
}

Ran CliTest::fundtrail(std::vector<std::string> const& arguments) const {
  return run(arguments, {{"FUNDTRAIL_PASSWORD", kPassword}});
}

Ran CliTest::onLedger(std::vector<std::string> arguments) const {
  arguments.insert(arguments.end(), {"--ledger", ledger_.string()});
  return fundtrail(arguments);
}

Ran CliTest::submit(std::string_view json, std::string const& person, std::vector<std::string> const& more) const {
  auto const file = (directory_ / "batch.json").string();
  writeText(file, json);
  std::vector<std::string> arguments{"submit", file, "--key", key(person)};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return onLedger(arguments);
}

boost::json::object CliTest::status(std::vector<std::string> const& more) const {
  std::vector<std::string> arguments{"status", "--format", "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  auto const ran = onLedger(arguments);
  EXPECT_EQ(ran.exit, 0) << ran.err;
  return boost::json::parse(ran.out).as_object();
}

std::string CliTest::key(std::string const& person) const {
  return (ledger_ / "keys" / (person + ".pem")).string();
}

void expectFails(Ran const& ran, std::string_view words) {
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  EXPECT_THAT(ran.err, testing::HasSubstr(std::string(words)));
}

}  // namespace fundtrail::tests
