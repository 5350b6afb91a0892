// SPDX-License-Identifier: Apache-2.0
#include "ledger/witnessing/time_stamping.h"

#include <utility>

#include <fmt/format.h>

#include "crypto/checkpoint_note.h"
#include "crypto/note.h"

namespace fundtrail::ledger::witnessing {

using crypto::Error;
using crypto::ErrorKind;

crypto::Result<attestation::Stamp> stampCheckpoint(
    std::string_view note, std::string const& url, crypto::TimestampAuthorities const& authorities,
    std::array<std::uint8_t, 16> const& nonce,
    std::function<crypto::Result<http::Answer>(http::Request const&)> const& post) {
  if (auto const stated = crypto::readCheckpointNote(note); !stated) return stated.error();
  auto const text = crypto::parseNote(note)->text;
  auto const request = crypto::makeTimestampRequest(text, nonce);
  http::Request asked{url, "application/timestamp-query", request};
  asked.mostBytes = crypto::kMaxTimestampSize;
  auto const answer = post(asked);
  if (!answer) return answer.error();
  if (answer->status != 200) {
    return Error{ErrorKind::io, fmt::format("{} answers with status {}: check the address", url, answer->status),
                 fmt::format("{} 的回答状态为 {}：请核对网址", url, answer->status)};
  }
  auto token = authorities.takeResponse(request, crypto::asBytes(answer->body), text);
  if (!token) return token.error().of(url);
  return attestation::Stamp{std::string(note), *std::move(token)};
}

}  // namespace fundtrail::ledger::witnessing
