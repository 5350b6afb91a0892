// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/certificate.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "crypto/certificate.h"

namespace fundtrail::api::daemon {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::seconds;
using testing::HasSubstr;

constexpr seconds kNow{1'767'225'600};  // 2026-01-01

class ServerCertificate : public testing::Test {
 protected:
  ServerCertificate() {
    std::string name = fs::temp_directory_path() / "fundtrail-certificate-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~ServerCertificate() override { fs::remove_all(folder_); }

  crypto::Result<Certificate> read(seconds now) const { return readCertificate(config_, folder_ / "tls", now); }
  fs::path write(std::string const& name, std::string const& text, fs::perms permissions) const {
    std::ofstream(folder_ / name) << text;
    fs::permissions(folder_ / name, permissions);
    return folder_ / name;
  }

  fs::path folder_;
  config::Config::Tls config_;
};

TEST_F(ServerCertificate, IsMadeOnceForItsOwnerAlone) {
  auto const made = read(kNow);
  ASSERT_TRUE(made) << made.error().message;
  auto const file = folder_ / "tls" / "self-signed.pem";
  EXPECT_EQ(made->selfSigned, file);
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(folder_ / "tls").permissions(), fs::perms::owner_all);
  EXPECT_EQ(fingerprintText(made->fingerprint).size(), 32U * 3 - 1);
  auto const again = read(kNow + days(100));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->fingerprint, made->fingerprint);
}

TEST_F(ServerCertificate, IsMadeAnewBeforeItEnds) {
  auto const made = read(kNow).value();
  auto const later = read(made.notAfter - days(29)).value();
  EXPECT_NE(later.fingerprint, made.fingerprint);
  EXPECT_GT(later.notAfter, made.notAfter);
}

TEST_F(ServerCertificate, IsWhatTheConfigurationNames) {
  std::vector<std::string> const names{"h"};
  auto const own = crypto::makeSelfSigned(names, {kNow, kNow + days(1)}).value();
  config_.certificate = write("certificate.pem", own.certificate, fs::perms::owner_read | fs::perms::others_read);
  config_.key = write("key.pem", own.key, fs::perms::owner_read);
  config_.clientAuthorities = config_.certificate;
  config_.clientsMustShow = true;
  auto const certificate = read(kNow);
  ASSERT_TRUE(certificate);
  EXPECT_FALSE(certificate->selfSigned);
  EXPECT_EQ(certificate->tls.clientAuthorities, own.certificate);
  EXPECT_TRUE(certificate->tls.clientsMustShow);
  EXPECT_FALSE(fs::exists(folder_ / "tls")) << "none was made";

  fs::permissions(config_.key, fs::perms::owner_read | fs::perms::others_read);
  auto const open = read(kNow);
  ASSERT_FALSE(open);
  EXPECT_EQ(open.error().kind, crypto::ErrorKind::denied);
  EXPECT_THAT(open.error().message, HasSubstr("chmod 600"));
}

TEST_F(ServerCertificate, ThatIsDamagedIsNotReplacedSilently) {
  fs::create_directory(folder_ / "tls");
  write("tls/self-signed.pem", "not a certificate", fs::perms::owner_read);
  auto const read = this->read(kNow);
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("self-signed.pem"));
}

}  // namespace
}  // namespace fundtrail::api::daemon
