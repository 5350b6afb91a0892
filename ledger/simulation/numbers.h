// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"

// Made-up numbers that are formed like real ones, check characters included. None is given twice.

namespace fundtrail::ledger::simulation {

struct BankAccount {
  std::string number;
  std::string bank;  // CNAPS code
  std::string bankName;
};

class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : offset_(seed) {}

  /// Unified social credit code of a company registered in the region.
  std::string uscc(domain::CityCode region);
  /// An account with a bank in the city. The programme's 14 cities only.
  BankAccount account(domain::CityCode city);
  /// An electronic invoice (数电发票), 20 digits.
  std::string invoice(domain::Date date);
  /// A bank's receipt for a quarter's interest.
  std::string interestReceipt(domain::Date date);
  std::string bankReference(domain::Date date);
  std::string voucher(domain::CityCode city, domain::Date date);

 private:
  std::uint64_t offset_;
  std::uint64_t companies_ = 0;
  std::uint64_t accounts_ = 0;
  std::uint64_t invoices_ = 0;
  std::uint64_t receipts_ = 0;
  std::uint64_t references_ = 0;
  std::uint64_t vouchers_ = 0;
};

}  // namespace fundtrail::ledger::simulation
