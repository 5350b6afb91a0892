// SPDX-License-Identifier: Apache-2.0
// The public part of the log, as c2sp.org/tlog-tiles has it: nothing of it says what an event holds.
#include <string>
#include <utility>
#include <vector>

#include "api/service/handlers.h"
#include "api/service/reading.h"
#include "crypto/entry_bundle.h"
#include "crypto/tiles.h"

namespace fundtrail::api::service {

namespace domain = ledger::domain;

namespace {

http::Response octets(crypto::BytesView bytes) {
  http::Response response{200, "application/octet-stream", std::string(crypto::asText(bytes))};
  // A tile or bundle of one width never changes.
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

crypto::Result<crypto::Bytes> bundleOf(ledger::log::EventLog const& log, std::uint64_t index, unsigned width) {
  auto const cursor = log.read(domain::BatchNumber(index * crypto::kTileWidth));
  std::vector<crypto::Bytes> entries;
  while (entries.size() < width) {
    auto const batch = cursor->next();
    if (!batch) return batch.error();
    if (!*batch) return crypto::Error{crypto::ErrorKind::corrupt, "the log ends before its size says"};
    entries.emplace_back((*batch)->entry.begin(), (*batch)->entry.end());
  }
  return crypto::formatEntryBundle(std::vector<crypto::BytesView>(entries.begin(), entries.end()));
}

}  // namespace

http::Response getCheckpoint(Context const& context, Call const&) {
  http::Response response{200, "text/plain; charset=utf-8", context.ledger.checkpoint()};
  response.headers.emplace_back("Cache-Control", "public, max-age=2");
  return response;
}

http::Response getTile(Context const& context, Call const& call) {
  auto const path = "tile/" + call.arguments.text("path");
  auto const& log = context.ledger.log();
  auto const batches = log.size().batches;
  if (auto const bundle = crypto::parseEntryBundlePath(path)) {
    auto const& [index, width] = *bundle;
    if (width > crypto::tileWidth({0, index}, batches)) return nothingThere(call, path);
    auto const bytes = bundleOf(log, index, width);
    return bytes ? octets(*bytes) : answer(call.reader, problemOf(call.reader, bytes.error()));
  }
  auto const tile = crypto::parseTilePath(path);
  if (!tile || tile->second > crypto::tileWidth(tile->first, batches)) return nothingThere(call, path);
  auto const bytes = log.tile(tile->first);
  if (!bytes) return answer(call.reader, problemOf(call.reader, bytes.error()));
  auto const size = std::size_t{tile->second} * crypto::Digest::kSize;
  if (bytes->size() < size) return nothingThere(call, path);
  return octets(crypto::BytesView(*bytes).first(size));
}

}  // namespace fundtrail::api::service
