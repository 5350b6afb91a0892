// SPDX-License-Identifier: Apache-2.0
// Anyone may send a note: a checkpoint with signatures and cosignatures. What is taken apart is put together again as
// the same bytes, and nobody's signature holds that was not made.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/checkpoint.h"
#include "crypto/cosignature.h"
#include "crypto/ensure.h"
#include "crypto/note.h"

namespace {

using namespace fundtrail::crypto;

void checkCheckpoint(std::string_view text) {
  auto const checkpoint = parseCheckpoint(text);
  ensure(!checkpoint || formatCheckpoint(*checkpoint) == text, "a checkpoint has one spelling");
  auto const extended = parseCheckpoint(text, ExtensionLines::passOver);
  ensure(!checkpoint || (extended && *extended == *checkpoint), "extension lines are optional");
  ensure(!extended || text.starts_with(formatCheckpoint(*extended)), "extension lines come last");
}

void checkCosignature(SignedNote::Line const& line) {
  for (auto const algorithm : {KeyAlgorithm::ed25519, KeyAlgorithm::sm2}) {
    auto const parsed = parseTimestampedSignature(algorithm, line.signature);
    ensure(!parsed || (parsed->time != 0 && parsed->signature.data() == line.signature.data() + 8),
           "a cosignature is its time and a signature");
  }
}

/// An Ed25519 key and an SM2 key, whose private halves nobody uses here.
std::vector<PublicKey> const& strangers() {
  static std::string_view constexpr kPoint =
      "0432c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
      "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0";
  static std::vector const keys = {PrivateKey::fromEd25519Seed({1}).publicKey(),
                                   PublicKey::fromRaw(KeyAlgorithm::sm2, *fromHex(kPoint)).value()};
  return keys;
}

// The same signatures, said to be by keys that never signed.
void checkForgery(SignedNote const& note) {
  for (PublicKey const& key : strangers()) {
    auto const signer = NoteVerifier::make("stranger.example", key).value();
    auto const cosigner = CosignatureVerifier::make("stranger.example", key).value();
    SignedNote forged = note;
    for (SignedNote::Line& line : forged.lines) {
      line.name = signer.name();
      line.keyId = signer.keyId();
    }
    ensure(verifyNote(forged, {&signer, 1}).has_error(), "who did not sign is not found to have");
    ensure(verifyCosignatures(forged, {&cosigner, 1})->empty(), "a signature is no cosignature");
    for (SignedNote::Line& line : forged.lines) {
      line.keyId = cosigner.keyId();
    }
    ensure(verifyCosignatures(forged, {&cosigner, 1}).has_error(), "who did not cosign is not found to have");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const text = asText({data, size});
  checkCheckpoint(text);
  auto const note = parseNote(text);
  if (!note) {
    ensure(note.error().message.find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  std::vector<std::string> lines;
  std::ranges::transform(note->lines, std::back_inserter(lines), formatNoteLine);
  ensure(formatNote(note->text, lines) == text, "a note has one spelling");
  std::ranges::for_each(note->lines, checkCosignature);
  checkCheckpoint(note->text);
  checkForgery(*note);
  return 0;
}
