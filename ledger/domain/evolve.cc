// SPDX-License-Identifier: Apache-2.0
// What is the same for every event, and which method changes the records.

#include "crypto/ensure.h"
#include "ledger/domain/admit.h"
#include "ledger/domain/authority.h"
#include "ledger/domain/evolution.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

using E = schema::Event::Which;

Evolution::Evolution(State& state, Case const& about)
    : state_(state),
      about_(about),
      context_(about.context),
      event_(about.event),
      subject_(about.subject),
      author_(checked(state.personOf(about.context.author))) {}

Date Evolution::occurredOn() const {
  return readDate(event_.getOccurredOn());
}

void Evolution::run() {
  if (event_.isTrancheIssued()) openTranche(event_.getTrancheIssued());
  for (auto const& posting : about_.postings) state_.tranches.edit(posting.tranche).apply(posting);
  for (auto const& use : about_.numbers) {
    state_.numbers.add(use.number);
    if (state_.releasedNumbers.contains(use.number)) state_.releasedNumbers.edit(use.number) = false;
  }
  if (authorityOf(event_.which()).secondPerson) {
    state_.pending.insert(context_.ref, PendingChange{context_, author_, schema::canonical<schema::Event>(event_)});
  } else {
    apply(event_, context_.ref);
  }
}

void Evolution::apply(schema::Event::Reader event, EventRef const& ref) {
  switch (event.which()) {
    case E::POLICY_PUBLISHED: return publishPolicy(event.getPolicyPublished());
    case E::CITY_DESIGNATED: return designateCity(event.getCityDesignated());
    case E::CITY_PLAN_FILED: return filePlan(event.getCityPlanFiled());
    case E::TRANCHE_ISSUED: return;  // opened by run(), filled by its posting
    case E::TRANCHE_RECEIVED:
    case E::TRANCHE_SPLIT:
    case E::TRANCHE_ADJUSTED:
    case E::TRANCHE_RECALLED: return noteTrancheMove();
    case E::PERFORMANCE_EVALUATED:
      state_.cities.edit(readRegion(event.getPerformanceEvaluated().getCity())).evaluatedOn = occurredOn();
      return;
    case E::FINAL_SETTLEMENT: return settleCity(event.getFinalSettlement());

    case E::ORGANISATION_REGISTERED: return registerOrganisation(event.getOrganisationRegistered());
    case E::BANK_ACCOUNT_CHANGED: return changeAccount(event.getBankAccountChanged());
    case E::ORGANISATION_RENAMED: return renameOrganisation(event.getOrganisationRenamed());
    case E::PROVIDER_LISTED: return listProvider(event.getProviderListed());
    case E::PROVIDER_DELISTED: return delistProvider(event.getProviderDelisted());
    case E::PRODUCT_LISTED: return listProduct(event.getProductListed());
    case E::PRODUCT_PRICE_CHANGED: return changePrice(event.getProductPriceChanged());
    case E::PRODUCT_DELISTED: return delistProduct(event.getProductDelisted());
    case E::COMPLAINT_FILED: return fileComplaint(event.getComplaintFiled());
    case E::COMPLAINT_CLOSED: state_.complaints.edit(*subject_.complaintRef).closed = true; return;

    case E::CONTRACT_FILED: return fileContract(event.getContractFiled());
    case E::PROJECT_ENROLLED: return enrolProject(event.getProjectEnrolled());
    case E::LEVEL_ASSESSED: return assess(event.getLevelAssessed());
    case E::APPLICATION_SUBMITTED: return advance(ProjectStage::submitted);
    case E::APPLICATION_REVIEWED: return judged(event.getApplicationReviewed().getOutcome(), ProjectStage::reviewed);
    case E::SITE_CHECKED: return checkSite(event.getSiteChecked());
    case E::COST_VERIFIED: return verifyCost(event.getCostVerified());
    case E::PROJECT_ACCEPTED: return accept(event.getProjectAccepted());

    case E::SUBSIDY_PROPOSED:
      advance(ProjectStage::proposed);
      project().subsidy = readFen(event.getSubsidyProposed().getSubsidyFen());
      return;
    case E::PUBLICITY_OPENED: return openPublicity(event.getPublicityOpened());
    case E::OBJECTION_RAISED: return raiseObjection();
    case E::OBJECTION_RESOLVED: return resolveObjection(event.getObjectionResolved());
    case E::PUBLICITY_CLOSED: return closePublicity();
    case E::AWARD_APPROVED: return approveAward(event.getAwardApproved());
    case E::AWARD_WITHDRAWN: return withdrawAward();

    case E::PAYMENT_REQUESTED: return requestPayment(event.getPaymentRequested());
    case E::PAYMENT_REVIEWED:
      return advancePayment(event.getPaymentReviewed().getOutcome() == schema::Outcome::PASS ? PaymentStage::reviewed
                                                                                             : PaymentStage::cancelled);
    case E::PAYMENT_APPROVED: return advancePayment(PaymentStage::approved);
    case E::PAYMENT_INSTRUCTED: return advancePayment(PaymentStage::instructed);
    case E::PAYMENT_SETTLED: return advancePayment(PaymentStage::settled);
    case E::PAYMENT_RETURNED: return advancePayment(PaymentStage::approved);
    case E::PAYMENT_CANCELLED: return advancePayment(PaymentStage::cancelled);

    case E::STATEMENT_IMPORTED: return importStatement(event.getStatementImported());
    case E::LINE_MATCHED: return matchLine(event.getLineMatched(), Sign::plus);
    case E::LINE_EXPLAINED: line(event.getLineExplained().getLine()).settledBy = context_.number; return;

    case E::LOOK_BACK_DONE: return;  // a fact for readers: no rule rests on it
    case E::FINDING_RAISED: return raiseFinding(event.getFindingRaised());
    case E::RECTIFICATION_FILED: state_.findings.edit(*subject_.findingRef).rectificationFiledOn = occurredOn(); return;
    case E::RECTIFICATION_VERIFIED: return verifyRectification(event.getRectificationVerified());
    case E::RECOVERY_ORDERED: return orderRecovery(event.getRecoveryOrdered());
    case E::RECOVERY_RECEIVED: return receiveRecovery(event.getRecoveryReceived(), Sign::plus);
    case E::RECOVERY_WAIVED: return waiveRecovery(event.getRecoveryWaived());
    case E::PENALTY_IMPOSED: {
      auto const body = event.getPenaltyImposed();
      if (body.getBanFrom() == 0) return;
      state_.organisations.edit(readUscc(body.getSubject()))
          .bans.push_back({*subject_.findingRef, readDate(body.getBanFrom()), readDate(body.getBanTo())});
      return;
    }

    case E::KEY_ENROLLED: return enrolKey(event.getKeyEnrolled());
    case E::KEY_REVOKED: state_.keys.edit(readKeyId(event.getKeyRevoked().getKey())).revoked = true; return;
    case E::ROLE_GRANTED: return grantRole(ref, event.getRoleGranted());
    case E::ROLE_REVOKED: return revokeRole(event.getRoleRevoked());
    case E::CHANGE_CONFIRMED: return confirmChange();
    case E::WITNESS_ENROLLED: {
      auto const body = event.getWitnessEnrolled();
      state_.witnesses.insert(std::string(textOf(body.getName())),
                              Witness{std::string(textOf(body.getVkey())), std::string(textOf(body.getUrl()))});
      return;
    }
    case E::EVENT_REVERSED: return takeBack();
    case E::PERIOD_CLOSED: return closePeriod(event.getPeriodClosed());
    case E::AUDIT_CONCLUDED: return;  // binds a verdict to a checkpoint: no rule rests on it
    default: crypto::abortOnBug("only event types that rule E1 lets through are applied");
  }
}

void evolve(State& state, Case const& about) {
  Evolution(state, about).run();
}

}  // namespace fundtrail::ledger::domain
