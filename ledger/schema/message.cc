// SPDX-License-Identifier: Apache-2.0
#include "ledger/schema/message.h"

#include <algorithm>
#include <cstring>

namespace fundtrail::ledger::schema {

Words Words::copyOf(crypto::BytesView bytes) {
  auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
  if (words.size() != 0) {
    std::memcpy(words.begin(), bytes.data(), words.asBytes().size());
  }
  return Words(std::move(words));
}

crypto::BytesView Words::bytes() const {
  auto const bytes = words_.asBytes();
  return {bytes.begin(), bytes.size()};
}

bool operator==(Words const& left, Words const& right) {
  return std::ranges::equal(left.bytes(), right.bytes());
}

bool isAligned(crypto::BytesView bytes) {
  return bytes.size() % sizeof(capnp::word) == 0 &&
         reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(capnp::word) == 0;
}

}  // namespace fundtrail::ledger::schema
