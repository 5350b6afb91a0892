// SPDX-License-Identifier: Apache-2.0
#include "replay/parts_conclusion.h"

#include <algorithm>

#include <fmt/format.h>

namespace fundtrail::replay {

using domain::Text;

namespace {

Part& at(Report& report, PartId id) {
  auto& part = report.parts[static_cast<std::size_t>(id)];
  part.id = id;
  return part;
}

Text notJudged(Report const& report) {
  auto const events = report.notJudged;
  if (report.leftOut.events > 0) {
    return {fmt::format("本副本未收录 {} 个事件：自首个起的 {} 个事件未判定", report.leftOut.events, events),
            fmt::format("{} events are left out of this copy: from the first of them on, {} were not judged",
                        report.leftOut.events, events)};
  }
  return {fmt::format("首个问题之后的 {} 个事件未判定", events),
          fmt::format("{} events behind the first fault were not judged", events)};
}

void concludeAuthentic(bool attests, Report& report) {
  auto& part = at(report, PartId::authentic);
  part.counted = {{{"形式、位置和时间顺序相符的批次", "batches with form, place and order as they must be"},
                   report.proof.batches,
                   report.size.batches,
                   {}},
                  {{"由所称密钥签署的批次", "batches signed by the keys that they name"},
                   report.proof.signatures,
                   report.size.batches,
                   {}}};
  if (report.tilesCompared) {
    part.counted.push_back(
        {{"与重算相同的哈希块", "tiles equal to the rebuilt ones"}, report.proof.tiles, report.proof.tiles, {}});
  } else if (report.verdict != Verdict::tampered) {
    part.granted.push_back({"本副本不含日志所存的哈希块和索引，未比对",
                            "the tiles and indexes that the log keeps: this copy has none to compare"});
  }
  if (report.identity && !report.identity->trusted) {
    part.granted.push_back({"账本标识和日志公钥取自日志自身（可用 --trust 提供）",
                            "the ledger's id and log key are the log's own word (bring them with --trust)"});
  }
  if (!attests) {
    part.granted.push_back({"未提供见证策略或时间戳机构（--policy、--authorities），入账时间只有日志自己的说法",
                            "no witnesses or time-stamp authorities were named (--policy, --authorities): when batches "
                            "were accepted, only the log says"});
  }
  if (report.takenOver) {
    auto const& [beginning, runs] = *report.takenOver;
    part.granted.push_back(
        {fmt::format(
             "前 {} 批的签名由先前的运行验证（最近一次 {}），以续验文件（--resume）为凭；这些批次的根与当时相同",
             beginning.batches, runs.back().at.text()),
         fmt::format("the signatures of the first {} batches were verified by earlier runs (the last one {}), by the "
                     "word of the resume file (--resume); the root over them is the same as then",
                     beginning.batches, runs.back().at.text())});
  }
  part.granted.push_back({"私钥只在其持有人手中", "that private keys are in the hands of those whom they name"});
}

void concludeComplete(Report& report) {
  auto& part = at(report, PartId::complete);
  auto const covered = report.checkpoint ? report.checkpoint->size : 0;
  part.counted = {{{"在日志签名的检查点之下的批次", "batches under the checkpoint that the log signed"},
                   std::min(covered, report.size.batches),
                   report.size.batches,
                   {}},
                  {{"与日志一致的外部检查点", "outsiders' checkpoints that are of this history"},
                   report.attested.size() + (report.continues ? 1 : 0),
                   report.attested.size() + (report.continues ? 1 : 0),
                   {}}};
  if (report.continues && report.continues->size == report.size.batches) return;
  part.granted.push_back({"末尾之后没有被截去的批次：只有他人所持的检查点能说明（--trust、--policy）",
                          "that nothing was cut off behind the end: only checkpoints that others hold tell (--trust, "
                          "--policy)"});
}

void concludeJudged(Report& report) {
  auto& lawful = at(report, PartId::lawful);
  lawful.counted = {{{"从头判定为合规的事件", "events that pass every rule, judged from nothing"},
                     report.proof.judged,
                     report.size.events,
                     {}}};
  lawful.granted.push_back(
      {"事件所述与事实相符：账本证明谁在何时说了什么，不代替现场和原件的查验",
       "that what events say is so: the ledger proves who said what and when, and replaces no look "
       "at papers and premises"});
  auto& conserved = at(report, PartId::conserved);
  conserved.counted = {{{"每一步守恒且无透支的分录", "postings, conserved and never overdrawn at every prefix"},
                        report.proof.postings,
                        report.proof.postings,
                        {}}};
  if (report.notJudged == 0) return;
  lawful.missing.push_back(notJudged(report));
  conserved.missing.push_back(notJudged(report));
}

}  // namespace

PartId partOf(FindingKind kind) {
  switch (kind) {
    case FindingKind::entry:
    case FindingKind::ledger:
    case FindingKind::signature:
    case FindingKind::duplicate:
    case FindingKind::tree:
    case FindingKind::time: return PartId::authentic;
    case FindingKind::damage:
    case FindingKind::checkpoint:
    case FindingKind::attestation:
    case FindingKind::index:
    case FindingKind::witness: return PartId::complete;
    case FindingKind::rule: return PartId::lawful;
    case FindingKind::conservation: return PartId::conserved;
    case FindingKind::purpose: return PartId::purposeBound;
    case FindingKind::bank: return PartId::bankTrue;
    case FindingKind::reproduction: return PartId::reproduced;
  }
  return PartId::authentic;
}

void concludeParts(bool attests, Report& report) {
  concludeAuthentic(attests, report);
  concludeComplete(report);
  concludeJudged(report);
  for (auto const id : {PartId::purposeBound, PartId::bankTrue, PartId::reproduced}) {
    auto& part = at(report, id);
    if (report.notJudged > 0) part.missing.push_back(notJudged(report));
  }
  for (auto& part : report.parts) {
    if (!part.missing.empty()) part.standing = std::max(part.standing, Standing::notProven);
  }
  for (auto const& finding : report.findings) {
    report.parts[static_cast<std::size_t>(partOf(finding.kind))].standing = Standing::fails;
  }
  bool const proven =
      std::ranges::all_of(report.parts, [](Part const& part) { return part.standing == Standing::holds; });
  if (!proven) report.verdict = std::max(report.verdict, Verdict::notProven);
}

}  // namespace fundtrail::replay
