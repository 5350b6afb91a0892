// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "crypto/ensure.h"

namespace fundtrail::ledger::domain {

/// Records by key, in order of insertion, that can be taken back to a savepoint: a batch lands whole or not at all, so
/// what its first events changed must vanish when a later one is refused. Pointers and references hold until the next
/// insert() or rollback(). One thread.
template <class Key, class Record>
class Table {
 public:
  [[nodiscard]] Record const* find(Key const& key) const {
    auto const at = index_.find(key);
    return at == index_.end() ? nullptr : &rows_[at->second].record;
  }
  [[nodiscard]] bool contains(Key const& key) const { return index_.contains(key); }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }

  /// Position in the order of insertion: a small name for a record that is never removed.
  [[nodiscard]] std::optional<std::uint32_t> indexOf(Key const& key) const {
    auto const at = index_.find(key);
    return at == index_.end() ? std::nullopt : std::optional(at->second);
  }
  [[nodiscard]] Record const& at(std::uint32_t index) const { return rows_[index].record; }
  Record& editAt(std::uint32_t index) {
    remember(index);
    return rows_[index].record;
  }

  /// The record, to be changed. The key must be there.
  Record& edit(Key const& key) {
    auto const at = index_.find(key);
    crypto::ensure(at != index_.end(), "a record that is changed exists");
    remember(at->second);
    return rows_[at->second].record;
  }

  /// The key must be new.
  Record& insert(Key const& key, Record record) {
    auto const [at, isNew] = index_.emplace(key, static_cast<std::uint32_t>(rows_.size()));
    crypto::ensure(isNew, "a record that is added is new");
    rows_.push_back(Row{key, std::move(record), epoch_});
    if (recording_) journal_.push_back(Change{at->second, std::nullopt});
    return rows_.back().record;
  }

  /// Calls visit(key, record) in order of insertion.
  template <class Visit>
  void visit(Visit&& visit) const {
    for (auto const& row : rows_) visit(row.key, row.record);
  }

  /// The record as it is to be, added or in place of the one that is there.
  void put(Key const& key, Record record) {
    if (contains(key)) {
      edit(key) = std::move(record);
    } else {
      insert(key, std::move(record));
    }
  }

  /// Calls visit(key, record) for each record that was added or changed since the savepoint, once.
  template <class Visit>
  void visitChanged(Visit&& visit) const {
    for (auto const& change : journal_) visit(rows_[change.row].key, rows_[change.row].record);
  }

  void savepoint() {
    crypto::ensure(!recording_, "savepoints do not nest");
    recording_ = true;
    ++epoch_;
  }
  void release() {
    recording_ = false;
    journal_.clear();
  }
  void rollback() {
    for (auto change = journal_.rbegin(); change != journal_.rend(); ++change) {
      if (change->before) {
        rows_[change->row].record = std::move(*change->before);
      } else {
        index_.erase(rows_.back().key);
        rows_.pop_back();
      }
    }
    release();
  }

  friend bool operator==(Table const& a, Table const& b) {
    if (a.rows_.size() != b.rows_.size()) return false;
    for (std::size_t i = 0; i < a.rows_.size(); ++i) {
      if (!(a.rows_[i].key == b.rows_[i].key && a.rows_[i].record == b.rows_[i].record)) return false;
    }
    return true;
  }

 private:
  struct Row {
    Key key;
    Record record;
    std::uint32_t epoch;  // of the savepoint under which it was last remembered
  };
  struct Change {
    std::uint32_t row;
    std::optional<Record> before;  // nothing: the row was added
  };

  void remember(std::uint32_t row) {
    if (!recording_ || rows_[row].epoch == epoch_) return;
    rows_[row].epoch = epoch_;
    journal_.push_back(Change{row, rows_[row].record});
  }

  boost::unordered_flat_map<Key, std::uint32_t> index_;
  std::vector<Row> rows_;
  std::vector<Change> journal_;
  std::uint32_t epoch_ = 0;
  bool recording_ = false;
};

}  // namespace fundtrail::ledger::domain
