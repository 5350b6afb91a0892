// SPDX-License-Identifier: Apache-2.0
#include "ledger/tampering/tampering.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "ledger/log/chunk.h"
#include "ledger/tampering/items.h"

namespace fundtrail::ledger::tampering {

namespace {

using log::Family;
using log::RawRecord;

constexpr std::array<std::string_view, kStructures> kStructureNames{
    "statement",  "signature",      "entry",      "event",          "link", "statementLine", "tile",
    "checkpoint", "checkpointFile", "usedNumber", "idempotencyKey", "size", "format"};
constexpr std::array<std::string_view, kActions> kActionNames{"flip", "drop", "duplicate", "reorder"};
constexpr std::array<std::string_view, kHands> kHandNames{"accident", "vandal", "keyholder"};

bool isPossible(Tampering const& tampering) {
  auto const [structure, action, hand] = tampering;
  bool const ofBatches = structure <= Structure::statementLine && structure != Structure::link;
  if (hand == Hand::keyholder) return ofBatches;
  if (hand == Hand::accident) return action == Action::flip && structure != Structure::usedNumber;
  switch (structure) {
    case Structure::link: return action == Action::flip || action == Action::reorder;
    case Structure::usedNumber: return action != Action::reorder;
    case Structure::size: return action != Action::duplicate;
    case Structure::format: return action == Action::flip || action == Action::drop;
    default: return true;
  }
}

std::vector<Tampering> allPossible() {
  std::vector<Tampering> list;
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    for (std::size_t structure = 0; structure < kStructures; ++structure) {
      for (std::size_t action = 0; action < kActions; ++action) {
        Tampering const one{Structure(structure), Action(action), Hand(hand)};
        if (isPossible(one)) list.push_back(one);
      }
    }
  }
  return list;
}

std::vector<std::uint8_t> bytesOf(std::string_view text) {
  auto const view = crypto::asBytes(text);
  return {view.begin(), view.end()};
}

/// The records that the structure lies in.
std::vector<RawRecord const*> recordsOf(std::vector<RawRecord> const& records, Structure structure) {
  auto const isOf = [structure](RawRecord const& record) {
    bool const isSize = record.key == log::kSizeKey;
    switch (structure) {
      case Structure::statement:
      case Structure::signature:
      case Structure::entry: return record.family == Family::entries;
      case Structure::event:
      case Structure::statementLine: return record.family == Family::events;
      case Structure::link: return record.family == Family::entries || record.family == Family::events;
      case Structure::tile: return record.family == Family::tiles;
      case Structure::checkpoint: return record.family == Family::meta && record.key == log::kCheckpointKey;
      case Structure::checkpointFile: return false;
      case Structure::usedNumber: return record.family == Family::usedNumbers && !isSize;
      case Structure::idempotencyKey: return record.family == Family::idempotencyKeys && !isSize;
      case Structure::size: return isSize;
      case Structure::format: return record.family == Family::meta && record.key == log::kFormatKey;
    }
    return false;
  };
  std::vector<RawRecord const*> of;
  for (auto const& record : records) {
    if (isOf(record)) of.push_back(&record);
  }
  return of;
}

crypto::Bytes bodyOf(RawRecord const& record) {
  auto const body = log::unseal(record.family, record.key, record.value).value();
  return {body.begin(), body.end()};
}

Change sealed(RawRecord const& record, crypto::BytesView body) {
  return {record.family, record.key, log::seal(record.family, record.key, body)};
}

std::vector<Item> itemsOf(log::Chunk const& chunk) {
  std::vector<Item> items;
  for (auto number = chunk.first(); number < chunk.end(); ++number) {
    auto const bytes = chunk.record(number);
    items.push_back({{bytes.begin(), bytes.end()}, chunk.link(number)});
  }
  return items;
}

std::vector<Change> tamperWithChunk(RawRecord const& record, Tampering const& tampering, Draws& draws) {
  auto const chunk = log::Chunk::decode(log::parseChunkKey(record.key).value(),
                                        log::unseal(record.family, record.key, record.value).value())
                         .value();
  auto const base = chunk.linkBefore(chunk.first());
  auto items = itemsOf(chunk);
  // Links are stored as distances from the base.
  for (auto& item : items) item.link -= base;
  if (!tamperWith(items, tampering, draws)) return {};
  for (auto& item : items) item.link += base;
  if (items.empty()) return {{record.family, record.key, std::nullopt}};
  if (items.size() > log::kMaxChunkRecords) items.pop_back();  // no chunk holds more
  std::vector<log::Record> changed;
  for (auto const& item : items) changed.push_back({item.bytes, item.link});
  return {sealed(record, log::encodeChunk(base, changed))};
}

std::vector<Change> tamperWithTile(RawRecord const& record, Action action, Draws& draws) {
  constexpr std::size_t kHash = crypto::Digest::kSize;
  auto body = bodyOf(record);
  auto const count = body.size() / kHash;
  auto const at = [&](std::size_t i) { return body.begin() + static_cast<std::ptrdiff_t>(i * kHash); };
  switch (action) {
    case Action::flip: flipBit(body[draws.below(body.size())], draws); break;
    case Action::drop:
      if (draws.below(2) == 0) return {{record.family, record.key, std::nullopt}};
      body.erase(at(count - 1), body.end());
      break;
    case Action::duplicate: {
      crypto::Bytes const hash(at(count - 1), body.end());
      body.insert(body.end(), hash.begin(), hash.end());
      break;
    }
    case Action::reorder: {
      if (count < 2) return {};
      auto const i = draws.below(count - 1);
      std::swap_ranges(at(i), at(i + 1), at(i + 1));
      break;
    }
  }
  return {sealed(record, body)};
}

/// The note with it done; nothing where it is to go.
std::optional<std::string> tamperedNote(std::string text, Action action, Draws& draws) {
  switch (action) {
    case Action::flip: {
      auto bytes = bytesOf(text);
      flipBit(bytes[draws.below(bytes.size())], draws);
      return std::string(crypto::asText(bytes));
    }
    case Action::drop: return std::nullopt;
    case Action::duplicate: {
      // Its signature line once more, or its root.
      auto const line = draws.below(2) == 0 ? text.rfind('\n', text.size() - 2) + 1 : text.find('\n') + 1;
      auto const end = text.find('\n', line) + 1;
      return text.insert(line, text.substr(line, end - line));
    }
    case Action::reorder: {
      // Its first two lines.
      auto const first = text.find('\n') + 1;
      auto const second = text.find('\n', first) + 1;
      std::rotate(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(first),
                  text.begin() + static_cast<std::ptrdiff_t>(second));
      return text;
    }
  }
  return text;
}

std::vector<Change> tamperWithCheckpoint(RawRecord const& record, Action action, Draws& draws) {
  auto const note = tamperedNote(std::string(crypto::asText(bodyOf(record))), action, draws);
  if (!note) return {{record.family, record.key, std::nullopt}};
  return {sealed(record, crypto::asBytes(*note))};
}

std::string flippedKey(std::string const& key, Draws& draws) {
  auto bytes = bytesOf(key);
  flipBit(bytes[draws.below(bytes.size())], draws);
  return std::string(crypto::asText(bytes));
}

std::vector<Change> tamperWithUsedNumber(RawRecord const& record, Action action, Draws& draws) {
  Change const removed{record.family, record.key, std::nullopt};
  Change const another{record.family, flippedKey(record.key, draws), record.value};
  switch (action) {
    case Action::flip: return {removed, another};
    case Action::drop: return {removed};
    default: return {another};
  }
}

std::vector<Change> tamperWithIdempotencyKey(std::vector<RawRecord const*> const& of, std::size_t index, Action action,
                                             Draws& draws) {
  auto const& record = *of[index];
  Change const removed{record.family, record.key, std::nullopt};
  auto body = bodyOf(record);
  auto const underAnother = [&] {
    auto const key = flippedKey(record.key, draws);
    return Change{record.family, key, log::seal(record.family, key, body)};
  };
  switch (action) {
    case Action::flip:
      if (draws.below(2) == 0) return {removed, underAnother()};
      flipBit(body[draws.below(body.size())], draws);
      return {sealed(record, body)};
    case Action::drop: return {removed};
    case Action::duplicate: return {underAnother()};
    case Action::reorder: {
      if (of.size() < 2) return {};
      auto const& other = *of[(index + 1 + draws.below(of.size() - 1)) % of.size()];
      auto const otherBody = bodyOf(other);
      if (otherBody == body) return {};
      return {sealed(record, otherBody), sealed(other, body)};
    }
  }
  return {};
}

std::vector<Change> tamperWithSize(RawRecord const& record, Action action, Draws& draws) {
  auto body = bodyOf(record);
  if (action == Action::drop) return {{record.family, record.key, std::nullopt}};
  if (action == Action::flip) {
    flipBit(body[draws.below(body.size())], draws);
  } else {
    std::rotate(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(body.size() / 2), body.end());
  }
  return {sealed(record, body)};
}

/// Each line once: a signature that is repeated says nothing new (crypto/note.h).
std::set<std::string, std::less<>> linesOf(std::string_view text) {
  std::set<std::string, std::less<>> lines;
  while (!text.empty()) {
    auto const end = text.find('\n');
    lines.emplace(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

}  // namespace

std::string Tampering::name() const {
  return fmt::format("{}-{}-{}", kStructureNames[static_cast<std::size_t>(structure)],
                     kActionNames[static_cast<std::size_t>(action)], kHandNames[static_cast<std::size_t>(hand)]);
}

std::span<Tampering const> tamperings() {
  static std::vector<Tampering> const list = allPossible();
  return list;
}

crypto::Result<Tampering> parseTampering(std::string_view text) {
  for (auto const& one : tamperings()) {
    auto const name = one.name();
    auto const withoutHand = name.substr(0, name.rfind('-'));
    if (name == text || (one.hand == Hand::vandal && withoutHand == text)) return one;
  }
  return crypto::Error{crypto::ErrorKind::badInput,
                       fmt::format("there is no tampering \"{}\"; `fundtrail plants` lists them", text),
                       fmt::format("没有“{}”这种篡改；`fundtrail plants` 列出全部种类", text)};
}

std::uint64_t Draws::below(std::uint64_t bound) {
  state_ += 0x9e3779b97f4a7c15U;  // SplitMix64 (Steele, Lea, Flood 2014)
  auto z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return (z ^ (z >> 31)) % bound;
}

std::vector<Change> tamper(Stored const& stored, Tampering const& tampering, Draws& draws) {
  crypto::ensure(tampering.hand != Hand::keyholder, "the keyholder writes a new log");
  if (tampering.structure == Structure::checkpointFile) {
    if (!stored.checkpointFile) return {};
    return {{std::nullopt, std::string(log::kCheckpointFile),
             tamperedNote(*stored.checkpointFile, tampering.action, draws)}};
  }
  auto const of = recordsOf(stored.records, tampering.structure);
  if (of.empty()) return {};
  auto const index = draws.below(of.size());
  auto const& record = *of[index];
  if (tampering.hand == Hand::accident) {
    auto value = bytesOf(record.value);
    flipBit(value[draws.below(value.size())], draws);
    return {{record.family, record.key, std::string(crypto::asText(value))}};
  }
  switch (tampering.structure) {
    case Structure::tile: return tamperWithTile(record, tampering.action, draws);
    case Structure::checkpoint: return tamperWithCheckpoint(record, tampering.action, draws);
    case Structure::usedNumber: return tamperWithUsedNumber(record, tampering.action, draws);
    case Structure::idempotencyKey: return tamperWithIdempotencyKey(of, index, tampering.action, draws);
    case Structure::size:
    case Structure::format: return tamperWithSize(record, tampering.action, draws);
    default: return tamperWithChunk(record, tampering, draws);
  }
}

bool saysTheSame(Change const& change, std::string_view before) {
  if (!change.value) return false;
  if (!change.family) return linesOf(before) == linesOf(*change.value);
  auto const family = *change.family;
  auto const was = log::unseal(family, change.key, before);
  auto const is = log::unseal(family, change.key, *change.value);
  if (!was || !is) return false;
  if (family == Family::meta && change.key == log::kCheckpointKey) {
    return linesOf(crypto::asText(*was)) == linesOf(crypto::asText(*is));
  }
  auto const first = log::parseChunkKey(change.key);
  if ((family != Family::entries && family != Family::events) || !first) return false;
  auto const old = log::Chunk::decode(*first, *was);
  auto const now = log::Chunk::decode(*first, *is);
  if (!old || !now || now->end() != old->end()) return false;
  for (auto number = *first; number < old->end(); ++number) {
    bool const same = std::ranges::equal(now->record(number), old->record(number)) &&
                      now->link(number) == old->link(number) && now->linkBefore(number) == old->linkBefore(number);
    if (!same) return false;
  }
  return true;
}

}  // namespace fundtrail::ledger::tampering
