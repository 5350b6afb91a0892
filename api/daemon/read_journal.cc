// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/read_journal.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <boost/json.hpp>

namespace fundtrail::api::daemon {

namespace fs = std::filesystem;
namespace files = ledger::files;
namespace json = boost::json;
using crypto::Result;

namespace {

/// All of it, whatever interrupts.
Result<void> append(int descriptor, fs::path const& file, std::string_view text) {
  while (!text.empty()) {
    auto const written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return files::fileError(file, errno);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fdatasync(descriptor) != 0) return files::fileError(file, errno);
  return {};
}

/// Whether the file ends inside a line.
bool isCutOff(int descriptor) {
  auto const size = ::lseek(descriptor, 0, SEEK_END);
  char last = '\n';
  return size > 0 && ::pread(descriptor, &last, 1, size - 1) == 1 && last != '\n';
}

}  // namespace

Result<std::unique_ptr<ReadJournal>> ReadJournal::open(fs::path file) {
  std::unique_ptr<ReadJournal> journal(new ReadJournal(std::move(file)));
  if (auto const opened = journal->reopen(); !opened) return opened.error();
  return journal;
}

Result<void> ReadJournal::reopen() {
  auto const folder = file_.parent_path();
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return files::fileError(folder, errno);
  int const number = ::open(file_.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (number < 0) return files::fileError(file_, errno);
  auto next = std::make_unique<files::Descriptor>(number);
  if (isCutOff(number)) {
    if (auto ended = append(number, file_, "\n"); !ended) return ended;
  }
  if (auto synced = files::syncDirectory(folder); !synced) return synced;
  std::lock_guard const lock(mutex_);
  open_ = std::move(next);
  return {};
}

Result<void> ReadJournal::record(access::PrivateRead const& read) {
  auto const line = json::serialize(json::object{{"time", json::string(read.at.text())},
                                                 {"person", json::string(read.person)},
                                                 {"key", json::string(read.key)},
                                                 {"peer", json::string(read.peer)},
                                                 {"request", json::string(read.request)},
                                                 {"what", json::string(read.what)}}) +
                    '\n';
  std::lock_guard const lock(mutex_);
  return append(open_->number(), file_, line);
}

}  // namespace fundtrail::api::daemon
