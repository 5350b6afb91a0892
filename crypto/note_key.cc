// SPDX-License-Identifier: Apache-2.0
#include "crypto/note_key.h"

#include <algorithm>

#include "crypto/big_endian.h"
#include "crypto/bytes.h"
#include "crypto/digest.h"
#include "crypto/utf8.h"

namespace fundtrail::crypto {
namespace {

// A signature type as the key id hashes it and the vkey states it, and the form of the public key after it.
struct SignatureType {
  SignatureUse use;
  KeyAlgorithm algorithm;
  std::string_view identifier;
  BytesView (PublicKey::*material)() const;
};

constexpr SignatureType kSignatureTypes[] = {
    {SignatureUse::note, KeyAlgorithm::ed25519, "\x01", &PublicKey::raw},
    {SignatureUse::note, KeyAlgorithm::sm2,
     "\xff"
     "fundtrail/sm2-sm3/v1",
     &PublicKey::spki},
    {SignatureUse::cosignature, KeyAlgorithm::ed25519, "\x04", &PublicKey::raw},
    {SignatureUse::cosignature, KeyAlgorithm::sm2,
     "\xff"
     "fundtrail/sm2-sm3-cosignature/v1",
     &PublicKey::spki},
};

SignatureType const* typeOf(SignatureUse use, KeyAlgorithm algorithm) {
  auto const* const type = std::ranges::find_if(
      kSignatureTypes, [&](SignatureType const& t) { return t.use == use && t.algorithm == algorithm; });
  return type != std::end(kSignatureTypes) ? type : nullptr;
}

// The type and the public key, as a vkey carries them.
Bytes keyMaterial(SignatureUse use, PublicKey const& key) {
  SignatureType const& type = *typeOf(use, key.algorithm());
  return concatenate({asBytes(type.identifier), (key.*type.material)()});
}

Error badVkey(std::string_view what) {
  return Error{ErrorKind::badInput, "not a verifier key: " + std::string(what) + "; copy it again from its owner"};
}

}  // namespace

Result<NoteKey> NoteKey::make(SignatureUse use, std::string name, PublicKey key) {
  if (!isKeyName(name) || name.size() > kMaxKeyNameSize) {
    return Error{
        ErrorKind::badInput,
        "a key name must be 1 to 255 bytes of UTF-8 without white space, control characters and '+': choose another"};
  }
  if (typeOf(use, key.algorithm()) == nullptr) {
    return Error{ErrorKind::unsupported, "notes are signed with Ed25519 or SM2: use a key of one of these"};
  }
  Digest const id = hash(HashAlgorithm::sha256, concatenate({asBytes(name), asBytes("\n"), keyMaterial(use, key)}));
  return NoteKey(use, std::move(name), std::move(key), loadBigEndian<std::uint32_t>(id.bytes.data()));
}

Result<NoteKey> NoteKey::fromVkey(SignatureUse use, std::string_view vkey) {
  std::size_t const first = vkey.find('+');
  std::size_t const second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
  if (second == std::string_view::npos) {
    return badVkey("it must be <name>+<key id>+<base64>");
  }
  std::string_view const idText = vkey.substr(first + 1, second - first - 1);
  auto const id = fromHex(idText);
  if (!id || id->size() != sizeof(keyId_) || toHex(*id) != idText) {
    return badVkey("the key id must be 8 lowercase hexadecimal digits");
  }
  auto const material = fromBase64(vkey.substr(second + 1));
  if (!material || material->empty()) {
    return badVkey("the part after the second '+' must be base64");
  }
  for (SignatureType const& type : kSignatureTypes) {
    if (type.use != use || !asText(*material).starts_with(type.identifier)) {
      continue;
    }
    BytesView const encoded = BytesView(*material).subspan(type.identifier.size());
    Result<PublicKey> publicKey = type.algorithm == KeyAlgorithm::ed25519 ? PublicKey::fromRaw(type.algorithm, encoded)
                                                                          : PublicKey::fromSpki(encoded);
    if (!publicKey) {
      return badVkey(publicKey.error().message);
    }
    if (publicKey->algorithm() != type.algorithm) {
      return badVkey("the key is not of the kind that its type says");
    }
    Result<NoteKey> named = make(use, std::string(vkey.substr(0, first)), *std::move(publicKey));
    if (named && named->keyId() != loadBigEndian<std::uint32_t>(id->data())) {
      return badVkey("the key id is not that of the name and key");
    }
    return named;
  }
  return Error{
      ErrorKind::unsupported,
      "the verifier key is for another signature type: use one for " +
          std::string(use == SignatureUse::note ? "notes, Ed25519 (01) or SM2" : "cosignatures, Ed25519 (04) or SM2")};
}

std::string NoteKey::vkey() const {
  return name_ + "+" + toHex(bigEndian(keyId_)) + "+" + toBase64(keyMaterial(use_, key_));
}

}  // namespace fundtrail::crypto
