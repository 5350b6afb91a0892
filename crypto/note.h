// SPDX-License-Identifier: Apache-2.0
// Signed notes, c2sp.org/signed-note:
//
//   <text, one or more lines>
//   <empty line>
//   — <key name> <base64 of 4 bytes key id || signature>        one or more such lines
//
// Signature types: 0x01, Ed25519 over the text, which every tool knows; and 0xff "fundtrail/sm2-sm3/v1", SM2 with SM3
// over the text, whose public key stands in the vkey as SubjectPublicKeyInfo and whose signature is strict DER. Other
// tools pass over the second as unknown.
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
#include "crypto/result.h"

namespace fundtrail::crypto {

/// A note's line count and size are bounded, so that a hostile one costs little.
inline constexpr std::size_t kMaxNoteSignatures = 100;
inline constexpr std::size_t kMaxNoteSize = 1'000'000;  // bytes
inline constexpr std::size_t kMaxKeyNameSize = 255;     // bytes: c2sp.org/tlog-cosignature stores a length in one byte

/// A key that may sign notes, under a name: non-empty UTF-8 without white space, control characters or '+', at most 255
/// bytes. A value.
class NoteVerifier {
 public:
  /// Takes "<name>+<key id, 8 lowercase hex digits>+<base64 of type || public key>". Errors: badInput for another
  /// syntax, a key id that is not that of the key, or a bad key; unsupported for another signature type.
  static Result<NoteVerifier> fromVkey(std::string_view vkey);

  /// Errors: badInput for a bad name, unsupported for a P-256 key.
  static Result<NoteVerifier> make(std::string name, PublicKey key);

  std::string vkey() const;
  std::string const& name() const { return name_; }
  /// The first 4 bytes of SHA-256(name || "\n" || type || public key), big-endian. SHA-256 in every profile: the format
  /// fixes it.
  std::uint32_t keyId() const { return keyId_; }
  PublicKey const& key() const { return key_; }

 private:
  NoteVerifier(std::string name, PublicKey key, std::uint32_t keyId)
      : name_(std::move(name)), key_(std::move(key)), keyId_(keyId) {}

  std::string name_;
  PublicKey key_;
  std::uint32_t keyId_;
};

/// A private key that signs notes under a name. Movable; signatureLine is safe on several threads at once.
class NoteSigner {
 public:
  /// Errors as NoteVerifier::make.
  static Result<NoteSigner> make(std::string name, PrivateKey key);

  /// "— <name> <base64>\n" over the text, which must end with a newline.
  std::string signatureLine(std::string_view text) const;

  NoteVerifier const& verifier() const { return verifier_; }

 private:
  NoteSigner(NoteVerifier verifier, PrivateKey key) : verifier_(std::move(verifier)), key_(std::move(key)) {}

  NoteVerifier verifier_;
  PrivateKey key_;
};

/// A note taken apart; nothing in it is verified.
struct SignedNote {
  struct Line {
    std::string name;
    std::uint32_t keyId;
    Bytes signature;  ///< without the key id; never empty
  };

  std::string text;  ///< with its final newline, without the empty line
  std::vector<Line> lines;
};

/// Takes a note apart. Errors: badInput for text that is not UTF-8 or has control characters other than newline, for a
/// missing empty line or final newline, for no signature line or more than 100, for a malformed one, and above 1 MB.
Result<SignedNote> parseNote(std::string_view note);

/// The note of a text that ends with a newline, and signature lines as signatureLine makes them (at least one).
std::string formatNote(std::string_view text, std::span<std::string const> signatureLines);

/// Which of the known keys signed the note: indexes into `known`, in the order of the note's lines, each once. Lines by
/// unknown keys are passed over, and so are further lines by the same key. Errors: denied when a known key's signature
/// does not hold, whatever else the note carries, and when no known key signed; conflict when a line's name and key id
/// fit two of the known keys.
Result<std::vector<std::size_t>> verifyNote(SignedNote const& note, std::span<NoteVerifier const> known);

}  // namespace fundtrail::crypto
