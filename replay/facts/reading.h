// SPDX-License-Identifier: Apache-2.0
// Private to this folder: makes a record of an event's body.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <capnp/list.h>

#include "ledger/domain/read.h"
#include "replay/facts/facts.h"

namespace fundtrail::replay::facts {

/// The event passed checkShape() and the rules of an event alone, and names only events before it. Texts go into the
/// pool of the facts; nothing else of them is changed.
class Reading {
 public:
  explicit Reading(Facts& facts) : facts_(facts) {}

  Policy operator()(Source source, schema::PolicyPublished::Reader body);
  Designation operator()(Source source, schema::CityDesignated::Reader body);
  CityPlan operator()(Source source, schema::CityPlanFiled::Reader body);
  Tranche operator()(Source source, schema::TrancheIssued::Reader body);
  TrancheReceipt operator()(Source source, schema::TrancheReceived::Reader body);
  TrancheSplit operator()(Source source, schema::TrancheSplit::Reader body);
  TrancheAdjustment operator()(Source source, schema::TrancheAdjusted::Reader body);
  TrancheRecall operator()(Source source, schema::TrancheRecalled::Reader body);
  PerformanceEvaluation operator()(Source source, schema::PerformanceEvaluated::Reader body);
  FinalSettlement operator()(Source source, schema::FinalSettlement::Reader body);

  Organisation operator()(Source source, schema::OrganisationRegistered::Reader body);
  AccountChange operator()(Source source, schema::BankAccountChanged::Reader body);
  Renaming operator()(Source source, schema::OrganisationRenamed::Reader body);
  ProviderListing operator()(Source source, schema::ProviderListed::Reader body);
  ProviderDelisting operator()(Source source, schema::ProviderDelisted::Reader body);
  Product operator()(Source source, schema::ProductListed::Reader body);
  PriceChange operator()(Source source, schema::ProductPriceChanged::Reader body);
  ProductDelisting operator()(Source source, schema::ProductDelisted::Reader body);
  Complaint operator()(Source source, schema::ComplaintFiled::Reader body);
  ComplaintClosing operator()(Source source, schema::ComplaintClosed::Reader body);

  Contract operator()(Source source, schema::ContractFiled::Reader body);
  Project operator()(Source source, schema::ProjectEnrolled::Reader body);
  Assessment operator()(Source source, schema::LevelAssessed::Reader body);
  Application operator()(Source source, schema::ApplicationSubmitted::Reader body);
  ApplicationReview operator()(Source source, schema::ApplicationReviewed::Reader body);
  SiteCheck operator()(Source source, schema::SiteChecked::Reader body);
  VerifiedCost operator()(Source source, schema::CostVerified::Reader body);
  Acceptance operator()(Source source, schema::ProjectAccepted::Reader body);
  LookBack operator()(Source source, schema::LookBackDone::Reader body);

  Proposal operator()(Source source, schema::SubsidyProposed::Reader body);
  Publicity operator()(Source source, schema::PublicityOpened::Reader body);
  Objection operator()(Source source, schema::ObjectionRaised::Reader body);
  ObjectionResolution operator()(Source source, schema::ObjectionResolved::Reader body);
  PublicityClosing operator()(Source source, schema::PublicityClosed::Reader body);
  Award operator()(Source source, schema::AwardApproved::Reader body);
  Withdrawal operator()(Source source, schema::AwardWithdrawn::Reader body);

  Payment operator()(Source source, schema::PaymentRequested::Reader body);
  PaymentReview operator()(Source source, schema::PaymentReviewed::Reader body);
  PaymentApproval operator()(Source source, schema::PaymentApproved::Reader body);
  PaymentInstruction operator()(Source source, schema::PaymentInstructed::Reader body);
  PaymentSettlement operator()(Source source, schema::PaymentSettled::Reader body);
  PaymentReturn operator()(Source source, schema::PaymentReturned::Reader body);
  PaymentCancellation operator()(Source source, schema::PaymentCancelled::Reader body);
  Recovery operator()(Source source, schema::RecoveryOrdered::Reader body);
  RecoveryReceipt operator()(Source source, schema::RecoveryReceived::Reader body);
  RecoveryWaiver operator()(Source source, schema::RecoveryWaived::Reader body);

  Statement operator()(Source source, schema::StatementImported::Reader body);
  LineMatch operator()(Source source, schema::LineMatched::Reader body);
  LineExplanation operator()(Source source, schema::LineExplained::Reader body);

  Finding operator()(Source source, schema::FindingRaised::Reader body);
  Rectification operator()(Source source, schema::RectificationFiled::Reader body);
  RectificationVerification operator()(Source source, schema::RectificationVerified::Reader body);
  Penalty operator()(Source source, schema::PenaltyImposed::Reader body);

  Key operator()(Source source, schema::KeyEnrolled::Reader body);
  KeyRevocation operator()(Source source, schema::KeyRevoked::Reader body);
  RoleGrant operator()(Source source, schema::RoleGranted::Reader body);
  RoleRevocation operator()(Source source, schema::RoleRevoked::Reader body);
  Decision operator()(Source source, schema::ChangeConfirmed::Reader body);
  Witness operator()(Source source, schema::WitnessEnrolled::Reader body);
  Reversal operator()(Source source, schema::EventReversed::Reader body);
  ClosedPeriod operator()(Source source, schema::PeriodClosed::Reader body);
  AuditConclusion operator()(Source source, schema::AuditConcluded::Reader body);
  Erasure operator()(Source source, schema::SubjectErased::Reader body);

  /// The record that an event names.
  template <class Record>
  [[nodiscard]] Row<Record> row(capnp::Data::Reader ref) const {
    return domain::checked(facts_.find<Record>(domain::readRef(ref)));
  }

 private:
  StringId text(capnp::Text::Reader text) { return facts_.strings.add(domain::textOf(text)); }
  StringId accountNumber(capnp::Text::Reader text) {
    return text.size() == 0 ? StringId() : facts_.strings.add(domain::readAccount(text).text());
  }
  Account account(schema::BankAccount::Reader account);
  [[nodiscard]] std::vector<Draw> draws(capnp::List<schema::Draw>::Reader list) const;

  Facts& facts_;
};

/// 0 where the schema lets it mean that nothing is stated.
inline std::optional<domain::Date> dateIfStated(std::uint32_t number) {
  return number == 0 ? std::nullopt : std::optional(domain::readDate(number));
}
inline std::optional<domain::CityCode> regionIfStated(std::uint32_t number) {
  return number == 0 ? std::nullopt : std::optional(domain::readRegion(number));
}
inline std::optional<domain::Uscc> usccIfStated(capnp::Text::Reader text) {
  return text.size() == 0 ? std::nullopt : std::optional(domain::readUscc(text));
}

}  // namespace fundtrail::replay::facts
