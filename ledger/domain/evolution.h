// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/domain/case.h"
#include "ledger/domain/chain.h"
#include "ledger/domain/state.h"

// How evolve() is put together: one class, whose methods stand in one file per kind of record.

namespace fundtrail::ledger::domain {

/// Applies one admitted event to the state. Money and used-up numbers are the same for all types and come first; then
/// the records change, at once or, where a second person is needed, when the change is confirmed.
class Evolution {
 public:
  Evolution(State& state, Case const& about);

  void run();

 private:
  enum class Sign : bool { minus, plus };

  /// What the event, or a change that is confirmed now, does to the records. `ref` names it.
  void apply(schema::Event::Reader event, EventRef const& ref);
  /// What the reversed event did to the records is undone; the postings have gone back already.
  void takeBack();

  // evolve_funds.cc
  void publishPolicy(schema::PolicyPublished::Reader body);
  void designateCity(schema::CityDesignated::Reader body);
  void filePlan(schema::CityPlanFiled::Reader body);
  void openTranche(schema::TrancheIssued::Reader body);
  void noteTrancheMove();
  void settleCity(schema::FinalSettlement::Reader body);

  // evolve_parties.cc
  void registerOrganisation(schema::OrganisationRegistered::Reader body);
  void renameOrganisation(schema::OrganisationRenamed::Reader body);
  void changeAccount(schema::BankAccountChanged::Reader body);
  void listProvider(schema::ProviderListed::Reader body);
  void delistProvider(schema::ProviderDelisted::Reader body);
  void listProduct(schema::ProductListed::Reader body);
  void changePrice(schema::ProductPriceChanged::Reader body);
  void delistProduct(schema::ProductDelisted::Reader body);
  void fileComplaint(schema::ComplaintFiled::Reader body);

  // evolve_project.cc
  void fileContract(schema::ContractFiled::Reader body);
  void enrolProject(schema::ProjectEnrolled::Reader body);
  void assess(schema::LevelAssessed::Reader body);
  void verifyCost(schema::CostVerified::Reader body);
  void accept(schema::ProjectAccepted::Reader body);
  void openPublicity(schema::PublicityOpened::Reader body);
  void raiseObjection();
  void resolveObjection(schema::ObjectionResolved::Reader body);
  void closePublicity();
  void approveAward(schema::AwardApproved::Reader body);
  void withdrawAward();
  void advance(ProjectStage next);
  void advance(EventRef const& project, ProjectStage next);
  /// A review leads on, back (to the applicant, mostly), or out.
  void checkSite(schema::SiteChecked::Reader body);
  void judged(schema::Outcome outcome, ProjectStage passed, ProjectStage back = ProjectStage::enrolled);

  // evolve_payment.cc
  void requestPayment(schema::PaymentRequested::Reader body);
  void advancePayment(PaymentStage next);
  void changeAward(Draws const& draws, Fen AwardDraw::*part, Sign sign);
  void orderRecovery(schema::RecoveryOrdered::Reader body);
  void receiveRecovery(schema::RecoveryReceived::Reader body, Sign sign);
  void waiveRecovery(schema::RecoveryWaived::Reader body);

  // evolve_bank.cc
  void importStatement(schema::StatementImported::Reader body);
  void matchLine(schema::LineMatched::Reader body, Sign sign);

  // evolve_after.cc
  void raiseFinding(schema::FindingRaised::Reader body);
  void verifyRectification(schema::RectificationVerified::Reader body);
  void countFraud(Finding const& finding, Sign sign);
  void countProven(Finding const& finding, Sign sign);

  // evolve_control.cc
  void enrolKey(schema::KeyEnrolled::Reader body);
  void grantRole(EventRef const& ref, schema::RoleGranted::Reader body);
  void revokeRole(schema::RoleRevoked::Reader body);
  void closePeriod(schema::PeriodClosed::Reader body);
  void confirmChange();

  // evolve_reversal.cc
  void releaseNumbers(schema::Event::Reader target);
  void stepBack();
  void stepBackPayment();
  void takeBackAward();

  [[nodiscard]] Date occurredOn() const;
  /// The author's step in a chain; `before` is the stage that it leads from.
  template <class Stage>
  [[nodiscard]] Step step(Stage before) const {
    return {context_.number, author_, event_.which(), occurredOn(), static_cast<std::uint8_t>(before)};
  }
  Project& project() { return state_.projects.edit(*subject_.projectRef); }
  Award& award() { return state_.awards.edit(*subject_.awardRef); }
  Payment& payment() { return state_.payments.edit(*subject_.paymentRef); }
  Recovery& recovery() { return state_.recoveries.edit(*subject_.recoveryRef); }
  StatementLine& line(std::uint32_t index) { return state_.statements.edit(*subject_.statementRef).lines[index]; }

  State& state_;
  Case const& about_;
  EventContext const& context_;
  schema::Event::Reader event_;
  Subject const& subject_;
  PersonIndex author_;
};

}  // namespace fundtrail::ledger::domain
