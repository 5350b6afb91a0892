// SPDX-License-Identifier: Apache-2.0
// Private to this folder: messages that lie within other messages, or come from a file.
#pragma once

#include <capnp/common.h>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "ledger/schema/message.h"
#include "ledger/schema/shape.h"

namespace fundtrail::replay {

/// The message, copied to where it is aligned. Error: badInput for what is none of this kind.
template <class T>
crypto::Result<ledger::schema::Words> wordsOf(crypto::BytesView bytes) {
  if (bytes.size() % sizeof(capnp::word) != 0) {
    return crypto::Error{crypto::ErrorKind::badInput, "it is cut off, or something else",
                         "内容不完整，或不是所需的文件"};
  }
  auto words = ledger::schema::Words::copyOf(bytes);
  if (auto const shape = ledger::schema::checkShape<T>(words.bytes()); !shape) return shape.error();
  return words;
}

}  // namespace fundtrail::replay
