// SPDX-License-Identifier: Apache-2.0
#include "tests/ledger/bundle/reframed.h"

#include <fstream>
#include <iterator>

#include "crypto/ensure.h"
#include "ledger/bundle/container.h"
#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::ledger::bundle::testing {

using crypto::Bytes;

Bytes readBytes(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void writeBytes(std::filesystem::path const& file, crypto::BytesView bytes) {
  std::ofstream(file, std::ios::binary) << crypto::asText(bytes);
}

Frames takenApart(Bytes file) {
  auto const opened = BundleFile::open(memorySource(std::move(file))).value();
  Frames frames;
  for (std::size_t i = 0; i < opened.frames(); ++i) {
    auto const content = opened.content(i).value();
    auto& frame = frames.emplace_back();
    for (auto const& [type, body] : recordsOf(content).value()) {
      frame.push_back({type, {body.begin(), body.end()}});
    }
  }
  return frames;
}

Bytes putTogether(Frames const& frames) {
  auto compressor = makeCompressor();
  Bytes file;
  std::vector<FrameSizes> sizes;
  for (auto const& records : frames) {
    Bytes content;
    for (auto const& [type, body] : records) append(content, type, body);
    if (content.empty()) continue;
    auto const frame = compressor.frame(content);
    sizes.push_back({static_cast<std::uint32_t>(frame.size()), static_cast<std::uint32_t>(content.size())});
    file.insert(file.end(), frame.begin(), frame.end());
  }
  auto const table = encodeSeekTable(sizes);
  file.insert(file.end(), table.begin(), table.end());
  return file;
}

Bytes exported(log::EventLog const& log, Request const& request) {
  ::fundtrail::testing::TemporaryDirectory const directory;
  attestation::Attestations const none(directory / "attestations");
  auto const written = write(log, none, request, directory / "bundle");
  crypto::ensure(written.has_value(), written ? "" : written.error().message);
  return readBytes(directory / "bundle");
}

BundleLog::Opened openBytes(std::vector<Bytes> files) {
  std::vector<std::unique_ptr<Source>> sources;
  for (auto& file : files) sources.push_back(memorySource(std::move(file)));
  return BundleLog::open(std::move(sources));
}

void correctEnd(Frames& frames) {
  End end{{decodeHead(frames.front().front().body)->from, decodeHead(frames.front().front().body)->firstEvent}, 0};
  for (auto const& records : frames) {
    for (auto const& [type, body] : records) {
      if (type == RecordType::entry) ++end.size.batches;
      if (type == RecordType::event) ++end.size.events;
      if (type != RecordType::leftOut) continue;
      end.size.events += body.size() / crypto::Digest::kSize;
      end.leftOut += body.size() / crypto::Digest::kSize;
    }
  }
  frames.back().back().body = encode(end);
}

}  // namespace fundtrail::ledger::bundle::testing
