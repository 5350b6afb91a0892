// SPDX-License-Identifier: Apache-2.0
#include "replay/facts/string_pool.h"

#include <algorithm>

namespace fundtrail::replay::facts {

namespace {
constexpr std::size_t kBlock = std::size_t{64} << 10U;
}

StringPool::StringPool() {
  add("");
}

StringId StringPool::add(std::string_view text) {
  if (auto const at = ids_.find(text); at != ids_.end()) return at->second;
  StringId const id(static_cast<std::uint32_t>(texts_.size()));
  texts_.push_back(keep(text));
  ids_.emplace(texts_.back(), id);
  return id;
}

StringId const* StringPool::find(std::string_view text) const {
  auto const at = ids_.find(text);
  return at == ids_.end() ? nullptr : &at->second;
}

std::string_view StringPool::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > kBlock) {
    // A block of its own, before the one that still has room.
    blocks_.insert(blocks_.begin(), std::make_unique<char[]>(text.size()));
    std::ranges::copy(text, blocks_.front().get());
    return {blocks_.front().get(), text.size()};
  }
  if (text.size() > room_) {
    blocks_.push_back(std::make_unique<char[]>(kBlock));
    room_ = kBlock;
  }
  char* const at = blocks_.back().get() + (kBlock - room_);
  std::ranges::copy(text, at);
  room_ -= text.size();
  return {at, text.size()};
}

}  // namespace fundtrail::replay::facts
