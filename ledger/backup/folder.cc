// SPDX-License-Identifier: Apache-2.0
#include "ledger/backup/folder.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <sys/stat.h>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "ledger/files/files.h"

namespace fundtrail::ledger::backup {

namespace fs = std::filesystem;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr std::size_t kDigits = 12;
constexpr std::string_view kEnding = ".bundle";
constexpr std::size_t kMostKey = 1U << 20U;  // bytes of a key file

bool isBundle(std::string const& name) {
  return name.size() == kDigits + kEnding.size() && name.ends_with(kEnding) &&
         std::all_of(name.begin(), name.begin() + kDigits, [](char digit) { return digit >= '0' && digit <= '9'; });
}

/// The paths in a folder whose names are wanted, by name.
template <class Wanted>
Result<std::vector<fs::path>> filesIn(fs::path const& folder, Wanted const& wanted) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (wanted(entry->path())) files.push_back(entry->path());
  }
  if (error) return files::fileError(folder, error.value());
  std::ranges::sort(files);
  return files;
}

/// Puts a key's file in its place, never readable for others.
Result<void> putKey(fs::path const& file, std::string_view contents) {
  auto const next = file.string() + ".new";
  std::error_code ignored;  // one that cannot be removed cannot be written either
  fs::remove(next, ignored);
  if (auto written = files::writeNewFile(next, contents, files::Access::owner); !written) return written;
  if (std::rename(next.c_str(), file.c_str()) != 0) return files::fileError(file, errno);
  return {};
}

}  // namespace

std::string bundleName(std::uint64_t firstBatch) {
  return fmt::format("{:0{}}{}", firstBatch, kDigits, kEnding);
}

Result<std::vector<fs::path>> bundlesIn(fs::path const& folder) {
  return filesIn(folder, [](fs::path const& file) { return isBundle(file.filename().string()); });
}

Result<void> copyKeys(fs::path const& from, fs::path const& to) {
  if (::mkdir(to.c_str(), S_IRWXU) != 0 && errno != EEXIST) return files::fileError(to, errno);
  auto const keys = filesIn(from, [](fs::path const& file) { return fs::is_regular_file(file); });
  if (!keys) return keys.error();
  for (auto const& key : *keys) {
    auto const contents = files::readFile(key, kMostKey);
    if (!contents) return contents.error();
    auto const target = to / key.filename();
    auto const present = files::readFile(target, kMostKey);
    if (present && *present == *contents) continue;
    if (!present && present.error().kind != ErrorKind::notFound) return present.error();
    if (auto put = putKey(target, *contents); !put) return put;
  }
  return files::syncDirectory(to);
}

}  // namespace fundtrail::ledger::backup
