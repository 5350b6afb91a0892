// SPDX-License-Identifier: Apache-2.0
// Keeps the audit's books of a ledger's events, and shows them what reversals take back.
#pragma once

#include <cstddef>

#include "replay/books.h"
#include "tests/replay/shown.h"

namespace fundtrail::replay {

/// Books the ledger's event at that position, and what it takes back.
inline Disagreement bookNext(Books& books, tests::DomainLedger const& ledger, std::size_t position) {
  namespace schema = fundtrail::ledger::schema;
  auto const& recorded = ledger.events()[position];
  schema::Message<schema::Event> const message(recorded.bytes.bytes());
  if (auto wrong = books.book(recorded.context, message.root())) return wrong;
  auto const* const original = takenBackBy(ledger, message.root());
  if (!original) return std::nullopt;
  schema::Message<schema::Event> const takenBack(original->bytes.bytes());
  return books.takeBack(original->context, takenBack.root());
}

}  // namespace fundtrail::replay
