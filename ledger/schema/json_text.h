// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include <boost/json/value.hpp>

#include "crypto/result.h"

namespace fundtrail::ledger::schema {

/// Reads RFC 8259 JSON, and nothing more lenient: no comments, no trailing commas, well-formed UTF-8, and no name twice
/// in one object (readers disagree on which one counts, and what is read here is signed). Error: badInput with line and
/// column, both from 1, the column in bytes.
crypto::Result<boost::json::value> parseJson(std::string_view text);

}  // namespace fundtrail::ledger::schema
