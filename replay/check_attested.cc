// SPDX-License-Identifier: Apache-2.0
#include "replay/check_attested.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "crypto/checkpoint_note.h"
#include "crypto/note.h"
#include "ledger/domain/date.h"
#include "ledger/schema/batch.capnp.h"
#include "replay/words_of.h"

namespace fundtrail::replay {

using ledger::domain::Instant;
namespace schema = ledger::schema;

namespace {

std::optional<Instant> instantOf(std::uint64_t seconds) {
  constexpr std::uint64_t kLast = 1'000'000'000'000;  // far behind the calendar's end
  return seconds > kLast ? std::nullopt : Instant::fromMilliseconds(static_cast<std::int64_t>(seconds) * 1000);
}

domain::Text textOf(crypto::Error const& error) {
  return {error.zh.empty() ? error.message : error.zh, error.message};
}

class Check {
 public:
  Check(log::EventLog const& log, Attestations const& attestations, Roots const& roots, Findings& findings)
      : log_(log), attestations_(attestations), roots_(roots), findings_(findings) {}

  std::optional<AttestedCheckpoint> check(AttestedNote const& attested) {
    auto const parsed = crypto::parseNote(attested.note);
    if (!parsed) return refuse(std::nullopt, textOf(parsed.error()));
    auto const stated = crypto::parseCheckpoint(parsed->text);
    if (!stated) return refuse(std::nullopt, textOf(stated.error()));
    AttestedCheckpoint found{*stated, {}, {}, {}, 0, 0};
    std::vector<std::uint64_t> times;
    if (attestations_.policy && !cosignatures(*parsed, found, times)) return std::nullopt;
    if (attestations_.authorities && !attested.token.empty() && !stamp(*parsed, attested.token, found, times)) {
      return std::nullopt;
    }
    if (times.empty()) return std::nullopt;  // by nobody whom the auditor trusts
    // Only now: what nobody vouches for accuses nobody.
    if (!isOfThisHistory(*stated)) return std::nullopt;
    std::tie(found.since, found.until) = std::pair(*std::ranges::min_element(times), *std::ranges::max_element(times));
    checkTimes(found);
    return found;
  }

 private:
  std::nullopt_t refuse(std::optional<domain::BatchNumber> batch, domain::Text text) {
    findings_.add(FindingKind::attestation, batch, std::move(text));
    return std::nullopt;
  }

  bool cosignatures(crypto::SignedNote const& note, AttestedCheckpoint& found, std::vector<std::uint64_t>& times) {
    auto const attestation = attestations_.policy->evaluate(note);
    if (!attestation) {
      refuse(std::nullopt, textOf(attestation.error()));
      return false;
    }
    found.quorum = attestation->quorum;
    for (auto const& [witness, time] : attestation->cosignatures) {
      found.witnesses.push_back(attestations_.policy->witnesses()[witness].name);
      times.push_back(time);
    }
    return true;
  }

  bool stamp(crypto::SignedNote const& note, crypto::Bytes const& token, AttestedCheckpoint& found,
             std::vector<std::uint64_t>& times) {
    auto stated = attestations_.authorities->verify(token, note.text);
    if (!stated) {
      refuse(std::nullopt,
             {fmt::format("{} 批检查点的时间戳不成立：{}", found.checkpoint.size, textOf(stated.error()).zh),
              fmt::format("the time-stamp of the checkpoint of {} batches does not hold: {}", found.checkpoint.size,
                          stated.error().message)});
      return false;
    }
    times.push_back(stated->time);
    found.stamp = *std::move(stated);
    return true;
  }

  bool isOfThisHistory(crypto::Checkpoint const& stated) {
    auto const size = log_.size().batches;
    if (stated.size > size) {
      refuse(domain::BatchNumber(size),
             {fmt::format("外部见证过 {} 批，日志只有 {} 批：其后的批次被截去", stated.size, size),
              fmt::format("outsiders have seen {} batches, the log holds {}: those behind were cut off", stated.size,
                          size)});
      return false;
    }
    auto const root = roots_.find(stated.size);
    if (root == roots_.end()) return false;  // the entries cannot be read: that is reported
    if (root->second == stated.root) return true;
    refuse(
        domain::BatchNumber(stated.size),
        {fmt::format("外部见证过的前 {} 批的根与日志不符：过去被改动过，或日志分叉", stated.size),
         fmt::format("the root of the first {} batches is not the one that outsiders have seen: the past was altered, "
                     "or the log forked",
                     stated.size)});
    return false;
  }

  std::optional<Instant> acceptedAt(std::uint64_t batch) const {
    auto const bytes = log_.entry(domain::BatchNumber(batch));
    if (!bytes) return std::nullopt;
    auto const entry = wordsOf<schema::Entry>(*bytes);
    if (!entry) return std::nullopt;  // what is wrong with an entry is reported where all entries are checked
    schema::Message<schema::Entry> const message(entry->bytes());
    return Instant::fromMilliseconds(message.root().getAcceptedAt());
  }

  void checkTimes(AttestedCheckpoint const& found) {
    auto const tolerance = static_cast<std::uint64_t>(attestations_.tolerance.count());
    auto const size = found.checkpoint.size;
    auto const before = size > 0 ? acceptedAt(size - 1) : std::nullopt;
    auto const seen = instantOf(found.since + tolerance);
    if (before && seen && *before > *seen) {
      findings_.add(FindingKind::time, domain::BatchNumber(size - 1),
                    {fmt::format("该批自称于 {} 入账，而外部在 {} 已见到它：时间填晚了", before->text(),
                                 instantOf(found.since)->text()),
                     fmt::format("it states that it was accepted {}, but outsiders saw it at {}: it is dated late",
                                 before->text(), instantOf(found.since)->text())});
    }
    auto const next = size < log_.size().batches ? acceptedAt(size) : std::nullopt;
    auto const unseen = found.until > tolerance ? instantOf(found.until - tolerance) : std::nullopt;
    if (next && unseen && *next < *unseen) {
      findings_.add(
          FindingKind::time, domain::BatchNumber(size),
          {fmt::format("该批自称于 {} 入账，而外部在 {} 所见的日志中没有它：时间倒填", next->text(),
                       instantOf(found.until)->text()),
           fmt::format("it states that it was accepted {}, but the log that outsiders saw at {} did not hold it: "
                       "it is backdated",
                       next->text(), instantOf(found.until)->text())});
    }
  }

  log::EventLog const& log_;
  Attestations const& attestations_;
  Roots const& roots_;
  Findings& findings_;
};

}  // namespace

std::set<std::uint64_t> sizesOf(Attestations const& attestations, std::uint64_t batches) {
  std::set<std::uint64_t> sizes;
  for (auto const& attested : attestations.notes) {
    auto const stated = crypto::readCheckpointNote(attested.note);
    if (stated && stated->size <= batches) sizes.insert(stated->size);
  }
  return sizes;
}

void checkAttested(log::EventLog const& log, Attestations const& attestations, Roots const& roots, Findings& findings,
                   Report& report) {
  if (!attestations.policy && !attestations.authorities) return;
  Check check(log, attestations, roots, findings);
  for (auto const& attested : attestations.notes) {
    if (auto found = check.check(attested)) report.attested.push_back(*std::move(found));
  }
  bool const demands = attestations.policy && attestations.policy->quorum();
  bool const met = std::ranges::any_of(
      report.attested, [](auto const& found) { return found.quorum.met() && !found.witnesses.empty(); });
  if (demands && !met) {
    findings.add(
        FindingKind::witness, std::nullopt,
        {"没有任何检查点得到策略所要求数量的见证", "no checkpoint was witnessed by as many as the policy demands"});
  }
}

}  // namespace fundtrail::replay
