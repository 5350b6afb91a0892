// SPDX-License-Identifier: Apache-2.0
#include "ledger/tampering/rewrite.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <capnp/message.h>

#include "ledger/domain/case.h"
#include "ledger/domain/read.h"
#include "ledger/history/fold.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/message.h"
#include "ledger/schema/shape.h"
#include "ledger/tampering/items.h"

namespace fundtrail::ledger::tampering {

namespace {

/// A batch as it stands in the log.
struct Batch {
  crypto::Bytes entry;
  std::vector<crypto::Bytes> events;
  domain::KeyId author;
  log::IdempotencyKey idempotencyKey{};
  std::vector<domain::UsedNumber> numbers{};
};

crypto::Result<std::vector<Batch>> read(log::EventLog const& from) {
  std::vector<std::vector<domain::UsedNumber>> numbers(from.size().events);
  auto const folded = history::fold(from, from.size().events, [&](domain::Case const& about) {
    for (auto const& use : about.numbers) numbers[about.context.number.value()].push_back(use.number);
  });
  if (!folded) return folded.error();
  std::vector<Batch> batches;
  auto const cursor = from.read(domain::BatchNumber(0));
  for (;;) {
    auto const next = cursor->next();
    if (!next) return next.error();
    if (!*next) return batches;
    auto const& stored = **next;
    schema::Message<schema::Entry> const entry(stored.entry);
    auto const words = schema::Words::copyOf(domain::bytesOf(entry.root().getStatement()));
    schema::Message<schema::Statement> const statement(words.bytes());
    Batch batch{{stored.entry.begin(), stored.entry.end()}, {}, domain::readKeyId(statement.root().getAuthorKey())};
    std::ranges::copy(statement.root().getIdempotencyKey(), batch.idempotencyKey.begin());
    for (std::size_t i = 0; i < stored.events.size(); ++i) {
      batch.events.emplace_back(stored.events[i].begin(), stored.events[i].end());
      auto const& used = numbers[stored.firstEvent.value() + i];
      batch.numbers.insert(batch.numbers.end(), used.begin(), used.end());
    }
    batches.push_back(std::move(batch));
  }
}

/// Whole batches: the founding one stays, since without it there is no ledger to speak of.
bool tamperWithBatches(std::vector<Batch>& batches, Action action, Draws& draws) {
  if (batches.size() < 3) return false;
  auto const i = 1 + draws.below(batches.size() - 1);
  auto const at = batches.begin() + static_cast<std::ptrdiff_t>(i);
  switch (action) {
    case Action::drop: batches.erase(at); return true;
    case Action::duplicate: {
      auto copy = *at;
      copy.numbers.clear();  // an index holds each once
      batches.insert(at + 1, std::move(copy));
      return true;
    }
    case Action::reorder: {
      auto const j = i + 1 < batches.size() ? i + 1 : i - 1;
      if (j == 0) return false;
      std::swap(batches[i], batches[j]);
      return true;
    }
    case Action::flip: return false;
  }
  return false;
}

bool tamperWithEntries(std::vector<Batch>& batches, Tampering const& tampering, Draws& draws) {
  if (tampering.structure == Structure::entry && tampering.action != Action::flip) {
    return tamperWithBatches(batches, tampering.action, draws);
  }
  std::vector<Item> items;
  items.reserve(batches.size());
  for (auto& batch : batches) items.push_back({std::move(batch.entry)});
  bool const done = tamperWith(items, tampering, draws);
  for (std::size_t i = 0; i < batches.size(); ++i) batches[i].entry = std::move(items[i].bytes);
  return done;
}

bool tamperWithEvents(std::vector<Batch>& batches, Tampering const& tampering, Draws& draws) {
  std::vector<Item> items;
  for (std::size_t b = 0; b < batches.size(); ++b) {
    for (auto& event : batches[b].events) items.push_back({std::move(event), b});
    batches[b].events.clear();
  }
  bool const done = tamperWith(items, tampering, draws);
  for (auto& item : items) batches[item.link].events.push_back(std::move(item.bytes));
  return done;
}

/// The entry for its place, where it can be read at all.
crypto::Bytes placed(crypto::Bytes const& bytes, std::uint64_t firstEvent, std::int64_t& notBefore) {
  auto const words = schema::Words::copyOf(bytes);
  if (!schema::checkShape<schema::Entry>(words.bytes())) return bytes;
  schema::Message<schema::Entry> const message(words.bytes());
  notBefore = std::max(notBefore, message.root().getAcceptedAt());
  if (message.root().getFirstEvent() == firstEvent && message.root().getAcceptedAt() == notBefore) return bytes;
  capnp::MallocMessageBuilder copy;
  copy.setRoot(message.root());
  auto entry = copy.getRoot<schema::Entry>();
  entry.setFirstEvent(firstEvent);
  entry.setAcceptedAt(notBefore);
  auto const changed = schema::canonical<schema::Entry>(entry);
  auto const view = changed.bytes();
  return {view.begin(), view.end()};
}

/// Aligned copies of bytes.
std::vector<schema::Words> alignedOf(std::vector<crypto::Bytes> const& list) {
  std::vector<schema::Words> words;
  words.reserve(list.size());
  for (auto const& bytes : list) words.push_back(schema::Words::copyOf(bytes));
  return words;
}

}  // namespace

crypto::Result<bool> rewrite(log::EventLog const& from, log::EventLog& to, Tampering const& tampering, Draws& draws,
                             CheckpointSigner const& signer) {
  auto batches = read(from);
  if (!batches) return batches.error();
  auto const before = *batches;
  bool const ofEvents = tampering.structure == Structure::event || tampering.structure == Structure::statementLine;
  bool const done =
      ofEvents ? tamperWithEvents(*batches, tampering, draws) : tamperWithEntries(*batches, tampering, draws);
  if (!done) return false;
  std::uint64_t firstEvent = 0;
  std::int64_t notBefore = 0;
  std::vector<std::unique_ptr<std::vector<schema::Words>>> kept;
  std::vector<std::vector<crypto::BytesView>> views;
  std::vector<log::PreparedBatch> group;
  views.reserve(batches->size());
  for (auto& batch : *batches) {
    batch.entry = placed(batch.entry, firstEvent, notBefore);
    firstEvent += batch.events.size();
  }
  // A changed place is put right like any other.
  auto const isSame = [](Batch const& one, Batch const& other) {
    return one.entry == other.entry && one.events == other.events;
  };
  if (std::ranges::equal(*batches, before, isSame)) return false;
  for (auto& batch : *batches) {
    batch.events.push_back(batch.entry);
    kept.push_back(std::make_unique<std::vector<schema::Words>>(alignedOf(batch.events)));
    auto& aligned = views.emplace_back();
    for (auto const& words : *kept.back()) aligned.push_back(words.bytes());
    auto const entry = aligned.back();
    aligned.pop_back();
    group.push_back({entry, aligned, batch.author, batch.idempotencyKey, batch.numbers});
  }
  if (auto const appended = to.append(group); !appended) return appended.error();
  if (auto const stored = to.storeCheckpoint(signer.sign(to.size().batches, to.root())); !stored) return stored.error();
  return true;
}

}  // namespace fundtrail::ledger::tampering
