// SPDX-License-Identifier: Apache-2.0
// Bundles that are not what was exported: torn off, altered, put together by somebody who knows the format.

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "crypto/digest.h"
#include "ledger/bundle/container.h"
#include "replay/verify.h"
#include "tests/ledger/bundle/reframed.h"
#include "tests/replay/each_profile.h"

namespace fundtrail::ledger::bundle::testing {
namespace {

using crypto::Bytes;
using replay::Verdict;

constexpr std::size_t kBatches = 8;

class AlteredBundle : public replay::InEachProfile {
 protected:
  /// The bundle that is altered: of each profile one.
  static Bytes const& original() {
    static std::map<replay::Profile, Bytes> files;
    auto& file = files[GetParam()];
    if (file.empty()) file = exported(*logOf(kBatches), {.frameBytes = 4096});
    return file;
  }
  static crypto::HashAlgorithm otherHash() {
    return hash() == crypto::HashAlgorithm::sm3 ? crypto::HashAlgorithm::sha256 : crypto::HashAlgorithm::sm3;
  }
};

/// All that can be read of it.
Bytes everythingIn(BundleLog const& log) {
  Bytes everything = crypto::concatenate({log.root().view(), crypto::asBytes(*log.checkpoint().value())});
  auto const cursor = log.read(domain::BatchNumber(0));
  while (auto const batch = cursor->next().value()) {
    everything.insert(everything.end(), batch->entry.begin(), batch->entry.end());
    for (auto const event : batch->events) everything.insert(everything.end(), event.begin(), event.end());
  }
  return everything;
}

/// Refused at once, or found out by the replay.
bool isNoticed(Bytes file) {
  auto const opened = openBytes({std::move(file)});
  if (!opened) {
    EXPECT_FALSE(opened.error().zh.empty()) << opened.error().message;
    EXPECT_EQ(std::ranges::count(opened.error().message, '\n'), 0);
    return true;
  }
  return replay::replayOf(**opened).verdict == Verdict::tampered;
}

TEST_P(AlteredBundle, IsNotWholeWhereverItIsCutOff) {
  auto const size = original().size();
  for (std::size_t length = 0; length < size; length += length < 300 || length + 300 > size ? 1 : 97) {
    Bytes const torn(original().begin(), original().begin() + static_cast<std::ptrdiff_t>(length));
    ASSERT_FALSE(openBytes({torn})) << length;
  }
  auto longer = original();
  longer.push_back(0);
  EXPECT_FALSE(openBytes({longer}));
}

TEST_P(AlteredBundle, AFlippedBitIsRefusedOrChangesNothing) {
  auto const whole = everythingIn(**openBytes({original()}));
  std::size_t tried = 0;
  std::size_t refused = 0;
  for (std::size_t i = 0; i < original().size(); i += i < 400 ? 1 : 23) {
    ++tried;
    auto flipped = original();
    flipped[i] ^= static_cast<std::uint8_t>(1U << (i % 8));
    auto const opened = openBytes({flipped});
    if (opened) {
      ASSERT_EQ(everythingIn(**opened), whole) << i;
    } else {
      ++refused;
    }
  }
  // Compressed data may hold bits that mean nothing; there are few.
  EXPECT_GT(refused, tried * 99 / 100);
}

/// Records of every kind, in each frame, left out, doubled, or swapped with the next.
TEST_P(AlteredBundle, RecordsThatAreDroppedDoubledOrSwappedAreNoticed) {
  auto const frames = takenApart(original());
  std::size_t tried = 0;
  for (std::size_t f = 0; f < frames.size(); ++f) {
    for (std::size_t r = 0; r < frames[f].size(); r += 1 + frames[f].size() / 8) {
      if (frames[f][r].type == RecordType::trust) continue;  // may be absent: it is the log's own word
      auto dropped = frames;
      dropped[f].erase(dropped[f].begin() + static_cast<std::ptrdiff_t>(r));
      auto doubled = frames;
      doubled[f].insert(doubled[f].begin() + static_cast<std::ptrdiff_t>(r), frames[f][r]);
      auto swapped = frames;
      if (r + 1 < frames[f].size()) std::swap(swapped[f][r], swapped[f][r + 1]);
      for (auto* const altered : {&dropped, &doubled, &swapped}) {
        if (*altered == frames) continue;
        ++tried;
        EXPECT_TRUE(isNoticed(putTogether(*altered))) << f << " " << r;
        if (frames[f][r].type > RecordType::leftOut || frames[f][r].type == RecordType::head) continue;
        correctEnd(*altered);
        EXPECT_TRUE(isNoticed(putTogether(*altered))) << f << " " << r << ", with an end that fits";
      }
    }
  }
  EXPECT_GT(tried, kBatches);
}

TEST_P(AlteredBundle, AFrameThatIsDroppedDoubledOrSwappedIsNoticed) {
  auto const frames = takenApart(original());
  ASSERT_GT(frames.size(), 4U);
  for (std::size_t f = 0; f < frames.size(); ++f) {
    auto dropped = frames;
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(f));
    auto doubled = frames;
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(f), frames[f]);
    EXPECT_TRUE(isNoticed(putTogether(dropped))) << f;
    EXPECT_TRUE(isNoticed(putTogether(doubled))) << f;
    if (f + 1 == frames.size()) continue;
    auto swapped = frames;
    std::swap(swapped[f], swapped[f + 1]);
    EXPECT_TRUE(isNoticed(putTogether(swapped))) << f;
  }
}

TEST_P(AlteredBundle, AFlippedByteOfWhatWasSignedIsNoticedByTheReplay) {
  auto const frames = takenApart(original());
  std::size_t tried = 0;
  for (std::size_t f = 0; f < frames.size(); ++f) {
    for (std::size_t r = 0; r < frames[f].size(); r += 1 + frames[f].size() / 8) {
      if (frames[f][r].type != RecordType::entry && frames[f][r].type != RecordType::event) continue;
      for (std::size_t i = 0; i < frames[f][r].body.size(); i += 1 + frames[f][r].body.size() / 3) {
        auto altered = frames;
        altered[f][r].body[i] ^= 0x04;
        ++tried;
        EXPECT_TRUE(isNoticed(putTogether(altered))) << f << " " << r << " " << i;
      }
    }
  }
  EXPECT_GT(tried, kBatches);
}

TEST_P(AlteredBundle, AnotherHeadIsNoticed) {
  auto const frames = takenApart(original());
  auto const head = decodeHead(frames.front().front().body).value();
  auto const with = [&](Head const& other) {
    auto altered = frames;
    altered.front().front().body = encode(other);
    return putTogether(altered);
  };
  ASSERT_EQ(with(head), putTogether(frames));
  auto other = head;
  other.algorithm = otherHash();
  EXPECT_TRUE(isNoticed(with(other)));
  other = head;
  other.firstEvent = 1;
  EXPECT_TRUE(isNoticed(with(other)));
  other = head;
  other.from = 1;
  other.frontier.resize(1);
  EXPECT_TRUE(isNoticed(with(other)));
  other = head;
  other.checkpoint = *logOf(kBatches - 1)->checkpoint().value();
  EXPECT_TRUE(isNoticed(with(other)));
  other.checkpoint = "nothing";
  EXPECT_TRUE(isNoticed(with(other)));
}

TEST_P(AlteredBundle, ALaterFormatIsNamed) {
  auto frames = takenApart(original());
  frames.front().front().body[19] = 2;
  auto const opened = openBytes({putTogether(frames)});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, crypto::ErrorKind::unsupported);
}

TEST(NoBundle, AFrameThatClaimsMoreThanItMayHoldIsRefusedBeforeMemoryIsTaken) {
  // A frame of zeros shrinks to next to nothing: what it states is looked at, and bounds what is taken.
  Bytes frame = {0x28, 0xB5, 0x2F, 0xFD, 0xA4, 0xff, 0xff, 0xff, 0x7f, 0x03, 0x00, 0x00, 0x00, 0, 0, 0, 0};
  EXPECT_FALSE(contentOf(frame));
  std::vector<FrameSizes> const sizes{{static_cast<std::uint32_t>(frame.size()), 0x7fffffff}};
  auto const table = encodeSeekTable(sizes);
  frame.insert(frame.end(), table.begin(), table.end());
  EXPECT_FALSE(openBytes({frame}));
}

TEST(NoBundle, IsSaidToBeNone) {
  for (auto const* const text : {"", "x", "no bundle at all, but of some length"}) {
    auto const bytes = crypto::asBytes(text);
    auto const opened = openBytes({Bytes(bytes.begin(), bytes.end())});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, crypto::ErrorKind::badInput);
  }
  EXPECT_EQ(BundleLog::open({"/absent/bundle"}).error().kind, crypto::ErrorKind::notFound);
  EXPECT_EQ(BundleLog::open({"/"}).error().kind, crypto::ErrorKind::badInput);
}

INSTANTIATE_TEST_SUITE_P(Profiles, AlteredBundle, replay::eachProfile(), replay::ProfileName());

}  // namespace
}  // namespace fundtrail::ledger::bundle::testing
