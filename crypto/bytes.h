// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fundtrail::crypto {

using Bytes = std::vector<std::uint8_t>;

/// Bytes that someone else owns and keeps alive.
using BytesView = std::span<std::uint8_t const>;

/// The bytes of a text, not copied.
BytesView asBytes(std::string_view text);

/// The same bytes as text, not copied. Nothing says that they are UTF-8.
std::string_view asText(BytesView bytes);

/// The parts, one after the other.
Bytes concatenate(std::initializer_list<BytesView> parts);

/// Two lowercase hexadecimal digits per byte.
std::string toHex(BytesView bytes);

/// The bytes that pairs of hexadecimal digits stand for; both cases are taken. Nothing for an odd length or any other
/// character.
std::optional<Bytes> fromHex(std::string_view hex);

/// RFC 4648 section 4: the standard alphabet, with padding, without line breaks.
std::string toBase64(BytesView bytes);

/// The inverse of toBase64, and nothing else: nothing for missing padding, white space, the URL alphabet, or unused
/// bits that are not zero. So every sequence of bytes has exactly one encoding that is accepted.
std::optional<Bytes> fromBase64(std::string_view base64);

}  // namespace fundtrail::crypto
