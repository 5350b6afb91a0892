// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/used_number.h"

#include <algorithm>
#include <string>

#include "crypto/digest.h"

namespace fundtrail::ledger::domain {

UsedNumber UsedNumber::of(NumberKind kind, std::uint32_t scope, std::string_view normalForm) {
  std::string text;
  text.reserve(5 + normalForm.size());
  text.push_back(static_cast<char>(kind));
  for (int shift = 24; shift >= 0; shift -= 8) text.push_back(static_cast<char>((scope >> shift) & 0xff));
  text.append(normalForm);
  auto const digest = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(text));
  UsedNumber result;
  std::copy_n(digest.bytes.begin(), result.bytes.size(), result.bytes.begin());
  return result;
}

}  // namespace fundtrail::ledger::domain
