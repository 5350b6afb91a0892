// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/result.h"

// Whole files, durably: what a function reports as written survives the loss of power. Every error names the file, in
// both languages, and says what to do about it.

namespace fundtrail::ledger::files {

enum class Access : std::uint8_t {
  owner,     // 0600
  everyone,  // 0644
};

/// An open file or directory; closed when it goes.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor();
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

/// Error: notFound, denied, badInput for what is no directory, io.
[[nodiscard]] crypto::Result<Descriptor> openDirectory(std::filesystem::path const& directory);

/// Makes the names in a directory durable. Error: as for opening it.
[[nodiscard]] crypto::Result<void> syncDirectory(std::filesystem::path const& directory);

/// The whole file. Error: notFound, denied, io; badInput for one larger than `most` bytes.
[[nodiscard]] crypto::Result<std::string> readFile(std::filesystem::path const& file, std::size_t most);

/// Writes a file that must not exist yet, with its permissions from the first moment on. Error: conflict where it
/// exists, denied, notFound (its folder), io; a file that was begun is removed.
[[nodiscard]] crypto::Result<void> writeNewFile(std::filesystem::path const& file, std::string_view contents,
                                                Access access);

/// Writes the file, over whatever it held, and leaves it to the caller to make it durable (staged_files.h). Error: as
/// writeNewFile(), without conflict.
[[nodiscard]] crypto::Result<void> writeUnsynced(std::filesystem::path const& file, std::string_view contents);

/// Puts the contents in the place of the file, or where there is none: after a crash it holds all of the old or all of
/// the new. They are written to `file` with ".new" at its end first. Error: denied, notFound (its folder), io; the file
/// is then as it was.
[[nodiscard]] crypto::Result<void> replaceFile(std::filesystem::path const& file, std::string_view contents);

/// The same, but the contents are written to `next` first, which is in the same file system: where the file's own
/// folder must never show a file that is none of its own.
[[nodiscard]] crypto::Result<void> replaceFile(std::filesystem::path const& file, std::string_view contents,
                                               std::filesystem::path const& next);

/// What an errno of the file system means, and what to do about it.
[[nodiscard]] crypto::Error fileError(std::filesystem::path const& file, int number);

}  // namespace fundtrail::ledger::files
