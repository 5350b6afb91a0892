// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "crypto/ensure.h"

namespace fundtrail::replay::facts {

/// The place of a record among those of its kind: four bytes, of a type of its own per kind. A value.
template <class Record>
class Row {
 public:
  constexpr explicit Row(std::uint32_t index) : index_(index) {}
  [[nodiscard]] constexpr std::uint32_t index() const { return index_; }

  friend constexpr auto operator<=>(Row, Row) = default;
  friend constexpr std::size_t hash_value(Row row) noexcept { return row.index_; }

 private:
  std::uint32_t index_;
};

/// All records of one kind, in the order of the log. None is ever removed. A reference holds until the next add().
template <class Record>
class Records {
 public:
  Row<Record> add(Record record) {
    Row<Record> const row(static_cast<std::uint32_t>(records_.size()));
    records_.push_back(std::move(record));
    return row;
  }

  [[nodiscard]] Record const& operator[](Row<Record> row) const { return records_[row.index()]; }
  [[nodiscard]] Record& operator[](Row<Record> row) { return records_[row.index()]; }
  /// Of a record that stands here, and is no copy of it.
  [[nodiscard]] Row<Record> rowOf(Record const& record) const {
    auto const at = static_cast<std::size_t>(&record - records_.data());
    crypto::ensure(at < records_.size(), "a record whose row is asked for stands among the records");
    return Row<Record>(static_cast<std::uint32_t>(at));
  }

  [[nodiscard]] std::size_t size() const { return records_.size(); }
  [[nodiscard]] bool empty() const { return records_.empty(); }
  [[nodiscard]] auto begin() const { return records_.begin(); }
  [[nodiscard]] auto end() const { return records_.end(); }

 private:
  std::vector<Record> records_;
};

}  // namespace fundtrail::replay::facts
