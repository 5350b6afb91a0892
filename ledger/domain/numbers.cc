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

  /// A number that follows no format: spaces and full-width characters do not make it another one.
  void freeText(NumberKind kind, std::uint32_t scope, capnp::Text::Reader number, std::string_view within = {}) {
    if (number.size() != 0) add(kind, scope, checked(normalisedName(textOf(number))), within);
  }

  void bankReference(capnp::Text::Reader reference) { freeText(NumberKind::bankReference, kProvinceWide, reference); }
};

}  // namespace

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
    case E::TRANCHE_RECALLED:
      collector.document(event.which(), subject.region, event.getTrancheRecalled().getNumber());
      break;
    case E::PERFORMANCE_EVALUATED:
      collector.document(event.which(), CityCode::province(), event.getPerformanceEvaluated().getNumber());
      break;
    case E::FINAL_SETTLEMENT:
      collector.document(event.which(), CityCode::province(), event.getFinalSettlement().getNumber());
      break;
    case E::TRANCHE_RECEIVED: collector.bankReference(event.getTrancheReceived().getBankReference()); break;
    case E::CONTRACT_FILED:
      collector.add(NumberKind::contractDigest, kProvinceWide,
                    crypto::toHex(bytesOf(event.getContractFiled().getDigest())));
      break;
    case E::COST_VERIFIED:
      for (auto const line : event.getCostVerified().getLines()) {
        if (line.getInvoice().size() != 0) {
          collector.add(NumberKind::invoice, kProvinceWide,
                        std::string(checked(InvoiceNumber::parse(textOf(line.getInvoice()))).text()));
        }
        collector.freeText(NumberKind::interestReceipt, kProvinceWide, line.getReceipt());
      }
      break;
    case E::PAYMENT_INSTRUCTED:
      collector.freeText(NumberKind::voucher, subject.region.number(), event.getPaymentInstructed().getVoucherNumber());
      break;
    case E::PAYMENT_SETTLED: collector.bankReference(event.getPaymentSettled().getBankReference()); break;
    case E::PAYMENT_RETURNED: collector.bankReference(event.getPaymentReturned().getBankReference()); break;
    case E::STATEMENT_IMPORTED: {
      auto const body = event.getStatementImported();
      auto const account = std::string(readAccount(body.getAccount().getNumber()).text());
      collector.add(NumberKind::statement, kProvinceWide, crypto::toHex(bytesOf(body.getDigest())));
      for (auto const line : body.getLines()) {
        collector.freeText(NumberKind::statementLine, kProvinceWide, line.getBankReference(), account + " ");
      }
      break;
    }
    case E::RECOVERY_RECEIVED: collector.bankReference(event.getRecoveryReceived().getBankReference()); break;
    default: break;
  }
  return std::move(collector.uses);
}

}  // namespace fundtrail::ledger::domain
