// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace fundtrail::ledger::domain {

/// The hash of a value type of this module, as its hash_value says (which is also what boost::hash finds).
/// Each value type names it as its std::hash, so that both families of containers take it as a key.
template <class T>
struct ValueHash {
  std::size_t operator()(T const& value) const noexcept { return hash_value(value); }
};

}  // namespace fundtrail::ledger::domain
