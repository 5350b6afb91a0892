// SPDX-License-Identifier: Apache-2.0
#include "crypto/note.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

#include "crypto/digest.h"
#include "crypto/ensure.h"
#include "crypto/utf8.h"

namespace fundtrail::crypto {
namespace {

constexpr std::string_view kLineStart = "\u2014 ";  // an em dash and a space
constexpr std::size_t kKeyIdSize = 4;

// A signature type as the key id hashes it and the vkey states it, and the form of the public key after it.
struct SignatureType {
  KeyAlgorithm algorithm;
  std::string_view identifier;
  BytesView (PublicKey::*material)() const;
};

constexpr SignatureType kSignatureTypes[] = {
    {KeyAlgorithm::ed25519, "\x01", &PublicKey::raw},
    {KeyAlgorithm::sm2,
     "\xff"
     "fundtrail/sm2-sm3/v1",
     &PublicKey::spki},
};

SignatureType const* typeOf(KeyAlgorithm algorithm) {
  auto const* const type = std::ranges::find(kSignatureTypes, algorithm, &SignatureType::algorithm);
  return type != std::end(kSignatureTypes) ? type : nullptr;
}

Bytes concatenate(std::initializer_list<BytesView> parts) {
  Bytes bytes;
  for (BytesView const part : parts) {
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  return bytes;
}

// The type and the public key, as a vkey carries them.
Bytes keyMaterial(PublicKey const& key) {
  SignatureType const& type = *typeOf(key.algorithm());
  return concatenate({asBytes(type.identifier), (key.*type.material)()});
}

std::uint32_t readKeyId(BytesView bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

std::array<std::uint8_t, kKeyIdSize> keyIdBytes(std::uint32_t keyId) {
  return {static_cast<std::uint8_t>(keyId >> 24), static_cast<std::uint8_t>(keyId >> 16),
          static_cast<std::uint8_t>(keyId >> 8), static_cast<std::uint8_t>(keyId)};
}

Error malformed(std::string_view what) {
  return Error{ErrorKind::badInput, "not a signed note: " + std::string(what) + "; fetch it again from its source"};
}

Error badVkey(std::string_view what) {
  return Error{ErrorKind::badInput, "not a verifier key: " + std::string(what) + "; copy it again from its owner"};
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
  return SignedNote::Line{std::string(keyName), readKeyId(*blob), Bytes(blob->begin() + kKeyIdSize, blob->end())};
}

}  // namespace

Result<NoteVerifier> NoteVerifier::make(std::string name, PublicKey key) {
  if (!isKeyName(name) || name.size() > kMaxKeyNameSize) {
    return Error{
        ErrorKind::badInput,
        "a key name must be 1 to 255 bytes of UTF-8 without white space, control characters and '+': choose another"};
  }
  if (typeOf(key.algorithm()) == nullptr) {
    return Error{ErrorKind::unsupported, "notes are signed with Ed25519 or SM2: use a key of one of these"};
  }
  Digest const id = hash(HashAlgorithm::sha256, concatenate({asBytes(name), asBytes("\n"), keyMaterial(key)}));
  return NoteVerifier(std::move(name), std::move(key), readKeyId(id.view()));
}

Result<NoteVerifier> NoteVerifier::fromVkey(std::string_view vkey) {
  std::size_t const first = vkey.find('+');
  std::size_t const second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
  if (second == std::string_view::npos) {
    return badVkey("it must be <name>+<key id>+<base64>");
  }
  std::string_view const idText = vkey.substr(first + 1, second - first - 1);
  auto const id = fromHex(idText);
  if (!id || id->size() != kKeyIdSize || toHex(*id) != idText) {
    return badVkey("the key id must be 8 lowercase hexadecimal digits");
  }
  auto const material = fromBase64(vkey.substr(second + 1));
  if (!material || material->empty()) {
    return badVkey("the part after the second '+' must be base64");
  }
  for (SignatureType const& type : kSignatureTypes) {
    if (!asText(*material).starts_with(type.identifier)) {
      continue;
    }
    BytesView const encoded = BytesView(*material).subspan(type.identifier.size());
    Result<PublicKey> key = type.algorithm == KeyAlgorithm::ed25519 ? PublicKey::fromRaw(type.algorithm, encoded)
                                                                    : PublicKey::fromSpki(encoded);
    if (!key) {
      return badVkey(key.error().message);
    }
    if (key->algorithm() != type.algorithm) {
      return badVkey("the key is not of the kind that its type says");
    }
    Result<NoteVerifier> verifier = make(std::string(vkey.substr(0, first)), *std::move(key));
    if (verifier && verifier->keyId() != readKeyId(*id)) {
      return badVkey("the key id is not that of the name and key");
    }
    return verifier;
  }
  return Error{ErrorKind::unsupported,
               "the verifier key is for another signature type: use an Ed25519 (01) or SM2 one"};
}

std::string NoteVerifier::vkey() const {
  return name_ + "+" + toHex(keyIdBytes(keyId_)) + "+" + toBase64(keyMaterial(key_));
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
  Bytes const blob = concatenate({keyIdBytes(verifier_.keyId()), key_.sign(asBytes(text))});
  return std::string(kLineStart) + verifier_.name() + " " + toBase64(blob) + "\n";
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
  SignedNote parsed{std::string(note.substr(0, separator + 1)), {}};
  std::string_view rest = note.substr(separator + 2);
  while (!rest.empty()) {
    std::size_t const end = rest.find('\n');
    auto line = end == std::string_view::npos ? std::nullopt : parseLine(rest.substr(0, end));
    if (!line) {
      return malformed("signature line " + std::to_string(parsed.lines.size() + 1) + " is malformed");
    }
    if (parsed.lines.size() == kMaxNoteSignatures) {
      return malformed("it has more than 100 signatures");
    }
    parsed.lines.push_back(*std::move(line));
    rest.remove_prefix(end + 1);
  }
  if (parsed.lines.empty()) {
    return malformed("it has no signature");
  }
  return parsed;
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

Result<std::vector<std::size_t>> verifyNote(SignedNote const& note, std::span<NoteVerifier const> known) {
  std::vector<std::size_t> signers;
  for (SignedNote::Line const& line : note.lines) {
    auto const signedLine = [&](NoteVerifier const& verifier) {
      return verifier.keyId() == line.keyId && verifier.name() == line.name;
    };
    auto const verifier = std::ranges::find_if(known, signedLine);
    if (verifier == known.end()) {
      continue;
    }
    if (std::find_if(verifier + 1, known.end(), signedLine) != known.end()) {
      return Error{ErrorKind::conflict,
                   "two of the known keys are named " + line.name + " and share a key id: remove one of them"};
    }
    auto const index = static_cast<std::size_t>(verifier - known.begin());
    if (std::ranges::find(signers, index) != signers.end()) {
      continue;
    }
    if (!verifier->key().verify(asBytes(note.text), line.signature)) {
      return Error{ErrorKind::denied, "the signature of " + line.name + " does not fit the note: do not trust it"};
    }
    signers.push_back(index);
  }
  if (signers.empty()) {
    return Error{ErrorKind::denied, "no known key signed the note: do not trust it, or add its signer's key"};
  }
  return signers;
}

}  // namespace fundtrail::crypto
