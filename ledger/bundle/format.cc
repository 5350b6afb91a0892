// SPDX-License-Identifier: Apache-2.0
#include "ledger/bundle/format.h"

#include <algorithm>
#include <bit>
#include <initializer_list>
#include <span>

#include <fmt/format.h>

#include "crypto/big_endian.h"
#include "crypto/checkpoint_note.h"
#include "crypto/ensure.h"
#include "crypto/note.h"
#include "crypto/timestamp.h"

namespace fundtrail::ledger::bundle {

using crypto::bigEndian;
using crypto::Bytes;
using crypto::BytesView;
using crypto::Digest;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr std::string_view kMagic = "fundtrail/bundle";
constexpr std::size_t kWord = 8;
constexpr std::size_t kRecordHead = 8;  // type, three zeros, length

constexpr std::size_t padded(std::size_t bytes) {
  return (bytes + kWord - 1) / kWord * kWord;
}

/// Takes a body apart from its beginning.
class Body {
 public:
  explicit Body(BytesView bytes) : left_(bytes) {}

  [[nodiscard]] bool has(std::size_t bytes) const { return left_.size() >= bytes; }
  [[nodiscard]] bool empty() const { return left_.empty(); }
  BytesView take(std::size_t bytes) {
    auto const taken = left_.first(bytes);
    left_ = left_.subspan(bytes);
    return taken;
  }
  BytesView rest() { return take(left_.size()); }
  template <class Number>
  Number number() {
    return crypto::loadBigEndian<Number>(take(sizeof(Number)).data());
  }
  bool zeros(std::size_t bytes) {
    return std::ranges::all_of(take(bytes), [](std::uint8_t byte) { return byte == 0; });
  }

 private:
  BytesView left_;
};

void add(Bytes& bytes, BytesView more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

}  // namespace

Error damaged(std::string_view whyZh, std::string_view why) {
  return {ErrorKind::corrupt, fmt::format("the bundle is not whole, or was altered: {}: get it again", why),
          fmt::format("数据包不完整或被改动：{}，请重新获取", whyZh)};
}

void append(Bytes& content, RecordType type, BytesView body) {
  auto const length = static_cast<std::uint32_t>(body.size());
  crypto::ensure(length == body.size(), "a record's length fits its field");
  content.push_back(static_cast<std::uint8_t>(type));
  content.insert(content.end(), 3, 0);
  add(content, bigEndian(length));
  add(content, body);
  content.resize(padded(content.size()));
}

Bytes encode(Head const& head) {
  crypto::ensure(head.frontier.size() == static_cast<std::size_t>(std::popcount(head.from)),
                 "the frontier is that of a tree of so many batches");
  Bytes body;
  add(body, crypto::asBytes(kMagic));
  add(body, bigEndian(kFormatVersion));
  body.push_back(static_cast<std::uint8_t>(head.algorithm));
  body.insert(body.end(), 3, 0);
  add(body, bigEndian(head.city ? head.city->number() : 0U));
  body.insert(body.end(), 4, 0);
  add(body, bigEndian(head.from));
  add(body, bigEndian(head.firstEvent));
  for (auto const& node : head.frontier) add(body, node.view());
  add(body, crypto::asBytes(head.checkpoint));
  return body;
}

Result<Head> decodeHead(BytesView bytes) {
  Body body(bytes);
  auto const wrong = [] { return damaged("首部有误", "its head is not well-formed"); };
  if (!body.has(kMagic.size()) || crypto::asText(body.take(kMagic.size())) != kMagic) {
    return Error{ErrorKind::badInput, "this is no bundle: give a file that fundtrail bundle export wrote",
                 "这不是数据包：请给出 fundtrail bundle export 写成的文件"};
  }
  constexpr std::size_t kFixed = 4 + 1 + 3 + 4 + 4 + 8 + 8;
  if (!body.has(kFixed)) return wrong();
  auto const version = body.number<std::uint32_t>();
  if (version != kFormatVersion) {
    return Error{
        ErrorKind::unsupported,
        fmt::format("the bundle has the format {}, this program reads {}: use a newer one", version, kFormatVersion),
        fmt::format("数据包的格式为 {}，本程序只读 {}：请使用新版程序", version, kFormatVersion)};
  }
  Head head;
  auto const algorithm = body.number<std::uint8_t>();
  if (algorithm != 1 && algorithm != 2) return wrong();
  head.algorithm = static_cast<crypto::HashAlgorithm>(algorithm);
  if (!body.zeros(3)) return wrong();
  if (auto const code = body.number<std::uint32_t>(); code != 0) {
    head.city = domain::CityCode::fromNumber(code);
    if (!head.city || !head.city->isCity()) return wrong();
  }
  if (!body.zeros(4)) return wrong();
  head.from = body.number<std::uint64_t>();
  head.firstEvent = body.number<std::uint64_t>();
  for (auto nodes = std::popcount(head.from); nodes > 0; --nodes) {
    if (!body.has(Digest::kSize)) return wrong();
    head.frontier.push_back(*Digest::from(body.take(Digest::kSize)));
  }
  head.checkpoint = crypto::asText(body.rest());
  auto const stated = crypto::readCheckpointNote(head.checkpoint);
  if (!stated || stated->size <= head.from) return wrong();
  return head;
}

Bytes encode(End const& end) {
  Bytes body;
  for (auto const number : {end.size.batches, end.size.events, end.leftOut}) add(body, bigEndian(number));
  return body;
}

Result<End> decodeEnd(BytesView bytes) {
  Body body(bytes);
  if (bytes.size() != 3 * sizeof(std::uint64_t)) return damaged("末尾记录有误", "its end is not well-formed");
  End end;
  end.size.batches = body.number<std::uint64_t>();
  end.size.events = body.number<std::uint64_t>();
  end.leftOut = body.number<std::uint64_t>();
  return end;
}

Bytes encode(attestation::Stamp const& stamp) {
  Bytes body;
  add(body, bigEndian(static_cast<std::uint32_t>(stamp.note.size())));
  add(body, crypto::asBytes(stamp.note));
  add(body, stamp.token);
  return body;
}

Result<attestation::Stamp> decodeStamp(BytesView bytes) {
  Body body(bytes);
  auto const wrong = [] { return damaged("时间戳记录有误", "a time-stamp's record is not well-formed"); };
  if (!body.has(sizeof(std::uint32_t))) return wrong();
  auto const length = body.number<std::uint32_t>();
  if (length > crypto::kMaxNoteSize || !body.has(length)) return wrong();
  attestation::Stamp stamp;
  stamp.note = crypto::asText(body.take(length));
  auto const token = body.rest();
  if (token.empty() || token.size() > crypto::kMaxTimestampSize) return wrong();
  stamp.token.assign(token.begin(), token.end());
  return stamp;
}

Result<std::vector<Record>> recordsOf(BytesView content) {
  std::vector<Record> records;
  Body left(content);
  auto const wrong = [] { return damaged("记录的边界有误", "its records are not whole"); };
  while (!left.empty()) {
    if (!left.has(kRecordHead)) return wrong();
    auto const type = left.number<std::uint8_t>();
    if (type < static_cast<std::uint8_t>(RecordType::head) || type > static_cast<std::uint8_t>(RecordType::end) ||
        !left.zeros(3)) {
      return wrong();
    }
    auto const length = left.number<std::uint32_t>();
    if (!left.has(padded(length))) return wrong();
    records.push_back({static_cast<RecordType>(type), left.take(length)});
    if (!left.zeros(padded(length) - length)) return wrong();
  }
  return records;
}

bool mayFollow(RecordType before, RecordType next) {
  switch (next) {
    case RecordType::head: return false;
    case RecordType::entry: return before <= RecordType::leftOut;
    case RecordType::event: return before >= RecordType::entry && before <= RecordType::leftOut;
    // One run, one record: there is one way to say what is left out.
    case RecordType::leftOut: return before == RecordType::entry || before == RecordType::event;
    case RecordType::note:
    case RecordType::stamp:
    case RecordType::policy: return before >= RecordType::entry && before <= next;
    case RecordType::trust:
    case RecordType::end: return before >= RecordType::entry && before < next;
  }
  return false;
}

}  // namespace fundtrail::ledger::bundle
