// SPDX-License-Identifier: Apache-2.0
#include "replay/journal/names.h"

#include <fmt/format.h>

#include "crypto/ensure.h"
#include "ledger/domain/codes.h"

namespace fundtrail::replay::journal {

std::string decimalYuan(domain::Fen amount) {
  auto const magnitude = amount.isNegative() ? -amount.count() : amount.count();
  return fmt::format("{}{}.{:02}", amount.isNegative() ? "-" : "", magnitude / 100, magnitude % 100);
}

ledger::commandline::Text titleOf(Account account) {
  switch (account) {
    case Account::outside: return {"资金来源", "funding"};
    case Account::issued: return {"已下达未到账", "issued"};
    case Account::available: return {"可用", "available"};
    case Account::reserved: return {"已核定待拨付", "reserved"};
    case Account::inFlight: return {"在途", "in flight"};
    case Account::paid: return {"已支付", "paid"};
    case Account::returnedToTreasury: return {"已缴回国库", "returned to treasury"};
    case Account::recalled: return {"已收回", "recalled"};
  }
  crypto::abortOnBug("every account has a name");
}

std::string holderOf(std::uint32_t county, schema::Language language) {
  bool const chinese = language == schema::Language::zh;
  if (county == 0) return chinese ? "市本级" : "city";
  auto const code = domain::CityCode::fromNumber(county);
  crypto::ensure(code.has_value(), "counties of a lawful event are in the table");
  return std::string(chinese ? domain::cityNameZh(*code) : domain::cityNameEn(*code));
}

}  // namespace fundtrail::replay::journal
