// SPDX-License-Identifier: Apache-2.0
#include "crypto/cosignature.h"

#include <limits>

#include "crypto/big_endian.h"
#include "crypto/ensure.h"
#include "crypto/known_lines.h"
#include "crypto/utf8.h"

namespace fundtrail::crypto {
namespace {

constexpr std::size_t kEd25519SignatureSize = 64;

bool isTime(std::uint64_t time) {
  return time != 0 && time <= std::numeric_limits<std::int64_t>::max();
}

std::string messageOf(std::uint64_t time, std::string_view text) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

Error malformed(std::string const& what) {
  return Error{ErrorKind::badInput, "not a cosignature: " + what + "; ask its cosigner for another"};
}

}  // namespace

Result<TimestampedSignature> parseTimestampedSignature(KeyAlgorithm algorithm, BytesView signature) {
  std::size_t constexpr timeSize = sizeof(TimestampedSignature::time);
  bool const fixed = algorithm == KeyAlgorithm::ed25519;
  if (signature.size() <= timeSize || (fixed && signature.size() != timeSize + kEd25519SignatureSize)) {
    return malformed("it must be 8 bytes of time and a signature");
  }
  auto const time = loadBigEndian<std::uint64_t>(signature.data());
  if (!isTime(time)) {
    return malformed("its time is 0 or above 2^63 - 1");
  }
  return TimestampedSignature{time, signature.subspan(timeSize)};
}

Result<CosignatureVerifier> CosignatureVerifier::fromVkey(std::string_view vkey) {
  Result<NoteKey> key = NoteKey::fromVkey(SignatureUse::cosignature, vkey);
  return key ? Result<CosignatureVerifier>(CosignatureVerifier(*std::move(key))) : key.error();
}

Result<CosignatureVerifier> CosignatureVerifier::make(std::string name, PublicKey publicKey) {
  Result<NoteKey> key = NoteKey::make(SignatureUse::cosignature, std::move(name), std::move(publicKey));
  return key ? Result<CosignatureVerifier>(CosignatureVerifier(*std::move(key))) : key.error();
}

Result<std::uint64_t> CosignatureVerifier::verify(SignedNote::Line const& line, std::string_view text) const {
  auto const parsed = parseTimestampedSignature(key().algorithm(), line.signature);
  bool const named = line.keyId == keyId() && line.name == name();
  if (!named || !parsed || !key().verify(asBytes(messageOf(parsed->time, text)), parsed->signature)) {
    return Error{ErrorKind::denied, "the cosignature of " + name() + " does not fit the checkpoint: do not trust it"};
  }
  return parsed->time;
}

Result<Cosigner> Cosigner::make(std::string name, PrivateKey key) {
  Result<CosignatureVerifier> verifier = CosignatureVerifier::make(std::move(name), key.publicKey());
  if (!verifier) {
    return verifier.error();
  }
  return Cosigner(*std::move(verifier), std::move(key));
}

std::string Cosigner::signatureLine(std::string_view text, std::uint64_t time) const {
  ensure(text.ends_with('\n') && isPlainText(text), "a checkpoint's text is UTF-8 and ends with a newline");
  ensure(isTime(time), "a cosignature's time is 1 … 2^63 - 1");
  Bytes const signature = concatenate({bigEndian(time), key_.sign(asBytes(messageOf(time, text)))});
  return formatNoteLine({verifier_.name(), verifier_.keyId(), signature});
}

Result<std::vector<Cosignature>> verifyCosignatures(SignedNote const& note,
                                                    std::span<CosignatureVerifier const> known) {
  auto const lines = linesByKnownKeys(note, known);
  if (!lines) {
    return lines.error();
  }
  std::vector<Cosignature> cosignatures;
  for (auto const& [line, key] : *lines) {
    Result<std::uint64_t> const time = known[key].verify(line, note.text);
    if (!time) {
      return time.error();
    }
    cosignatures.push_back({key, *time});
  }
  return cosignatures;
}

}  // namespace fundtrail::crypto
