// SPDX-License-Identifier: Apache-2.0
#include "api/client/target.h"

#include "crypto/ensure.h"
#include "ledger/http/client.h"

namespace fundtrail::api::client {

using ledger::http::encoded;

Target& Target::then(std::string_view segment) {
  crypto::ensure(!hasQuery_, "the path comes before the query");
  text_ += '/';
  text_ += encoded(segment);
  return *this;
}

Target& Target::with(std::string_view name, std::string_view value) {
  if (value.empty()) return *this;
  text_ += hasQuery_ ? '&' : '?';
  text_ += encoded(name) + '=' + encoded(value);
  hasQuery_ = true;
  return *this;
}

Target& Target::with(std::string_view name, std::optional<std::uint64_t> value) {
  return value ? with(name, std::to_string(*value)) : *this;
}

}  // namespace fundtrail::api::client
