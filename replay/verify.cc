// SPDX-License-Identifier: Apache-2.0
#include "replay/verify.h"

#include <algorithm>
#include <memory>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "replay/check_attested.h"
#include "replay/findings.h"
#include "replay/founding.h"
#include "replay/inspect.h"
#include "replay/judge.h"
#include "replay/load.h"
#include "replay/parts_conclusion.h"
#include "replay/roots.h"
#include "replay/stored.h"

namespace fundtrail::replay {

namespace batch = ledger::batch;
using crypto::Error;
using crypto::ErrorKind;

namespace {

constexpr std::size_t kLoadBytes = std::size_t{256} << 10U;
constexpr std::size_t kLoadsPerThread = 8;
// A store that lost its end can claim any length: this many records that cannot be read, and the rest is not tried.
constexpr std::uint64_t kMaxUnreadable = 4096;

using Workers = batch::OrderedWorkers<Load>;

/// Reads the log from end to end and feeds the workers, until they take no more.
class Reader {
 public:
  Reader(log::EventLog const& log, std::uint64_t batches, Workers& workers)
      : log_(log), batches_(batches), workers_(workers), thread_([this] { run(); }) {}
  Reader(Reader const&) = delete;
  Reader& operator=(Reader const&) = delete;
  ~Reader() {
    workers_.close();
    thread_.join();
  }

 private:
  void run() {
    auto cursor = log_.read(domain::BatchNumber(0));
    std::uint64_t unreadable = 0;
    for (std::uint64_t next = 0; next < batches_ && unreadable < kMaxUnreadable; ++next) {
      auto item = read(*cursor, domain::BatchNumber(next));
      bool const readable = item.batch.has_value();
      if (!hand(std::move(item))) return;
      if (readable) continue;
      ++unreadable;
      cursor = log_.read(domain::BatchNumber(next + 1));
    }
    if (!load_.empty()) workers_.push(std::move(load_));
    workers_.close();
  }

  static Item read(log::Cursor& cursor, domain::BatchNumber number) {
    auto stored = cursor.next();
    if (!stored) return {number, stored.error()};
    if (*stored && (*stored)->number == number) return {number, StoredCopy(**stored)};
    return {number, Error{ErrorKind::corrupt,
                          fmt::format("batch {} is missing: restore the directory from a copy", number.text()),
                          fmt::format("缺少第 {} 批：请用副本恢复账本目录", number.text())}};
  }

  bool hand(Item item) {
    if (item.batch) bytes_ += item.batch->memory.size() * sizeof(std::uint64_t);
    load_.push_back(std::move(item));
    if (bytes_ < kLoadBytes) return true;
    bytes_ = 0;
    return workers_.push(std::exchange(load_, {}));
  }

  log::EventLog const& log_;
  std::uint64_t batches_;
  Workers& workers_;
  Load load_;
  std::size_t bytes_ = 0;
  std::thread thread_;
};

/// False: it was asked to end before the last batch.
bool replayEntries(log::EventLog const& log, log::LogSize size, Options const& options, batch::KeyRing const& keys,
                   Judge& judge, Findings& findings) {
  auto const threads = options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  auto const algorithm = log.hashAlgorithm();
  auto const takenOver = options.resume ? options.resume->beginning.batches : 0;
  batch::KeyRing const none;
  Workers workers(threads, threads * kLoadsPerThread, [&](Load& load) {
    for (auto& item : load) {
      if (!item.batch) continue;
      item.leaf = leafOf(algorithm, *item.batch);
      item.inspection.emplace(inspect(algorithm, item.number.value() < takenOver ? none : keys, *item.batch));
    }
  });
  Reader const reader(log, size.batches, workers);
  Progress progress{{}, size, takenOver};
  while (auto popped = workers.pop()) {
    auto const load = std::make_shared<Load const>(*std::move(popped));
    if (!judge.take(load)) return true;
    for (auto const& item : *load) {
      ++progress.done.batches;
      if (item.batch) progress.done.events += item.batch->events.size();
    }
    if (options.progress) options.progress(progress);
    if (options.reached) {
      if (auto const beginning = judge.beginning()) options.reached(*beginning);
    }
    if (progress.done.batches < size.batches && options.interrupted && options.interrupted()) return false;
  }
  if (progress.done.batches < size.batches) {
    findings.damage(domain::BatchNumber(progress.done.batches),
                    {ErrorKind::corrupt,
                     "too many batches cannot be read, the rest was not tried: restore the directory from a copy",
                     "无法读取的批次太多，其余未再尝试：请用副本恢复账本目录"});
  } else if (judge.entries() && progress.done.events != size.events) {
    findings.damage(std::nullopt, {ErrorKind::corrupt,
                                   fmt::format("the log counts {} events, its batches hold {}: restore the directory "
                                               "from a copy",
                                               size.events, progress.done.events),
                                   fmt::format("日志载有 {} 个事件，各批合计 {} 个：请用副本恢复账本目录", size.events,
                                               progress.done.events)});
  }
  return true;
}

/// What can be said of a log that was not looked at to its end.
void concludeInterrupted(Findings& findings, Report& report) {
  report.interrupted = true;
  findings.conclude(report);
  report.verdict = std::max(report.verdict, Verdict::notProven);
  for (std::size_t i = 0; i < kParts; ++i) {
    report.parts[i].id = static_cast<PartId>(i);
    report.parts[i].standing = Standing::notProven;
    report.parts[i].missing.push_back({"验证被中断", "the run was interrupted"});
  }
}

void compareCheckpoint(crypto::Checkpoint const& checkpoint, Roots const& roots, log::LogSize size, bool live,
                       Findings& findings) {
  auto const refuse = [&](std::optional<domain::BatchNumber> batch, domain::Text text) {
    findings.add(FindingKind::checkpoint, batch, std::move(text));
  };
  if (checkpoint.size > size.batches) {
    refuse(domain::BatchNumber(size.batches),
           {fmt::format("检查点覆盖 {} 批，日志只有 {} 批：有批次丢失", checkpoint.size, size.batches),
            fmt::format("the checkpoint covers {} batches, the log holds {}: batches were lost", checkpoint.size,
                        size.batches)});
  } else if (checkpoint.root != roots.at(checkpoint.size)) {
    refuse(std::nullopt, {"检查点签署的根与条目不符：日志被改动过",
                          "the checkpoint's root is not that of the entries: the log was altered"});
  } else if (checkpoint.size < size.batches && !live) {
    refuse(domain::BatchNumber(checkpoint.size),
           {fmt::format("该批次起没有检查点覆盖（共 {} 批）：请重新复制，或在账本运行时使用 --live",
                        size.batches - checkpoint.size),
            fmt::format("no checkpoint covers this batch and those behind it, {} in all: copy the log again, or use "
                        "--live while the ledger is running",
                        size.batches - checkpoint.size)});
  }
}

/// Whether the log had the root that the auditor brought.
void compareKnown(KnownRoot const& known, Roots const& roots, Findings& findings, Report& report) {
  auto const refuse = [&](domain::BatchNumber batch, domain::Text text) {
    findings.add(FindingKind::checkpoint, batch, std::move(text));
  };
  if (known.size > report.size.batches) {
    refuse(
        domain::BatchNumber(report.size.batches),
        {fmt::format("您提供的检查点覆盖 {} 批，日志只有 {} 批：其后的批次被截去", known.size, report.size.batches),
         fmt::format("the checkpoint that you brought covers {} batches, the log holds {}: those behind were cut off",
                     known.size, report.size.batches)});
  } else if (roots.at(known.size) != known.root) {
    refuse(domain::BatchNumber(known.size),
           {fmt::format("日志前 {} 批的根与您提供的不符：过去被改动过，或这是另一个日志", known.size),
            fmt::format("the root of the first {} batches is not the one that you brought: the past was altered, or "
                        "this is another log",
                        known.size)});
  } else {
    report.continues = known;
    if (report.identity) report.identity->trusted = true;
  }
}

void reportMissingFile(Findings& findings) {
  findings.add(FindingKind::checkpoint, std::nullopt,
               {"日志目录中没有 CHECKPOINT 文件：被截短的日志与完整的日志无从区分。请连同该文件重新复制，"
                "或用 --trust 提供他人所持、覆盖全部批次的检查点",
                "the log's directory has no file CHECKPOINT: a shortened log cannot be told from a whole one. Copy the "
                "log again with that file, or bring a checkpoint of all its batches that others hold with --trust"});
}

}  // namespace

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::proven: return "proven";
    case Verdict::notProven: return "notProven";
    case Verdict::findings: return "findings";
    case Verdict::tampered: return "tampered";
  }
  return "";
}

std::string_view name(FindingKind kind) {
  switch (kind) {
    case FindingKind::damage: return "damage";
    case FindingKind::entry: return "entry";
    case FindingKind::ledger: return "ledger";
    case FindingKind::signature: return "signature";
    case FindingKind::duplicate: return "duplicate";
    case FindingKind::tree: return "tree";
    case FindingKind::checkpoint: return "checkpoint";
    case FindingKind::attestation: return "attestation";
    case FindingKind::index: return "index";
    case FindingKind::rule: return "rule";
    case FindingKind::witness: return "witness";
    case FindingKind::time: return "time";
    case FindingKind::conservation: return "conservation";
    case FindingKind::purpose: return "purpose";
    case FindingKind::bank: return "bank";
    case FindingKind::reproduction: return "reproduction";
  }
  return "";
}

Verdict verdictOf(FindingKind kind) {
  switch (kind) {
    case FindingKind::rule:
    case FindingKind::witness:
    case FindingKind::time:
    case FindingKind::conservation:
    case FindingKind::purpose:
    case FindingKind::bank:
    case FindingKind::reproduction: return Verdict::findings;
    default: return Verdict::tampered;
  }
}

crypto::Result<Report> verify(log::EventLog const& log, Trust const& trust, Options const& options) {
  Report report;
  report.size = log.size();
  if (report.size.batches == 0) {
    return Error{ErrorKind::notFound, "the log is empty: no ledger was founded there yet",
                 "日志是空的：其中尚未建立账本"};
  }
  Findings findings;
  batch::KeyRing keys;
  Judge judge(log, trust, keys, options, findings);
  bool const ended = replayEntries(log, report.size, options, keys, judge, findings);
  judge.finish();
  if (auto misfit = judge.misfit(ended)) return *std::move(misfit);
  if (!ended) {
    concludeInterrupted(findings, report);
    return report;
  }
  judge.conclude(report);

  if (!judge.logKeys().empty()) {
    report.checkpoint = readCheckpoint(log, signingKeys(trust, judge.logKeys()), findings);
  }
  Roots roots;
  if (auto const* const entries = judge.entries(); entries && entries->size() == report.size.batches) {
    auto sizes = sizesOf(options.attestations, report.size.batches);
    if (report.checkpoint) sizes.insert(report.checkpoint->size);
    if (trust.checkpoint) sizes.insert(trust.checkpoint->size);
    for (auto const& figures : options.published) sizes.insert(figures.treeSize);
    roots = compareTree(log, *entries, sizes, findings, report);
    if (report.checkpoint) compareCheckpoint(*report.checkpoint, roots, report.size, options.live, findings);
    if (trust.checkpoint) compareKnown(*trust.checkpoint, roots, findings, report);
    checkAttested(log, options.attestations, roots, findings, report);
  }
  report.parts[static_cast<std::size_t>(PartId::reproduced)] = judge.concludeFigures(roots);
  bool const knownWhole = report.continues && report.continues->size == report.size.batches;
  if (!options.hasCheckpointFile && !knownWhole) reportMissingFile(findings);
  if (auto const* const claims = judge.claims()) compareIdempotencyKeys(log, *claims, findings, report);
  if (auto const* const state = judge.state()) compareUsedNumbers(log, *state, findings, report);
  findings.conclude(report);
  concludeParts(options.attestations.policy || options.attestations.authorities, report);
  return report;
}

}  // namespace fundtrail::replay
