// SPDX-License-Identifier: Apache-2.0
#include "ledger/zstd/frame.h"

#include <array>
#include <cstdint>
#include <string>

#include <gtest/gtest.h>

namespace fundtrail::ledger::zstd {
namespace {

using crypto::asBytes;
using crypto::Bytes;
using crypto::ErrorKind;

constexpr std::size_t kMost = 4096;

Bytes text(std::size_t size) {
  Bytes made;
  for (std::size_t i = 0; i < size; ++i) made.push_back(static_cast<std::uint8_t>(i % 7 * i));
  return made;
}

void expectRefused(crypto::BytesView frame, std::size_t most = kMost) {
  auto const content = contentOf(frame, most);
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().kind, ErrorKind::badInput);
  EXPECT_FALSE(content.error().zh.empty());
}

TEST(ZstdFrame, HoldsItsContent) {
  for (std::size_t const size : {1U, 8U, 255U, 256U, 4096U}) {
    auto const frame = frameOf(text(size));
    EXPECT_TRUE(isFrame(frame));
    EXPECT_EQ(contentOf(frame, kMost).value(), text(size)) << size;
    EXPECT_EQ(frameOf(text(size)), frame) << "the same each time";
  }
}

TEST(ZstdFrame, IsShorterThanWhatRepeatsItself) {
  EXPECT_LT(frameOf(Bytes(4096, 7)).size(), 64U);
}

TEST(ZstdFrame, SaysHowLongItIsWhateverFollowsIt) {
  auto const frame = frameOf(text(400));
  EXPECT_LE(frame.size(), mostFrameBytes(400));
  auto behind = frame;
  for (auto const byte : frame) behind.push_back(byte);
  EXPECT_EQ(frameLength(behind), frame.size());
  EXPECT_FALSE(frameLength(crypto::BytesView(frame).first(frame.size() - 1)));
  EXPECT_FALSE(frameLength(asBytes("no frame at all")));
  EXPECT_FALSE(frameLength({}));
}

TEST(ZstdFrame, IsOneSegmentWithAChecksumWhicheverLevelMadeIt) {
  for (int const level : {1, 9, 19}) {
    Compressor compressor(level, 23);
    for (std::size_t const size : {1U, 400U, 100'000U}) {
      auto const frame = compressor.frame(text(size));
      EXPECT_TRUE(isCheckedSegment(frame)) << level << " " << size;
      EXPECT_EQ(contentOf(frame, size).value(), text(size));
    }
  }
  constexpr std::size_t kDescriptor = 4;
  for (auto const bit :
       std::to_array<std::uint8_t>({0x20, 0x04, 0x10})) {  // no single segment, no checksum, a bit that is not used
    auto frame = frameOf(text(400));
    frame[kDescriptor] ^= bit;
    EXPECT_FALSE(isCheckedSegment(frame)) << int{bit};
  }
  EXPECT_FALSE(isCheckedSegment(crypto::BytesView(frameOf(text(400))).first(kDescriptor)));
}

TEST(ZstdFrame, OfALongerContentIsRefusedBeforeItTakesMemory) {
  expectRefused(frameOf(Bytes(kMost + 1, 7)));
  expectRefused(frameOf(Bytes(std::size_t{64} << 20U, 7)));
}

TEST(ZstdFrame, IsOneWholeFrameAndNothingElse) {
  auto const frame = frameOf(text(400));
  for (std::size_t size = 0; size < frame.size(); ++size) expectRefused(crypto::BytesView(frame).first(size));
  auto longer = frame;
  longer.push_back(0);
  expectRefused(longer);
  auto twice = frame;
  twice.insert(twice.end(), frame.begin(), frame.end());
  expectRefused(twice);
  expectRefused(asBytes("no frame at all"));
  expectRefused(Bytes{0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4});  // a frame to be skipped
  EXPECT_FALSE(isFrame({}));
}

/// Nobody signs the frame: what is left is the same content, or none.
TEST(ZstdFrame, GivesNoOtherContentWithAnyBitChanged) {
  auto const content = text(400);
  auto frame = frameOf(content);
  for (std::size_t i = 0; i < frame.size() * 8; ++i) {
    auto const bit = static_cast<std::uint8_t>(1U << (i % 8));
    frame[i / 8] ^= bit;
    auto const got = contentOf(frame, kMost);
    EXPECT_TRUE(!got || *got == content) << "bit " << i;
    frame[i / 8] ^= bit;
  }
}

}  // namespace
}  // namespace fundtrail::ledger::zstd
