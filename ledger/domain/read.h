// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <capnp/blob.h>

#include "crypto/ensure.h"
#include "ledger/domain/account_number.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "ledger/schema/limits.h"

// Wraps the values of an event that has passed checkShape() and rule U2 in their strong types. A value that does not
// fit is a bug of the caller, who let an unchecked event through.

namespace fundtrail::ledger::domain {

inline crypto::BytesView bytesOf(capnp::Data::Reader data) {
  return {data.begin(), data.size()};
}
inline std::string_view textOf(capnp::Text::Reader text) {
  return {text.begin(), text.size()};
}

template <class T>
T checked(std::optional<T> value) {
  crypto::ensure(value.has_value(), "values of an examined event are valid");
  return *std::move(value);
}

inline EventRef readRef(capnp::Data::Reader data) {
  return checked(EventRef::from(bytesOf(data)));
}
inline KeyId readKeyId(capnp::Data::Reader data) {
  return checked(KeyId::from(bytesOf(data)));
}
static_assert(Fen::kMaxMagnitude == schema::kMaxAmountFen, "what checkShape lets through is an amount");
inline Fen readFen(std::int64_t fen) {
  return Fen::literal(fen);
}
inline Date readDate(std::uint32_t number) {
  return checked(Date::fromNumber(number));
}
inline CityCode readRegion(std::uint32_t number) {
  return checked(CityCode::fromNumber(number));
}
inline Uscc readUscc(capnp::Text::Reader text) {
  return checked(Uscc::parse(textOf(text)));
}
inline AccountNumber readAccount(capnp::Text::Reader text) {
  return checked(AccountNumber::parse(textOf(text)));
}

}  // namespace fundtrail::ledger::domain
