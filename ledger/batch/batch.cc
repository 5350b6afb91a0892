// SPDX-License-Identifier: Apache-2.0
#include "ledger/batch/batch.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include <capnp/message.h>
#include <fmt/format.h>
#include <kj/exception.h>

#include "crypto/ensure.h"
#include "crypto/merkle.h"
#include "ledger/batch/partial.h"
#include "ledger/domain/read.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/limits.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger::batch {

namespace {

constexpr std::string_view kDomain = "fundtrail/batch/v1\n";

capnp::Data::Reader dataOf(crypto::BytesView bytes) {
  return {bytes.data(), bytes.size()};
}

/// An empty event takes its hash from those that were left out, as long as there are any.
std::vector<crypto::Digest> leavesOf(crypto::HashAlgorithm algorithm, std::span<crypto::BytesView const> events,
                                     std::span<crypto::Digest const> leftOut = {}) {
  crypto::TreeHasher hasher(algorithm);
  std::vector<crypto::Digest> leaves;
  leaves.reserve(events.size());
  for (auto const event : events) {
    bool const isLeftOut = event.empty() && !leftOut.empty();
    leaves.push_back(isLeftOut ? leftOut.front() : hasher.leaf(event));
    if (isLeftOut) leftOut = leftOut.subspan(1);
  }
  return leaves;
}

struct StatementOf {
  std::optional<domain::LedgerId> ledger;
  domain::Instant authoredAt;
  IdempotencyKey const& idempotencyKey;
  crypto::HashAlgorithm algorithm;
  std::optional<schema::Genesis::Reader> genesis;
};

schema::Words statementOn(StatementOf const& what, domain::KeyId const& author, EventList const& events) {
  auto const root = crypto::rootOf(what.algorithm, leavesOf(what.algorithm, events.views()));
  capnp::MallocMessageBuilder message;
  auto statement = message.initRoot<schema::Statement>();
  if (what.ledger) statement.setLedgerId(dataOf(what.ledger->digest().view()));
  statement.setAuthorKey(dataOf(author.digest().view()));
  statement.setAuthoredAt(what.authoredAt.milliseconds());
  statement.setIdempotencyKey(dataOf(what.idempotencyKey));
  statement.setEventCount(static_cast<std::uint32_t>(events.size()));
  statement.setEventsRoot(dataOf(root.view()));
  if (what.genesis) statement.setGenesis(*what.genesis);

  return schema::canonical<schema::Statement>(statement);
}

SignedBatch signStatement(StatementOf const& what, crypto::PrivateKey const& key, EventList events) {
  domain::KeyId const author(key.publicKey().fingerprint(what.algorithm));
  auto statement = statementOn(what, author, events);
  auto signature = key.sign(messageToSign(statement.bytes()));
  return {std::move(statement), std::move(signature), std::move(events)};
}

}  // namespace

void EventList::append(crypto::BytesView event) {
  crypto::ensure(event.size() % sizeof(std::uint64_t) == 0, "canonical messages are whole words");
  auto const start = words_.size();
  words_.resize(start + event.size() / sizeof(std::uint64_t));
  std::memcpy(words_.data() + start, event.data(), event.size());
  ends_.push_back(words_.size());
}

crypto::BytesView EventList::operator[](std::size_t index) const {
  auto const start = index == 0 ? 0 : ends_[index - 1];
  return {reinterpret_cast<std::uint8_t const*>(words_.data() + start), (ends_[index] - start) * sizeof(std::uint64_t)};
}

std::vector<crypto::BytesView> EventList::views() const {
  std::vector<crypto::BytesView> views;
  views.reserve(size());
  for (std::size_t i = 0; i < size(); ++i) views.push_back((*this)[i]);
  return views;
}

SignedBatch sign(domain::LedgerId const& ledger, crypto::HashAlgorithm algorithm, crypto::PrivateKey const& key,
                 domain::Instant authoredAt, IdempotencyKey const& idempotencyKey, EventList events) {
  return signStatement({ledger, authoredAt, idempotencyKey, algorithm, std::nullopt}, key, std::move(events));
}

schema::Words statementOf(domain::LedgerId const& ledger, crypto::HashAlgorithm algorithm, domain::KeyId const& author,
                          domain::Instant authoredAt, IdempotencyKey const& idempotencyKey, EventList const& events) {
  return statementOn({ledger, authoredAt, idempotencyKey, algorithm, std::nullopt}, author, events);
}

crypto::Bytes messageToSign(crypto::BytesView statement) {
  return crypto::concatenate({crypto::asBytes(kDomain), statement});
}

SignedBatch found(schema::Genesis::Reader genesis, crypto::PrivateKey const& key, domain::Instant authoredAt,
                  IdempotencyKey const& idempotencyKey) {
  return signStatement({std::nullopt, authoredAt, idempotencyKey, hashOf(genesis.getProfile()), genesis}, key, {});
}

crypto::Bytes toParcel(SignedBatch const& batch) {
  capnp::MallocMessageBuilder message;
  auto parcel = message.initRoot<schema::SignedBatch>();
  parcel.setStatement(dataOf(batch.statement.bytes()));
  parcel.setSignature(dataOf(batch.signature));
  auto events = parcel.initEvents(static_cast<unsigned>(batch.events.size()));
  for (unsigned i = 0; i < events.size(); ++i) events.set(i, dataOf(batch.events[i]));
  auto const words = schema::canonical<schema::SignedBatch>(parcel);
  return {words.bytes().begin(), words.bytes().end()};
}

crypto::Result<SignedBatch> fromParcel(crypto::BytesView parcel) {
  if (parcel.size() > schema::kMaxSignedBatchBytes || parcel.size() % sizeof(capnp::word) != 0) {
    return crypto::Error{crypto::ErrorKind::badInput,
                         fmt::format("a signed batch of {} bytes: it must be whole 8-byte words, at most {} bytes",
                                     parcel.size(), schema::kMaxSignedBatchBytes)};
  }
  auto const words = schema::Words::copyOf(parcel);
  if (auto const shape = schema::checkShape<schema::SignedBatch>(words.bytes()); !shape) return shape.error();
  schema::Message<schema::SignedBatch> const message(words.bytes());
  auto const reader = message.root();
  SignedBatch batch{schema::Words::copyOf(domain::bytesOf(reader.getStatement())),
                    {reader.getSignature().begin(), reader.getSignature().end()},
                    {}};
  if (reader.getStatement().size() % sizeof(capnp::word) != 0) {
    return crypto::Error{crypto::ErrorKind::badInput,
                         "the statement is not whole 8-byte words: it must be a canonical message"};
  }
  for (auto const event : reader.getEvents()) {
    if (event.size() % sizeof(capnp::word) != 0) {
      return crypto::Error{crypto::ErrorKind::badInput,
                           "an event is not whole 8-byte words: it must be a canonical message"};
    }
    batch.events.append(domain::bytesOf(event));
  }
  return batch;
}

crypto::Result<Contents> open(crypto::HashAlgorithm algorithm, crypto::BytesView statement,
                              std::span<crypto::BytesView const> events) {
  return openPartial(algorithm, statement, events, {});
}

crypto::Result<Contents> openPartial(crypto::HashAlgorithm algorithm, crypto::BytesView statement,
                                     std::span<crypto::BytesView const> events,
                                     std::span<crypto::Digest const> leftOut) {
  if (auto const shape = schema::checkShape<schema::Statement>(statement); !shape) return shape.error();
  schema::Message<schema::Statement> const message(statement);
  auto const reader = message.root();
  auto const authoredAt = domain::Instant::fromMilliseconds(reader.getAuthoredAt());
  if (!authoredAt) {
    return crypto::Error{crypto::ErrorKind::badInput,
                         "authoredAt is outside the calendar: set the clock of the signing machine"};
  }
  if (reader.getEventCount() != events.size()) {
    return crypto::Error{crypto::ErrorKind::badInput, fmt::format("the statement covers {} events, the batch has {}",
                                                                  reader.getEventCount(), events.size())};
  }
  std::size_t total = 0;
  auto absent = leftOut.size();
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].empty() && absent > 0) {
      --absent;
      continue;
    }
    total += events[i].size();
    if (total > schema::kMaxBatchBytes) {
      return crypto::Error{crypto::ErrorKind::badInput,
                           fmt::format("the batch is larger than {} bytes: split it", schema::kMaxBatchBytes),
                           fmt::format("批次大于 {} 字节：请分批提交", schema::kMaxBatchBytes)};
    }
    auto const shape = schema::checkShape<schema::Event>(events[i]);
    if (!shape) return shape.error().of(fmt::format("event {} of the batch", i), fmt::format("批次中第 {} 个事件", i));
  }
  auto const leaves = leavesOf(algorithm, events, leftOut);
  if (crypto::rootOf(algorithm, leaves) != *crypto::Digest::from(domain::bytesOf(reader.getEventsRoot()))) {
    return crypto::Error{crypto::ErrorKind::badInput, "the events are not those that the statement was signed for"};
  }

  Contents contents{domain::LedgerId::from(domain::bytesOf(reader.getLedgerId())),
                    domain::readKeyId(reader.getAuthorKey()),
                    *authoredAt,
                    {},
                    {}};
  std::ranges::copy(reader.getIdempotencyKey(), contents.idempotencyKey.begin());
  contents.refs.reserve(leaves.size());
  for (auto const& leaf : leaves) contents.refs.emplace_back(leaf);
  return contents;
}

bool signatureHolds(crypto::PublicKey const& key, crypto::BytesView statement, crypto::BytesView signature) {
  return key.verify(messageToSign(statement), signature);
}

domain::LedgerId ledgerIdOf(crypto::HashAlgorithm algorithm, crypto::BytesView genesisStatement) {
  return domain::LedgerId(crypto::hash(algorithm, genesisStatement));
}

crypto::HashAlgorithm hashOf(schema::Profile profile) {
  switch (profile) {
    case schema::Profile::STANDARD: return crypto::HashAlgorithm::sha256;
    case schema::Profile::GM: return crypto::HashAlgorithm::sm3;
    default: crypto::abortOnBug("a genesis states its profile");
  }
}

schema::Words makeEntry(SignedBatch const& batch, domain::Instant acceptedAt, domain::EventNumber firstEvent) {
  capnp::MallocMessageBuilder message;
  auto entry = message.initRoot<schema::Entry>();
  entry.setStatement(dataOf(batch.statement.bytes()));
  entry.setSignature(dataOf(batch.signature));
  entry.setAcceptedAt(acceptedAt.milliseconds());
  entry.setFirstEvent(firstEvent.value());
  return schema::canonical<schema::Entry>(entry);
}

}  // namespace fundtrail::ledger::batch
