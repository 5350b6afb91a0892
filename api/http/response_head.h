// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "api/http/message.h"

namespace fundtrail::api::http {

/// How the end of a response's body is told.
enum class Ending : std::uint8_t {
  length,  // Content-Length, where the status allows a body
  chunks,  // the chunked transfer coding
  close,   // the end of the connection
};

/// Whether a response of that status may have a body (RFC 9110).
[[nodiscard]] bool hasBody(std::uint16_t status);

/// Whether status, names and values can be sent as they are: a line break in one of them would let it say more than it
/// should.
[[nodiscard]] bool isSound(Response const& response);

/// The status line and the fields, with the empty line behind them. The response must be sound; fields that follow from
/// the rest (Content-Type, Content-Length, Connection, X-Request-Id) are added.
[[nodiscard]] std::string formatHead(Response const& response, std::string_view id, Ending ending, bool keepAlive);

/// One chunk of the chunked coding. An empty piece is none: it would end the body.
[[nodiscard]] std::string formatChunk(std::string_view piece);

}  // namespace fundtrail::api::http
