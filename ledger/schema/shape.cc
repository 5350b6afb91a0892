// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/shape.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "crypto/digest.h"
#include "ledger/schema/limits.h"
#include "ledger/schema/message.h"
#include "ledger/schema/plan.h"
#include "ledger/schema/walk.h"

namespace fundtrail::ledger::schema {

namespace {

crypto::Error badInput(std::string message) {
  return {crypto::ErrorKind::badInput, std::move(message)};
}

/// Steps 1 to 3 of checkShape.
crypto::Result<void> check(crypto::BytesView bytes, std::size_t maxBytes, StructPlan const& plan,
                           std::string_view name) {
  if (bytes.empty() || bytes.size() > maxBytes) {
    return badInput(fmt::format("{}: is {} bytes long: must be 8 to {}", name, bytes.size(), maxBytes));
  }
  if (!isAligned(bytes)) {
    return badInput(fmt::format("{}: {}", name,
                                bytes.size() % 8 != 0
                                    ? "is not a whole number of 8-byte words: send it complete"
                                    : "does not begin at a multiple of 8: copy it with Words::copyOf"));
  }
  if (auto fault = findFault(bytes, plan, name)) {
    return *std::move(fault);
  }
  return {};
}

template <class T>
struct Kind;
template <>
struct Kind<Event> {
  static constexpr auto kName = "event";
  static constexpr auto kMaxBytes = kMaxEventBytes;
};
template <>
struct Kind<Genesis> {
  static constexpr auto kName = "genesis";
  static constexpr auto kMaxBytes = kMaxGenesisEntryBytes;
};
template <>
struct Kind<Statement> {
  static constexpr auto kName = "statement";
  static constexpr auto kMaxBytes = kMaxGenesisEntryBytes;
};
template <>
struct Kind<Entry> {
  static constexpr auto kName = "entry";
  static constexpr auto kMaxBytes = kMaxGenesisEntryBytes;
};
template <>
struct Kind<SignedBatch> {
  static constexpr auto kName = "batch";
  static constexpr auto kMaxBytes = kMaxSignedBatchBytes;
};

template <>
struct Kind<Receipt> {
  static constexpr auto kName = "receipt";
  static constexpr auto kMaxBytes = kMaxReceiptBytes;
};

/// Step 4 of checkShape: what fields say about each other, in the messages that have more to say.
crypto::Result<void> checkWhole(crypto::BytesView /*bytes*/, Statement::Reader statement) {
  if (statement.hasGenesis()) {
    if (statement.hasLedgerId() || statement.getEventCount() != 0) {
      return badInput("genesis: founds a ledger: leave out ledgerId, eventCount and the events");
    }
    return {};
  }
  if (statement.getLedgerId().size() == 0) {
    return badInput("ledgerId: is required: state it");
  }
  if (statement.getEventCount() == 0 || statement.getEventCount() > kMaxBatchEvents) {
    return badInput(fmt::format("eventCount: must be 1 to {}", kMaxBatchEvents));
  }
  return {};
}

crypto::Result<void> checkWhole(crypto::BytesView bytes, Entry::Reader entry) {
  if (bytes.size() <= kMaxEntryBytes) {
    return {};
  }
  auto const statement = Words::copyOf({entry.getStatement().begin(), entry.getStatement().size()});
  if (auto const shape = checkShape<Statement>(statement.bytes()); !shape) {
    return badInput("statement: " + shape.error().message);
  }
  if (!Message<Statement>(statement.bytes()).root().hasGenesis()) {
    return badInput(fmt::format("entry: is {} bytes long: must be at most {}, since it founds no ledger", bytes.size(),
                                kMaxEntryBytes));
  }
  return {};
}

crypto::Result<void> checkWhole(crypto::BytesView /*bytes*/, SignedBatch::Reader batch) {
  std::size_t sum = 0;
  for (auto const event : batch.getEvents()) {
    sum += event.size();
  }
  if (sum > kMaxBatchBytes) {
    return badInput(
        fmt::format("events: are {} bytes long in all: split the batch, at most {} are allowed", sum, kMaxBatchBytes));
  }
  return {};
}

crypto::Result<void> checkWhole(crypto::BytesView /*bytes*/, Receipt::Reader receipt) {
  auto const whole = [](capnp::Data::Reader path) { return path.size() % crypto::Digest::kSize == 0; };
  if (!whole(receipt.getEvent().getPath()) || !whole(receipt.getGenesisPath())) {
    return badInput("path: is not a whole number of hashes: ask for the receipt again");
  }
  for (auto const enrolled : receipt.getEnrolments()) {
    if (!whole(enrolled.getEvent().getPath()) || !whole(enrolled.getLogPath())) {
      return badInput("enrolments: a path is not a whole number of hashes: ask for the receipt again");
    }
  }
  return {};
}

}  // namespace

template <class T>
crypto::Result<void> checkShape(crypto::BytesView bytes) {
  static StructPlan const& plan = planOf(capnp::Schema::from<T>());
  if (auto const shape = check(bytes, Kind<T>::kMaxBytes, plan, Kind<T>::kName); !shape) {
    return shape.error();
  }
  if constexpr (requires(typename T::Reader reader) { checkWhole(bytes, reader); }) {
    return checkWhole(bytes, Message<T>(bytes).root());
  }
  return {};
}

template crypto::Result<void> checkShape<Event>(crypto::BytesView);
template crypto::Result<void> checkShape<Statement>(crypto::BytesView);
template crypto::Result<void> checkShape<Entry>(crypto::BytesView);
template crypto::Result<void> checkShape<SignedBatch>(crypto::BytesView);
template crypto::Result<void> checkShape<Genesis>(crypto::BytesView);
template crypto::Result<void> checkShape<Receipt>(crypto::BytesView);

}  // namespace fundtrail::ledger::schema
