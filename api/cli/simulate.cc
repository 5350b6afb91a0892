// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/cli/outcome.h"
#include "api/keys/key_file.h"
#include "api/keys/password.h"
#include "api/views/table.h"
#include "ledger/checkpoint_signer.h"
#include "ledger/planting/planting.h"
#include "ledger/planting/recorder.h"
#include "ledger/schema/names.h"
#include "ledger/simulation/people.h"
#include "ledger/simulation/simulation.h"
#include "ledger/tampering/disk.h"
#include "ledger/tampering/rewrite.h"
#include "ledger/tampering/tampering.h"

namespace fundtrail::api::cli {

namespace {

using crypto::Result;
using ledger::simulation::Plan;
using ledger::simulation::Simulation;
namespace planting = ledger::planting;
namespace tampering = ledger::tampering;

struct Options {
  std::filesystem::path ledger;
  Plan plan;
  std::vector<std::string> plants;
  std::vector<std::string> tamperings;
  keys::PasswordSource password;
};

/// What is to be recorded, and what was planted in it.
struct History {
  Simulation simulation;
  std::uint64_t seed;
  std::vector<planting::Request> requests;
  std::vector<planting::Planted> planted{};

  using Sink = std::function<void(ledger::batch::SignedBatch)>;
  Result<void> run(Sink const& sink) {
    if (requests.empty()) {
      simulation.run(sink);
      return {};
    }
    auto done = planting::plant(simulation, seed, requests, sink);
    if (!done) return done.error();
    planted = *std::move(done);
    return {};
  }
};

/// What is on record in the end.
struct Record {
  ledger::log::LogSize size;
  crypto::Digest root;
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

Result<void> writeKeys(LedgerDirectory const& directory, Simulation const& simulation, std::string_view password) {
  if (auto const written = directory.writeLogKeys(simulation.logKey()); !written) return written.error();
  std::set<std::string> persons;
  for (auto const& person : simulation.founders()) persons.insert(person);
  for (auto const& person : ledger::simulation::oneOfEachRole()) persons.emplace(person.id);
  for (auto const& person : persons) {
    auto const written = keys::writeKeyFile(directory.keyOf(person), simulation.keyOf(person), password);
    if (!written) return written.error();
  }
  return {};
}

/// Who can sign in to look at the ledger as each role does, and with which key.
Result<void> writePeople(Session const& session, LedgerDirectory const& directory) {
  views::Table table{
      {{session.text({"角色", "Role"})}, {session.text({"人员", "Person"})}, {session.text({"密钥文件", "Key"})}}, {}};
  for (auto const& person : ledger::simulation::oneOfEachRole()) {
    table.rows.push_back({std::string(ledger::schema::enumerantTitle(person.role, session.language)),
                          std::string(person.id), directory.keyOf(person.id).string()});
  }
  std::ostringstream text;
  table.printAligned(text);
  return files::writeNewFile(directory.keys() / "PEOPLE", text.str(), files::Access::everyone);
}

/// Past the log, as one has it who holds the disk.
Result<bool> tamperWithLog(LedgerDirectory const& directory, tampering::Tampering const& what,
                           tampering::Draws& draws) {
  auto const disk = tampering::Disk::open(directory.log());
  if (!disk) return disk.error();
  auto const changes = tampering::tamper((*disk)->stored(), what, draws);
  for (auto const& change : changes) {
    if (auto const done = (*disk)->apply(change); !done) return done.error();
  }
  return !changes.empty();
}

Result<ledger::CheckpointSigner> signerOf(Simulation const& simulation) {
  ledger::schema::Message<ledger::schema::Statement> const genesis(simulation.genesis().statement.bytes());
  return ledger::CheckpointSigner::make(genesis.root().getGenesis(), simulation.logKey());
}

/// By one who holds the log's key: another log takes the place of the first.
Result<bool> rewriteLog(LedgerDirectory const& directory, Simulation const& simulation,
                        tampering::Tampering const& what, tampering::Draws& draws) {
  auto const signer = signerOf(simulation);
  if (!signer) return signer.error();
  auto const next = directory.root() / "log.rewritten";
  {
    auto const from = ledger::log::RocksDbLog::openReadOnly(directory.log());
    if (!from) return from.error();
    auto const to = ledger::log::RocksDbLog::create(next, crypto::HashAlgorithm::sha256);
    if (!to) return to.error();
    auto const done = tampering::rewrite(**from, **to, what, draws, *signer);
    if (!done || !*done) return done;
  }
  std::error_code error;
  std::filesystem::remove_all(directory.log(), error);
  if (!error) std::filesystem::rename(next, directory.log(), error);
  if (error) return files::fileError(directory.log(), error.value());
  return true;
}

/// Through the ledger, which judges each event.
Result<Record> recordJudged(Session const& session, LedgerDirectory const& directory, History& history) {
  auto const& simulation = history.simulation;
  {
    auto const log = ledger::log::RocksDbLog::create(directory.log(), crypto::HashAlgorithm::sha256);
    if (!log) return log.error();
    auto const founded =
        ledger::Ledger::found(**log, simulation.genesis(), simulation.logKey(), simulation.foundedAt());
    if (!founded) return founded.error();
  }
  auto ledger = directory.openForWriting(session, std::nullopt, [](auto authoredAt) { return authoredAt; });
  if (!ledger) return ledger.error();
  Recorder recorder(session, **ledger);
  auto const ran = history.run([&](ledger::batch::SignedBatch batch) { recorder.take(std::move(batch)); });
  if (!ran) return ran.error();
  if (auto const done = recorder.finish(); !done) return done.error();
  return Record{(*ledger)->log().size(), (*ledger)->log().root()};
}

/// Past the rules, as an operator would who is in it; under the checkpoint of the log's own key.
Result<Record> recordUnjudged(LedgerDirectory const& directory, History& history) {
  auto const& simulation = history.simulation;
  auto const log = ledger::log::RocksDbLog::create(directory.log(), crypto::HashAlgorithm::sha256);
  if (!log) return log.error();
  auto recorder = planting::Recorder::begin(**log, simulation.genesis(), simulation.foundedAt());
  if (!recorder) return recorder.error();
  Result<void> taken;
  auto const ran = history.run([&](ledger::batch::SignedBatch const& batch) {
    if (taken) taken = (*recorder)->take(batch);
  });
  if (!ran) return ran.error();
  if (!taken) return taken.error();
  if (auto const done = (*recorder)->finish(); !done) return done.error();
  auto const signer = signerOf(simulation);
  if (!signer) return signer.error();
  Record const record{(*log)->size(), (*log)->root()};
  if (auto const done = (*log)->storeCheckpoint(signer->sign(record.size.batches, record.root)); !done) {
    return done.error();
  }
  return record;
}

/// One tampering after the other, each with the numbers that follow from the seed and its place.
Result<void> tamperWith(LedgerDirectory const& directory, Simulation const& simulation, std::uint64_t seed,
                        std::vector<tampering::Tampering> const& tamperings) {
  std::uint64_t place = 0;
  for (auto const& each : tamperings) {
    tampering::Draws draws(seed * 1'000 + place++);
    auto const done = each.hand == tampering::Hand::keyholder ? rewriteLog(directory, simulation, each, draws)
                                                              : tamperWithLog(directory, each, draws);
    if (!done) return done.error();
    if (*done) continue;
    return crypto::Error{crypto::ErrorKind::notFound,
                         fmt::format("--tamper {}: this ledger has nothing of the kind to change", each.name()),
                         fmt::format("--tamper {}：本账中没有可以这样改动的内容", each.name())};
  }
  return {};
}

void printPlanted(Session const& session, std::vector<planting::Planted> const& planted) {
  bool const zh = session.language == Language::zh;
  for (auto const& each : planted) {
    auto const rule = each.kind->rule.empty() ? std::string() : fmt::format(" {}", each.kind->rule);
    session.out << session.text(
        {"已埋设 {}（应由 {}{} 查出，事件 {}）：{}\n", "planted {} (for {}{} to find, event {}): {}\n"},
        each.kind->name, each.kind->check, rule, each.events.front(), zh ? each.what.zh : each.what.en);
  }
}

Result<Exit> simulate(Session const& session, Options const& options) {
  using Seconds = std::chrono::duration<double>;
  History history{Simulation(options.plan), options.plan.seed, {}};
  for (auto const& text : options.plants) {
    auto const request = planting::parseRequest(text);
    if (!request) return request.error().of("--plant");
    history.requests.push_back(*request);
  }
  std::vector<tampering::Tampering> tamperings;
  for (auto const& text : options.tamperings) {
    auto const parsed = tampering::parseTampering(text);
    if (!parsed) return parsed.error().of("--tamper");
    tamperings.push_back(*parsed);
  }
  bool const unjudged = planting::breakRules(history.requests);
  auto made = NewLedgerDirectory::make(session, options.ledger);
  if (!made) return made.error();
  auto const password = simulationPassword(session, options.password);
  if (!password) return password.error();
  auto const& directory = made->directory();
  if (auto const done = writeKeys(directory, history.simulation, password->view()); !done) return done.error();
  if (auto const done = writePeople(session, directory); !done) return done.error();

  auto const start = std::chrono::steady_clock::now();
  auto const record = unjudged ? recordUnjudged(directory, history) : recordJudged(session, directory, history);
  if (!record) return record.error();
  auto const seconds = Seconds(std::chrono::steady_clock::now() - start).count();
  auto const tampered = tamperWith(directory, history.simulation, options.plan.seed, tamperings);
  if (!tampered) return tampered.error();
  if (!history.planted.empty()) {
    auto const manifest = directory.root() / "planted.json";
    auto const written = files::writeNewFile(manifest, planting::toJson(history.planted), files::Access::everyone);
    if (!written) return written.error();
  }
  // What an auditor would bring from elsewhere to see it.
  for (auto const& [name, table] : {std::pair("bank-movements.csv", planting::movementsOf(history.planted)),
                                    std::pair("registry.csv", planting::registryOf(history.planted))}) {
    if (table.empty()) continue;
    auto const written = files::writeNewFile(directory.root() / name, table, files::Access::everyone);
    if (!written) return written.error();
  }
  if (auto const published = made->publish(); !published) return published.error();
  auto const& [size, root] = *record;
  session.out << session.text({"账本 {}\n{} 批，{} 个事件，根 {}\n用时 {:.2f} 秒，每秒 {:.0f} 个事件\n",
                               "ledger {}\n{} batches, {} events, root {}\n{:.2f} s, {:.0f} events/s\n"},
                              history.simulation.ledgerId().text(), size.batches, size.events, root.hex(), seconds,
                              static_cast<double>(size.events) / seconds);
  printPlanted(session, history.planted);
  for (auto const& each : tamperings) {
    session.out << session.text({"事后改动了存储：{}\n", "then tampered with the store: {}\n"}, each.name());
  }
  if (unjudged) {
    session.out << session.text(
        {"埋设的内容违反记账规则：本账未经规则判定即写入，只能复核（fundtrail-replay），不能再记账\n",
         "what was planted breaks rules: this ledger was written without asking them; it can "
         "be replayed (fundtrail-replay), not continued\n"});
  }
  return Exit::ok;
}

Result<Exit> printKinds(Session const& session, std::string const& format) {
  namespace json = boost::json;
  if (format == "json") {
    json::array list;
    for (auto const& kind : planting::kinds()) {
      auto const orNull = [](std::string_view text) {
        return text.empty() ? json::value(nullptr) : json::value(json::string(text));
      };
      list.push_back(json::object{{"kind", kind.name},
                                  {"zh", kind.zh},
                                  {"en", kind.en},
                                  {"check", kind.check},
                                  {"rule", orNull(kind.rule)},
                                  {"fraud", orNull(kind.fraud)}});
    }
    json::array names;
    for (auto const& each : tampering::tamperings()) names.emplace_back(each.name());
    session.out << json::serialize(json::object{{"kinds", std::move(list)}, {"tamperings", std::move(names)}}) << '\n';
    return Exit::ok;
  }
  views::Table table{{{session.text({"种类", "Kind"})},
                      {session.text({"埋设什么", "What is planted"})},
                      {session.text({"应由何处查出", "What must find it"})}},
                     {}};
  for (auto const& kind : planting::kinds()) {
    auto const rule = kind.rule.empty() ? std::string() : fmt::format(" {}", kind.rule);
    table.rows.push_back({std::string(kind.name), std::string(Text{kind.zh, kind.en}.in(session.language)),
                          fmt::format("{}{}", kind.check, rule)});
  }
  table.printAligned(session.out);
  session.out << session.text(
      {"\n事后改动存储（simulate --tamper）：结构-动作-何人\n",
       "\nwhat can be done to the store afterwards (simulate --tamper): structure-action-hand\n"});
  for (auto const& each : tampering::tamperings()) session.out << each.name() << '\n';
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
  command
      .option("--plant", options->plants,
              {"埋设问题供复核查找，可重复；种类见 fundtrail plants",
               "plant something for the replay to find, may be repeated; fundtrail plants lists the kinds"})
      .valueName("KIND[:N]");
  command
      .option("--tamper", options->tamperings,
              {"记完后改动存储，可重复；种类见 fundtrail plants",
               "change the store afterwards, may be repeated; fundtrail plants lists the kinds"})
      .valueName("KIND");
  command.flag("--alone", options->plan.alone, {"每个事件单独成批", "every event is a batch of its own"});
  addPasswordFile(command, options->password.file);
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return simulate(session, *options); }; });
}

void addPlants(commandline::Program& program, Action& chosen) {
  auto format = std::make_shared<std::string>();
  auto command = program.command(
      "plants", {"列出 simulate 的 --plant 和 --tamper 的种类", "list what simulate can --plant and --tamper"});
  addFormat(command, *format, {"table", "json"});
  command.onChosen(
      [format, &chosen] { chosen = [format](Session const& session) { return printKinds(session, *format); }; });
}

}  // namespace fundtrail::api::cli
