// SPDX-License-Identifier: Apache-2.0
#include "api/daemon/certificate.h"

#include <cerrno>
#include <sys/stat.h>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "crypto/certificate.h"
#include "ledger/files/files.h"

namespace fundtrail::api::daemon {

namespace fs = std::filesystem;
namespace files = ledger::files;
using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;
using std::chrono::days;
using std::chrono::seconds;

namespace {

constexpr std::size_t kMostPem = 1'000'000;
constexpr auto kLifetime = days(397);  // browsers take no longer ones
constexpr auto kRenewed = days(30);    // before its end

Result<std::string> readKey(fs::path const& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0 && (status.st_mode & S_IROTH) != 0) {
    return Error{ErrorKind::denied, file.string() + ": everybody can read this private key: chmod 600 it",
                 file.string() + "：任何人都能读取此私钥，请 chmod 600"};
  }
  return files::readFile(file, kMostPem);
}

Result<void> makeIn(fs::path const& folder, fs::path const& file, std::vector<std::string> const& names, seconds now) {
  auto const made = crypto::makeSelfSigned(names, {now - days(1), now + kLifetime});
  if (!made) return made.error().of("tls.names");
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return files::fileError(folder, errno);
  // One file, so that a certificate is never seen with another one's key.
  auto const next = fs::path(file).concat(".new");
  std::error_code error;
  fs::remove(next, error);  // what a program that was killed left
  if (auto written = files::writeNewFile(next, made->certificate + made->key, files::Access::owner); !written) {
    return written;
  }
  fs::rename(next, file, error);
  if (error) return files::fileError(file, error.value());
  return files::syncDirectory(folder);
}

Result<Certificate> described(http::Tls tls, fs::path const& file) {
  auto const fingerprint = crypto::certificateFingerprint(tls.certificates);
  if (!fingerprint) return fingerprint.error().of(file.string());
  auto const validity = crypto::certificateValidity(tls.certificates);
  if (!validity) return validity.error().of(file.string());
  return Certificate{std::move(tls), *fingerprint, validity->notAfter};
}

Result<Certificate> selfSigned(config::Config::Tls const& config, fs::path const& folder, seconds now) {
  auto const file = folder / "self-signed.pem";
  auto pem = readKey(file);
  if (!pem && pem.error().kind != ErrorKind::notFound) return pem.error();
  bool serves = false;
  if (pem) {
    auto const validity = crypto::certificateValidity(*pem);
    if (!validity) return validity.error().of(file.string());
    serves = validity->notAfter >= now + kRenewed;
  }
  if (!serves) {
    if (auto const made = makeIn(folder, file, config.names, now); !made) return made.error();
    pem = readKey(file);
    if (!pem) return pem.error();
  }
  auto certificate = described({*pem, *pem}, file);
  if (certificate) certificate->selfSigned = file;
  return certificate;
}

}  // namespace

Result<Certificate> readCertificate(config::Config::Tls const& config, fs::path const& folder, seconds now) {
  auto certificate = [&]() -> Result<Certificate> {
    if (config.certificate.empty()) return selfSigned(config, folder, now);
    auto const chain = files::readFile(config.certificate, kMostPem);
    if (!chain) return chain.error();
    auto const key = readKey(config.key);
    if (!key) return key.error();
    return described({*chain, *key}, config.certificate);
  }();
  if (!certificate || config.clientAuthorities.empty()) return certificate;
  auto authorities = files::readFile(config.clientAuthorities, kMostPem);
  if (!authorities) return authorities.error();
  certificate->tls.clientAuthorities = *std::move(authorities);
  certificate->tls.clientsMustShow = config.clientsMustShow;
  return certificate;
}

std::string fingerprintText(crypto::Digest const& fingerprint) {
  std::string text;
  for (auto const byte : fingerprint.bytes) text += fmt::format("{}{:02X}", text.empty() ? "" : ":", byte);
  return text;
}

}  // namespace fundtrail::api::daemon
