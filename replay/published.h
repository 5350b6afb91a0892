// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/digest.h"
#include "crypto/result.h"
#include "ledger/domain/money.h"
#include "replay/books.h"

namespace fundtrail::replay {

/// What somebody published of the cities' money: `fundtrail status --format json`, of all tranches, as it stood after
/// so many events. A value.
struct PublishedFigures {
  std::string source;          // who or what to name when it differs: the file
  std::uint64_t position = 0;  // after that many events
  std::uint64_t treeSize = 0;  // of the checkpoint that it rests on
  crypto::Digest root{};
  std::vector<CityTotals> cities;  // in the order of the file
};

/// Reads it. Amounts are whole fen. Errors: badInput for anything else, for figures of a business date (--on) or of one
/// kind of tranche (--kind), which the books of an audit do not keep apart, naming the member.
[[nodiscard]] crypto::Result<PublishedFigures> parsePublished(std::string_view json, std::string source);

/// The same from a file. Errors also: notFound, denied, io.
[[nodiscard]] crypto::Result<PublishedFigures> readPublished(std::filesystem::path const& file);

}  // namespace fundtrail::replay
