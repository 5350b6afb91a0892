// SPDX-License-Identifier: Apache-2.0
#include "crypto/note.h"

#include <optional>

#include "crypto/big_endian.h"
#include "crypto/ensure.h"
#include "crypto/known_lines.h"
#include "crypto/lines.h"
#include "crypto/utf8.h"

namespace fundtrail::crypto {
namespace {

constexpr std::string_view kLineStart = "\u2014 ";  // an em dash and a space
constexpr std::size_t kKeyIdSize = sizeof(SignedNote::Line::keyId);

Error malformed(std::string_view what) {
  return Error{ErrorKind::badInput, "not a signed note: " + std::string(what) + "; fetch it again from its source"};
}

// One signature line without its newline.
std::optional<SignedNote::Line> parseLine(std::string_view line) {
  if (!line.starts_with(kLineStart)) {
    return std::nullopt;
  }
  line.remove_prefix(kLineStart.size());
  std::size_t const space = line.find(' ');
  if (space == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view const keyName = line.substr(0, space);
  auto const blob = fromBase64(line.substr(space + 1));
  if (!isKeyName(keyName) || !blob || blob->size() <= kKeyIdSize) {
    return std::nullopt;
  }
  return SignedNote::Line{std::string(keyName), loadBigEndian<std::uint32_t>(blob->data()),
                          Bytes(blob->begin() + kKeyIdSize, blob->end())};
}

}  // namespace

Result<NoteVerifier> NoteVerifier::fromVkey(std::string_view vkey) {
  Result<NoteKey> key = NoteKey::fromVkey(SignatureUse::note, vkey);
  return key ? Result<NoteVerifier>(NoteVerifier(*std::move(key))) : key.error();
}

Result<NoteVerifier> NoteVerifier::make(std::string name, PublicKey publicKey) {
  Result<NoteKey> key = NoteKey::make(SignatureUse::note, std::move(name), std::move(publicKey));
  return key ? Result<NoteVerifier>(NoteVerifier(*std::move(key))) : key.error();
}

Result<NoteSigner> NoteSigner::make(std::string name, PrivateKey key) {
  Result<NoteVerifier> verifier = NoteVerifier::make(std::move(name), key.publicKey());
  if (!verifier) {
    return verifier.error();
  }
  return NoteSigner(*std::move(verifier), std::move(key));
}

std::string NoteSigner::signatureLine(std::string_view text) const {
  ensure(text.ends_with('\n') && isPlainText(text), "a note's text is UTF-8 and ends with a newline");
  return formatNoteLine({verifier_.name(), verifier_.keyId(), key_.sign(asBytes(text))});
}

std::string formatNoteLine(SignedNote::Line const& line) {
  Bytes const blob = concatenate({bigEndian(line.keyId), line.signature});
  return std::string(kLineStart) + line.name + " " + toBase64(blob) + "\n";
}

Result<std::vector<SignedNote::Line>> parseNoteLines(std::string_view lines) {
  std::vector<SignedNote::Line> parsed;
  while (!lines.empty()) {
    auto const text = takeLine(lines);
    auto line = text ? parseLine(*text) : std::nullopt;
    if (!line) {
      return malformed("signature line " + std::to_string(parsed.size() + 1) + " is malformed");
    }
    if (parsed.size() == kMaxNoteSignatures) {
      return malformed("it has more than 100 signatures");
    }
    parsed.push_back(*std::move(line));
  }
  if (parsed.empty()) {
    return malformed("it has no signature");
  }
  return parsed;
}

Result<SignedNote> parseNote(std::string_view note) {
  if (note.size() > kMaxNoteSize) {
    return malformed("it is larger than 1 MB");
  }
  if (!isPlainText(note)) {
    return malformed("it is not UTF-8 text, or holds control characters");
  }
  // The text may hold empty lines, signature lines never: so the last one parts them.
  std::size_t const separator = note.rfind("\n\n");
  if (separator == std::string_view::npos) {
    return malformed("no empty line parts the text from the signatures");
  }
  auto lines = parseNoteLines(note.substr(separator + 2));
  if (!lines) {
    return lines.error();
  }
  return SignedNote{std::string(note.substr(0, separator + 1)), *std::move(lines)};
}

std::string formatNote(std::string_view text, std::span<std::string const> signatureLines) {
  ensure(text.ends_with('\n'), "a note's text ends with a newline");
  ensure(!signatureLines.empty(), "a note has a signature");
  std::string note(text);
  note += '\n';
  for (std::string const& line : signatureLines) {
    note += line;
  }
  return note;
}

Result<std::string> mergeNotes(std::string_view note, std::string_view addition) {
  auto into = parseNote(note);
  if (!into) {
    return into.error();
  }
  auto from = parseNote(addition);
  if (!from) {
    return from.error();
  }
  if (into->text != from->text) {
    return Error{ErrorKind::conflict, "the two notes say different things: only signatures of one text can be joined"};
  }
  for (SignedNote::Line& line : from->lines) {
    auto const same = std::ranges::find_if(into->lines, [&](SignedNote::Line const& present) {
      return present.keyId == line.keyId && present.name == line.name;
    });
    if (same == into->lines.end()) {
      into->lines.push_back(std::move(line));
    } else {
      same->signature = std::move(line.signature);
    }
  }
  if (into->lines.size() > kMaxNoteSignatures) {
    return malformed("it has more than 100 signatures");
  }
  std::vector<std::string> lines;
  lines.reserve(into->lines.size());
  std::ranges::transform(into->lines, std::back_inserter(lines), formatNoteLine);
  return formatNote(into->text, lines);
}

Result<std::vector<std::size_t>> verifyNote(SignedNote const& note, std::span<NoteVerifier const> known) {
  auto const lines = linesByKnownKeys(note, known);
  if (!lines) {
    return lines.error();
  }
  std::vector<std::size_t> signers;
  for (auto const& [line, key] : *lines) {
    if (!known[key].key().verify(asBytes(note.text), line.signature)) {
      return Error{ErrorKind::denied, "the signature of " + line.name + " does not fit the note: do not trust it"};
    }
    signers.push_back(key);
  }
  if (signers.empty()) {
    return Error{ErrorKind::denied, "no known key signed the note: do not trust it, or add its signer's key"};
  }
  return signers;
}

}  // namespace fundtrail::crypto
