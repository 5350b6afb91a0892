// SPDX-License-Identifier: Apache-2.0
#include "ledger/witnessing/witnesses.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "crypto/merkle.h"
#include "crypto/note.h"
#include "crypto/tiles.h"
#include "crypto/witness_protocol.h"

namespace fundtrail::ledger::witnessing {

using crypto::Digest;
using crypto::Result;

namespace {

/// A 409 tells how far the witness has come; a witness that somebody else asks meanwhile may answer so again.
constexpr int kMostTries = 3;

using Kind = WitnessAnswer::Kind;

/// What one request came to: for every witness behind the address, unless it cosigned.
struct Outcome {
  Kind kind;
  domain::Text text{};
  std::vector<crypto::SignedNote::Line> lines{};  // cosigned
};

Outcome wrong(std::string_view what) {
  return {Kind::wrong,
          {fmt::format("回答不合协议（{}）：请核对地址", what),
           fmt::format("its answer is none of the protocol ({}): check its address", what)}};
}

Outcome unreachable(crypto::Error const& error) {
  return {Kind::unreachable, {error.zh.empty() ? error.message : error.zh, error.message}};
}

/// The first line of what a server says, for a message.
std::string firstLine(std::string const& body) {
  constexpr std::size_t kMost = 120;
  auto line = body.substr(0, std::min(body.find('\n'), kMost));
  std::erase_if(line, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return line;
}

}  // namespace

/// Consistency proofs to one checkpoint, each made once, whoever asks first.
class Witnesses::Proofs {
 public:
  Proofs(log::EventLog const& log, std::uint64_t to) : log_(log), to_(to) {}

  [[nodiscard]] std::uint64_t size() const { return to_; }

  Result<std::vector<Digest>> from(std::uint64_t size) {
    if (size == 0) return std::vector<Digest>();
    std::lock_guard const lock(mutex_);
    auto const made = proofs_.find(size);
    if (made != proofs_.end()) return made->second;
    auto const algorithm = log_.hashAlgorithm();
    auto const reader = crypto::nodeReader(algorithm, to_, [this](crypto::TileId id) { return log_.tile(id); });
    return proofs_.emplace(size, crypto::consistencyProof(algorithm, size, to_, reader)).first->second;
  }

 private:
  log::EventLog const& log_;
  std::uint64_t to_;
  std::mutex mutex_;
  std::map<std::uint64_t, Result<std::vector<Digest>>> proofs_;
};

/// The witnesses behind one address, and how far they have come.
struct Witnesses::Address {
  std::string url;
  std::uint64_t size;
  std::vector<std::size_t> witnesses{};
  Outcome outcome{Kind::wrong};

  /// Asks, and answers a 409 with the size that it names.
  void ask(Post const& post, Proofs& proofs, std::string_view note) {
    for (int tries = 0; tries < kMostTries; ++tries) {
      if (size > proofs.size()) return settle(ahead());
      auto const proof = proofs.from(size);
      if (!proof) return settle(unreachable(proof.error()));
      auto const body = crypto::formatAddCheckpoint({size, *proof, std::string(note)});
      http::Request request{url + std::string(crypto::kAddCheckpoint), "text/plain; charset=utf-8",
                            crypto::asBytes(body)};
      auto const answer = post(request);
      if (!answer) return settle(unreachable(answer.error()));
      if (answer->status != 409) return settle(judge(*answer, proofs.size()));
      auto const latest = crypto::parseTreeSize(answer->body);
      if (!latest) return settle(wrong("409"));
      size = *latest;
    }
    settle({Kind::busy,
            {"期间另有人向它提交检查点：下一轮再问", "somebody else submits to it at the same time: ask again later"}});
  }

 private:
  void settle(Outcome what) { outcome = std::move(what); }

  [[nodiscard]] Outcome ahead() const {
    return {
        Kind::ahead,
        {fmt::format("它已见证 {} 批，多于本日志：日志被截短或分叉，请立即停用并查明", size),
         fmt::format("it has cosigned {} batches, more than this log has: the log was shortened or forked; stop using "
                     "it and find out",
                     size)}};
  }

  Outcome judge(http::Answer const& answer, std::uint64_t submitted) {
    switch (answer.status) {
      case 200: {
        auto lines = crypto::parseNoteLines(answer.body);
        if (!lines) return wrong(lines.error().message);
        size = submitted;
        return {Kind::cosigned, {}, *std::move(lines)};
      }
      case 403:
      case 404:
        return {Kind::unknownLog,
                {"它不认识本日志或其公钥：请把日志公钥交给它的维护者",
                 "it does not know this log or its key: give the log's key to whoever keeps it"}};
      case 422:
        return {
            Kind::forked,
            {fmt::format("它已见证的 {} 批不是本日志的开头：历史被改动，请立即停用并查明", size),
             fmt::format("the {} batches that it has cosigned are not the beginning of this log: the past was altered; "
                         "stop using it and find out",
                         size)}};
      case 429: return {Kind::busy, {"它要求稍后再来", "it asks to come back later"}};
      default: break;
    }
    if (answer.status >= 500) {
      return {Kind::unreachable,
              {fmt::format("它自身出错（{} {}）", answer.status, firstLine(answer.body)),
               fmt::format("it has a fault of its own ({} {})", answer.status, firstLine(answer.body))}};
    }
    return wrong(fmt::format("{} {}", answer.status, firstLine(answer.body)));
  }
};

std::string_view name(WitnessAnswer::Kind kind) {
  switch (kind) {
    case Kind::cosigned: return "cosigned";
    case Kind::notAsked: return "notAsked";
    case Kind::unreachable: return "unreachable";
    case Kind::busy: return "busy";
    case Kind::unknownLog: return "unknownLog";
    case Kind::ahead: return "ahead";
    case Kind::forked: return "forked";
    case Kind::wrong: return "wrong";
  }
  return "";
}

Result<Round> Witnesses::ask(log::EventLog const& log, std::string_view note) {
  auto const parsed = crypto::parseNote(note);
  if (!parsed) return parsed.error();
  auto const before = policy_.evaluate(*parsed);
  if (!before) return before.error();

  std::vector<Address> addresses;
  auto const& witnesses = policy_.witnesses();
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    if (!witnesses[i].url) continue;
    auto address = std::ranges::find(addresses, *witnesses[i].url, &Address::url);
    if (address == addresses.end()) {
      addresses.push_back({*witnesses[i].url, sizes_[*witnesses[i].url]});
      address = addresses.end() - 1;
    }
    address->witnesses.push_back(i);
  }
  Proofs proofs(log, before->checkpoint.size);
  {
    std::vector<std::jthread> threads;
    for (auto& address : addresses) {
      threads.emplace_back([&address, &proofs, &note, this] { address.ask(post_, proofs, note); });
    }
  }

  Round round{std::string(note), {}, {}};
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    round.answers.push_back({i, Kind::notAsked, 0, {"策略文件中没有它的地址", "the policy has no address for it"}});
  }
  std::vector<std::string> lines;
  for (auto const& address : addresses) {
    sizes_[address.url] = address.size;
    for (auto const i : address.witnesses) {
      auto& answer = round.answers[i];
      answer.kind = address.outcome.kind;
      answer.text = address.outcome.text;
      if (answer.kind != Kind::cosigned) continue;
      auto const& key = witnesses[i].key;
      auto const line = std::ranges::find_if(address.outcome.lines, [&](crypto::SignedNote::Line const& candidate) {
        return candidate.keyId == key.keyId() && candidate.name == key.name();
      });
      auto const time = line == address.outcome.lines.end() ? Result<std::uint64_t>(crypto::Error{})
                                                            : key.verify(*line, parsed->text);
      if (!time) {
        answer.kind = Kind::wrong;
        answer.text = {"它的回答没有策略文件所载密钥的有效见证签名",
                       "its answer holds no cosignature by its key in the policy"};
        continue;
      }
      answer.time = *time;
      lines.push_back(crypto::formatNoteLine(*line));
    }
  }
  if (!lines.empty()) {
    auto merged = crypto::mergeNotes(note, crypto::formatNote(parsed->text, lines));
    if (!merged) return merged.error();
    round.note = *std::move(merged);
  }
  auto const cosigned = crypto::parseNote(round.note);
  if (!cosigned) return cosigned.error();
  auto attestation = policy_.evaluate(*cosigned);
  if (!attestation) return attestation.error();
  round.attestation = *std::move(attestation);
  return round;
}

}  // namespace fundtrail::ledger::witnessing
