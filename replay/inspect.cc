// SPDX-License-Identifier: Apache-2.0
#include "replay/inspect.h"

#include <algorithm>
#include <cstring>

#include "crypto/merkle.h"
#include "ledger/domain/read.h"
#include "ledger/schema/shape.h"

namespace fundtrail::replay {

namespace schema = ledger::schema;
using crypto::BytesView;
using crypto::ErrorKind;

namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

constexpr std::size_t wordsIn(std::size_t bytes) {
  return (bytes + kWord - 1) / kWord;
}

/// Which event it is that has not its shape, if it is one.
std::optional<std::size_t> firstMisshapen(StoredCopy const& batch) {
  auto const& events = batch.events;
  auto const at = std::ranges::find_if(events, [&](BytesView event) {
    bool const isLeftOut = event.empty() && !batch.leftOut.empty();
    return !isLeftOut && !schema::checkShape<schema::Event>(event);
  });
  if (at == events.end()) return std::nullopt;
  return static_cast<std::size_t>(at - events.begin());
}

}  // namespace

StoredCopy::StoredCopy(ledger::log::StoredBatch const& stored)
    : number(stored.number), firstEvent(stored.firstEvent), leftOut(stored.leftOut) {
  auto words = wordsIn(stored.entry.size());
  for (auto const event : stored.events) words += wordsIn(event.size());
  memory.resize(words);
  auto* next = memory.data();
  auto const copy = [&next](BytesView from) {
    auto* const to = reinterpret_cast<std::uint8_t*>(std::exchange(next, next + wordsIn(from.size())));
    std::ranges::copy(from, to);
    return BytesView(to, from.size());
  };
  entry = copy(stored.entry);
  events.reserve(stored.events.size());
  for (auto const event : stored.events) events.push_back(copy(event));
}

void throw_exception_from_error(Malformed const& malformed, boost::source_location const& where) {
  crypto::throw_exception_from_error(malformed.error, where);
}

crypto::Digest leafOf(crypto::HashAlgorithm algorithm, StoredCopy const& batch) {
  thread_local crypto::TreeHasher sha256(crypto::HashAlgorithm::sha256);
  thread_local crypto::TreeHasher sm3(crypto::HashAlgorithm::sm3);
  return (algorithm == crypto::HashAlgorithm::sm3 ? sm3 : sha256).leaf(batch.entry);
}

Inspection inspect(crypto::HashAlgorithm algorithm, ledger::batch::KeyRing const& keys, StoredCopy const& batch) {
  if (auto const shape = schema::checkShape<schema::Entry>(batch.entry); !shape) {
    return Malformed{std::nullopt, shape.error().of("entry", "条目")};
  }
  schema::Message<schema::Entry> const message(batch.entry);
  auto const entry = message.root();
  auto const acceptedAt = ledger::domain::Instant::fromMilliseconds(entry.getAcceptedAt());
  if (!acceptedAt) {
    return Malformed{std::nullopt,
                     {ErrorKind::badInput, "entry: acceptedAt is outside the calendar", "条目：入账时间不在日历之内"}};
  }
  // Data begins on a word of the entry, and the entry on one of ours.
  auto const statement = ledger::domain::bytesOf(entry.getStatement());
  auto const signature = ledger::domain::bytesOf(entry.getSignature());
  auto checked = ledger::batch::check(algorithm, keys, statement, signature, batch.events, batch.leftOut);
  if (!checked.contents) return Malformed{firstMisshapen(batch), checked.contents.error()};

  Inspected inspected{statement,
                      signature,
                      *acceptedAt,
                      entry.getFirstEvent(),
                      *std::move(checked.contents),
                      checked.signature,
                      std::move(checked.objection),
                      {}};
  for (auto const bytes : batch.events) {
    if (bytes.empty()) continue;  // left out
    schema::Message<schema::Event> const event(bytes);
    if (!event.root().isKeyEnrolled()) continue;
    auto const key = crypto::PublicKey::fromSpki(ledger::domain::bytesOf(event.root().getKeyEnrolled().getPublicKey()));
    if (key) inspected.keys.emplace_back(key->fingerprint(algorithm), *key);
  }
  return inspected;
}

}  // namespace fundtrail::replay
