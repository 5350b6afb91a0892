// SPDX-License-Identifier: Apache-2.0
// The keys of signed notes, c2sp.org/signed-note: a public key, the name that it signs under, and what its signatures
// are over. All three are hashed into the key id, so one key has two ids for two uses:
//
//   use           key       type                                        public key in the vkey
//   note          Ed25519   0x01                                        32 bytes
//   note          SM2       0xff "fundtrail/sm2-sm3/v1"                 SubjectPublicKeyInfo
//   cosignature   Ed25519   0x04                                        32 bytes
//   cosignature   SM2       0xff "fundtrail/sm2-sm3-cosignature/v1"     SubjectPublicKeyInfo
//
// The types of one byte are those of the public formats. No public format has one for SM2: other tools pass over
// signatures of ours as unknown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/keys.h"
#include "crypto/result.h"

namespace fundtrail::crypto {

inline constexpr std::size_t kMaxKeyNameSize = 255;  // bytes: c2sp.org/tlog-cosignature stores a length in one byte

/// What signatures of a key are over.
enum class SignatureUse : std::uint8_t {
  note,         ///< the text of a note (crypto/note.h)
  cosignature,  ///< a time and the text of a checkpoint (crypto/cosignature.h)
};

/// A public key under a name, for one use. The name is non-empty UTF-8 without white space, control characters or '+',
/// at most 255 bytes. A value.
class NoteKey {
 public:
  /// Takes "<name>+<key id, 8 lowercase hex digits>+<base64 of type || public key>". Errors: badInput for another
  /// syntax, a key id that is not that of the key, or a bad key; unsupported for a type that is not of this use.
  static Result<NoteKey> fromVkey(SignatureUse use, std::string_view vkey);

  /// Errors: badInput for a bad name, unsupported for a P-256 key.
  static Result<NoteKey> make(SignatureUse use, std::string name, PublicKey key);

  std::string vkey() const;
  std::string const& name() const { return name_; }
  /// The first 4 bytes of SHA-256(name || "\n" || type || public key), big-endian. SHA-256 in every profile: the format
  /// fixes it.
  std::uint32_t keyId() const { return keyId_; }
  PublicKey const& key() const { return key_; }

 private:
  NoteKey(SignatureUse use, std::string name, PublicKey key, std::uint32_t keyId)
      : use_(use), name_(std::move(name)), key_(std::move(key)), keyId_(keyId) {}

  SignatureUse use_;
  std::string name_;
  PublicKey key_;
  std::uint32_t keyId_;
};

}  // namespace fundtrail::crypto
