// SPDX-License-Identifier: Apache-2.0
// A bundle comes from whoever is to be audited: any bytes are an answer. What opens can be read from end to end and
// replayed.
//
// An input that begins as a file of zstd does is taken for a bundle. Any other is taken for the contents of its frames,
// each behind its length of 4 bytes, and is framed soundly: checksums would keep mutations away from what stands
// inside.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "crypto/big_endian.h"
#include "crypto/ensure.h"
#include "ledger/bundle/bundle_log.h"
#include "ledger/bundle/container.h"
#include "ledger/bundle/format.h"
#include "replay/report_text.h"
#include "replay/verify.h"

namespace {

namespace bundle = fundtrail::ledger::bundle;
namespace crypto = fundtrail::crypto;
namespace domain = fundtrail::ledger::domain;
namespace replay = fundtrail::replay;
using fundtrail::ledger::schema::Language;

crypto::Bytes framed(crypto::BytesView contents) {
  static auto compressor = bundle::makeCompressor();
  crypto::Bytes file;
  std::vector<bundle::FrameSizes> sizes;
  while (contents.size() > sizeof(std::uint32_t)) {
    auto const stated = crypto::loadBigEndian<std::uint32_t>(contents.data());
    contents = contents.subspan(sizeof(std::uint32_t));
    auto const content = contents.first(std::min<std::size_t>(stated, contents.size()));
    contents = contents.subspan(content.size());
    if (content.empty()) continue;
    auto const frame = compressor.frame(content);
    sizes.push_back({static_cast<std::uint32_t>(frame.size()), static_cast<std::uint32_t>(content.size())});
    file.insert(file.end(), frame.begin(), frame.end());
  }
  auto const table = bundle::encodeSeekTable(sizes);
  file.insert(file.end(), table.begin(), table.end());
  return file;
}

void readFromEndToEnd(bundle::BundleLog const& log) {
  auto const size = log.size();
  std::uint64_t batches = 0;
  std::uint64_t events = 0;
  auto const cursor = log.read(domain::BatchNumber(0));
  while (true) {
    auto const batch = cursor->next();
    crypto::ensure(batch.has_value(), "what was opened can be read");
    if (!*batch) break;
    crypto::ensure((*batch)->number.value() == batches++, "batches stand in order");
    crypto::ensure((*batch)->firstEvent.value() == events, "events stand in order");
    std::size_t leftOut = 0;
    for (auto const event : (*batch)->events) {
      crypto::ensure(reinterpret_cast<std::uintptr_t>(event.data()) % 8 == 0, "events are aligned");
      auto const alone = log.event(domain::EventNumber(events++));
      crypto::ensure(alone.has_value() == !event.empty(), "an event is there or left out, however it is asked for");
      if (event.empty()) ++leftOut;
    }
    crypto::ensure(leftOut == (*batch)->leftOut.size(), "there is a hash for each event that was left out");
  }
  crypto::ensure(batches == size.batches && events == size.events, "as many as it says");
  crypto::ensure(log.tile({0, 0}).has_value(), "a tile follows from the entries");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  crypto::BytesView const input(data, size);
  bool const isFile = size >= 4 && data[0] == 0x28 && data[1] == 0xB5 && data[2] == 0x2F && data[3] == 0xFD;
  std::vector<std::unique_ptr<bundle::Source>> sources;
  sources.push_back(bundle::memorySource(isFile ? crypto::Bytes(input.begin(), input.end()) : framed(input)));
  auto const log = bundle::BundleLog::open(std::move(sources));
  if (!log) {
    crypto::ensure(log.error().message.find('\n') == std::string::npos, "an error is one line");
    crypto::ensure(!log.error().zh.empty(), "an error is in both languages");
    return 0;
  }
  readFromEndToEnd(**log);
  replay::Options options;
  options.threads = 1;
  auto const report = replay::verify(**log, {}, options);
  crypto::ensure(report.has_value(), "a bundle can be replayed");
  for (auto const language : {Language::zh, Language::en}) {
    crypto::ensure(!replay::toText(*report, language).empty(), "the report can be read out");
  }
  return 0;
}
