// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/uscc.h"

// What the ledger does not hold and the auditor brings, as tables (docs/AUDIT_INPUT.md): who stands behind an
// organisation, and what moved between the accounts of enterprises and providers. Names and account numbers are kept in
// the form in which they are compared.

namespace fundtrail::replay::indicators {

namespace domain = ledger::domain;

struct RegistryEntry {
  enum class Kind : std::uint8_t { representative, shareholder, phone, address, account };
  domain::Uscc uscc;
  Kind kind;
  std::string value;
  friend bool operator==(RegistryEntry const&, RegistryEntry const&) = default;
};
[[nodiscard]] std::string_view name(RegistryEntry::Kind kind);
[[nodiscard]] std::string_view nameZh(RegistryEntry::Kind kind);

/// Of each side the account, the name, or both.
struct Movement {
  std::size_t line;  // of the file
  domain::Date date;
  std::string fromAccount;
  std::string fromName;
  std::string toAccount;
  std::string toName;
  domain::Fen amount;
  friend bool operator==(Movement const&, Movement const&) = default;
};

struct Supplements {
  std::optional<std::vector<RegistryEntry>> registry{};
  std::optional<std::vector<Movement>> movements{};
};

/// Error: badInput, with the line.
[[nodiscard]] crypto::Result<std::vector<RegistryEntry>> readRegistry(std::string_view csv);
[[nodiscard]] crypto::Result<std::vector<Movement>> readMovements(std::string_view csv);

}  // namespace fundtrail::replay::indicators
