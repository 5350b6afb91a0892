// SPDX-License-Identifier: Apache-2.0
// Cosignatures, c2sp.org/tlog-cosignature: signature lines of a checkpoint's note (crypto/note.h) by which someone else
// than the log states that at some time this was the largest tree it had seen of that log, and consistent with all
// before. Signed is
//
//   cosignature/v1
//   time <seconds since 1970-01-01 00:00 UTC, decimal>
//   <the whole text of the checkpoint>
//
// and a line carries key id || time in 8 bytes, big-endian || signature. The signature is Ed25519, as in the public
// format, or ours, SM2 with SM3 as strict DER over the same message, which other tools pass over (crypto/note_key.h has
// the types).
//
// The message does not name the cosigner: a key serves one cosigner, in one role.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/keys.h"
#include "crypto/note.h"
#include "crypto/note_key.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

/// What the signature of a cosignature line consists of; nothing in it is verified.
struct TimestampedSignature {
  std::uint64_t time;   ///< seconds since 1970-01-01 00:00 UTC: 1 … 2^63 - 1
  BytesView signature;  ///< a part of the line's
};

/// Takes the signature of a line apart. Errors: badInput for a time of 0 or above 2^63 - 1, and for a length that a
/// signature by this algorithm cannot have.
Result<TimestampedSignature> parseTimestampedSignature(KeyAlgorithm algorithm, BytesView signature);

/// A key that may cosign. A value.
class CosignatureVerifier : public NoteKey {
 public:
  /// Errors as NoteKey::fromVkey.
  static Result<CosignatureVerifier> fromVkey(std::string_view vkey);

  /// Errors as NoteKey::make.
  static Result<CosignatureVerifier> make(std::string name, PublicKey key);

  /// When the key cosigned the text, by a line that names the key (further lines of the note are not looked at).
  /// Errors: denied for a line that the holder of the private key did not make for this text.
  Result<std::uint64_t> verify(SignedNote::Line const& line, std::string_view text) const;

 private:
  explicit CosignatureVerifier(NoteKey key) : NoteKey(std::move(key)) {}
};

/// A private key that cosigns under a name. Movable; signatureLine is safe on several threads at once.
class Cosigner {
 public:
  /// Errors as NoteKey::make.
  static Result<Cosigner> make(std::string name, PrivateKey key);

  /// "— <name> <base64>\n" over the text of a checkpoint, which must end with a newline, and a time of 1 … 2^63 - 1.
  /// Whoever calls it has seen that the checkpoint is consistent with all before: that is what it states.
  std::string signatureLine(std::string_view text, std::uint64_t time) const;

  CosignatureVerifier const& verifier() const { return verifier_; }

 private:
  Cosigner(CosignatureVerifier verifier, PrivateKey key) : verifier_(std::move(verifier)), key_(std::move(key)) {}

  CosignatureVerifier verifier_;
  PrivateKey key_;
};

/// Who cosigned, and when.
struct Cosignature {
  std::size_t cosigner;  ///< index into the known keys
  std::uint64_t time;    ///< seconds since 1970-01-01 00:00 UTC

  friend bool operator==(Cosignature const&, Cosignature const&) = default;
};

/// Which of the known keys cosigned the note, in the order of its lines, each once; none is no error. Lines by unknown
/// keys are passed over, and so are further lines by the same key. Errors: denied when a known key's cosignature does
/// not hold, whatever else the note carries; conflict when a line's name and key id fit two of the known keys.
Result<std::vector<Cosignature>> verifyCosignatures(SignedNote const& note, std::span<CosignatureVerifier const> known);

}  // namespace fundtrail::crypto
