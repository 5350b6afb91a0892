// SPDX-License-Identifier: Apache-2.0
#include "crypto/tlog_proof.h"

#include <optional>

#include "crypto/decimal.h"
#include "crypto/ensure.h"
#include "crypto/hash_line.h"
#include "crypto/lines.h"

namespace fundtrail::crypto {
namespace {

constexpr std::string_view kHeader = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

Error malformed(std::string const& what) {
  return Error{ErrorKind::badInput, "not a proof file: " + what + "; ask for it again where it came from"};
}

}  // namespace

std::string formatTlogProof(TlogProof const& proof) {
  ensure(proof.hashes.size() <= kMaxInclusionProof, "an inclusion proof has at most 63 hashes");
  ensure(!proof.checkpoint.empty(), "a proof file has a checkpoint");
  std::string file = std::string(kHeader) + "\n";
  if (!proof.extra.empty()) {
    file += std::string(kExtra) + toBase64(proof.extra) + "\n";
  }
  file += std::string(kIndex) + std::to_string(proof.index) + "\n";
  for (Digest const& hash : proof.hashes) {
    file += formatHashLine(hash);
  }
  return file + "\n" + proof.checkpoint;
}

Result<TlogProof> parseTlogProof(std::string_view file) {
  TlogProof proof;
  if (takeLine(file) != kHeader) {
    return malformed("the first line must be " + std::string(kHeader));
  }
  auto line = takeLine(file);
  if (line && line->starts_with(kExtra)) {
    auto extra = fromBase64(line->substr(kExtra.size()));
    if (!extra || extra->empty()) {
      return malformed("the extra line must hold base64 of at least one byte");
    }
    proof.extra = *std::move(extra);
    line = takeLine(file);
  }
  auto const index =
      line && line->starts_with(kIndex) ? parseDecimal<std::uint64_t>(line->substr(kIndex.size())) : std::nullopt;
  if (!index) {
    return malformed("the index line must hold a decimal number without leading zeros");
  }
  proof.index = *index;
  auto hashes = takeHashLines(file, kMaxInclusionProof);
  if (!hashes) {
    return malformed(hashes.error().message);
  }
  proof.hashes = *std::move(hashes);
  proof.checkpoint = file;
  return proof;
}

}  // namespace fundtrail::crypto
