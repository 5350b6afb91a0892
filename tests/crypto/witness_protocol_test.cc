// SPDX-License-Identifier: Apache-2.0
#include "crypto/witness_protocol.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/bytes.h"

namespace fundtrail::crypto {
namespace {

using testing::HasSubstr;

std::string hashLine() {
  return toBase64(Digest{}.view()) + "\n";
}

TEST(WitnessProtocol, ARequestIsReadAsItWasWritten) {
  for (std::size_t const hashes : {0U, 1U, 63U}) {
    AddCheckpoint const request{20852163, std::vector<Digest>(hashes), "a\n\n— b AAAAAAA=\n"};
    auto const read = parseAddCheckpoint(formatAddCheckpoint(request));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, request);
  }
  EXPECT_EQ(formatAddCheckpoint({7, {Digest{}}, "note"}), "old 7\n" + hashLine() + "\nnote");
}

TEST(WitnessProtocol, NothingElseIsTaken) {
  std::string many = "old 1\n";
  for (int i = 0; i < 64; ++i) many += hashLine();
  std::vector<std::string> const wrong = {
      "",
      "old 1",
      "old 1\n",
      "old 1\n\n",
      "old 01\n\nnote",
      "old -1\n\nnote",
      "old  1\n\nnote",
      "Old 1\n\nnote",
      "old 18446744073709551616\n\nnote",
      "old 1\r\n\nnote",
      "old 1\nAAAA\n\nnote",
      "old 1\n" + hashLine() + "note",
      many + "\nnote",
      "old 1\n\n" + std::string(kMaxAddCheckpointSize, 'x'),
  };
  for (auto const& body : wrong) EXPECT_FALSE(parseAddCheckpoint(body)) << body.substr(0, 40);
  EXPECT_THAT(parseAddCheckpoint(many + "\nnote").error().message, HasSubstr("more than 63"));
}

TEST(WitnessProtocol, ASizeIsCanonicalDecimal) {
  EXPECT_EQ(formatTreeSize(0), "0\n");
  EXPECT_EQ(parseTreeSize(formatTreeSize(20852163)), 20852163U);
  for (auto const* body : {"", "\n", "1", "01\n", "1\n\n", " 1\n", "-1\n", "1\r\n"})
    EXPECT_FALSE(parseTreeSize(body)) << body;
}

}  // namespace
}  // namespace fundtrail::crypto
