// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace fundtrail::replay::journal {

/// What an export was written from, so that its reader can name it.
struct Source {
  std::string ledger;     // its identifier, 64 hexadecimal digits
  std::string programme;  // as the ledger's founding names it
  std::uint64_t batches = 0;
  std::string root;  // over them, 64 hexadecimal digits
};

}  // namespace fundtrail::replay::journal
