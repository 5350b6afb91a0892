// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"

// The tables that an auditor brings, as RFC 4180 has them and nothing more lenient: what is read as evidence must not
// be guessed at.
//
//   UTF-8, a byte order mark in front of it is passed over; lines end in LF or CRLF; the last need not.
//   The first line names the columns, each of those asked for once, in any order, and no other.
//   A field that holds a comma or a quotation mark stands in quotation marks, and a mark within is doubled. No field
//   holds a line break or another control character; white space belongs to its field.
//   Every line has as many fields as the first. Empty lines may stand at the end alone.

namespace fundtrail::replay::csv {

struct Row {
  std::size_t line;                 // from 1, as an editor counts
  std::vector<std::string> fields;  // in the order of the columns that were asked for
  friend bool operator==(Row const&, Row const&) = default;
};

/// The rows below the names. Any bytes are safe to pass. Error: badInput, with the line.
[[nodiscard]] crypto::Result<std::vector<Row>> read(std::string_view text, std::span<std::string_view const> columns);

/// The error for a row whose fields are well-formed and mean nothing.
[[nodiscard]] crypto::Error wrong(Row const& row, std::string const& en, std::string const& zh);

}  // namespace fundtrail::replay::csv
