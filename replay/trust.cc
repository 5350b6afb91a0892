// SPDX-License-Identifier: Apache-2.0
#include "replay/trust.h"

#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "crypto/bytes.h"
#include "crypto/checkpoint.h"
#include "ledger/files/files.h"

namespace fundtrail::replay {

using crypto::Error;
using crypto::ErrorKind;

namespace {

constexpr std::string_view kLedger = "ledger ";
constexpr std::string_view kLog = "log ";
constexpr std::string_view kCheckpoint = "checkpoint ";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kMostTrustFile = 64 * 1024;

Error wrong(std::string en, std::string zh) {
  return {ErrorKind::badInput, std::move(en), std::move(zh)};
}

/// "1908 <root>"
std::optional<KnownRoot> knownRoot(std::string_view text) {
  auto const space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  auto root = std::string(text.substr(space + 1));
  if (auto const bytes = crypto::fromHex(root); bytes && crypto::Digest::from(*bytes)) root = crypto::toBase64(*bytes);
  // The syntax of size and root is that of a checkpoint's lines.
  auto const checkpoint = crypto::parseCheckpoint(fmt::format("log\n{}\n{}\n", text.substr(0, space), root));
  if (!checkpoint) return std::nullopt;
  return KnownRoot{checkpoint->size, checkpoint->root};
}

/// One line; nothing to say where it is as it must be.
std::optional<Error> readLine(std::string_view line, Trust& trust) {
  if (line.empty() || line.front() == '#') return std::nullopt;
  if (line.starts_with(kLedger)) {
    if (trust.ledger) return wrong("the ledger is named twice: keep one line", "ledger 出现两次：请保留一行");
    trust.ledger = ledger::domain::LedgerId::parse(line.substr(kLedger.size()));
    if (!trust.ledger) {
      return wrong("after \"ledger \" stand the 64 hexadecimal digits of the ledger's identifier",
                   "“ledger ”之后须为账本标识，64 位十六进制");
    }
    return std::nullopt;
  }
  if (line.starts_with(kLog)) {
    if (trust.log) return wrong("the log's key is named twice: keep one line", "log 出现两次：请保留一行");
    auto verifier = crypto::NoteVerifier::fromVkey(line.substr(kLog.size()));
    if (!verifier) {
      return wrong(verifier.error().message, "“log ”之后的日志公钥无效：请从可靠来源重新抄录整行");
    }
    trust.log = *std::move(verifier);
    return std::nullopt;
  }
  if (line.starts_with(kCheckpoint)) {
    if (trust.checkpoint) {
      return wrong("a checkpoint is named twice: keep the one with the larger size",
                   "checkpoint 出现两次：请保留批数较多的一行");
    }
    trust.checkpoint = knownRoot(line.substr(kCheckpoint.size()));
    if (!trust.checkpoint) {
      return wrong("after \"checkpoint \" stand its size and its root, in base64 or 64 hexadecimal digits",
                   "“checkpoint ”之后须为批数和根（base64 或 64 位十六进制）");
    }
    return std::nullopt;
  }
  return wrong("a line is \"ledger <64 hex digits>\", \"log <vkey>\" or \"checkpoint <size> <root>\"",
               "每行须为“ledger <64 位十六进制>”“log <日志公钥>”或“checkpoint <批数> <根>”");
}

}  // namespace

crypto::Result<Trust> parseTrust(std::string_view text) {
  Trust trust;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (std::size_t number = 1; !text.empty(); ++number) {
    auto const end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (auto const fault = readLine(line, trust)) {
      return fault->of(fmt::format("line {}", number), fmt::format("第 {} 行", number));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!trust.ledger && !trust.log && !trust.checkpoint) {
    return wrong(
        "it names nothing to trust: add \"ledger <64 hex digits>\", \"log <vkey>\" or \"checkpoint <size> "
        "<root>\"",
        "其中没有可信信息：请写“ledger <64 位十六进制>”“log <日志公钥>”或“checkpoint <批数> <根>”");
  }
  return trust;
}

crypto::Result<Trust> readTrust(std::filesystem::path const& file) {
  auto const text = ledger::files::readFile(file, kMostTrustFile);
  if (!text) return text.error();
  auto trust = parseTrust(*text);
  if (!trust) return trust.error().of(file.string());
  return trust;
}

}  // namespace fundtrail::replay
