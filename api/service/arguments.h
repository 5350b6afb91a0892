// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/service/negotiation.h"
#include "api/views/reader.h"
#include "crypto/result.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/uscc.h"

// What an endpoint takes in its path and its query, said once: requests are held against it, and OpenAPI shows it.

namespace fundtrail::api::service {

enum class Kind : std::uint8_t {
  text,      // at most 200 bytes
  event,     // a number, or 64 hexadecimal digits
  number,    // decimal, up to 2^53
  limit,     // 1 to 1000
  date,      // 2025-06-30
  city,      // the code of GB/T 2260 of a city, or of the province
  uscc,      // unified social credit code
  boolean,   // true or false
  choice,    // one of `choices`
  sort,      // names of fields with commas between them, '-' before one that is to fall
  cursor,    // what a Link of an earlier answer held
  tilePath,  // the rest of a path
};

struct Parameter {
  std::string_view name;
  Kind kind;
  views::Text summary;
  std::vector<std::string> (*choices)() = nullptr;
};

/// The arguments of one call, which are of their kinds. A value.
class Arguments {
 public:
  /// Holds path and query against what an endpoint takes. Error: badInput that names the parameter, in the reader's
  /// language; notFound where it stands in the path.
  [[nodiscard]] static crypto::Result<Arguments> read(views::Reader const& reader, std::span<Parameter const> inPath,
                                                      std::map<std::string, std::string, std::less<>> const& path,
                                                      std::span<Parameter const> inQuery, Query const& query);

  /// Empty where it is not stated.
  [[nodiscard]] std::string const& text(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return !text(name).empty(); }
  [[nodiscard]] std::optional<std::uint64_t> number(std::string_view name) const;
  [[nodiscard]] std::optional<ledger::domain::Date> date(std::string_view name) const;
  [[nodiscard]] std::optional<ledger::domain::CityCode> city(std::string_view name) const;
  [[nodiscard]] std::optional<ledger::domain::Uscc> uscc(std::string_view name) const;
  [[nodiscard]] bool isTrue(std::string_view name) const { return text(name) == "true"; }

  /// The same arguments have the same text: for caches.
  [[nodiscard]] std::string canonical() const;
  /// As a query, with some of them in the place of others.
  [[nodiscard]] std::string queryWith(std::map<std::string, std::string, std::less<>> const& changed) const;

 private:
  std::map<std::string, std::string, std::less<>> path_;
  std::map<std::string, std::string, std::less<>> query_;
};

}  // namespace fundtrail::api::service
