// SPDX-License-Identifier: Apache-2.0
#include "ledger/bundle/bundle_file.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/bundle/container.h"
#include "ledger/bundle/format.h"

namespace fundtrail::ledger::bundle {

using crypto::Bytes;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

constexpr std::uint8_t kZstdMagic[] = {0x28, 0xB5, 0x2F, 0xFD};

class FileSource final : public Source {
 public:
  FileSource(std::filesystem::path file, files::Descriptor opened, std::uint64_t size)
      : file_(std::move(file)), opened_(std::move(opened)), size_(size) {}

  std::string name() const override { return file_.string(); }
  std::uint64_t size() const override { return size_; }

  Result<Bytes> read(std::uint64_t offset, std::size_t bytes) const override {
    Bytes read(bytes);
    for (std::size_t done = 0; done < bytes;) {
      auto const got = ::pread(opened_.number(), read.data() + done, bytes - done, static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return files::fileError(file_, errno);
      if (got == 0) return damaged("文件变短", "the file has become shorter");
      done += static_cast<std::size_t>(got);
    }
    return read;
  }

 private:
  std::filesystem::path file_;
  files::Descriptor opened_;
  std::uint64_t size_;
};

class MemorySource final : public Source {
 public:
  explicit MemorySource(Bytes bytes) : bytes_(std::move(bytes)) {}

  std::string name() const override { return "memory"; }
  std::uint64_t size() const override { return bytes_.size(); }

  Result<Bytes> read(std::uint64_t offset, std::size_t bytes) const override {
    if (offset > bytes_.size() || bytes > bytes_.size() - offset) return damaged("过短", "it is too short");
    auto const begin = bytes_.begin() + static_cast<std::ptrdiff_t>(offset);
    return Bytes(begin, begin + static_cast<std::ptrdiff_t>(bytes));
  }

 private:
  Bytes bytes_;
};

Error noBundle() {
  return {ErrorKind::badInput, "this is no bundle: give a file that fundtrail bundle export wrote",
          "这不是数据包：请给出 fundtrail bundle export 写成的文件"};
}

}  // namespace

Result<std::unique_ptr<Source>> openSource(std::filesystem::path const& file) {
  files::Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.number() < 0) return files::fileError(file, errno);
  struct stat status {};
  if (::fstat(opened.number(), &status) != 0) return files::fileError(file, errno);
  if (!S_ISREG(status.st_mode)) return noBundle().of(file.string());
  return std::unique_ptr<Source>(
      std::make_unique<FileSource>(file, std::move(opened), static_cast<std::uint64_t>(status.st_size)));
}

std::unique_ptr<Source> memorySource(Bytes bytes) {
  return std::make_unique<MemorySource>(std::move(bytes));
}

Result<BundleFile> BundleFile::open(std::unique_ptr<Source> source) {
  auto const size = source->size();
  if (size < sizeof kZstdMagic) return noBundle();
  auto const beginning = source->read(0, sizeof kZstdMagic);
  if (!beginning) return beginning.error();
  if (!std::ranges::equal(*beginning, kZstdMagic)) return noBundle();

  if (size < kFooterBytes) return damaged("末尾缺失", "its end is missing");
  auto const footer = source->read(size - kFooterBytes, kFooterBytes);
  if (!footer) return footer.error();
  auto const bytes = seekTableBytes(*footer);
  if (!bytes) return bytes.error();
  if (*bytes > size) return damaged("末尾的索引有误", "its seek table is not well-formed");
  auto const table = source->read(size - *bytes, static_cast<std::size_t>(*bytes));
  if (!table) return table.error();
  auto const frames = decodeSeekTable(*table);
  if (!frames) return frames.error();

  std::vector<Place> places;
  places.reserve(frames->size());
  std::uint64_t offset = 0;
  for (auto const& [frame, content] : *frames) {
    if (frame > mostFrameBytes() || content > kMaxFrameContent) {
      return damaged("压缩帧过大", "one of its frames is too large");
    }
    places.push_back({offset, frame, content});
    offset += frame;
  }
  if (offset != size - *bytes) return damaged("压缩帧缺失或多余", "frames are missing, or there are too many");
  return BundleFile(std::move(source), std::move(places));
}

Result<Bytes> BundleFile::content(std::size_t frame) const {
  auto const& place = places_[frame];
  auto const bytes = source_->read(place.offset, place.bytes);
  if (!bytes) return bytes.error();
  auto content = contentOf(*bytes);
  if (content && content->size() != place.content) return damaged("末尾的索引有误", "its seek table does not fit");
  return content;
}

}  // namespace fundtrail::ledger::bundle
