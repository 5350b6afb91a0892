// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

namespace fundtrail::replay::facts {

/// A text in a StringPool; by default the empty one. Two of one pool are equal where their texts are. A value.
class StringId {
 public:
  constexpr StringId() = default;
  [[nodiscard]] constexpr bool empty() const { return index_ == 0; }

  friend constexpr auto operator<=>(StringId, StringId) = default;
  friend constexpr std::size_t hash_value(StringId id) noexcept { return id.index_; }

 private:
  friend class StringPool;
  constexpr explicit StringId(std::uint32_t index) : index_(index) {}

  std::uint32_t index_ = 0;
};

/// Keeps each text once, however many records bear it: product codes, names, people, account numbers. One thread.
class StringPool {
 public:
  StringPool();
  StringPool(StringPool&&) noexcept = default;
  StringPool& operator=(StringPool&&) noexcept = default;
  StringPool(StringPool const&) = delete;
  StringPool& operator=(StringPool const&) = delete;
  ~StringPool() = default;

  StringId add(std::string_view text);
  /// Valid as long as the pool.
  [[nodiscard]] std::string_view operator[](StringId id) const { return texts_[id.index_]; }
  /// The text's id, or nothing if no record bears it.
  [[nodiscard]] StringId const* find(std::string_view text) const;

 private:
  std::string_view keep(std::string_view text);

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t room_ = 0;  // in the last block, at its end
  std::vector<std::string_view> texts_;
  boost::unordered_flat_map<std::string_view, StringId> ids_;
};

}  // namespace fundtrail::replay::facts
