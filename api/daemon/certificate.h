// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "api/config/config.h"
#include "api/http/server.h"
#include "crypto/digest.h"
#include "crypto/result.h"

namespace fundtrail::api::daemon {

/// What the server shows its clients, read from files.
struct Certificate {
  http::Tls tls;
  crypto::Digest fingerprint;  // SHA-256, as browsers show it
  std::chrono::seconds notAfter;
  // Where it was made by this program, which no authority vouches for.
  std::optional<std::filesystem::path> selfSigned{};
};

/// Reads the files that the configuration names. Where it names none, the certificate is FOLDER/self-signed.pem,
/// certificate and key in one file for its owner alone; it is made if it is absent or holds less than 30 days from
/// `now` on, with the configuration's names. Error: as for files; badInput for what is no certificate; denied for a key
/// that everybody may read.
[[nodiscard]] crypto::Result<Certificate> readCertificate(config::Config::Tls const& config,
                                                          std::filesystem::path const& folder,
                                                          std::chrono::seconds now);

/// "AB:CD:…"
[[nodiscard]] std::string fingerprintText(crypto::Digest const& fingerprint);

}  // namespace fundtrail::api::daemon
