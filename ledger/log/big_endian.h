// SPDX-License-Identifier: Apache-2.0
// Private to this folder: the one byte order of the store.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <initializer_list>

#include <boost/endian/conversion.hpp>

#include "crypto/bytes.h"

namespace fundtrail::ledger::log {

template <std::unsigned_integral T>
std::array<std::uint8_t, sizeof(T)> bigEndian(T value) {
  std::array<std::uint8_t, sizeof(T)> bytes;
  boost::endian::native_to_big_inplace(value);
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

/// Reads sizeof(T) bytes, which need not be aligned.
template <std::unsigned_integral T>
T loadBigEndian(void const* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return boost::endian::big_to_native(value);
}

inline crypto::Bytes concatenate(std::initializer_list<crypto::BytesView> parts) {
  crypto::Bytes bytes;
  for (auto const part : parts) {
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  return bytes;
}

}  // namespace fundtrail::ledger::log
