// SPDX-License-Identifier: Apache-2.0
#include "ledger/tampering/items.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <utility>

#include <capnp/any.h>
#include <capnp/message.h>

#include "ledger/domain/read.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::tampering {

namespace {

using crypto::Bytes;

/// Part of a message.
struct Range {
  std::size_t from;
  std::size_t size;
};

template <class Pointer>
Range rangeOf(schema::Words const& words, Pointer const* at, std::size_t size) {
  auto const* const start = words.bytes().data();
  return {static_cast<std::size_t>(reinterpret_cast<std::uint8_t const*>(at) - start), size};
}

Bytes bytesOf(schema::Words const& words) {
  auto const view = words.bytes();
  return {view.begin(), view.end()};
}

/// The field of an entry that the structure is.
capnp::Data::Reader fieldOf(schema::Entry::Reader entry, Structure structure) {
  return structure == Structure::statement ? entry.getStatement() : entry.getSignature();
}

Bytes withField(Bytes const& bytes, Structure structure, capnp::Data::Reader field) {
  auto const words = schema::Words::copyOf(bytes);
  schema::Message<schema::Entry> const message(words.bytes());
  capnp::MallocMessageBuilder copy;
  copy.setRoot(message.root());
  auto entry = copy.getRoot<schema::Entry>();
  structure == Structure::statement ? entry.setStatement(field) : entry.setSignature(field);
  return bytesOf(schema::canonical<schema::Entry>(entry));
}

std::size_t another(std::size_t than, std::size_t count, Draws& draws) {
  auto const drawn = draws.below(count - 1);
  return drawn < than ? drawn : drawn + 1;
}

bool tamperWithField(std::vector<Item>& items, Tampering const& tampering, Draws& draws) {
  auto const i = draws.below(items.size());
  auto const words = schema::Words::copyOf(items[i].bytes);
  schema::Message<schema::Entry> const message(words.bytes());
  auto const field = fieldOf(message.root(), tampering.structure);
  if (tampering.action == Action::flip) {
    auto const range = rangeOf(words, field.begin(), field.size());
    flipBit(items[i].bytes[range.from + draws.below(range.size)], draws);
    return true;
  }
  if (tampering.action == Action::drop) {
    items[i].bytes = withField(items[i].bytes, tampering.structure, {});
    return true;
  }
  if (items.size() < 2) return false;
  auto const j = another(i, items.size(), draws);
  auto const otherWords = schema::Words::copyOf(items[j].bytes);
  schema::Message<schema::Entry> const otherMessage(otherWords.bytes());
  items[i].bytes = withField(items[i].bytes, tampering.structure, fieldOf(otherMessage.root(), tampering.structure));
  if (tampering.action == Action::reorder) items[j].bytes = withField(items[j].bytes, tampering.structure, field);
  return true;
}

/// A byte of an entry outside of what its author signed.
void flipRestOfEntry(Bytes& bytes, Draws& draws) {
  auto const words = schema::Words::copyOf(bytes);
  schema::Message<schema::Entry> const message(words.bytes());
  auto const entry = message.root();
  std::array const signedParts{
      rangeOf(words, entry.getStatement().begin(), entry.getStatement().size()),
      rangeOf(words, entry.getSignature().begin(), entry.getSignature().size()),
  };
  auto const isSigned = [&](std::size_t at) {
    return std::ranges::any_of(signedParts,
                               [&](Range const& part) { return at >= part.from && at < part.from + part.size; });
  };
  auto at = draws.below(bytes.size());
  while (isSigned(at)) at = (at + 1) % bytes.size();
  flipBit(bytes[at], draws);
}

/// Drops, repeats or exchanges whole items.
bool tamperWithWhole(std::vector<Item>& items, Action action, Draws& draws) {
  auto const i = draws.below(items.size());
  auto const at = items.begin() + static_cast<std::ptrdiff_t>(i);
  switch (action) {
    case Action::drop: items.erase(at); return true;
    case Action::duplicate: {
      auto const copy = *at;
      items.insert(at, copy);
      return true;
    }
    case Action::reorder: {
      if (items.size() < 2) return false;
      auto& other = items[another(i, items.size(), draws)];
      if (other.bytes == items[i].bytes) return false;
      std::swap(other.bytes, items[i].bytes);
      return true;
    }
    case Action::flip: break;
  }
  return false;
}

/// The statement of a bank with other lines: `order` says which of the old ones stand there.
Bytes withLines(Bytes const& bytes, std::vector<unsigned> const& order) {
  auto const words = schema::Words::copyOf(bytes);
  schema::Message<schema::Event> const message(words.bytes());
  auto const before = message.root().getStatementImported().getLines();
  capnp::MallocMessageBuilder copy;
  copy.setRoot(message.root());
  auto event = copy.getRoot<schema::Event>();
  auto lines = event.getStatementImported().initLines(static_cast<unsigned>(order.size()));
  for (unsigned i = 0; i < order.size(); ++i) lines.setWithCaveats(i, before[order[i]]);
  return bytesOf(schema::canonical<schema::Event>(event));
}

void flipLine(Bytes& bytes, unsigned line, Draws& draws) {
  auto const words = schema::Words::copyOf(bytes);
  schema::Message<schema::Event> const message(words.bytes());
  auto const reader = message.root().getStatementImported().getLines()[line];
  auto const data = capnp::AnyStruct::Reader(reader).getDataSection();
  std::vector<Range> ranges{rangeOf(words, data.begin(), data.size())};
  for (auto const text : {reader.getCounterpartyName(), reader.getCounterpartyAccount(), reader.getBankReference()}) {
    if (text.size() != 0) ranges.push_back(rangeOf(words, text.begin(), text.size()));
  }
  auto const& range = ranges[draws.below(ranges.size())];
  flipBit(bytes[range.from + draws.below(range.size)], draws);
}

bool tamperWithLine(std::vector<Item>& items, Action action, Draws& draws) {
  std::vector<std::pair<std::size_t, unsigned>> statements;  // and how many lines they have
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto const words = schema::Words::copyOf(items[i].bytes);
    schema::Message<schema::Event> const message(words.bytes());
    if (!message.root().isStatementImported()) continue;
    auto const count = message.root().getStatementImported().getLines().size();
    if (count >= (action == Action::reorder ? 2U : 1U)) statements.emplace_back(i, count);
  }
  if (statements.empty()) return false;
  auto const [index, count] = statements[draws.below(statements.size())];
  auto const line = static_cast<unsigned>(draws.below(count));
  auto& bytes = items[index].bytes;
  std::vector<unsigned> order;
  for (unsigned i = 0; i < count; ++i) order.push_back(i);
  auto const at = order.begin() + static_cast<std::ptrdiff_t>(line);
  switch (action) {
    case Action::flip: flipLine(bytes, line, draws); return true;
    case Action::drop: order.erase(at); break;
    case Action::duplicate: order.insert(at, line); break;
    case Action::reorder: std::swap(order[line], order[another(line, count, draws)]); break;
  }
  auto changed = withLines(bytes, order);
  if (changed == bytes) return false;
  bytes = std::move(changed);
  return true;
}

/// Another link of one item, or those of two exchanged.
bool tamperWithLink(std::vector<Item>& items, Action action, Draws& draws) {
  auto& item = items[draws.below(items.size())];
  if (action == Action::flip) {
    constexpr std::uint64_t kBits = 32;
    item.link ^= std::uint64_t{1} << draws.below(kBits);
    return true;
  }
  auto const other = std::ranges::find_if(items, [&](Item const& each) { return each.link != item.link; });
  if (other == items.end()) return false;
  std::swap(other->link, item.link);
  return true;
}

}  // namespace

void flipBit(std::uint8_t& byte, Draws& draws) {
  byte = static_cast<std::uint8_t>(byte ^ (1U << draws.below(8)));
}

bool tamperWith(std::vector<Item>& items, Tampering const& tampering, Draws& draws) {
  if (items.empty()) return false;
  switch (tampering.structure) {
    case Structure::link: return tamperWithLink(items, tampering.action, draws);
    case Structure::statement:
    case Structure::signature: return tamperWithField(items, tampering, draws);
    case Structure::entry:
      if (tampering.action != Action::flip) return tamperWithWhole(items, tampering.action, draws);
      flipRestOfEntry(items[draws.below(items.size())].bytes, draws);
      return true;
    case Structure::event: {
      if (tampering.action != Action::flip) return tamperWithWhole(items, tampering.action, draws);
      auto& bytes = items[draws.below(items.size())].bytes;
      flipBit(bytes[draws.below(bytes.size())], draws);
      return true;
    }
    case Structure::statementLine: return tamperWithLine(items, tampering.action, draws);
    default: return false;
  }
}

}  // namespace fundtrail::ledger::tampering
