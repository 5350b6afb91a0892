// SPDX-License-Identifier: Apache-2.0
#include "replay/indicators/supplements.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/account_name.h"
#include "ledger/domain/account_number.h"
#include "replay/csv/csv.h"

namespace fundtrail::replay::indicators {

using crypto::Result;

namespace {

using Kind = RegistryEntry::Kind;

struct KindName {
  Kind kind;
  std::string_view en;
  std::string_view zh;
};
constexpr std::array<KindName, 5> kKinds = {{{Kind::representative, "representative", "法定代表人"},
                                             {Kind::shareholder, "shareholder", "股东"},
                                             {Kind::phone, "phone", "电话"},
                                             {Kind::address, "address", "地址"},
                                             {Kind::account, "account", "银行账户"}}};

KindName const& rowOf(Kind kind) {
  return *std::ranges::find(kKinds, kind, &KindName::kind);
}

crypto::Error notAnAccount(csv::Row const& row, std::string const& typed) {
  return csv::wrong(row, fmt::format("{} is no account number: 8 to 32 digits", typed),
                    fmt::format("{} 不是账号：应为 8 至 32 位数字", typed));
}

/// Empty where nothing is typed.
Result<std::string> accountIn(csv::Row const& row, std::string const& typed) {
  if (typed.empty()) return std::string();
  auto const account = domain::AccountNumber::parse(typed);
  if (!account) return notAnAccount(row, typed);
  return std::string(account->text());
}

std::string comparable(std::string const& name) {
  return domain::normalisedName(name).value_or(name);  // the reader saw to it that it is UTF-8
}

}  // namespace

std::string_view name(Kind kind) {
  return rowOf(kind).en;
}

std::string_view nameZh(Kind kind) {
  return rowOf(kind).zh;
}

Result<std::vector<RegistryEntry>> readRegistry(std::string_view csv) {
  static constexpr std::array<std::string_view, 3> kColumns = {"uscc", "kind", "value"};
  auto const rows = csv::read(csv, kColumns);
  if (!rows) return rows.error();
  std::vector<RegistryEntry> entries;
  for (auto const& row : *rows) {
    auto const& code = row.fields[0];
    auto const& kindName = row.fields[1];
    auto const& value = row.fields[2];
    auto const uscc = domain::Uscc::parse(code);
    if (!uscc) {
      return csv::wrong(row, fmt::format("{} is no unified social credit code", code),
                        fmt::format("{} 不是统一社会信用代码", code));
    }
    auto const kind = std::ranges::find(kKinds, kindName, &KindName::en);
    if (kind == kKinds.end()) {
      return csv::wrong(
          row, fmt::format("{} is no kind: representative, shareholder, phone, address or account", kindName),
          fmt::format("{} 不是种类：应为 representative、shareholder、phone、address 或 account", kindName));
    }
    auto comparableValue = kind->kind == Kind::account ? accountIn(row, value) : Result<std::string>(comparable(value));
    if (!comparableValue) return comparableValue.error();
    if (comparableValue->empty()) return csv::wrong(row, "the value is empty", "值为空");
    entries.push_back({*uscc, kind->kind, *std::move(comparableValue)});
  }
  return entries;
}

Result<std::vector<Movement>> readMovements(std::string_view csv) {
  static constexpr std::array<std::string_view, 6> kColumns = {"date",       "from_account", "from_name",
                                                               "to_account", "to_name",      "amount"};
  auto const rows = csv::read(csv, kColumns);
  if (!rows) return rows.error();
  std::vector<Movement> movements;
  for (auto const& row : *rows) {
    auto const date = domain::Date::parse(row.fields[0]);
    if (!date) {
      return csv::wrong(row, fmt::format("{} is no date: write 2025-05-21", row.fields[0]),
                        fmt::format("{} 不是日期：请写作 2025-05-21", row.fields[0]));
    }
    auto const amount = domain::parseYuan(row.fields[5]);
    if (!amount || !amount->isPositive()) {
      return csv::wrong(row, fmt::format("{} is no amount above 0: write yuan as 1234.50", row.fields[5]),
                        fmt::format("{} 不是大于 0 的金额：请以元书写，如 1234.50", row.fields[5]));
    }
    auto from = accountIn(row, row.fields[1]);
    if (!from) return from.error();
    auto to = accountIn(row, row.fields[3]);
    if (!to) return to.error();
    Movement movement{
        row.line, *date, *std::move(from), comparable(row.fields[2]), *std::move(to), comparable(row.fields[4]),
        *amount};
    if ((movement.fromAccount.empty() && movement.fromName.empty()) ||
        (movement.toAccount.empty() && movement.toName.empty())) {
      return csv::wrong(row, "each side needs an account or a name", "付款方与收款方都须有账号或户名");
    }
    movements.push_back(std::move(movement));
  }
  return movements;
}

}  // namespace fundtrail::replay::indicators
