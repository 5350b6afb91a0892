// SPDX-License-Identifier: Apache-2.0
#include "api/client/sign_in.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/ledger/log/temporary_directory.h"

namespace fundtrail::api::client {
namespace {

namespace fs = std::filesystem;

SignIn const kSignIn{"https://ledger.example:8443", "-----BEGIN CERTIFICATE-----\n", "secret", "somebody",
                     "2026-08-03T10:00:00.000+08:00"};

class SignInFile : public ::testing::Test {
 protected:
  fs::path folder() const { return directory_ / "state"; }
  fs::path onlyFile() const { return fs::directory_iterator(folder())->path(); }
  testing::TemporaryDirectory directory_;
};

TEST_F(SignInFile, IsForItsOwnerAloneAndReadsBack) {
  ASSERT_TRUE(storeSignIn(folder(), kSignIn));
  EXPECT_EQ(fs::status(onlyFile()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  auto const read = loadSignIn(folder(), kSignIn.server);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, kSignIn);
}

TEST_F(SignInFile, AnotherServerHasNone) {
  ASSERT_TRUE(storeSignIn(folder(), kSignIn));
  auto const read = loadSignIn(folder(), "https://other.example");
  ASSERT_TRUE(read);
  EXPECT_FALSE(*read);
}

TEST_F(SignInFile, TakesThePlaceOfTheOneBefore) {
  ASSERT_TRUE(storeSignIn(folder(), kSignIn));
  auto later = kSignIn;
  later.token = "another";
  ASSERT_TRUE(storeSignIn(folder(), later));
  EXPECT_EQ(loadSignIn(folder(), kSignIn.server).value(), later);
}

TEST_F(SignInFile, IsRefusedWhereOthersCanReadIt) {
  ASSERT_TRUE(storeSignIn(folder(), kSignIn));
  fs::permissions(onlyFile(), fs::perms::group_read, fs::perm_options::add);
  auto const read = loadSignIn(folder(), kSignIn.server);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, crypto::ErrorKind::denied);
}

TEST_F(SignInFile, ThatDoesNotReadSaysWhatToDo) {
  ASSERT_TRUE(storeSignIn(folder(), kSignIn));
  for (auto const* const text : {"", "[]", "{}", "{\"server\":1}", "{\"server\":\"https://ledger.example:8443\"}"}) {
    std::ofstream(onlyFile()) << text;
    auto const read = loadSignIn(folder(), kSignIn.server);
    ASSERT_FALSE(read) << text;
    EXPECT_NE(read.error().message.find("remove it"), std::string::npos);
  }
}

TEST_F(SignInFile, IsForgotten) {
  ASSERT_TRUE(storeSignIn(folder(), kSignIn));
  ASSERT_TRUE(forgetSignIn(folder(), kSignIn.server));
  EXPECT_FALSE(*loadSignIn(folder(), kSignIn.server));
  EXPECT_TRUE(forgetSignIn(folder(), kSignIn.server)) << "there is nothing to forget";
}

}  // namespace
}  // namespace fundtrail::api::client
