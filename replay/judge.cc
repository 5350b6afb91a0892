// SPDX-License-Identifier: Apache-2.0
#include "replay/judge.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/admit.h"
#include "ledger/domain/read.h"
#include "replay/founding.h"

namespace fundtrail::replay {

namespace batch = ledger::batch;
namespace schema = ledger::schema;
using domain::BatchNumber;
using domain::EventNumber;
using domain::Text;

namespace {

Finding about(FindingKind kind, BatchNumber number, Text text) {
  return {kind, number, std::nullopt, {}, std::move(text)};
}

/// Whether a second person has just confirmed that an earlier event is taken back.
bool takesBack(schema::Event::Reader event, domain::Case const& about) {
  return event.isChangeConfirmed() && event.getChangeConfirmed().getOutcome() == schema::Outcome::PASS &&
         about.subject.reversed.has_value();
}

Text malformedText(crypto::Error const& error) {
  return {"不是有效的条目或事件：" + (error.zh.empty() ? error.message : error.zh), error.message};
}

}  // namespace

std::size_t hash_value(Claims::Claim const& claim) noexcept {
  std::size_t hash = hash_value(claim.author);
  for (auto const byte : claim.key) hash = (hash ^ byte) * 0x100000001b3;
  return hash;
}

std::optional<BatchNumber> Claims::add(Claim const& claim, BatchNumber number) {
  auto const [at, isNew] = batches_.emplace(claim, number);
  return isNew ? std::nullopt : std::optional(at->second);
}

std::optional<BatchNumber> Claims::find(Claim const& claim) const {
  auto const at = batches_.find(claim);
  return at == batches_.end() ? std::nullopt : std::optional(at->second);
}

bool Judge::take(std::shared_ptr<Load const> load) {
  passed_ = {};
  passed_.load = std::move(load);
  bool goesOn = true;
  for (auto const& item : *passed_.load) {
    passed_.persons.emplace_back();
    goesOn = item.batch ? take(*item.batch, item.leaf, *item.inspection) : passOver(item.number, item.batch.error());
    if (!goesOn) break;
  }
  handOver();
  return goesOn;
}

/// Hands over what was judged since the last time.
void Judge::handOver() {
  if (passed_.count == 0) return;
  auto const next = passed_.from.value() + passed_.count;
  Passed rest{passed_.load, EventNumber(next), 0, passed_.persons, {}};
  follower_.hand(std::exchange(passed_, std::move(rest)));
}

void Judge::finish() {
  follower_.finish();
  if (auto const stopped = follower_.stoppedAt()) {
    // The rules ran ahead: what they said of later events counts no more than if they had been asked nothing.
    judging_ = false;
    if (follower_.isUnreadable()) authentic_ = false;
    proof_.judged = stopped->value();
    notJudged_ = eventsSeen_ - proof_.judged - 1;
    findings_.forgetRulesBehind(*stopped);
  }
  findings_.merge(follower_.takeFindings());
}

bool Judge::passOver(BatchNumber number, crypto::Error const& error) {
  findings_.damage(number, error);
  complete_ = authentic_ = judging_ = false;
  return identity_.has_value();
}

void Judge::addToTree(crypto::Digest const& leaf) {
  if (!complete_) return;
  if (!authentic_ && !end_ && identity_) end_ = VerifiedBeginning{identity_->ledger, tree_.size(), tree_.root()};
  tree_.append(leaf);
  if (options_.resume && tree_.size() == options_.resume->beginning.batches) rootAtResume_ = tree_.root();
}

std::optional<VerifiedBeginning> Judge::beginning() const {
  if (!identity_ || misfit(false) || (options_.resume && !rootAtResume_)) return std::nullopt;
  auto const least = options_.resume ? options_.resume->beginning.batches : 1;
  auto const beginning = end_.value_or(VerifiedBeginning{identity_->ledger, tree_.size(), tree_.root()});
  return beginning.batches >= least ? std::optional(beginning) : std::nullopt;
}

std::optional<crypto::Error> Judge::misfit(bool ended) const {
  if (!options_.resume) return std::nullopt;
  auto const& [ledger, batches, root] = options_.resume->beginning;
  auto const refuse = [&](std::string en, std::string zh) {
    return crypto::Error{crypto::ErrorKind::conflict,
                         en + fmt::format(": verify without --resume, and with the line \"checkpoint {} {}\" in the "
                                          "file of --trust",
                                          batches, crypto::toBase64(root.view())),
                         zh + fmt::format("：请不用 --resume，并在 --trust 文件中写“checkpoint {} {}”，从头验证",
                                          batches, crypto::toBase64(root.view()))};
  };
  if (otherLedger_) {
    return crypto::Error{
        crypto::ErrorKind::conflict,
        fmt::format("the resume file is of another ledger, {}: name this ledger's, or a new one", ledger.text()),
        fmt::format("续验文件属于另一账本 {}：请指定本账本的文件，或用新的文件名", ledger.text())};
  }
  if (rootAtResume_ && *rootAtResume_ != root) {
    return refuse(fmt::format("the first {} batches are not those that your earlier run verified", batches),
                  fmt::format("前 {} 批不是您先前验证过的内容", batches));
  }
  if (ended && !rootAtResume_) {
    return refuse(fmt::format("the first {} batches, which your earlier run verified, are not all here", batches),
                  fmt::format("您先前验证过的前 {} 批不全", batches));
  }
  return std::nullopt;
}

bool Judge::take(StoredCopy const& batch, crypto::Digest const& leaf, Inspection const& inspection) {
  past_.add(nextEvent_, leaf);
  eventsSeen_ += batch.events.size();
  if (!identity_) {
    if (!found(batch, inspection)) return false;
    otherLedger_ = options_.resume && options_.resume->beginning.ledger != identity_->ledger;
  } else if (auto finding = whyNotAuthentic(batch, inspection)) {
    findings_.add(*std::move(finding));
    authentic_ = judging_ = false;
  } else {
    ++proof_.batches;
    proof_.events += batch.events.size();
    for (auto const& [id, key] : inspection->keys) keys_.add(id, key);
  }
  addToTree(leaf);
  if (misfit(false)) return false;
  if (inspection && !batch.leftOut.empty()) {
    noteLeftOut(batch);
    judging_ = false;
  }
  if (judging_) {
    judge(batch, *inspection);
  } else {
    notJudged_ += batch.events.size();
  }
  // Where a batch was passed over, the next ones are measured by where they say that they stand.
  nextEvent_ = batch.firstEvent.value() + batch.events.size();
  return true;
}

bool Judge::found(StoredCopy const& batch, Inspection const& inspection) {
  auto const refuse = [&](Text text) {
    findings_.add(about(FindingKind::entry, batch.number, std::move(text)));
    authentic_ = false;
    return false;
  };
  if (!inspection) return refuse(malformedText(inspection.error().error));
  schema::Message<schema::Statement> const message(inspection->statement);
  if (!message.root().hasGenesis()) return refuse({"首个条目不是创始声明", "the first entry founds no ledger"});
  auto const genesis = message.root().getGenesis();
  if (batch::hashOf(genesis.getProfile()) != log_.hashAlgorithm()) {
    return refuse({"日志的哈希算法与创始声明的密码方案不符", "the log's hash is not the one of the founding profile"});
  }
  if (auto objection = domain::examineGenesis(genesis)) return refuse(*std::move(objection));
  auto logKeys = logKeysOf(genesis);
  if (!logKeys) return refuse(malformedText(logKeys.error()));

  state_ = domain::State::initial(genesis);
  state_->keys.visit([&](domain::KeyId const& id, domain::AuthorKey const& key) { keys_.add(id, key.key); });
  logKeys_ = *std::move(logKeys);
  identity_ = Identity{batch::ledgerIdOf(log_.hashAlgorithm(), inspection->statement), vkeysOf(logKeys_),
                       std::string(domain::textOf(genesis.getProgramme())), trust_.ledger || trust_.log};
  judging_ = true;
  checkTrust();
  if (inspection->firstEvent != 0) {
    refuse({"创始条目的事件序号不为零", "the founding entry does not begin at event 0"});
  } else if (auto finding = whyNotSigned(batch.number, *inspection)) {
    findings_.add(*std::move(finding));
    authentic_ = false;
  } else {
    ++proof_.batches;
  }
  judging_ = authentic_;
  claims_.add({inspection->contents.author, inspection->contents.idempotencyKey}, batch.number);
  lastAcceptedAt_ = inspection->acceptedAt;
  return true;
}

void Judge::checkTrust() {
  for (auto& text : contradictions(trust_, identity_->ledger, logKeys_)) {
    findings_.add(FindingKind::ledger, BatchNumber(0), std::move(text));
  }
}

std::optional<Finding> Judge::whyNotAuthentic(StoredCopy const& batch, Inspection const& inspection) {
  if (!inspection) {
    auto const& [event, error] = inspection.error();
    auto finding = about(FindingKind::entry, batch.number, malformedText(error));
    if (event) finding.event = EventNumber(batch.firstEvent.value() + *event);
    return finding;
  }
  auto const misplaced = [&](Text text) { return about(FindingKind::entry, batch.number, std::move(text)); };
  if (!inspection->contents.ledger) {
    return misplaced({"创始声明只能是首个条目", "a founding statement stands in the first entry only"});
  }
  if (*inspection->contents.ledger != identity_->ledger) {
    return misplaced({fmt::format("该批次签给另一账本 {}", inspection->contents.ledger->text()),
                      fmt::format("it was signed for another ledger, {}", inspection->contents.ledger->text())});
  }
  auto const expected = complete_ ? nextEvent_ : batch.firstEvent.value();
  if (inspection->firstEvent != expected || batch.firstEvent.value() != expected) {
    return misplaced(
        {fmt::format("首个事件序号为 {}，应为 {}", inspection->firstEvent, expected),
         fmt::format("its first event is said to be {}, it must be {}", inspection->firstEvent, expected)});
  }
  if (inspection->acceptedAt < *lastAcceptedAt_) {
    return misplaced({fmt::format("入账时间 {} 早于前一条目", inspection->acceptedAt.text()),
                      fmt::format("accepted at {}, before the entry in front of it", inspection->acceptedAt.text())});
  }
  lastAcceptedAt_ = inspection->acceptedAt;
  if (auto finding = whyNotSigned(batch.number, *inspection)) return finding;
  auto const& contents = inspection->contents;
  if (auto const earlier = claims_.add({contents.author, contents.idempotencyKey}, batch.number)) {
    return about(
        FindingKind::duplicate, batch.number,
        {fmt::format("与批次 {} 使用同一幂等键：作者只签署过一次", earlier->text()),
         fmt::format("its idempotency key stands for batch {} already: the author meant it once", earlier->text())});
  }
  return std::nullopt;
}

std::optional<Finding> Judge::whyNotSigned(BatchNumber number, Inspected const& inspected) {
  using Signature = batch::Checked::Signature;
  auto holds = inspected.holds;
  auto const& author = inspected.contents.author;
  if (holds == Signature::unknownKey && !isTakenOver(number)) {
    // The inspecting threads run ahead: the key may have been enrolled by a batch that was not taken yet.
    if (auto const key = keys_.find(author)) {
      holds =
          batch::signatureHolds(*key, inspected.statement, inspected.signature) ? Signature::holds : Signature::fails;
    }
  }
  // Earlier runs saw it hold, which stands if the root over these batches is the same; that there is such a key at all
  // costs nothing to ask again.
  if (isTakenOver(number) && keys_.find(author)) holds = Signature::holds;
  switch (holds) {
    case Signature::holds: ++proof_.signatures; return std::nullopt;
    case Signature::fails:
      return about(FindingKind::signature, number,
                   {fmt::format("签名与密钥 {} 不符", author.text()),
                    fmt::format("the signature is not by the key {}", author.text())});
    case Signature::unknownKey: break;
  }
  return about(FindingKind::signature, number,
               {fmt::format("账本中没有密钥 {}，无法验证签名", author.text()),
                fmt::format("no event before it enrols the key {}: nobody can tell who signed", author.text())});
}

void Judge::judge(StoredCopy const& batch, Inspected const& inspected) {
  if (passed_.persons.back().empty()) passed_.persons.back() = personOf(inspected.contents.author);
  state_->numbers.savepoint();  // nothing is taken back here; this only keeps its list of additions short
  for (std::size_t i = 0; i < batch.events.size(); ++i) {
    auto finding = whyNotLawful(batch, inspected, i);
    if (!finding) {
      if (passed_.count == 0) passed_.from = EventNumber(inspected.firstEvent + i);
      ++passed_.count;
      ++proof_.judged;
      if (reproduction_.isDue(inspected.firstEvent + i + 1)) compareDue(inspected.firstEvent + i + 1);
      continue;
    }
    finding->batch = batch.number;
    finding->event = EventNumber(inspected.firstEvent + i);
    findings_.add(*std::move(finding));
    judging_ = false;
    notJudged_ += batch.events.size() - i - 1;
    return;
  }
}

void Judge::noteLeftOut(StoredCopy const& batch) {
  for (std::size_t i = 0; i < batch.events.size(); ++i) {
    if (!batch.events[i].empty()) continue;
    auto const number = batch.firstEvent.value() + i;
    ++leftOut_.events;
    if (!leftOut_.ranges.empty() && leftOut_.furtherRanges == 0 && leftOut_.ranges.back().last + 1 == number) {
      leftOut_.ranges.back().last = number;
    } else if (leftOut_.ranges.size() < kMaxRanges) {
      leftOut_.ranges.push_back({number, number});
    } else if (lastLeftOut_ + 1 != number) {
      ++leftOut_.furtherRanges;
    }
    lastLeftOut_ = number;
  }
}

/// Judges the event and, if it is lawful, applies it to state and books.
std::optional<Finding> Judge::whyNotLawful(StoredCopy const& batch, Inspected const& inspected, std::size_t position) {
  schema::Message<schema::Event> const message(batch.events[position]);
  auto const event = message.root();
  domain::EventContext const context{EventNumber(inspected.firstEvent + position), inspected.contents.refs[position],
                                     inspected.contents.author, inspected.acceptedAt};
  auto const unlawful = [](domain::Refusal const& refusal) {
    return Finding{
        FindingKind::rule, {}, {}, std::string(refusal.rule->id), static_cast<domain::Text const&>(refusal.reason)};
  };
  if (inspected.objection && inspected.objection->event == position) return unlawful(inspected.objection->refusal);
  before_.present(context.number);
  auto about = domain::caseOf(*state_, before_, context, event);
  auto const refusal = domain::admit(*state_, before_, about);
  if (before_.failure()) {
    authentic_ = false;
    return Finding{FindingKind::damage, {}, {}, {}, damageText(*before_.failure())};
  }
  if (refusal) return unlawful(*refusal);
  reproduction_.follow(about);
  domain::evolve(*state_, about);
  if (takesBack(event, about)) {
    auto& original = *about.subject.reversed;
    auto const batchOfIt = past_.batchOf(original.context.number);
    auto author = personOf(original.context.author);
    passed_.takenBack.push_back({context.number, std::move(original), batchOfIt, std::move(author)});
  }
  return std::nullopt;
}

/// Whose key it is, or was before it was revoked.
std::string Judge::personOf(domain::KeyId const& key) const {
  auto const* const known = state_->keys.find(key);
  return known ? state_->person(known->person).id : std::string();
}

/// Compares what was published at this position, once the books have come there.
void Judge::compareDue(std::uint64_t position) {
  handOver();
  follower_.drain();
  if (!follower_.stoppedAt()) reproduction_.booked(position, follower_.books());
}

void Judge::conclude(Report& report) {
  if (judging_) {
    if (auto disagreement = follower_.books().compare(*state_)) {
      findings_.add(FindingKind::conservation, std::nullopt, *std::move(disagreement));
    }
  }
  // Behind an event that the rules refuse nothing was shown: what the bank says of those days can be compared with
  // nothing.
  report.parts[static_cast<std::size_t>(PartId::purposeBound)] = follower_.purpose().conclude();
  report.bankLimits = options_.bankLimits;
  if (judging_) {
    report.parts[static_cast<std::size_t>(PartId::bankTrue)] =
        follower_.concludeBank(options_.auditedUntil, options_.bankLimits);
    findings_.append(follower_.takeFindings());
  }
  proof_.postings = follower_.books().postings();
  report.identity = identity_;
  report.lastAcceptedAt = lastAcceptedAt_;
  report.proof = proof_;
  report.notJudged = notJudged_;
  report.leftOut = std::move(leftOut_);
  report.cities = follower_.books().totals();
  report.takenOver = options_.resume;
}

}  // namespace fundtrail::replay
