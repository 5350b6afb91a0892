// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include <boost/unordered/unordered_flat_map.hpp>

#include "api/http/message.h"
#include "ledger/projections/as_of.h"

namespace fundtrail::api::service {

/// Who watches for changes, as server-sent events (WHATWG HTML, 9.2). Any thread; outlived by what it gave out.
class Changes {
 public:
  explicit Changes(std::size_t most);
  ~Changes();

  /// A stream that tells of the moment `now`, and then of each later one; nullptr where as many watch as may.
  [[nodiscard]] std::shared_ptr<http::Stream> watch(ledger::projections::Basis const& now);
  void tell(ledger::projections::Basis const& basis);
  [[nodiscard]] std::size_t watching() const;

 private:
  struct Watchers;
  class Watch;
  std::shared_ptr<Watchers> watchers_;
  std::size_t most_;
};

}  // namespace fundtrail::api::service
