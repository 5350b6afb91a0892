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

using FreeNumbers = boost::container::small_vector<FreeNumber, 2>;

/// Capital letters, and one dash for all.
std::string withOneSpelling(std::string text) {
  for (std::string_view const dash : {"‐", "‑", "‒", "–", "—", "―", "−"}) {
    for (auto at = text.find(dash); at != std::string::npos; at = text.find(dash)) {
      text = text.substr(0, at) + "-" + text.substr(at + dash.size());
    }
  }
  for (auto& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

void state(FreeNumbers& numbers, NumberKind kind, capnp::Text::Reader text) {
  if (text.size() != 0) numbers.push_back({kind, normalReference(textOf(text))});
}

/// What a number of that kind is unique within.
std::uint32_t scopeOf(NumberKind kind, Subject const& subject) {
  return kind == NumberKind::voucher ? subject.region.number() : kProvinceWide;
}

/// A bank numbers the lines of each account by itself.
std::string withinOf(NumberKind kind, schema::Event::Reader event) {
  if (kind != NumberKind::statementLine) return {};
  return std::string(readAccount(event.getStatementImported().getAccount().getNumber()).text()) + " ";
}

}  // namespace

std::string normalReference(std::string_view text) {
  return withOneSpelling(normalisedName(text).value_or(std::string()));
}

FreeNumbers freeNumbersOf(schema::Event::Reader event) {
  FreeNumbers numbers;
  auto const reference = [&](capnp::Text::Reader text) { state(numbers, NumberKind::bankReference, text); };
  switch (event.which()) {
    case E::TRANCHE_RECEIVED: reference(event.getTrancheReceived().getBankReference()); break;
    case E::PAYMENT_INSTRUCTED:
      state(numbers, NumberKind::voucher, event.getPaymentInstructed().getVoucherNumber());
      break;
    case E::PAYMENT_SETTLED: reference(event.getPaymentSettled().getBankReference()); break;
    case E::PAYMENT_RETURNED: reference(event.getPaymentReturned().getBankReference()); break;
    case E::RECOVERY_RECEIVED: reference(event.getRecoveryReceived().getBankReference()); break;
    case E::COST_VERIFIED:
      for (auto const line : event.getCostVerified().getLines()) {
        state(numbers, NumberKind::interestReceipt, line.getReceipt());
      }
      break;
    case E::STATEMENT_IMPORTED:
      for (auto const line : event.getStatementImported().getLines()) {
        state(numbers, NumberKind::statementLine, line.getBankReference());
      }
      break;
    default: break;
  }
  return numbers;
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
    case E::TRANCHE_RECALLED:
      collector.document(event.which(), subject.region, event.getTrancheRecalled().getNumber());
      break;
    case E::PERFORMANCE_EVALUATED:
      collector.document(event.which(), readRegion(event.getPerformanceEvaluated().getCity()),
                         event.getPerformanceEvaluated().getNumber());
      break;
    case E::FINAL_SETTLEMENT:
      collector.document(event.which(), readRegion(event.getFinalSettlement().getCity()),
                         event.getFinalSettlement().getNumber());
      break;
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
      }
      break;
    case E::STATEMENT_IMPORTED:
      collector.add(NumberKind::statement, kProvinceWide,
                    crypto::toHex(bytesOf(event.getStatementImported().getDigest())));
      break;
    default: break;
  }
  for (auto& number : freeNumbersOf(event)) {
    collector.add(number.kind, scopeOf(number.kind, subject), std::move(number.normal), withinOf(number.kind, event));
  }
  return std::move(collector.uses);
}

}  // namespace fundtrail::ledger::domain
