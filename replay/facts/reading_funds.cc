// SPDX-License-Identifier: Apache-2.0
// Rules, funds, parties and control.
#include "replay/facts/reading.h"

namespace fundtrail::replay::facts {

using domain::readDate;
using domain::readFen;
using domain::readRegion;
using domain::readUscc;

Policy Reading::operator()(Source source, schema::PolicyPublished::Reader body) {
  return {source,
          text(body.getNumber()),
          readDate(body.getInForceFrom()),
          readDate(body.getWindowFrom()),
          readDate(body.getWindowTo()),
          body.getPlatformShareCapBp(),
          body.getMinLevelAfter(),
          body.getMinInspectors(),
          body.getMinEnterprisesDelta(),
          body.getMinEnterprisesElsewhere()};
}

Designation Reading::operator()(Source source, schema::CityDesignated::Reader body) {
  return {source, readRegion(body.getCity()), body.getRegion(), body.getMinEnterprises(),
          readFen(body.getFullAwardFen())};
}

CityPlan Reading::operator()(Source source, schema::CityPlanFiled::Reader body) {
  CityPlan plan{source,
                readRegion(body.getCity()),
                text(body.getNumber()),
                readDate(body.getInForceFrom()),
                body.getPromisedEnterprises(),
                body.getPublicityWorkingDays(),
                {}};
  for (auto const stated : body.getPlans()) {
    PurposePlan purpose{
        stated.getPurpose(), stated.getRateBp(), {}, stated.getBeforeShareBp(), stated.getDuringShareBp()};
    for (auto const cap : stated.getCaps()) purpose.caps.push_back({cap.getLevel(), readFen(cap.getCapFen())});
    plan.plans.push_back(std::move(purpose));
  }
  return plan;
}

Tranche Reading::operator()(Source source, schema::TrancheIssued::Reader body) {
  Tranche tranche{source,
                  readRegion(body.getCity()),
                  text(body.getNumber()),
                  body.getLevel(),
                  body.getKind(),
                  body.getYear(),
                  readFen(body.getAmountFen()),
                  {}};
  for (auto const purpose : body.getPurposes()) tranche.purposes.push_back(purpose);
  return tranche;
}

TrancheReceipt Reading::operator()(Source source, schema::TrancheReceived::Reader body) {
  return {source, readFen(body.getAmountFen()), text(body.getBankReference())};
}

TrancheSplit Reading::operator()(Source source, schema::TrancheSplit::Reader body) {
  return {source,
          body.getFromPurpose(),
          regionIfStated(body.getFromCounty()),
          body.getPurpose(),
          regionIfStated(body.getCounty()),
          readFen(body.getAmountFen())};
}

TrancheAdjustment Reading::operator()(Source source, schema::TrancheAdjusted::Reader body) {
  return {source, text(body.getNumber()), readFen(body.getChangeFen())};
}

TrancheRecall Reading::operator()(Source source, schema::TrancheRecalled::Reader body) {
  return {source, text(body.getNumber()), body.getPurpose(), regionIfStated(body.getCounty()),
          readFen(body.getAmountFen())};
}

PerformanceEvaluation Reading::operator()(Source source, schema::PerformanceEvaluated::Reader body) {
  return {source,
          readRegion(body.getCity()),
          text(body.getNumber()),
          readDate(body.getPeriodFrom()),
          readDate(body.getPeriodTo()),
          body.getScoreHundredths(),
          body.getGrade()};
}

FinalSettlement Reading::operator()(Source source, schema::FinalSettlement::Reader body) {
  return {source,
          readRegion(body.getCity()),
          text(body.getNumber()),
          body.getCountedEnterprises(),
          readFen(body.getConfirmedFen()),
          readFen(body.getDueFen())};
}

Account Reading::account(schema::BankAccount::Reader account) {
  return {accountNumber(account.getNumber()), text(account.getName()), text(account.getBank()),
          text(account.getBankName())};
}

Organisation Reading::operator()(Source source, schema::OrganisationRegistered::Reader body) {
  Organisation organisation{source,
                            readUscc(body.getUscc()),
                            text(body.getName()),
                            body.getKind(),
                            regionIfStated(body.getRegion()),
                            text(body.getIndustry()),
                            body.getStaff(),
                            readFen(body.getAnnualRevenueFen()),
                            {}};
  for (auto const stated : body.getAccounts()) organisation.accounts.push_back(account(stated));
  return organisation;
}

AccountChange Reading::operator()(Source source, schema::BankAccountChanged::Reader body) {
  return {source, readUscc(body.getUscc()), accountNumber(body.getReplaces()), account(body.getAccount())};
}

Renaming Reading::operator()(Source source, schema::OrganisationRenamed::Reader body) {
  Renaming renaming{source, readUscc(body.getUscc()), text(body.getName()), {}};
  for (auto const stated : body.getAccounts()) renaming.accounts.push_back(accountNumber(stated.getNumber()));
  return renaming;
}

ProviderListing Reading::operator()(Source source, schema::ProviderListed::Reader body) {
  return {source, readRegion(body.getCity()), readUscc(body.getProvider()), readDate(body.getListedFrom())};
}

ProviderDelisting Reading::operator()(Source source, schema::ProviderDelisted::Reader body) {
  return {source, regionIfStated(body.getCity()), readUscc(body.getProvider()), body.getCause(),
          readDate(body.getDelistedFrom())};
}

Product Reading::operator()(Source source, schema::ProductListed::Reader body) {
  return {source,
          readRegion(body.getCity()),
          readUscc(body.getProvider()),
          text(body.getCode()),
          text(body.getName()),
          body.getCategory(),
          text(body.getUnit()),
          readFen(body.getPriceFen()),
          readDate(body.getListedFrom()),
          body.getAfterReview()};
}

PriceChange Reading::operator()(Source source, schema::ProductPriceChanged::Reader body) {
  return {source, readFen(body.getPriceFen()), readDate(body.getPricedFrom())};
}

ProductDelisting Reading::operator()(Source source, schema::ProductDelisted::Reader body) {
  return {source, readDate(body.getDelistedFrom())};
}

Complaint Reading::operator()(Source source, schema::ComplaintFiled::Reader body) {
  Complaint complaint{source, readRegion(body.getCity()), readUscc(body.getProvider()), std::nullopt};
  if (body.getProject().size() > 0) complaint.project = row<Project>(body.getProject());
  return complaint;
}

ComplaintClosing Reading::operator()(Source source, schema::ComplaintClosed::Reader body) {
  return {source, body.getUpheld()};
}

Key Reading::operator()(Source source, schema::KeyEnrolled::Reader body) {
  return {source, text(body.getPerson()), text(body.getPersonName()), text(body.getOrganisation())};
}

KeyRevocation Reading::operator()(Source source, schema::KeyRevoked::Reader body) {
  return {source, domain::readKeyId(body.getKey())};
}

RoleGrant Reading::operator()(Source source, schema::RoleGranted::Reader body) {
  return {source,
          text(body.getPerson()),
          body.getRole(),
          readRegion(body.getRegion()),
          readDate(body.getValidFrom()),
          readDate(body.getValidTo())};
}

RoleRevocation Reading::operator()(Source source, schema::RoleRevoked::Reader body) {
  return {source, facts_.find<RoleGrant>(domain::readRef(body.getGrant())), readDate(body.getLastDay())};
}

Decision Reading::operator()(Source source, schema::ChangeConfirmed::Reader body) {
  return {source, body.getOutcome()};
}

Witness Reading::operator()(Source source, schema::WitnessEnrolled::Reader body) {
  return {source, text(body.getName())};
}

Reversal Reading::operator()(Source source, schema::EventReversed::Reader body) {
  return {source, domain::EventNumber(body.getNumber())};
}

ClosedPeriod Reading::operator()(Source source, schema::PeriodClosed::Reader body) {
  return {source, readRegion(body.getRegion()), readDate(body.getPeriodFrom()), readDate(body.getPeriodTo())};
}

AuditConclusion Reading::operator()(Source source, schema::AuditConcluded::Reader body) {
  return {source, body.getTreeSize(), domain::checked(crypto::Digest::from(domain::bytesOf(body.getRootHash()))),
          body.getVerdict(), readRegion(body.getRegion())};
}

Erasure Reading::operator()(Source source, schema::SubjectErased::Reader) {
  return {source};
}

}  // namespace fundtrail::replay::facts
