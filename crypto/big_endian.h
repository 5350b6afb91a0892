// SPDX-License-Identifier: Apache-2.0
// The byte order of everything binary that is stored or signed here.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <cstring>

#include <boost/endian/conversion.hpp>

namespace fundtrail::crypto {

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

}  // namespace fundtrail::crypto
