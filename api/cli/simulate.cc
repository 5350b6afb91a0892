// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <deque>
#include <future>
#include <memory>
#include <utility>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/outcome.h"
#include "api/keys/key_file.h"
#include "api/keys/password.h"
#include "ledger/simulation/simulation.h"

namespace fundtrail::api::cli {

namespace {

using crypto::Result;
using ledger::simulation::Plan;
using ledger::simulation::Simulation;

struct Options {
  std::filesystem::path ledger;
  Plan plan;
  keys::PasswordSource password;
};

/// Batches on their way, answered in order. The first that is not recorded is the error, and ends the rest.
class Recorder {
 public:
  Recorder(Session const& session, ledger::Ledger& ledger) : session_(session), ledger_(ledger) {}

  void take(ledger::batch::SignedBatch batch) {
    if (failed_) return;
    waiting_.push_back(ledger_.submit(std::move(batch)));
    if (waiting_.size() >= kMostWaiting) settleOldest();
  }
  Result<void> finish() {
    while (!waiting_.empty()) settleOldest();
    if (failed_) return *failed_;
    return {};
  }

 private:
  static constexpr std::size_t kMostWaiting = 4096;

  void settleOldest() {
    auto const recorded = recordedOf(session_, waiting_.front().get());
    waiting_.pop_front();
    if (!recorded && !failed_) failed_ = recorded.error();
  }

  Session const& session_;
  ledger::Ledger& ledger_;
  std::deque<std::future<ledger::Outcome>> waiting_;
  std::optional<crypto::Error> failed_;
};

/// The keys of a simulation follow from its seed, so a default password gives nothing away.
Result<keys::Secret> simulationPassword(Session const& session, keys::PasswordSource const& source) {
  auto given = keys::givenPassword(session, source);
  if (!given) return given.error();
  if (*given) return **std::move(given);
  constexpr std::string_view kDefault = "simulated";
  session.out << session.text({"模拟密钥的口令：{}\n", "password of the simulated keys: {}\n"}, kDefault);
  return keys::Secret(std::string(kDefault));
}

Result<void> found(LedgerDirectory const& directory, Simulation const& simulation, std::string_view password) {
  ledger::LogKeys logKeys(simulation.logKey());
  if (auto const written = directory.writeLogKeys(logKeys); !written) return written.error();
  for (auto const& person : simulation.founders()) {
    auto const written = keys::writeKeyFile(directory.keyOf(person), simulation.keyOf(person), password);
    if (!written) return written.error();
  }
  auto const log = ledger::log::RocksDbLog::create(directory.log(), crypto::HashAlgorithm::sha256);
  if (!log) return log.error();
  return ledger::Ledger::found(**log, simulation.genesis(), std::move(logKeys), simulation.foundedAt());
}

Result<Exit> simulate(Session const& session, Options const& options) {
  using Seconds = std::chrono::duration<double>;
  auto made = NewLedgerDirectory::make(session, options.ledger);
  if (!made) return made.error();
  auto const password = simulationPassword(session, options.password);
  if (!password) return password.error();
  Simulation const simulation(options.plan);
  auto const& directory = made->directory();
  if (auto const done = found(directory, simulation, password->view()); !done) return done.error();
  auto ledger = directory.openForWriting(session, std::nullopt, [](auto authoredAt) { return authoredAt; });
  if (!ledger) return ledger.error();

  auto const start = std::chrono::steady_clock::now();
  Recorder recorder(session, **ledger);
  simulation.run([&](ledger::batch::SignedBatch batch) { recorder.take(std::move(batch)); });
  if (auto const done = recorder.finish(); !done) return done.error();
  auto const seconds = Seconds(std::chrono::steady_clock::now() - start).count();

  auto const id = (*ledger)->id();
  auto const size = (*ledger)->log().size();
  auto const root = (*ledger)->log().root();
  ledger->reset();
  if (auto const published = made->publish(); !published) return published.error();
  session.out << session.text({"账本 {}\n{} 批，{} 个事件，根 {}\n用时 {:.2f} 秒，每秒 {:.0f} 个事件\n",
                               "ledger {}\n{} batches, {} events, root {}\n{:.2f} s, {:.0f} events/s\n"},
                              id.text(), size.batches, size.events, root.hex(), seconds,
                              static_cast<double>(size.events) / seconds);
  return Exit::ok;
}

}  // namespace

void addSimulate(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command("simulate",
                                 {"由种子生成一本模拟账：真实的城市和首批资金，虚构的企业和项目",
                                  "make a ledger up from a seed: real cities and first tranches, made-up enterprises"});
  addLedger(command, options->ledger);
  command.option("--seed", options->plan.seed, {"种子：相同的种子得到相同的账", "the same seed gives the same ledger"})
      .wholeNumber()
      .valueName("N")
      .showDefault();
  command.option("--enterprises", options->plan.enterprises, {"企业数", "how many enterprises"})
      .valueName("N")
      .between(1, 1'000'000)
      .showDefault();
  command.flag("--alone", options->plan.alone, {"每个事件单独成批", "every event is a batch of its own"});
  addPasswordFile(command, options->password.file);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return simulate(session, *options); }; });
}

}  // namespace fundtrail::api::cli
