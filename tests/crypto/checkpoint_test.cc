// SPDX-License-Identifier: Apache-2.0
#include "crypto/checkpoint.h"

#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/crypto/vectors.h"

namespace fundtrail::crypto {
namespace {

std::string const kRoot = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

Checkpoint anyCheckpoint() {
  Checkpoint checkpoint;
  checkpoint.origin = "ledger.example/" + *rc::gen::container<std::string>(rc::gen::inRange('!', '~'));
  checkpoint.size = *rc::gen::arbitrary<std::uint64_t>() >> *rc::gen::inRange(1, 64);
  for (auto& byte : checkpoint.root.bytes) {
    byte = *rc::gen::arbitrary<std::uint8_t>();
  }
  return checkpoint;
}

TEST(Checkpoint, SurvivesItsText) {
  EXPECT_TRUE(rc::check([] {
    Checkpoint const checkpoint = anyCheckpoint();
    RC_ASSERT(parseCheckpoint(formatCheckpoint(checkpoint)).value() == checkpoint);
  }));
}

TEST(Checkpoint, WhateverIsTakenIsTheOnlySpelling) {
  EXPECT_TRUE(rc::check([] {
    std::string text = formatCheckpoint(anyCheckpoint());
    auto const position = *rc::gen::inRange<std::size_t>(0, text.size());
    text[position] = *rc::gen::elementOf(std::string("0123456789 \n\r\t=+/A-\xff"));
    auto const checkpoint = parseCheckpoint(text);
    RC_ASSERT((!checkpoint || formatCheckpoint(*checkpoint) == text));
  }));
}

TEST(Checkpoint, OfTheStandardsExample) {
  auto const checkpoint = parseCheckpoint("example.com/behind-the-sofa\n20852163\n" + kRoot + "\n").value();
  EXPECT_EQ(checkpoint.origin, "example.com/behind-the-sofa");
  EXPECT_EQ(checkpoint.size, 20852163U);
  EXPECT_EQ(toBase64(checkpoint.root.view()), kRoot);
}

TEST(Checkpoint, TheLargestSizeIs2To63Minus1) {
  EXPECT_EQ(parseCheckpoint("log\n9223372036854775807\n" + kRoot + "\n")->size,
            static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
  EXPECT_TRUE(parseCheckpoint("log\n9223372036854775808\n" + kRoot + "\n").has_error());
}

TEST(Checkpoint, EveryDeviationIsRefused) {
  std::string const shortRoot = toBase64(Bytes(31));
  std::string const longRoot = toBase64(Bytes(33));
  std::string looseBits = kRoot;
  looseBits[42] = 'J';
  for (std::string const& bad : std::vector<std::string>{std::string(),
                                                         std::string("\n"),
                                                         std::string("log"),
                                                         std::string("log\n"),
                                                         std::string("log\n1"),
                                                         std::string("log\n1\n"),
                                                         "log\n1\n" + kRoot,
                                                         "\n1\n" + kRoot + "\n",
                                                         "log\n\n" + kRoot + "\n",
                                                         "log\n01\n" + kRoot + "\n",
                                                         "log\n00\n" + kRoot + "\n",
                                                         "log\n-1\n" + kRoot + "\n",
                                                         "log\n+1\n" + kRoot + "\n",
                                                         "log\n 1\n" + kRoot + "\n",
                                                         "log\n1 \n" + kRoot + "\n",
                                                         "log\n1.0\n" + kRoot + "\n",
                                                         "log\n0x1\n" + kRoot + "\n",
                                                         "log\n1e3\n" + kRoot + "\n",
                                                         "log\n18446744073709551616\n" + kRoot + "\n",
                                                         "log\r\n1\r\n" + kRoot + "\r\n",
                                                         "log\n1\n" + kRoot + " \n",
                                                         "log\n1\n " + kRoot + "\n",
                                                         "log\n1\n" + shortRoot + "\n",
                                                         "log\n1\n" + longRoot + "\n",
                                                         "log\n1\n" + looseBits + "\n",
                                                         "log\n1\n" + kRoot.substr(0, 43) + "\n",
                                                         "log\n1\n\n",
                                                         "log\n1\n" + kRoot + "\n\n",
                                                         "log\n1\n" + kRoot + "\nmore\n",
                                                         "log\n1\n" + kRoot + "\nmore",
                                                         "lo\tg\n1\n" + kRoot + "\n",
                                                         "lo\xc3\n1\n" + kRoot + "\n",
                                                         std::string("lo\0g\n1\n", 7) + kRoot + "\n"}) {
    auto const checkpoint = parseCheckpoint(bad);
    ASSERT_TRUE(checkpoint.has_error()) << bad;
    EXPECT_EQ(checkpoint.error().kind, ErrorKind::badInput);
  }
}

TEST(Checkpoint, ExtensionLinesArePassedOverOnlyWhenAskedTo) {
  std::string const text = "log\n1\n" + kRoot + "\n";
  EXPECT_TRUE(parseCheckpoint(text + "more\n").has_error());
  EXPECT_EQ(parseCheckpoint(text + "more\nand more\n", ExtensionLines::passOver).value(),
            parseCheckpoint(text).value());
  EXPECT_TRUE(parseCheckpoint(text, ExtensionLines::passOver).has_value());
  for (std::string const& bad : std::vector<std::string>{"\n", "more", "more\n\n", "\nmore\n"}) {
    EXPECT_TRUE(parseCheckpoint(text + bad, ExtensionLines::passOver).has_error()) << bad;
  }
}

TEST(CheckpointDeathTest, AnOriginOfTwoLinesIsABug) {
  EXPECT_DEATH(formatCheckpoint({"a\nb", 1, {}}), "origin is one line");
  EXPECT_DEATH(formatCheckpoint({"", 1, {}}), "origin is one line");
  EXPECT_DEATH(formatCheckpoint({"a", ~std::uint64_t{0}, {}}), "at most");
}

class CheckpointVectors : public ::testing::TestWithParam<std::filesystem::path> {};
INSTANTIATE_TEST_SUITE_P(, CheckpointVectors,
                         ::testing::ValuesIn(testing::vectorPaths({"checkpoints.json"},
                                                                  {"transparency-dev-formats/checkpoint-parse.json"})),
                         testing::FileName());

// The published examples carry roots of any length. Ours are 32 bytes: they are judged both as they stand and with such
// a root.
TEST_P(CheckpointVectors, AreJudgedRightly) {
  auto const vectors = testing::readJson(GetParam());
  auto const withRoot = [](std::string const& text) {
    std::size_t const start = text.find('\n', text.find('\n') + 1) + 1;
    return text.substr(0, start) + kRoot + text.substr(text.find('\n', start));
  };
  for (auto const& vector : vectors.at("ok").as_array()) {
    std::string const text = testing::text(vector.at("text"));
    bool const againstC2sp = vector.as_object().contains("c2sp");
    bool const extended = vector.as_object().contains("rest");
    EXPECT_EQ(parseCheckpoint(withRoot(text), ExtensionLines::passOver).has_value(), !againstC2sp) << text;
    EXPECT_EQ(parseCheckpoint(withRoot(text)).has_value(), !againstC2sp && !extended) << text;
    EXPECT_EQ(parseCheckpoint(text, ExtensionLines::passOver).has_value(), text.find(kRoot) != std::string::npos);
  }
  for (auto const& vector : vectors.at("error").as_array()) {
    EXPECT_TRUE(parseCheckpoint(testing::text(vector.at("text")), ExtensionLines::passOver).has_error());
  }
}

}  // namespace
}  // namespace fundtrail::crypto
