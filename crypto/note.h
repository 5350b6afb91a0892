// SPDX-License-Identifier: Apache-2.0
// Signed notes, c2sp.org/signed-note:
//
//   <text, one or more lines>
//   <empty line>
//   — <key name> <base64 of 4 bytes key id || signature>        one or more such lines
//
// A signature is over the text: Ed25519, which every tool knows, or SM2 with SM3 as strict DER, which other tools pass
// over (crypto/note_key.h has the types). Cosignatures stand among the same lines: crypto/cosignature.h.
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
#include "crypto/note_key.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

/// A note's line count and size are bounded, so that a hostile one costs little.
inline constexpr std::size_t kMaxNoteSignatures = 100;
inline constexpr std::size_t kMaxNoteSize = 1'000'000;  // bytes

/// A key that may sign the text of notes. A value.
class NoteVerifier : public NoteKey {
 public:
  /// Errors as NoteKey::fromVkey.
  static Result<NoteVerifier> fromVkey(std::string_view vkey);

  /// Errors as NoteKey::make.
  static Result<NoteVerifier> make(std::string name, PublicKey key);

 private:
  explicit NoteVerifier(NoteKey key) : NoteKey(std::move(key)) {}
};

/// A private key that signs notes under a name. Movable; signatureLine is safe on several threads at once.
class NoteSigner {
 public:
  /// Errors as NoteKey::make.
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

/// "— <name> <base64>\n".
std::string formatNoteLine(SignedNote::Line const& line);

/// Takes signature lines as they follow a note's text, or come by themselves from a witness (c2sp.org/tlog-witness).
/// Errors: badInput for no line, more than 100, a malformed one, or one without its newline.
Result<std::vector<SignedNote::Line>> parseNoteLines(std::string_view lines);

/// Takes a note apart. Errors: badInput for text that is not UTF-8 or has control characters other than newline, for a
/// missing empty line or final newline, for no signature line or more than 100, for a malformed one, and above 1 MB.
Result<SignedNote> parseNote(std::string_view note);

/// The note of a text that ends with a newline, and signature lines as signatureLine makes them (at least one).
std::string formatNote(std::string_view text, std::span<std::string const> signatureLines);

/// One note with the lines of both, which must be of the same text: cosignatures arrive one by one. Where both have a
/// line by the same name and key id, the addition's stays. Errors: badInput for what is no note, and above 100 lines;
/// conflict for another text.
Result<std::string> mergeNotes(std::string_view note, std::string_view addition);

/// Which of the known keys signed the note: indexes into `known`, in the order of the note's lines, each once. Lines by
/// unknown keys are passed over, and so are further lines by the same key. Errors: denied when a known key's signature
/// does not hold, whatever else the note carries, and when no known key signed; conflict when a line's name and key id
/// fit two of the known keys.
Result<std::vector<std::size_t>> verifyNote(SignedNote const& note, std::span<NoteVerifier const> known);

}  // namespace fundtrail::crypto
