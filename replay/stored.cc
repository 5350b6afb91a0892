// SPDX-License-Identifier: Apache-2.0
#include "replay/stored.h"

#include <algorithm>
#include <span>
#include <string>

#include <fmt/format.h>

#include "crypto/merkle.h"
#include "crypto/tiles.h"
#include "ledger/batch/log_keys.h"

namespace fundtrail::replay {

using crypto::BytesView;
using crypto::Digest;
using crypto::Result;
using crypto::TileId;

namespace {

/// The batch whose leaf is the first that two tiles of level 0 disagree on.
domain::BatchNumber firstDifference(TileId tile, BytesView stored, BytesView rebuilt) {
  auto const at = std::ranges::mismatch(stored, rebuilt).in1 - stored.begin();
  return domain::BatchNumber(tile.index * crypto::kTileWidth + static_cast<std::uint64_t>(at) / Digest::kSize);
}

void addIndexFinding(Findings& findings, std::optional<domain::BatchNumber> batch, std::string zh, std::string en) {
  findings.add(FindingKind::index, batch, {std::move(zh), std::move(en)});
}

/// Of a copy without this index: then there is nothing to compare.
bool keepsNone(crypto::Error const& error) {
  return error.kind == crypto::ErrorKind::unsupported;
}

}  // namespace

Roots compareTree(log::EventLog const& log, Past const& entries, std::set<std::uint64_t> const& sizes,
                  Findings& findings, Report& report) {
  auto const algorithm = log.hashAlgorithm();
  crypto::TileWriter tree(algorithm);
  Roots roots;
  auto const look = [&] {
    if (sizes.contains(tree.size())) roots.emplace(tree.size(), tree.root());
  };
  look();
  for (std::uint64_t i = 0; i < entries.size(); ++i) {
    tree.append(entries.leaf(i));
    look();
  }
  report.root = tree.root();

  auto rebuilt = tree.takeChanged();
  auto const visited = log.visitTiles([&](TileId id, BytesView stored) -> Result<void> {
    auto const at = rebuilt.find(id);
    if (at == rebuilt.end()) {
      findings.add(FindingKind::tree, std::nullopt,
                   {fmt::format("第 {} 层第 {} 个哈希块不属于该树", id.level, id.index),
                    fmt::format("the stored tile {} of level {} is not part of the tree", id.index, id.level)});
      return {};
    }
    if (std::ranges::equal(stored, at->second)) {
      ++report.proof.tiles;
    } else {
      auto const batch = id.level == 0 ? std::optional(firstDifference(id, stored, at->second)) : std::nullopt;
      findings.add(FindingKind::tree, batch,
                   {fmt::format("第 {} 层第 {} 个哈希块与条目不符", id.level, id.index),
                    fmt::format("the stored tile {} of level {} is not that of the entries", id.index, id.level)});
    }
    rebuilt.erase(at);
    return {};
  });
  if (!visited) {
    if (!keepsNone(visited.error())) findings.damage(std::nullopt, visited.error());
    return roots;
  }
  report.tilesCompared = true;
  for (auto const& [id, hashes] : rebuilt) {
    findings.add(FindingKind::tree, std::nullopt,
                 {fmt::format("缺少第 {} 层第 {} 个哈希块", id.level, id.index),
                  fmt::format("tile {} of level {} is missing", id.index, id.level)});
  }
  return roots;
}

std::optional<crypto::Checkpoint> readCheckpoint(log::EventLog const& log, std::span<crypto::NoteVerifier const> keys,
                                                 Findings& findings) {
  auto const stored = log.checkpoint();
  if (!stored) {
    findings.damage(std::nullopt, stored.error());
    return std::nullopt;
  }
  auto const none = crypto::Error{crypto::ErrorKind::notFound, "there is no signed checkpoint", "没有签名的检查点"};
  auto checkpoint = *stored ? ledger::batch::openCheckpoint(**stored, keys) : Result<crypto::Checkpoint>(none);
  if (checkpoint) return *std::move(checkpoint);
  findings.add(FindingKind::checkpoint, std::nullopt, {checkpoint.error().zh, checkpoint.error().message});
  return std::nullopt;
}

void compareUsedNumbers(log::EventLog const& log, domain::State const& state, Findings& findings, Report& report) {
  std::uint64_t unknown = 0;
  auto const visited = log.visitUsedNumbers([&](domain::UsedNumber const& number) -> Result<void> {
    ++(state.numbers.contains(number) ? report.proof.usedNumbers : unknown);
    return {};
  });
  if (!visited && keepsNone(visited.error())) return;
  if (!visited) return findings.damage(std::nullopt, visited.error());
  report.usedNumbersCompared = true;
  auto const missing = state.numbers.size() - report.proof.usedNumbers;
  if (unknown == 0 && missing == 0) return;
  addIndexFinding(findings, std::nullopt, fmt::format("已用号码索引与事件不符：缺 {} 个，多 {} 个", missing, unknown),
                  fmt::format("the index of used numbers is not that of the events: {} missing, {} that no event used",
                              missing, unknown));
}

void compareIdempotencyKeys(log::EventLog const& log, Claims const& claims, Findings& findings, Report& report) {
  auto const visited = log.visitIdempotencyKeys(
      [&](domain::KeyId const& author, log::IdempotencyKey const& key, domain::BatchNumber stored) -> Result<void> {
        if (claims.find({author, key}) == stored) {
          ++report.proof.idempotencyKeys;
        } else {
          addIndexFinding(findings, stored, fmt::format("幂等键 {} 的索引不符", crypto::toHex(key)),
                          fmt::format("the index says that the idempotency key {} stands for this batch: it does not",
                                      crypto::toHex(key)));
        }
        return {};
      });
  if (!visited && keepsNone(visited.error())) return;
  if (!visited) return findings.damage(std::nullopt, visited.error());
  report.idempotencyKeysCompared = true;
  if (report.proof.idempotencyKeys == claims.size()) return;
  auto const missing = claims.size() - report.proof.idempotencyKeys;
  addIndexFinding(findings, std::nullopt, fmt::format("幂等键索引缺 {} 个", missing),
                  fmt::format("the index of idempotency keys lacks {} batches", missing));
}

}  // namespace fundtrail::replay
