// SPDX-License-Identifier: Apache-2.0
#include "ledger/spine/publish.h"

#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "crypto/cosignature.h"
#include "crypto/keys.h"
#include "crypto/note.h"
#include "ledger/files/files.h"
#include "ledger/log/memory_log.h"
#include "tests/crypto/naive_tree.h"
#include "tests/ledger/log/temporary_directory.h"
#include "tests/support/founders.h"
#include "tests/support/passing_log.h"
#include "tests/support/sm2_keys.h"

namespace fundtrail::ledger::spine {
namespace {

namespace fs = std::filesystem;
using crypto::Digest;
using crypto::ErrorKind;
using crypto::HashAlgorithm;

/// By path below the folder.
using Files = std::map<std::string, std::string>;

std::string entryOf(std::uint64_t number) {
  return number == 3 ? "" : fmt::format("entry {}", number);
}

/// A key of the profile that hashes so.
crypto::PrivateKey keyOf(HashAlgorithm algorithm, std::string const& name) {
  return algorithm == HashAlgorithm::sm3 ? tests::sm2KeyOf(name) : tests::keyOf(name);
}

std::string noteOf(HashAlgorithm algorithm, crypto::Checkpoint const& checkpoint) {
  auto const signer = crypto::NoteSigner::make(checkpoint.origin, keyOf(algorithm, "log")).value();
  auto const text = crypto::formatCheckpoint(checkpoint);
  std::array const lines{signer.signatureLine(text)};
  return crypto::formatNote(text, lines);
}

/// "tile/<first>/005" or "tile/<first>/005.p/17", as long as there are fewer than a thousand.
std::string naivePath(std::string const& first, std::size_t index, std::size_t width) {
  return fmt::format("tile/{}/{:03}{}", first, index, width == 256 ? "" : fmt::format(".p/{}", width));
}

/// What a folder holds of a log of that size, without its checkpoint: tile by tile and bundle by bundle.
Files naiveSpine(HashAlgorithm algorithm, std::uint64_t size) {
  Files files;
  crypto::TreeHasher hasher(algorithm);
  std::vector<Digest> hashes;
  for (std::uint64_t begin = 0; begin < size; begin += 256) {
    auto const end = std::min(begin + 256, size);
    std::string bundle;
    for (auto i = begin; i < end; ++i) {
      auto const entry = entryOf(i);
      bundle += std::string{'\0', static_cast<char>(entry.size())} + entry;
      hashes.push_back(hasher.leaf(crypto::asBytes(entry)));
    }
    files.emplace(naivePath("entries", begin / 256, end - begin), bundle);
  }
  for (unsigned level = 0; !hashes.empty(); ++level) {
    std::vector<Digest> above;
    for (std::size_t begin = 0; begin < hashes.size(); begin += 256) {
      auto const tile = std::span(hashes).subspan(begin, std::min<std::size_t>(256, hashes.size() - begin));
      std::string contents;
      for (auto const& hash : tile) contents += crypto::asText(hash.view());
      files.emplace(naivePath(std::to_string(level), begin / 256, tile.size()), contents);
      if (tile.size() == 256) above.push_back(crypto::testing::naiveRoot(algorithm, tile));
    }
    hashes = std::move(above);
  }
  return files;
}

void append(log::EventLog& log, std::uint64_t to) {
  std::vector<std::string> entries;
  for (auto i = log.size().batches; i < to; ++i) entries.push_back(entryOf(i));
  std::vector<log::PreparedBatch> group;
  for (auto const& entry : entries) group.push_back({crypto::asBytes(entry), {}, domain::KeyId(Digest{}), {}, {}});
  ASSERT_TRUE(log.append(group));
}

std::string textOf(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Spine : public ::testing::TestWithParam<HashAlgorithm> {
 protected:
  /// A log of that size with its checkpoint.
  static std::unique_ptr<log::MemoryLog> logOf(std::uint64_t size) {
    auto log = std::make_unique<log::MemoryLog>(GetParam());
    grow(*log, size);
    return log;
  }
  static void grow(log::EventLog& log, std::uint64_t size) {
    auto const stored = *log.checkpoint();
    if (stored && log.size().batches == size) return;  // an SM2 signature is another every time
    append(log, size);
    ASSERT_TRUE(log.storeCheckpoint(noteOf(GetParam(), {kOrigin, size, log.root()})));
  }

  Files contents() const {
    Files files;
    for (auto const& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file()) files.emplace(entry.path().lexically_relative(folder_).string(), textOf(entry));
    }
    return files;
  }

  void expectConflict(log::EventLog const& log, std::string const& words) const {
    auto const before = contents();
    auto const published = publish(log, folder_);
    ASSERT_FALSE(published);
    EXPECT_EQ(published.error().kind, ErrorKind::conflict) << published.error().message;
    EXPECT_NE(published.error().message.find(words), std::string::npos) << published.error().message;
    EXPECT_EQ(contents(), before);
  }

  static constexpr char const* kOrigin = "fundtrail.example/test";
  testing::TemporaryDirectory directory_;
  fs::path folder_ = directory_ / "spine";
};

INSTANTIATE_TEST_SUITE_P(Profiles, Spine, ::testing::Values(HashAlgorithm::sha256, HashAlgorithm::sm3),
                         [](auto const& with) { return with.param == HashAlgorithm::sm3 ? "gm" : "standard"; });

TEST_P(Spine, HoldsTheNaiveTreeAndTheEntriesAtEverySize) {
  for (std::uint64_t const size : {0U, 1U, 255U, 256U, 257U, 513U, 65'536U + 300U}) {
    fs::remove_all(folder_);
    auto const log = logOf(size);
    auto const published = publish(*log, folder_);
    ASSERT_TRUE(published) << size << ": " << published.error().message;
    auto expected = naiveSpine(GetParam(), size);
    EXPECT_EQ(published->written, expected.size()) << size;
    EXPECT_EQ(published->before, 0U);
    EXPECT_EQ(published->checkpoint, (crypto::Checkpoint{kOrigin, size, log->root()}));
    expected.emplace("checkpoint", **log->checkpoint());
    EXPECT_TRUE(contents() == expected) << size;
  }
}

TEST_P(Spine, GrowsByWhatIsNewAndRewritesNothing) {
  log::MemoryLog log(GetParam());
  Files expected;
  std::uint64_t before = 0;
  for (std::uint64_t const size : {1U, 1U, 200U, 256U, 300U, 513U, 1100U}) {
    grow(log, size);
    std::map<std::string, std::pair<ino_t, timespec>> untouched;
    for (auto const& [path, text] : expected) {
      struct stat status {};
      ASSERT_EQ(::stat((folder_ / path).c_str(), &status), 0);
      untouched[path] = {status.st_ino, status.st_mtim};
    }
    auto const published = publish(log, folder_);
    ASSERT_TRUE(published) << size << ": " << published.error().message;
    EXPECT_EQ(published->before, before);
    auto const known = expected.size();
    expected.merge(naiveSpine(GetParam(), size));
    EXPECT_EQ(published->written, expected.size() - known) << size;
    for (auto const& [path, was] : untouched) {
      struct stat status {};
      ASSERT_EQ(::stat((folder_ / path).c_str(), &status), 0);
      EXPECT_EQ(status.st_ino, was.first) << path;
      EXPECT_EQ(status.st_mtim.tv_nsec, was.second.tv_nsec) << path;
    }
    auto all = expected;
    all.emplace("checkpoint", **log.checkpoint());
    EXPECT_TRUE(contents() == all) << size;
    before = size;
  }
}

TEST_P(Spine, StopsAtTheCheckpointWhereTheLogGoesOn) {
  auto const log = logOf(300);
  append(*log, 600);
  ASSERT_TRUE(publish(*log, folder_));
  auto expected = naiveSpine(GetParam(), 300);
  expected.emplace("checkpoint", **log->checkpoint());
  EXPECT_EQ(contents(), expected);
}

/// Whatever was written before the checkpoint when the program ended, publishing again completes it.
TEST_P(Spine, IsCompletedAfterPublicationWasCutOffAtAnyFile) {
  auto const log = logOf(300);
  ASSERT_TRUE(publish(*log, folder_));
  auto const early = contents();
  grow(*log, 600);
  ASSERT_TRUE(publish(*log, folder_));
  auto const whole = contents();

  std::vector<std::string> added;
  for (auto const& [path, text] : whole) {
    if (!early.contains(path)) added.push_back(path);
  }
  ASSERT_GE(added.size(), 5U);
  for (std::size_t done = 0; done <= added.size(); ++done) {
    for (std::size_t i = 0; i < added.size(); ++i) {
      if (i >= done) fs::remove(folder_ / added[i]);
    }
    std::ofstream(folder_ / "checkpoint", std::ios::binary) << early.at("checkpoint");
    std::ofstream(folder_ / "unfinished", std::ios::binary) << "what was being writ";
    auto const published = publish(*log, folder_);
    ASSERT_TRUE(published) << published.error().message;
    EXPECT_EQ(published->written, added.size() - done);
    EXPECT_TRUE(contents() == whole) << done;
  }

  fs::remove(folder_ / "checkpoint");  // the first publication, cut off
  fs::remove(folder_ / "tile/0/000");
  fs::remove(folder_ / "tile/entries/001");
  EXPECT_EQ(publish(*log, folder_)->written, 2U);
  EXPECT_TRUE(contents() == whole);
}

TEST_P(Spine, LeavesAFileAloneThatDiffers) {
  auto const log = logOf(300);
  ASSERT_TRUE(publish(*log, folder_));
  auto const whole = contents();
  for (auto const* path : {"tile/0/001.p/44", "tile/entries/001.p/44"}) {
    auto const& original = whole.at(path);
    auto changed = original;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    for (auto const& contents : {changed, original + "x", original.substr(1), std::string()}) {
      std::ofstream(folder_ / path, std::ios::binary) << contents;
      expectConflict(*log, path);
    }
    fs::remove(folder_ / path);
    fs::create_directory(folder_ / path);
    expectConflict(*log, path);
    fs::remove(folder_ / path);
    EXPECT_TRUE(publish(*log, folder_));
  }
  EXPECT_TRUE(contents() == whole);
}

TEST_P(Spine, IsOfOneLogOnly) {
  auto const log = logOf(300);
  ASSERT_TRUE(publish(*log, folder_));

  log::MemoryLog other(GetParam());
  append(other, 300);
  ASSERT_TRUE(other.storeCheckpoint(noteOf(GetParam(), {"fundtrail.example/other", 300, other.root()})));
  expectConflict(other, "the folder holds the log fundtrail.example/test");

  expectConflict(*logOf(299), "the folder shows 300 batches, and this log has 299");

  log::MemoryLog forked(GetParam());
  std::vector<std::string> const entries(301, "another entry");
  std::vector<log::PreparedBatch> group;
  for (auto const& entry : entries) group.push_back({crypto::asBytes(entry), {}, domain::KeyId(Digest{}), {}, {}});
  ASSERT_TRUE(forked.append(group));
  ASSERT_TRUE(forked.storeCheckpoint(noteOf(GetParam(), {kOrigin, 301, forked.root()})));
  expectConflict(forked, "the folder shows another history");
}

TEST_P(Spine, ShowsTheCosignaturesOfItsCheckpointAndKeepsThem) {
  auto const log = logOf(5);
  auto const note = log->checkpoint()->value();
  std::map<std::string, std::string> lines;  // each made once: an SM2 signature is another every time
  for (auto const* const witness : {"w1", "w2"}) {
    auto const cosigner = crypto::Cosigner::make(witness, keyOf(GetParam(), witness)).value();
    lines[witness] = cosigner.signatureLine(crypto::parseNote(note)->text, 1'700'000'000);
  }
  auto const cosigned = [&](std::string const& with, std::string const& witness) { return with + lines.at(witness); };
  ASSERT_TRUE(publish(*log, folder_, cosigned(note, "w1")));
  EXPECT_EQ(textOf(folder_ / "checkpoint"), cosigned(note, "w1"));
  ASSERT_TRUE(publish(*log, folder_));
  EXPECT_EQ(textOf(folder_ / "checkpoint"), cosigned(note, "w1"));
  ASSERT_TRUE(publish(*log, folder_, cosigned(note, "w2")));
  EXPECT_EQ(textOf(folder_ / "checkpoint"), cosigned(cosigned(note, "w1"), "w2"));
  grow(*log, 6);
  ASSERT_TRUE(publish(*log, folder_, cosigned(note, "w2")));
  EXPECT_EQ(textOf(folder_ / "checkpoint"), log->checkpoint()->value()) << "those were of another checkpoint";
}

TEST_P(Spine, IsPublishedByOneProgramAtATime) {
  auto const log = logOf(3);
  fs::create_directory(folder_);
  auto const held = files::openDirectory(folder_).value();
  ASSERT_EQ(::flock(held.number(), LOCK_EX), 0);
  expectConflict(*log, "another program is publishing there");
  ASSERT_EQ(::flock(held.number(), LOCK_UN), 0);
  EXPECT_TRUE(publish(*log, folder_));
}

/// A log that shows another entry than its tree was made of, or none.
class Spoilt : public tests::PassingLog {
 public:
  Spoilt(std::shared_ptr<log::EventLog> inner, std::uint64_t number, bool ends)
      : PassingLog(std::move(inner)), number_(number), ends_(ends) {}

  crypto::Result<std::vector<crypto::Bytes>> entries(domain::BatchNumber from, std::size_t count) const override {
    auto all = PassingLog::entries(from, count);
    if (!all || number_ < from.value() || number_ >= from.value() + count) return all;
    if (ends_) return crypto::Error{ErrorKind::notFound, "there is no such batch"};
    auto const spoilt = crypto::asBytes("spoilt");
    (*all)[number_ - from.value()].assign(spoilt.begin(), spoilt.end());
    return all;
  }

 private:
  std::uint64_t number_;
  bool ends_;
};

TEST_P(Spine, ShowsNothingOfALogWhoseEntriesDoNotLeadToItsCheckpoint) {
  for (bool const ends : {false, true}) {
    for (std::uint64_t const number : {0U, 256U, 299U}) {
      auto const published = publish(Spoilt(logOf(300), number, ends), folder_);
      ASSERT_FALSE(published);
      EXPECT_EQ(published.error().kind, ErrorKind::corrupt);
      EXPECT_NE(published.error().message.find("fundtrail-replay verify"), std::string::npos);
      EXPECT_TRUE(contents().empty()) << number;
    }
  }
}

TEST_P(Spine, SaysWhatIsMissing) {
  log::MemoryLog const without(GetParam());
  EXPECT_EQ(publish(without, folder_).error().kind, ErrorKind::notFound);
  EXPECT_FALSE(fs::exists(folder_));
  auto const log = logOf(3);
  EXPECT_EQ(publish(*log, folder_ / "deeper").error().kind, ErrorKind::notFound);
  std::ofstream(directory_ / "file") << "no folder";
  EXPECT_EQ(publish(*log, directory_ / "file").error().kind, ErrorKind::badInput);
  ASSERT_TRUE(publish(*log, folder_));
  std::ofstream(folder_ / "checkpoint") << "no checkpoint";
  EXPECT_EQ(publish(*log, folder_).error().kind, ErrorKind::corrupt);
}

}  // namespace
}  // namespace fundtrail::ledger::spine
