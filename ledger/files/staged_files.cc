// SPDX-License-Identifier: Apache-2.0
#include "ledger/files/staged_files.h"

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <unistd.h>

namespace fundtrail::ledger::files {

namespace fs = std::filesystem;
using crypto::Result;

namespace {

constexpr std::size_t kMostAtOnce = 1024;

}  // namespace

Result<StagedFiles> StagedFiles::in(fs::path aside) {
  std::error_code error;
  fs::remove_all(aside, error);
  if (!error) fs::create_directory(aside, error);
  if (error) return fileError(aside, error.value());
  auto opened = openDirectory(aside);
  if (!opened) return opened.error();
  return StagedFiles(std::move(aside), *std::move(opened));
}

StagedFiles::StagedFiles(StagedFiles&& other) noexcept
    : aside_(std::exchange(other.aside_, {})), opened_(std::move(other.opened_)), names_(std::move(other.names_)) {}

StagedFiles::~StagedFiles() {
  if (aside_.empty()) return;
  std::error_code ignored;  // the next one in this folder removes it
  fs::remove_all(aside_, ignored);
}

Result<void> StagedFiles::add(fs::path const& file, std::string_view contents) {
  if (names_.size() == kMostAtOnce) {
    if (auto named = name(); !named) return named;
  }
  auto const from = aside_ / std::to_string(names_.size());
  if (auto written = writeUnsynced(from, contents); !written) return written;
  names_.emplace_back(from, file);
  return {};
}

Result<void> StagedFiles::settle() {
  if (auto named = name(); !named) return named;
  return sync();
}

Result<void> StagedFiles::name() {
  if (auto synced = sync(); !synced) return synced;
  for (auto const& [from, to] : names_) {
    if (::rename(from.c_str(), to.c_str()) != 0) return fileError(to, errno);
  }
  names_.clear();
  return {};
}

Result<void> StagedFiles::sync() const {
  if (::syncfs(opened_.number()) != 0) return fileError(aside_, errno);
  return {};
}

}  // namespace fundtrail::ledger::files
