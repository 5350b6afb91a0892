// SPDX-License-Identifier: Apache-2.0
#include "ledger/log/checkpoint_file.h"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace fundtrail::ledger::log {

namespace {

constexpr char kName[] = "CHECKPOINT";
constexpr char kNewName[] = "CHECKPOINT.new";

crypto::Error failed(std::filesystem::path const& file, int code) {
  auto const why = std::generic_category().message(code);
  return {crypto::ErrorKind::io, file.string() + " cannot be written (" + why + "): free space or mend the permissions",
          "无法写入 " + file.string() + "（" + why + "）：请释放空间或调整权限"};
}

/// A file that is being written; closed whatever happens.
class Writing {
 public:
  explicit Writing(std::filesystem::path const& file)
      : descriptor_(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {}
  Writing(Writing const&) = delete;
  Writing& operator=(Writing const&) = delete;
  ~Writing() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  /// False, and errno says why, unless all of it has reached the disk.
  bool store(std::string_view text) const {
    if (descriptor_ < 0) return false;
    while (!text.empty()) {
      auto const written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fdatasync(descriptor_) == 0;
  }

 private:
  int descriptor_;
};

}  // namespace

crypto::Result<std::optional<std::string>> readCheckpointFile(std::filesystem::path const& directory) {
  auto const file = directory / kName;
  std::error_code code;
  if (!std::filesystem::exists(file, code)) return std::nullopt;
  std::ifstream stream(file, std::ios::binary);
  std::string note{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream.good() && !stream.eof()) {
    return crypto::Error{crypto::ErrorKind::io, file.string() + " cannot be read: mend its permissions",
                         "无法读取 " + file.string() + "：请调整权限"};
  }
  return std::optional(std::move(note));
}

crypto::Result<void> writeCheckpointFile(std::filesystem::path const& directory, std::string_view note) {
  auto const next = directory / kNewName;
  if (!Writing(next).store(note)) return failed(next, errno);
  std::error_code code;
  std::filesystem::rename(next, directory / kName, code);
  if (code) return failed(directory / kName, code.value());
  return {};
}

}  // namespace fundtrail::ledger::log
