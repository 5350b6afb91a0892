// SPDX-License-Identifier: Apache-2.0
#include "crypto/witness_protocol.h"

#include "crypto/decimal.h"
#include "crypto/ensure.h"
#include "crypto/hash_line.h"
#include "crypto/lines.h"

namespace fundtrail::crypto {
namespace {

constexpr std::string_view kOld = "old ";

Error malformed(std::string const& what) {
  return Error{ErrorKind::badInput, "not a request to add a checkpoint: " + what};
}

}  // namespace

std::string formatAddCheckpoint(AddCheckpoint const& request) {
  ensure(request.proof.size() <= kMaxConsistencyProof, "a consistency proof has at most 63 hashes");
  ensure(!request.checkpoint.empty(), "a request has a checkpoint");
  std::string body = std::string(kOld) + std::to_string(request.oldSize) + "\n";
  for (Digest const& hash : request.proof) {
    body += formatHashLine(hash);
  }
  return body + "\n" + request.checkpoint;
}

Result<AddCheckpoint> parseAddCheckpoint(std::string_view body) {
  if (body.size() > kMaxAddCheckpointSize) {
    return malformed("it is larger than 128 KiB");
  }
  AddCheckpoint request;
  auto const line = takeLine(body);
  auto const old =
      line && line->starts_with(kOld) ? parseDecimal<std::uint64_t>(line->substr(kOld.size())) : std::nullopt;
  if (!old) {
    return malformed("the first line must be \"old \" and a decimal number without leading zeros");
  }
  request.oldSize = *old;
  auto proof = takeHashLines(body, kMaxConsistencyProof);
  if (!proof) {
    return malformed(proof.error().message);
  }
  request.proof = *std::move(proof);
  request.checkpoint = body;
  return request;
}

std::string formatTreeSize(std::uint64_t size) {
  return std::to_string(size) + "\n";
}

std::optional<std::uint64_t> parseTreeSize(std::string_view body) {
  if (!body.ends_with('\n')) {
    return std::nullopt;
  }
  body.remove_suffix(1);
  return parseDecimal<std::uint64_t>(body);
}

}  // namespace fundtrail::crypto
