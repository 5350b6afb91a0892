// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "crypto/result.h"
#include "crypto/timestamp.h"
#include "ledger/attestation/attestations.h"
#include "ledger/http/client.h"

namespace fundtrail::ledger::witnessing {

/// Has the text of a checkpoint, a signed note, stamped by the authority at that address (RFC 3161 section 3.4), and
/// verifies what it answers. `nonce` must be random. Errors: badInput for what is no note, and for an address that
/// answers with something else; denied where the authority refused, or is none of those that are trusted; io.
[[nodiscard]] crypto::Result<attestation::Stamp> stampCheckpoint(
    std::string_view note, std::string const& url, crypto::TimestampAuthorities const& authorities,
    std::array<std::uint8_t, 16> const& nonce,
    std::function<crypto::Result<http::Answer>(http::Request const&)> const& post = &http::post);

}  // namespace fundtrail::ledger::witnessing
