// SPDX-License-Identifier: Apache-2.0
// 红字冲销: what an event did to the records is undone when its reversal is confirmed. Rule X2 saw to it that nothing
// rests on it.

#include <algorithm>

#include "crypto/ensure.h"
#include "ledger/domain/evolution.h"
#include "ledger/domain/numbers.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

using E = schema::Event::Which;

void Evolution::takeBack() {
  schema::Message<schema::Event> const message(subject_.reversed->bytes.bytes());
  auto const target = message.root();
  auto const number = subject_.reversed->context.number;
  releaseNumbers(target);
  switch (target.which()) {
    case E::TRANCHE_RECEIVED:
    case E::TRANCHE_SPLIT:
    case E::TRANCHE_ADJUSTED:
    case E::TRANCHE_RECALLED: std::erase(state_.tranches.edit(*subject_.trancheRef).moves, number); return;

    case E::FINAL_SETTLEMENT:
      state_.cities.edit(readRegion(target.getFinalSettlement().getCity())).settlement.reset();
      return;

    case E::CONTRACT_FILED: state_.contracts.edit(*subject_.contractRef).withdrawn = true; return;
    case E::PROJECT_ENROLLED: {
      auto& record = project();
      record.stage = ProjectStage::withdrawn;
      record.steps.pop_back();
      for (auto const& ref : record.contracts) state_.contracts.edit(ref).enrolled = false;
      return;
    }
    case E::APPLICATION_SUBMITTED:
    case E::APPLICATION_REVIEWED: return stepBack();
    case E::SITE_CHECKED: {
      auto& inspections = project().inspections;
      inspections.erase(std::remove_if(inspections.begin(), inspections.end(),
                                       [number](Inspection const& inspection) { return inspection.check == number; }),
                        inspections.end());
      return stepBack();
    }
    case E::LEVEL_ASSESSED: project().assessments.pop_back(); return stepBack();
    case E::COST_VERIFIED:
      project().eligible = Fen();
      project().products.clear();
      return stepBack();
    case E::PROJECT_ACCEPTED:
      project().level = 0;
      project().acceptedOn.reset();
      return stepBack();
    case E::SUBSIDY_PROPOSED:
      // Proposed a second time, on what was spent: the first proposal is what was awarded.
      project().subsidy = project().award ? state_.awards.find(*project().award)->amount : Fen();
      return stepBack();
    case E::PUBLICITY_OPENED:
    case E::PUBLICITY_CLOSED: {
      auto& publicity = state_.publicities.edit(*subject_.publicityRef);
      publicity.withdrawn = target.isPublicityOpened();
      publicity.closedBy.reset();
      for (auto const& ref : publicity.projects) {
        auto& record = state_.projects.edit(ref);
        if (record.steps.back().event != number) continue;  // left out of it by an objection
        record.stage = static_cast<ProjectStage>(record.steps.back().before);
        record.steps.pop_back();
      }
      return;
    }
    case E::AWARD_APPROVED: return takeBackAward();
    case E::AWARD_WITHDRAWN: award().withdrawn = false; return stepBack();

    case E::PAYMENT_REVIEWED:
    case E::PAYMENT_CANCELLED:
      if (payment().stage == PaymentStage::cancelled) changeAward(payment().draws, &AwardDraw::requested, Sign::plus);
      return stepBackPayment();
    case E::PAYMENT_APPROVED:
    case E::PAYMENT_INSTRUCTED:
    case E::PAYMENT_RETURNED: return stepBackPayment();
    case E::PAYMENT_SETTLED: changeAward(payment().draws, &AwardDraw::paid, Sign::minus); return stepBackPayment();

    case E::RECOVERY_ORDERED: {
      auto& record = recovery();
      state_.awards.edit(record.award).recoveryOrdered -= record.ordered;
      record.ordered = Fen();
      record.steps.pop_back();
      return;
    }
    case E::RECOVERY_RECEIVED:
      receiveRecovery(target.getRecoveryReceived(), Sign::minus);
      recovery().steps.pop_back();
      return;

    case E::STATEMENT_IMPORTED: {
      auto& statement = state_.statements.edit(*subject_.statementRef);
      statement.lines.clear();
      state_.accountBooks.edit(statement.account).statements.pop_back();
      return;
    }
    case E::LINE_MATCHED: return matchLine(target.getLineMatched(), Sign::minus);
    case E::LINE_EXPLAINED: line(target.getLineExplained().getLine()).settledBy.reset(); return;

    default: crypto::abortOnBug("only events that rule X2 knows are reversed");
  }
}

/// What a wrong record used up and the world still holds, as it was, may be recorded again: a bank's reference, an
/// invoice, a contract. Vouchers and documents are ours: theirs stay used, as numbering has no second of a kind.
void Evolution::releaseNumbers(schema::Event::Reader target) {
  for (auto const& use : numbersOf(target, subject_)) {
    if (use.kind == NumberKind::voucher || use.kind == NumberKind::documentNumber) continue;
    if (state_.releasedNumbers.contains(use.number)) {
      state_.releasedNumbers.edit(use.number) = true;
    } else {
      state_.releasedNumbers.insert(use.number, true);
    }
  }
}

void Evolution::stepBack() {
  auto& record = project();
  record.stage = static_cast<ProjectStage>(record.steps.back().before);
  record.steps.pop_back();
}

void Evolution::stepBackPayment() {
  auto& record = payment();
  record.stage = static_cast<PaymentStage>(record.steps.back().before);
  record.steps.pop_back();
}

void Evolution::takeBackAward() {
  project().award.reset();
  award().withdrawn = true;
  stepBack();
}

}  // namespace fundtrail::ledger::domain
