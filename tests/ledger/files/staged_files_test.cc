// SPDX-License-Identifier: Apache-2.0
#include "ledger/files/staged_files.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::ledger::files {
namespace {

namespace fs = std::filesystem;

class Staged : public ::testing::Test {
 protected:
  testing::TemporaryDirectory directory_;
  fs::path aside_ = directory_ / "aside";
};

TEST_F(Staged, FilesHaveTheirNamesOnceTheyAreSettledAndNotBefore) {
  {
    auto staged = StagedFiles::in(aside_).value();
    ASSERT_TRUE(staged.add(directory_ / "one", "1"));
    ASSERT_TRUE(staged.add(directory_ / "two", "22"));
    EXPECT_FALSE(fs::exists(directory_ / "one"));
    ASSERT_TRUE(staged.settle());
    EXPECT_EQ(readFile(directory_ / "one", 9).value(), "1");
    EXPECT_EQ(readFile(directory_ / "two", 9).value(), "22");
    ASSERT_TRUE(staged.add(directory_ / "one", "replaced"));
    ASSERT_TRUE(staged.settle());
    EXPECT_EQ(readFile(directory_ / "one", 9).value(), "replaced");
    ASSERT_TRUE(staged.settle());  // nothing to do
    ASSERT_TRUE(staged.add(directory_ / "three", "3"));
  }
  EXPECT_FALSE(fs::exists(directory_ / "three"));  // never settled
  EXPECT_FALSE(fs::exists(aside_));
}

TEST_F(Staged, ManyFilesNeverStandAsideAllAtOnce) {
  auto staged = StagedFiles::in(aside_).value();
  constexpr int kFiles = 1100;
  for (int i = 0; i < kFiles; ++i) {
    ASSERT_TRUE(staged.add(directory_ / ("file" + std::to_string(i)), std::to_string(i)));
  }
  EXPECT_LE(std::distance(fs::directory_iterator(aside_), fs::directory_iterator()), 1024);
  ASSERT_TRUE(staged.settle());
  for (int i = 0; i < kFiles; ++i) {
    ASSERT_EQ(readFile(directory_ / ("file" + std::to_string(i)), 9).value(), std::to_string(i));
  }
}

TEST_F(Staged, WhatAnEarlierOneLeftBehindGoes) {
  std::ofstream(aside_, std::ios::binary) << "a file in the way";
  ASSERT_TRUE(StagedFiles::in(aside_));
  fs::create_directory(aside_);
  std::ofstream(aside_ / "0", std::ios::binary) << "left";
  auto staged = StagedFiles::in(aside_).value();
  EXPECT_TRUE(fs::is_empty(aside_));
  ASSERT_TRUE(staged.add(directory_ / "one", "1"));
  ASSERT_TRUE(staged.settle());
  EXPECT_EQ(readFile(directory_ / "one", 9).value(), "1");
}

TEST_F(Staged, AFileWhoseFolderIsMissingIsAnErrorThatNamesIt) {
  EXPECT_EQ(StagedFiles::in(directory_ / "no" / "aside").error().kind, crypto::ErrorKind::notFound);
  auto staged = StagedFiles::in(aside_).value();
  ASSERT_TRUE(staged.add(directory_ / "missing" / "one", "1"));
  auto const settled = staged.settle();
  ASSERT_FALSE(settled);
  EXPECT_EQ(settled.error().kind, crypto::ErrorKind::notFound);
  EXPECT_NE(settled.error().message.find("missing/one"), std::string::npos) << settled.error().message;
}

}  // namespace
}  // namespace fundtrail::ledger::files
