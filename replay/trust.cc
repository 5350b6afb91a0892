// SPDX-License-Identifier: Apache-2.0
#include "replay/trust.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include <fmt/format.h>

namespace fundtrail::replay {

using crypto::Error;
using crypto::ErrorKind;

namespace {

constexpr std::string_view kLedger = "ledger ";
constexpr std::string_view kLog = "log ";

/// One line; nothing to say where it is as it must be.
std::optional<std::string> readLine(std::string_view line, Trust& trust) {
  if (line.empty() || line.front() == '#') return std::nullopt;
  if (line.starts_with(kLedger)) {
    if (trust.ledger) return "the ledger is named twice: keep one line";
    trust.ledger = ledger::domain::LedgerId::parse(line.substr(kLedger.size()));
    if (!trust.ledger) return "after \"ledger \" stand the 64 hexadecimal digits of the ledger's identifier";
    return std::nullopt;
  }
  if (line.starts_with(kLog)) {
    if (trust.log) return "the log's key is named twice: keep one line";
    auto verifier = crypto::NoteVerifier::fromVkey(line.substr(kLog.size()));
    if (!verifier) return verifier.error().message;
    trust.log = *std::move(verifier);
    return std::nullopt;
  }
  return "a line is \"ledger <64 hex digits>\" or \"log <vkey>\"";
}

}  // namespace

crypto::Result<Trust> parseTrust(std::string_view text) {
  Trust trust;
  for (std::size_t number = 1; !text.empty(); ++number) {
    auto const end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (auto wrong = readLine(line, trust)) {
      return Error{ErrorKind::badInput, fmt::format("line {}: {}", number, *wrong)};
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!trust.ledger && !trust.log) {
    return Error{ErrorKind::badInput,
                 "it names neither ledger nor log: add \"ledger <64 hex digits>\" or \"log <vkey>\""};
  }
  return trust;
}

crypto::Result<Trust> readTrust(std::filesystem::path const& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string const text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) {
    auto const code = std::error_code(errno, std::generic_category());
    auto const kind = code == std::errc::no_such_file_or_directory ? ErrorKind::notFound
                      : code == std::errc::permission_denied       ? ErrorKind::denied
                                                                   : ErrorKind::io;
    return Error{kind, fmt::format("{}: {}: name a readable file of trusted keys", file.string(), code.message())};
  }
  auto trust = parseTrust(text);
  if (!trust) return Error{trust.error().kind, file.string() + ": " + trust.error().message};
  return trust;
}

}  // namespace fundtrail::replay
