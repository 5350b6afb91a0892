// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/numbers.h"

#include <algorithm>

#include "crypto/bytes.h"
#include "ledger/domain/account_name.h"
#include "ledger/domain/document_number.h"
#include "ledger/domain/invoice_number.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

constexpr std::uint32_t kProvinceWide = 0;

class Collector {
 public:
  NumberUses uses;

  void add(NumberKind kind, std::uint32_t scope, std::string text, std::string_view within = {}) {
    auto const number = UsedNumber::of(kind, scope, std::string(within) + text);
    if (std::ranges::find(uses, number, &NumberUse::number) != uses.end()) return;
    uses.push_back({number, kind, std::move(text)});
  }

  /// One 文号 may announce money for many cities, and one office may issue a plan and a policy under numbers of its
  /// own: a document is used once per type of event and city.
  void document(E type, CityCode city, capnp::Text::Reader number) {
    auto const normal = checked(DocumentNumber::parse(textOf(number)));
    add(NumberKind::documentNumber, city.number(), normal.text(), std::to_string(static_cast<unsigned>(type)) + " ");
  }
};

std::string_view bankReferenceOf(schema::Event::Reader event) {
  switch (event.which()) {
    case E::TRANCHE_RECEIVED: return textOf(event.getTrancheReceived().getBankReference());
    case E::PAYMENT_SETTLED: return textOf(event.getPaymentSettled().getBankReference());
    case E::PAYMENT_RETURNED: return textOf(event.getPaymentReturned().getBankReference());
    case E::RECOVERY_RECEIVED: return textOf(event.getRecoveryReceived().getBankReference());
    default: return {};
  }
}

}  // namespace

std::optional<FreeNumber> freeNumberOf(schema::Event::Reader event) {
  bool const isVoucher = event.isPaymentInstructed();
  auto const text = isVoucher ? textOf(event.getPaymentInstructed().getVoucherNumber()) : bankReferenceOf(event);
  if (text.empty()) return std::nullopt;
  return FreeNumber{isVoucher ? NumberKind::voucher : NumberKind::bankReference, checked(normalisedName(text))};
}

NumberUses numbersOf(schema::Event::Reader event, Subject const& subject) {
  Collector collector;
  switch (event.which()) {
    case E::POLICY_PUBLISHED:
      collector.document(event.which(), CityCode::province(), event.getPolicyPublished().getNumber());
      break;
    case E::CITY_PLAN_FILED:
      collector.document(event.which(), subject.region, event.getCityPlanFiled().getNumber());
      break;
    case E::TRANCHE_ISSUED:
      collector.document(event.which(), subject.region, event.getTrancheIssued().getNumber());
      break;
    case E::TRANCHE_ADJUSTED:
      collector.document(event.which(), subject.region, event.getTrancheAdjusted().getNumber());
      break;
    case E::CONTRACT_FILED:
      collector.add(NumberKind::contractDigest, kProvinceWide,
                    crypto::toHex(bytesOf(event.getContractFiled().getDigest())));
      break;
    case E::COST_VERIFIED:
      for (auto const line : event.getCostVerified().getLines()) {
        collector.add(NumberKind::invoice, kProvinceWide,
                      std::string(checked(InvoiceNumber::parse(textOf(line.getInvoice()))).text()));
      }
      break;
    default: break;
  }
  if (auto number = freeNumberOf(event)) {
    auto const scope = number->kind == NumberKind::voucher ? subject.region.number() : kProvinceWide;
    collector.add(number->kind, scope, std::move(number->normal));
  }
  return std::move(collector.uses);
}

}  // namespace fundtrail::ledger::domain
