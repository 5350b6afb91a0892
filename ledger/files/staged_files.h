// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/result.h"
#include "ledger/files/files.h"

namespace fundtrail::ledger::files {

/// Writes many files as durably as writeNewFile() does each, for the price of a few syncs: they are written aside, made
/// durable together, and only then get their names. So no name ever shows a file that is not whole, whenever the power
/// goes. One thread.
class StagedFiles {
 public:
  /// `aside` is a folder for what has no name yet, in the file system of the files: whatever is there is removed now,
  /// and it goes with the object. Error: denied, notFound (the folder above), io.
  [[nodiscard]] static crypto::Result<StagedFiles> in(std::filesystem::path aside);
  StagedFiles(StagedFiles&& other) noexcept;
  StagedFiles& operator=(StagedFiles&&) = delete;
  ~StagedFiles();

  /// Takes a file whose folder is there; when there are many, those so far get their names. Error: as writeNewFile(),
  /// but an existing file is replaced.
  [[nodiscard]] crypto::Result<void> add(std::filesystem::path const& file, std::string_view contents);

  /// Everything that was taken has its name, durably, its folders included. Error: denied, io; some files may then have
  /// their names already, each whole.
  [[nodiscard]] crypto::Result<void> settle();

 private:
  StagedFiles(std::filesystem::path aside, Descriptor opened) : aside_(std::move(aside)), opened_(std::move(opened)) {}

  /// Makes durable what is written aside, and names it.
  [[nodiscard]] crypto::Result<void> name();
  /// All that was written to the file system so far, its neighbours' data too.
  [[nodiscard]] crypto::Result<void> sync() const;

  std::filesystem::path aside_;
  Descriptor opened_;
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> names_;  // from, to
};

}  // namespace fundtrail::ledger::files
