// SPDX-License-Identifier: Apache-2.0
#include "ledger/attestation/attestations.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "crypto/checkpoint_note.h"
#include "crypto/digest.h"
#include "crypto/note.h"
#include "crypto/timestamp.h"

namespace fundtrail::ledger::attestation {

namespace fs = std::filesystem;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr std::string_view kCollected = "collected";
constexpr std::string_view kWitnessed = "witnessed";
constexpr std::string_view kStamps = "stamps";
constexpr std::string_view kCheckpointSuffix = ".checkpoint";
constexpr std::string_view kTokenSuffix = ".tst";

Result<void> makeFolder(fs::path const& folder) {
  if (::mkdir(folder.c_str(), S_IRWXU | S_IRGRP | S_IXGRP | S_IROTH | S_IXOTH) == 0) {
    return files::syncDirectory(folder.has_parent_path() ? folder.parent_path() : fs::path("."));
  }
  if (errno == EEXIST) return {};
  return files::fileError(folder, errno);
}

/// A file that is there already with the same contents is as good.
Result<void> writeOnce(fs::path const& file, std::string_view contents) {
  auto const present = files::readFile(file, contents.size());
  if (present && *present == contents) return {};
  return files::replaceFile(file, contents);
}

}  // namespace

Result<files::Descriptor> Attestations::lock() const {
  if (auto const made = makeFolder(folder_); !made) return made.error();
  auto opened = files::openDirectory(folder_);
  if (!opened) return opened.error();
  if (::flock(opened->number(), LOCK_EX | LOCK_NB) == 0) return opened;
  if (errno != EWOULDBLOCK) return files::fileError(folder_, errno);
  return Error{ErrorKind::conflict,
               folder_.string() + ": another program is asking witnesses or authorities for this log: wait for its end",
               folder_.string() + "：另一程序正在为本日志请求见证或时间戳，请等其结束"};
}

Result<std::optional<std::string>> Attestations::read(std::string_view name) const {
  auto note = files::readFile(folder_ / name, crypto::kMaxNoteSize);
  if (!note && note.error().kind == ErrorKind::notFound) return std::optional<std::string>();
  if (!note) return note.error();
  return std::optional(*std::move(note));
}

Result<std::optional<std::string>> Attestations::collected() const {
  return read(kCollected);
}

Result<std::optional<std::string>> Attestations::witnessed() const {
  return read(kWitnessed);
}

Result<void> Attestations::merge(std::string_view name, std::string_view note) const {
  auto const present = read(name);
  if (!present) return present.error();
  std::string merged(note);
  if (*present) {
    // Another checkpoint, or a damaged file, gives way.
    if (auto joined = crypto::mergeNotes(**present, note)) merged = *std::move(joined);
  }
  return files::replaceFile(folder_ / name, merged);
}

Result<void> Attestations::keep(std::string_view note, bool witnessed) const {
  if (auto const stated = crypto::readCheckpointNote(note); !stated) return stated.error();
  if (auto kept = merge(kCollected, note); !kept) return kept;
  return witnessed ? merge(kWitnessed, note) : Result<void>();
}

Result<std::vector<Stamp>> Attestations::stamps() const {
  auto const folder = folder_ / kStamps;
  std::map<std::pair<std::uint64_t, fs::path>, Stamp> bySize;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    auto const& token = entry->path();
    if (token.extension() != kTokenSuffix) continue;
    auto const der = files::readFile(token, crypto::kMaxTimestampSize);
    if (!der) return der.error();
    auto checkpointFile = token;
    checkpointFile.replace_extension(kCheckpointSuffix);
    auto note = files::readFile(checkpointFile, crypto::kMaxNoteSize);
    if (!note) return note.error();
    auto const stated = crypto::readCheckpointNote(*note);
    auto const bytes = crypto::asBytes(*der);
    bySize.try_emplace({stated ? stated->size : 0, token}, *std::move(note), crypto::Bytes(bytes.begin(), bytes.end()));
  }
  if (error && error != std::errc::no_such_file_or_directory) return files::fileError(folder, error.value());
  std::vector<Stamp> stamps;
  for (auto& [size, stamp] : bySize) stamps.push_back(std::move(stamp));
  return stamps;
}

Result<void> Attestations::keep(Stamp const& stamp) const {
  auto const stated = crypto::readCheckpointNote(stamp.note);
  if (!stated) return stated.error();
  auto const folder = folder_ / kStamps;
  if (auto made = makeFolder(folder); !made) return made;
  auto const hash = crypto::hash(crypto::HashAlgorithm::sha256, stamp.token).hex();
  auto const name = fmt::format("{}-{}", stated->size, hash.substr(0, 8));
  // The token last: a checkpoint without one is none of the stamps.
  if (auto written = writeOnce(folder / (name + std::string(kCheckpointSuffix)), stamp.note); !written) return written;
  return writeOnce(folder / (name + std::string(kTokenSuffix)), crypto::asText(stamp.token));
}

Result<std::string> bestNote(Attestations const& attestations, std::string_view newest, std::uint64_t batches) {
  auto witnessed = attestations.witnessed();
  if (!witnessed) return witnessed.error();
  if (*witnessed) {
    auto const stated = crypto::readCheckpointNote(**witnessed);
    if (stated && stated->size >= batches) return **std::move(witnessed);
  }
  auto const collected = attestations.collected();
  if (!collected) return collected.error();
  if (*collected) {
    if (auto joined = crypto::mergeNotes(newest, **collected)) return joined;
  }
  return std::string(newest);
}

}  // namespace fundtrail::ledger::attestation
