// SPDX-License-Identifier: Apache-2.0
// U1 and U2: identifiers are valid, and used once.

#include <fmt/format.h>

#include "crypto/keys.h"
#include "ledger/domain/identifiers.h"
#include "ledger/domain/numbers.h"
#include "ledger/domain/rule.h"
#include "ledger/schema/shape.h"

namespace fundtrail::ledger::domain {

namespace {

using schema::Format;

bool isValid(schema::FormattedValue const& value) {
  auto const region = [&] { return CityCode::fromNumber(value.number); };
  switch (value.format) {
    case Format::NONE: return true;
    case Format::DATE: return Date::fromNumber(value.number).has_value();
    case Format::REGION: return region().has_value();
    case Format::CITY: return region() && region()->isCity();
    case Format::COUNTY: return region() && region()->isCounty();
    case Format::USCC: return Uscc::parse(value.text).has_value();
    case Format::CNAPS: return CnapsCode::parse(value.text).has_value();
    case Format::INDUSTRY: return IndustryCode::parse(value.text).has_value();
    case Format::ACCOUNT: return AccountNumber::parse(value.text).has_value();
    case Format::INVOICE: return InvoiceNumber::parse(value.text).has_value();
    case Format::DOCUMENT_NUMBER: return DocumentNumber::parse(value.text).has_value();
    case Format::PUBLIC_KEY: return crypto::PublicKey::fromSpki(crypto::asBytes(value.text)).has_value();
  }
  return false;
}

std::string shown(schema::FormattedValue const& value) {
  if (value.format == Format::PUBLIC_KEY) return crypto::toHex(crypto::asBytes(value.text));
  return value.text.empty() ? std::to_string(value.number) : std::string(value.text);
}

std::string_view kindZh(NumberKind kind) {
  switch (kind) {
    case NumberKind::documentNumber: return "文号";
    case NumberKind::invoice: return "发票号码";
    case NumberKind::contractDigest: return "合同";
    case NumberKind::bankReference: return "银行流水号";
    case NumberKind::voucher: return "支付凭证号";
    case NumberKind::statement: return "对账单文件";
    case NumberKind::statementLine: return "对账单银行流水号";
    case NumberKind::interestReceipt: return "利息回单号";
  }
  return "";
}

std::string_view kindEn(NumberKind kind) {
  switch (kind) {
    case NumberKind::documentNumber: return "document number";
    case NumberKind::invoice: return "invoice number";
    case NumberKind::contractDigest: return "contract";
    case NumberKind::bankReference: return "bank reference";
    case NumberKind::voucher: return "voucher number";
    case NumberKind::statement: return "statement file";
    case NumberKind::statementLine: return "a statement line's bank reference";
    case NumberKind::interestReceipt: return "interest receipt";
  }
  return "";
}

}  // namespace

Objection identifiersAreValid(schema::Event::Reader event) {
  Objection objection;
  schema::visitFormatted(event, [&](schema::FormattedValue const& value) {
    if (isValid(value)) return true;
    objection = Text{fmt::format("{}无效：{}", value.field.zh, shown(value)),
                     fmt::format("{} is not valid: {}", value.field.english, shown(value))};
    return false;
  });
  if (objection) return objection;
  // A number of spaces would be used once, province-wide, instead of not at all.
  for (auto const& number : freeNumbersOf(event)) {
    if (!number.normal.empty()) continue;
    return Text{fmt::format("{}只有空格", kindZh(number.kind)), fmt::format("the {} is blank", kindEn(number.kind))};
  }
  return std::nullopt;
}

Objection numbersAreUsedOnce(Judgement const& judgement) {
  for (auto const& use : judgement.numbers) {
    if (!judgement.state.numbers.contains(use.number) && !judgement.history.used(use.number)) continue;
    auto const* const released = judgement.state.releasedNumbers.find(use.number);
    if (released && *released) continue;
    return Text{fmt::format("{} {} 已经使用过", kindZh(use.kind), use.text),
                fmt::format("{} {} has been used before", kindEn(use.kind), use.text)};
  }
  return std::nullopt;
}

}  // namespace fundtrail::ledger::domain
