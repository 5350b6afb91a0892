// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/json.hpp>

#include "api/cli/commands.h"
#include "api/cli/ledger_directory.h"
#include "api/cli/options.h"
#include "api/views/table.h"
#include "crypto/log_policy.h"
#include "crypto/note.h"
#include "ledger/attestation/attestations.h"
#include "ledger/files/files.h"
#include "ledger/http/client.h"
#include "ledger/witnessing/witnesses.h"

namespace fundtrail::api::cli {

namespace {

namespace attestation = ledger::attestation;
namespace json = boost::json;
using crypto::Result;
using ledger::domain::Instant;
using ledger::witnessing::Round;
using ledger::witnessing::WitnessAnswer;

constexpr std::size_t kMostPolicy = 1'000'000;

struct Options {
  std::filesystem::path ledger;
  std::filesystem::path policy;
  std::string format;
};

Text titleOf(WitnessAnswer::Kind kind) {
  using Kind = WitnessAnswer::Kind;
  switch (kind) {
    case Kind::cosigned: return {"已见证", "cosigned"};
    case Kind::notAsked: return {"未请求", "not asked"};
    case Kind::unreachable: return {"无法联系", "unreachable"};
    case Kind::busy: return {"暂缓", "busy"};
    case Kind::unknownLog: return {"不认识本日志", "unknown log"};
    case Kind::ahead: return {"警报：超前", "ALARM: ahead"};
    case Kind::forked: return {"警报：历史不符", "ALARM: forked"};
    case Kind::wrong: return {"回答无效", "wrong answer"};
  }
  return {"", ""};
}

std::optional<Instant> instantOf(std::uint64_t seconds) {
  return Instant::fromMilliseconds(static_cast<std::int64_t>(seconds) * 1000);
}

/// How far the newest checkpoint that enough have witnessed lies behind.
struct Standing {
  std::uint64_t newest;         // batches
  std::uint64_t witnessed = 0;  // batches
  std::uint64_t time = 0;       // when enough had witnessed that one, in seconds since 1970; 0: none was yet

  [[nodiscard]] std::uint64_t lag() const { return newest - std::min(newest, witnessed); }
};

void printText(Session const& session, crypto::LogPolicy const& policy, Round const& round, Standing const& standing) {
  views::Table table{{{session.text({"见证方", "witness"})},
                      {session.text({"结果", "result"})},
                      {session.text({"时间或说明", "when, or why not"}), views::Align::left, 60}},
                     {}};
  for (auto const& answer : round.answers) {
    auto const at = answer.kind == WitnessAnswer::Kind::cosigned ? instantOf(answer.time) : std::nullopt;
    auto const& why = session.language == Language::zh ? answer.text.zh : answer.text.en;
    table.rows.push_back(
        {policy.witnesses()[answer.witness].name, session.text(titleOf(answer.kind)), at ? at->text() : why});
  }
  table.printAligned(session.out);
  auto const& quorum = round.attestation.quorum;
  session.out << session.text(
      {"最新检查点 {} 批：{} 方已见证，须 {} 方\n", "newest checkpoint, {} batches: {} cosigned, {} are needed\n"},
      standing.newest, quorum.reached, quorum.needed);
  auto const at = instantOf(standing.time);
  session.out << (standing.time == 0 || !at
                      ? session.text({"尚无达标的检查点：落后 {} 批\n",
                                      "enough have cosigned none yet: {} batches are not witnessed\n"},
                                     standing.lag())
                      : session.text({"已达标的最新检查点 {} 批，见证于 {}：落后 {} 批\n",
                                      "newest that enough cosigned: {} batches, at {}; {} batches are not witnessed\n"},
                                     standing.witnessed, at->text(), standing.lag()));
}

void printJson(Session const& session, crypto::LogPolicy const& policy, Round const& round, Standing const& standing) {
  json::array witnesses;
  for (auto const& answer : round.answers) {
    bool const cosigned = answer.kind == WitnessAnswer::Kind::cosigned;
    witnesses.push_back({{"name", json::string(policy.witnesses()[answer.witness].name)},
                         {"result", json::string(name(answer.kind))},
                         {"time", cosigned ? json::value(answer.time) : json::value(nullptr)},
                         {"zh", json::string(answer.text.zh)},
                         {"en", json::string(answer.text.en)}});
  }
  auto const& quorum = round.attestation.quorum;
  session.out << json::serialize(json::object{
                     {"size", standing.newest},
                     {"root", json::string(round.attestation.checkpoint.root.hex())},
                     {"reached", quorum.reached},
                     {"needed", quorum.needed},
                     {"witnessedSize", standing.witnessed},
                     {"witnessedTime", standing.time == 0 ? json::value(nullptr) : json::value(standing.time)},
                     {"lagBatches", standing.lag()},
                     {"witnesses", std::move(witnesses)}})
              << '\n';
}

/// What is kept as witnessed counts by the policy that is given now, which may ask for more than an earlier one.
Result<Standing> standingOf(attestation::Attestations const& attestations, crypto::LogPolicy const& policy,
                            std::uint64_t newest) {
  Standing standing{newest};
  auto const note = attestations.witnessed();
  if (!note) return note.error();
  if (!*note) return standing;
  auto const parsed = crypto::parseNote(**note);
  if (!parsed) return parsed.error();
  auto const attested = policy.evaluate(*parsed);
  if (!attested || !attested->quorum.met()) return standing;
  standing.witnessed = attested->checkpoint.size;
  for (auto const& cosignature : attested->cosignatures) standing.time = std::max(standing.time, cosignature.time);
  return standing;
}

Result<Exit> askWitnesses(Session const& session, Options const& options) {
  auto const text = files::readFile(options.policy, kMostPolicy);
  if (!text) return text.error();
  auto policy = crypto::LogPolicy::parse(*text);
  if (!policy) return policy.error().of(options.policy.string());
  LedgerDirectory const directory(options.ledger);
  auto const log = directory.openForReading(session);
  if (!log) return log.error();
  auto const note = (*log)->checkpoint();
  if (!note) return note.error();
  if (!*note) {
    return session.error(crypto::ErrorKind::notFound, {"账本尚无检查点：请先记一批事件",
                                                       "the ledger has no checkpoint yet: record something first"});
  }
  attestation::Attestations const attestations(directory.attestations());
  auto const locked = attestations.lock();
  if (!locked) return locked.error();

  ledger::witnessing::Witnesses witnesses(*std::move(policy), &ledger::http::post);
  auto const round = witnesses.ask(**log, **note);
  if (!round) return round.error();
  bool const met = round->attestation.quorum.met();
  if (auto const kept = attestations.keep(round->note, met); !kept) return kept.error();
  auto const standing = standingOf(attestations, witnesses.policy(), round->attestation.checkpoint.size);
  if (!standing) return standing.error();
  (options.format == "json" ? printJson : printText)(session, witnesses.policy(), *round, *standing);
  bool const alarm = std::ranges::any_of(round->answers, [](WitnessAnswer const& answer) {
    return answer.kind == WitnessAnswer::Kind::ahead || answer.kind == WitnessAnswer::Kind::forked;
  });
  return met && !alarm ? Exit::ok : Exit::refused;
}

}  // namespace

void addWitness(commandline::Program& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto command = program.command(
      "witness", {"请策略文件中的见证方为最新检查点见证签名，存于账本旁；记账从不等待它",
                  "ask a policy's witnesses to cosign the newest checkpoint; recording never waits for it"});
  command
      .option("--policy", options->policy,
              {"策略文件（c2sp.org/tlog-policy）：日志、见证方及其网址、须几方",
               "a policy (c2sp.org/tlog-policy): the log, witnesses with their addresses, how many are needed"})
      .required()
      .valueName("FILE");
  addLedger(command, options->ledger);
  addFormat(command, options->format, {"table", "json"});
  command.footer({"退出码：0 见证方已足数；2 不足，或有见证方报警；1 没能运行。",
                  "Exit codes: 0 enough have cosigned; 2 too few, or one of them gives alarm; 1 it could not run."});
  command.onChosen(
      [options, &chosen] { chosen = [options](Session const& session) { return askWitnesses(session, *options); }; });
}

}  // namespace fundtrail::api::cli
