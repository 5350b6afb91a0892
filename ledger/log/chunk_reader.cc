// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/chunk_reader.h"

#include <string>
#include <utility>

namespace fundtrail::ledger::log {

crypto::Result<std::shared_ptr<Chunk const>> ChunkReader::holding(std::uint64_t number) {
  if (chunk_ && chunk_->holds(number)) {
    return chunk_;
  }
  if (auto const current = std::exchange(chunk_, nullptr); current && current->end() == number) {
    iterator_->Next();
  } else {
    iterator_->SeekForPrev(chunkKey(number).text());
  }
  if (!iterator_->status().ok()) {
    return store_.error(iterator_->status(),
                        std::string(name(family_)) + " from " + std::to_string(number) + " on cannot be read");
  }
  auto const first = iterator_->Valid() ? parseChunkKey(iterator_->key().ToStringView()) : std::nullopt;
  if (!first) {
    return missing(number);
  }
  auto const body = unseal(family_, iterator_->key().ToStringView(), iterator_->value().ToStringView());
  if (!body) {
    return body.error();
  }
  auto chunk = Chunk::decode(*first, *body);
  if (!chunk) {
    return chunk.error();
  }
  if (!chunk->holds(number)) {
    return missing(number);
  }
  return chunk_ = std::make_shared<Chunk const>(*std::move(chunk));
}

crypto::Error ChunkReader::missing(std::uint64_t number) const {
  return damaged(family_, chunkKey(number).text(), "is missing");
}

}  // namespace fundtrail::ledger::log
