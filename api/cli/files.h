// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "api/cli/session.h"
#include "crypto/result.h"

namespace fundtrail::api::cli {

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
crypto::Result<Descriptor> openDirectory(Session const& session, std::filesystem::path const& directory);

/// Makes the names in a directory durable. Error: as for opening it.
crypto::Result<void> syncDirectory(Session const& session, std::filesystem::path const& directory);

/// The whole file. Error: notFound, denied, io; badInput for one larger than `most` bytes.
crypto::Result<std::string> readFile(Session const& session, std::filesystem::path const& file, std::size_t most);

/// Writes a file that must not exist yet, durably, with its permissions from the first moment on. Error: conflict where
/// it exists, denied, notFound (its folder), io; a file that was begun is removed.
crypto::Result<void> writeNewFile(Session const& session, std::filesystem::path const& file, std::string_view contents,
                                  Access access);

/// What an errno of the file system means, and what to do about it.
crypto::Error fileError(Session const& session, std::filesystem::path const& file, int number);

}  // namespace fundtrail::api::cli
