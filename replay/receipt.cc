// SPDX-License-Identifier: Apache-2.0
#include "replay/receipt.h"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "crypto/digest.h"
#include "crypto/keys.h"
#include "crypto/merkle.h"
#include "crypto/tlog_proof.h"
#include "ledger/batch/batch.h"
#include "ledger/domain/label.h"
#include "ledger/domain/read.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/limits.h"
#include "ledger/schema/receipt.capnp.h"
#include "ledger/zstd/frame.h"
#include "replay/founding.h"
#include "replay/words_of.h"

namespace fundtrail::replay {

namespace batch = ledger::batch;
namespace domain = ledger::domain;
namespace schema = ledger::schema;
using crypto::BytesView;
using crypto::Digest;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

Error denied(std::string en, std::string zh) {
  return {ErrorKind::denied, std::move(en), std::move(zh)};
}

Error noReceipt(Error const& why) {
  return {ErrorKind::badInput,
          fmt::format("this is no receipt ({}): ask whoever keeps the ledger for it again", why.message),
          fmt::format("这不是回执（{}）：请向账本保管方重新索取", why.zh.empty() ? why.message : why.zh)};
}

template <class T>
Result<schema::Words> part(capnp::Data::Reader data) {
  auto words = wordsOf<T>(ledger::domain::bytesOf(data));
  if (!words) return noReceipt(words.error());
  return words;
}

std::vector<Digest> hashesOf(capnp::Data::Reader data) {
  std::vector<Digest> hashes(data.size() / Digest::kSize);  // checkShape: whole hashes
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    std::copy_n(data.begin() + i * Digest::kSize, Digest::kSize, hashes[i].bytes.begin());
  }
  return hashes;
}

/// A checkpoint that the policy's log signed, and the log's hash.
struct Anchor {
  crypto::HashAlgorithm algorithm;
  crypto::Checkpoint const& checkpoint;

  [[nodiscard]] bool holds(std::uint64_t index, BytesView leaf, std::span<Digest const> path) const {
    return crypto::verifyInclusion(algorithm, index, checkpoint.size, crypto::TreeHasher(algorithm).leaf(leaf), path,
                                   checkpoint.root);
  }
};

struct KnownKey {
  crypto::PublicKey key;
  ReceiptSigner signer;
};

/// An event that stands where the receipt says. Whether its author's signature holds is another question.
struct Placed {
  schema::Words event;
  schema::Words statement;
  crypto::Bytes signature;
  domain::EventRef ref;
  domain::KeyId author;
  domain::Instant authoredAt;
  domain::Instant acceptedAt;
  std::uint64_t batch;
  std::uint64_t number;
  // As soon as the author's key is known, and never twice, since that is what verifying costs:
  bool verified = false;
  KnownKey const* signer = nullptr;  // nothing where the signature does not hold
};

Result<Placed> stand(Founding const& founding, Anchor const& anchor, schema::SignedEvent::Reader signedEvent,
                     std::uint64_t logIndex, std::span<Digest const> logPath) {
  auto event = part<schema::Event>(signedEvent.getEvent());
  if (!event) return event.error();
  auto const entryBytes = part<schema::Entry>(signedEvent.getEntry());
  if (!entryBytes) return entryBytes.error();
  schema::Message<schema::Entry> const entryMessage(entryBytes->bytes());
  auto const entry = entryMessage.root();
  auto statementBytes = part<schema::Statement>(entry.getStatement());
  if (!statementBytes) return statementBytes.error();
  schema::Message<schema::Statement> const statementMessage(statementBytes->bytes());
  auto const statement = statementMessage.root();

  if (!anchor.holds(logIndex, entryBytes->bytes(), logPath)) {
    return denied(fmt::format("the entry of batch {} is not under the checkpoint", logIndex),
                  fmt::format("第 {} 批的条目不在检查点之下", logIndex));
  }
  // What stands in the log was put there by the log's keeper, who could put anything: the author's statement says more.
  auto const ledger = domain::LedgerId::from(domain::bytesOf(statement.getLedgerId()));
  if (ledger != founding.ledger) {
    return denied(fmt::format("batch {} was signed for another ledger", logIndex),
                  fmt::format("第 {} 批签给另一账本", logIndex));
  }
  domain::EventRef const ref(crypto::TreeHasher(anchor.algorithm).leaf(event->bytes()));
  auto const eventsRoot = *Digest::from(domain::bytesOf(statement.getEventsRoot()));  // checkShape: 32 bytes
  if (!crypto::verifyInclusion(anchor.algorithm, signedEvent.getIndex(), statement.getEventCount(), ref.digest(),
                               hashesOf(signedEvent.getPath()), eventsRoot)) {
    return denied(fmt::format("the event is not among those that the author of batch {} signed", logIndex),
                  fmt::format("该事件不在第 {} 批作者所签的事件之中", logIndex));
  }
  auto const acceptedAt = domain::Instant::fromMilliseconds(entry.getAcceptedAt());
  auto const authoredAt = domain::Instant::fromMilliseconds(statement.getAuthoredAt());
  if (!acceptedAt || !authoredAt) {
    return denied(fmt::format("batch {} was signed or accepted on no day of the calendar", logIndex),
                  fmt::format("第 {} 批的签署或入账时间不在日历之内", logIndex));
  }
  auto const signature = domain::bytesOf(entry.getSignature());
  auto const author = domain::readKeyId(statement.getAuthorKey());
  return Placed{*std::move(event),
                *std::move(statementBytes),
                {signature.begin(), signature.end()},
                ref,
                author,
                *authoredAt,
                *acceptedAt,
                logIndex,
                entry.getFirstEvent() + signedEvent.getIndex()};
}

/// The keys that lead back to the founding ones.
class Keys {
 public:
  explicit Keys(Founding const& founding) : algorithm_(founding.algorithm) {
    schema::Message<schema::Statement> const statement(founding.statement.bytes());
    for (auto const founder : statement.root().getGenesis().getKeys()) {
      add(domain::bytesOf(founder.getPublicKey()), domain::textOf(founder.getPerson()),
          domain::textOf(founder.getPersonName()), domain::textOf(founder.getOrganisation()));
    }
  }

  /// Nothing while the author's key is not known, and where the signature is not by it.
  [[nodiscard]] KnownKey const* signerOf(Placed& event) const {
    auto const known = keys_.find(event.author);
    if (known != keys_.end() && !event.verified) {
      event.verified = true;
      bool const holds = batch::signatureHolds(known->second.key, event.statement.bytes(), event.signature);
      if (holds) event.signer = &known->second;
    }
    return event.signer;
  }

  /// Enrols keys as long as one event leads to another: who confirmed one key may have been enrolled by another.
  void enrol(std::vector<Placed>& events) {
    bool found = true;
    while (found) {
      found = false;
      for (auto& proposal : events) {
        for (auto& confirmation : events) found = enrolBy(proposal, confirmation) || found;
      }
    }
  }

 private:
  bool add(BytesView spki, std::string_view person, std::string_view name, std::string_view organisation) {
    auto key = crypto::PublicKey::fromSpki(spki);
    if (!key) return false;
    domain::KeyId const id(key->fingerprint(algorithm_));
    return keys_
        .try_emplace(id,
                     KnownKey{*std::move(key), {id, std::string(person), std::string(name), std::string(organisation)}})
        .second;
  }

  bool enrolBy(Placed& proposal, Placed& confirmation) {
    schema::Message<schema::Event> const proposed(proposal.event.bytes());
    schema::Message<schema::Event> const confirmed(confirmation.event.bytes());
    if (!proposed.root().isKeyEnrolled() || !confirmed.root().isChangeConfirmed()) return false;
    auto const change = confirmed.root().getChangeConfirmed();
    if (change.getOutcome() != schema::Outcome::PASS) return false;
    if (domain::EventRef::from(domain::bytesOf(change.getChange())) != proposal.ref) return false;
    auto const* const first = signerOf(proposal);
    auto const* const second = signerOf(confirmation);
    if (first == nullptr || second == nullptr || first->signer.person == second->signer.person) return false;
    if (confirmation.number <= proposal.number) return false;
    auto const enrolment = proposed.root().getKeyEnrolled();
    return add(domain::bytesOf(enrolment.getPublicKey()), domain::textOf(enrolment.getPerson()),
               domain::textOf(enrolment.getPersonName()), domain::textOf(enrolment.getOrganisation()));
  }

  crypto::HashAlgorithm algorithm_;
  std::map<domain::KeyId, KnownKey> keys_;
};

Result<Founding> found(schema::Receipt::Reader receipt, crypto::Checkpoint const& checkpoint) {
  auto const entry = domain::bytesOf(receipt.getGenesis());
  auto founding = readFounding(entry);
  if (!founding) return noReceipt(founding.error());
  if (!Anchor{founding->algorithm, checkpoint}.holds(0, entry, hashesOf(receipt.getGenesisPath()))) {
    return denied("the founding entry is not under the checkpoint", "创始条目不在检查点之下");
  }
  if (founding->logKeys.front().name() != checkpoint.origin) {
    return denied("the ledger was founded with another log", "创始声明属于另一日志");
  }
  return founding;
}

}  // namespace

std::string VerifiedReceipt::label() const {
  return domain::labelOf(attestation.checkpoint.origin, number, ref);
}

Result<VerifiedReceipt> verifyReceipt(BytesView file, crypto::LogPolicy const& policy) {
  auto const words = wordsOf<schema::Receipt>(file);
  if (!words) return noReceipt(words.error());
  schema::Message<schema::Receipt> const message(words->bytes());
  auto const receipt = message.root();

  auto const proof = crypto::parseTlogProof(crypto::asText(domain::bytesOf(receipt.getLogProof())));
  if (!proof) return noReceipt(proof.error());
  if (!proof->extra.empty())
    return noReceipt({ErrorKind::badInput, "its proof has extra bytes", "日志证明带有多余内容"});
  auto const note = crypto::parseNote(proof->checkpoint);
  if (!note) return noReceipt(note.error());
  auto attestation = policy.evaluate(*note);
  if (!attestation) {
    return denied("its checkpoint: " + attestation.error().message,
                  "检查点：" + (attestation.error().zh.empty() ? attestation.error().message : attestation.error().zh));
  }
  auto const founding = found(receipt, attestation->checkpoint);
  if (!founding) return founding.error();
  Anchor const anchor{founding->algorithm, attestation->checkpoint};

  auto subject = stand(*founding, anchor, receipt.getEvent(), proof->index, proof->hashes);
  if (!subject) return subject.error();
  std::vector<Placed> enrolments;
  for (auto const enrolled : receipt.getEnrolments()) {
    auto event = stand(*founding, anchor, enrolled.getEvent(), enrolled.getLogIndex(), hashesOf(enrolled.getLogPath()));
    if (!event) return event.error();
    if (event->number >= subject->number) {
      return denied("a key was enrolled after the event that it is to vouch for", "密钥的登记晚于它所签的事件");
    }
    enrolments.push_back(*std::move(event));
  }
  Keys keys(*founding);
  keys.enrol(enrolments);
  for (auto& enrolment : enrolments) {
    schema::Message<schema::Event> const event(enrolment.event.bytes());
    if (!event.root().isKeyEnrolled() && !event.root().isChangeConfirmed()) {
      return denied(fmt::format("the event of batch {} enrols nobody", enrolment.batch),
                    fmt::format("第 {} 批的事件不登记任何密钥", enrolment.batch));
    }
    if (keys.signerOf(enrolment) != nullptr) continue;
    return denied(fmt::format("nobody whose enrolment the receipt shows signed batch {}, which is to enrol a key",
                              enrolment.batch),
                  fmt::format("用于登记密钥的第 {} 批不是由回执所示的已登记密钥签署", enrolment.batch));
  }
  auto const* const author = keys.signerOf(*subject);
  if (author == nullptr) {
    return denied(
        fmt::format("the signature of batch {} is not by a key whose enrolment the receipt shows", subject->batch),
        fmt::format("第 {} 批的签名不是由回执所示的已登记密钥签署", subject->batch));
  }

  VerifiedReceipt verified{founding->ledger,       founding->programme, domain::EventNumber(subject->number),
                           subject->ref,           subject->event,      domain::BatchNumber(subject->batch),
                           subject->authoredAt,    subject->acceptedAt, {author->signer},
                           *std::move(attestation)};
  for (auto const& enrolment : enrolments) {
    auto const* const by = enrolment.signer;
    bool const listed = std::ranges::any_of(verified.signers,
                                            [&](ReceiptSigner const& signer) { return signer.key == by->signer.key; });
    if (!listed) verified.signers.push_back(by->signer);
  }
  return verified;
}

Result<crypto::Bytes> receiptIn(BytesView file) {
  if (!ledger::zstd::isFrame(file)) return crypto::Bytes(file.begin(), file.end());
  auto receipt = ledger::zstd::contentOf(file, schema::kMaxReceiptBytes);
  if (!receipt) return noReceipt(receipt.error());
  return receipt;
}

Result<std::string> checkpointOf(BytesView receipt) {
  auto const words = wordsOf<schema::Receipt>(receipt);
  if (!words) return noReceipt(words.error());
  schema::Message<schema::Receipt> const message(words->bytes());
  auto proof = crypto::parseTlogProof(crypto::asText(domain::bytesOf(message.root().getLogProof())));
  if (!proof) return noReceipt(proof.error());
  return std::move(proof->checkpoint);
}

}  // namespace fundtrail::replay
