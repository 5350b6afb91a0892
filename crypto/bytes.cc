// SPDX-License-Identifier: Apache-2.0
#include "crypto/bytes.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fundtrail::crypto {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNotADigit = 0xff;

using DigitValues = std::array<std::uint8_t, 256>;

constexpr DigitValues valuesOf(std::string_view digits) {
  DigitValues values;
  values.fill(kNotADigit);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}

constexpr DigitValues kHexValues = [] {
  DigitValues values = valuesOf(kHexDigits);
  for (unsigned char upper = 'A'; upper <= 'F'; ++upper) {
    values[upper] = static_cast<std::uint8_t>(upper - 'A' + 10);
  }
  return values;
}();

constexpr DigitValues kBase64Values = valuesOf(kBase64Digits);

std::uint8_t valueOf(DigitValues const& values, char digit) {
  return values[static_cast<unsigned char>(digit)];
}

}  // namespace

BytesView asBytes(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

std::string_view asText(BytesView bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

Bytes concatenate(std::initializer_list<BytesView> parts) {
  Bytes bytes;
  for (BytesView const part : parts) {
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  return bytes;
}

std::string toHex(BytesView bytes) {
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (std::uint8_t const byte : bytes) {
    hex += kHexDigits[byte >> 4];
    hex += kHexDigits[byte & 0x0f];
  }
  return hex;
}

std::optional<Bytes> fromHex(std::string_view hex) {
  if (hex.size() % 2 != 0) {
    return std::nullopt;
  }
  Bytes bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    std::uint8_t const high = valueOf(kHexValues, hex[i]);
    std::uint8_t const low = valueOf(kHexValues, hex[i + 1]);
    if (high == kNotADigit || low == kNotADigit) {
      return std::nullopt;
    }
    bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return bytes;
}

std::string toBase64(BytesView bytes) {
  std::string base64;
  base64.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::size_t const count = std::min<std::size_t>(bytes.size() - i, 3);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8 | (j < count ? bytes[i + j] : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      base64 += j <= count ? kBase64Digits[group >> (18 - 6 * j) & 0x3f] : '=';
    }
  }
  return base64;
}

std::optional<Bytes> fromBase64(std::string_view base64) {
  if (base64.size() % 4 != 0) {
    return std::nullopt;
  }
  std::size_t const padding = base64.ends_with("==") ? 2 : base64.ends_with('=') ? 1 : 0;
  std::string_view const digits = base64.substr(0, base64.size() - padding);
  Bytes bytes;
  bytes.reserve(digits.size() * 3 / 4);
  std::uint32_t pending = 0;  // Bits read and not yet written; the lowest `bits` of it count.
  unsigned bits = 0;
  for (char const digit : digits) {
    std::uint8_t const value = valueOf(kBase64Values, digit);
    if (value == kNotADigit) {
      return std::nullopt;
    }
    pending = (pending << 6 | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<std::uint8_t>(pending >> bits & 0xff));
    }
  }
  bool const unusedBitsAreZero = (pending & ((1U << bits) - 1)) == 0;
  return unusedBitsAreZero ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace fundtrail::crypto
