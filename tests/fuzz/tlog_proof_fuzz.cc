// SPDX-License-Identifier: Apache-2.0
// A proof file comes from whoever wants to convince: what is taken has one spelling.
#include <cstddef>
#include <cstdint>
#include <string>

#include "crypto/bytes.h"
#include "crypto/ensure.h"
#include "crypto/tlog_proof.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace fundtrail::crypto;
  auto const file = asText({data, size});
  auto const proof = parseTlogProof(file);
  if (proof) {
    ensure(formatTlogProof(*proof) == file, "a proof file has one spelling");
  } else {
    ensure(proof.error().message.find('\n') == std::string::npos, "an error is one line");
  }
  return 0;
}
