// SPDX-License-Identifier: Apache-2.0
// Verifier keys come from the people who trust them, by hand. One that is taken has one spelling, and serves one use.
#include <cstddef>
#include <cstdint>

#include "crypto/bytes.h"
#include "crypto/cosignature.h"
#include "crypto/ensure.h"
#include "crypto/note.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace fundtrail::crypto;
  auto const text = asText({data, size});
  auto const signer = NoteVerifier::fromVkey(text);
  auto const cosigner = CosignatureVerifier::fromVkey(text);
  ensure(!signer || signer->vkey() == text, "a key that signs notes has one spelling");
  ensure(!cosigner || cosigner->vkey() == text, "a key that cosigns has one spelling");
  ensure(!signer || !cosigner, "a key is for one use");
  return 0;
}
