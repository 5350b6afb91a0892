// SPDX-License-Identifier: Apache-2.0
// Projects, awards, payments, statements, and what comes after the money.
#include "replay/facts/reading.h"

namespace fundtrail::replay::facts {

using domain::readDate;
using domain::readFen;
using domain::readRegion;
using domain::readUscc;

std::vector<Draw> Reading::draws(capnp::List<schema::Draw>::Reader list) const {
  std::vector<Draw> draws;
  draws.reserve(list.size());
  for (auto const stated : list) {
    draws.push_back(
        {row<Tranche>(stated.getTranche()), regionIfStated(stated.getCounty()), readFen(stated.getAmountFen())});
  }
  return draws;
}

Contract Reading::operator()(Source source, schema::ContractFiled::Reader body) {
  Contract contract{source,
                    readRegion(body.getCity()),
                    readUscc(body.getEnterprise()),
                    text(body.getNumber()),
                    domain::checked(crypto::Digest::from(domain::bytesOf(body.getDigest()))),
                    readDate(body.getSignedOn()),
                    dateIfStated(body.getStartsOn()),
                    dateIfStated(body.getEndsOn()),
                    body.getMode(),
                    {},
                    {},
                    readFen(body.getTotalFen())};
  for (auto const provider : body.getProviders()) contract.providers.push_back(readUscc(provider.getUscc()));
  contract.lines.reserve(body.getLines().size());
  for (auto const line : body.getLines()) {
    contract.lines.push_back({line.getCategory(), text(line.getProduct()), text(line.getName()), line.getQuantity(),
                              readFen(line.getUnitPriceFen()), readFen(line.getNetFen()), readFen(line.getTaxFen()),
                              usccIfStated(line.getProvider())});
  }
  return contract;
}

Project Reading::operator()(Source source, schema::ProjectEnrolled::Reader body) {
  Project project{source,
                  readRegion(body.getCity()),
                  regionIfStated(body.getCounty()),
                  readUscc(body.getEnterprise()),
                  body.getPurpose(),
                  body.getMode(),
                  {},
                  text(body.getCode()),
                  text(body.getTitle())};
  for (auto const contract : body.getContracts()) project.contracts.push_back(row<Contract>(contract.getEvent()));
  return project;
}

Assessment Reading::operator()(Source source, schema::LevelAssessed::Reader body) {
  return {source,           readUscc(body.getAssessor()),  body.getStage(),
          body.getLevel(),  body.getScoreHundredths(),     body.getEdition(),
          body.getOnSite(), readDate(body.getAssessedOn())};
}

Application Reading::operator()(Source source, schema::ApplicationSubmitted::Reader body) {
  return {source, readFen(body.getRequestedFen())};
}

ApplicationReview Reading::operator()(Source source, schema::ApplicationReviewed::Reader body) {
  return {source, body.getKind(), body.getOutcome()};
}

SiteCheck Reading::operator()(Source source, schema::SiteChecked::Reader body) {
  SiteCheck check{source, {}, body.getOutcome(), readDate(body.getCheckedOn())};
  for (auto const inspector : body.getInspectors()) check.inspectors.push_back(text(inspector.getPerson()));
  return check;
}

VerifiedCost Reading::operator()(Source source, schema::CostVerified::Reader body) {
  VerifiedCost cost{source, {}, readFen(body.getEligibleFen())};
  cost.lines.reserve(body.getLines().size());
  for (auto const line : body.getLines()) {
    cost.lines.push_back({line.getCategory(), domain::InvoiceNumber::parse(domain::textOf(line.getInvoice())),
                          line.getContract(), line.getContractLine(), readFen(line.getNetFen()),
                          readFen(line.getTaxFen()), text(line.getProduct()), text(line.getReceipt()),
                          dateIfStated(line.getInvoicedOn()), usccIfStated(line.getSeller())});
  }
  return cost;
}

Acceptance Reading::operator()(Source source, schema::ProjectAccepted::Reader body) {
  return {source, body.getOutcome(), body.getLevel(), readDate(body.getAcceptedOn())};
}

LookBack Reading::operator()(Source source, schema::LookBackDone::Reader body) {
  return {source, body.getProductInUse(), body.getServiceThere(), body.getSatisfied(), readDate(body.getDoneOn())};
}

Proposal Reading::operator()(Source source, schema::SubsidyProposed::Reader body) {
  return {source,           body.getLevel(),           readFen(body.getEligibleFen()),
          body.getRateBp(), readFen(body.getCapFen()), readFen(body.getSubsidyFen())};
}

Publicity Reading::operator()(Source source, schema::PublicityOpened::Reader body) {
  Publicity publicity{source,
                      readRegion(body.getCity()),
                      text(body.getTitle()),
                      readDate(body.getOpensOn()),
                      readDate(body.getClosesOn()),
                      {},
                      readFen(body.getTotalFen())};
  publicity.entries.reserve(body.getEntries().size());
  for (auto const entry : body.getEntries()) {
    publicity.entries.push_back({row<Project>(entry.getProject()), readFen(entry.getAmountFen())});
  }
  return publicity;
}

Objection Reading::operator()(Source source, schema::ObjectionRaised::Reader body) {
  return {source, row<Publicity>(body.getPublicity()), row<Project>(body.getProject())};
}

ObjectionResolution Reading::operator()(Source source, schema::ObjectionResolved::Reader body) {
  return {source, body.getUpheld()};
}

PublicityClosing Reading::operator()(Source source, schema::PublicityClosed::Reader) {
  return {source};
}

Award Reading::operator()(Source source, schema::AwardApproved::Reader body) {
  return {source,
          row<Project>(body.getProject()),
          text(body.getNumber()),
          readFen(body.getAmountFen()),
          readUscc(body.getBeneficiary()),
          draws(body.getDraws())};
}

Withdrawal Reading::operator()(Source source, schema::AwardWithdrawn::Reader) {
  return {source};
}

Payment Reading::operator()(Source source, schema::PaymentRequested::Reader body) {
  return {source,
          row<Award>(body.getAward()),
          readFen(body.getAmountFen()),
          readUscc(body.getPayee()),
          text(body.getPayeeName()),
          accountNumber(body.getAccount()),
          draws(body.getDraws())};
}

PaymentReview Reading::operator()(Source source, schema::PaymentReviewed::Reader body) {
  return {source, body.getOutcome()};
}

PaymentApproval Reading::operator()(Source source, schema::PaymentApproved::Reader body) {
  return {source, readFen(body.getAmountFen())};
}

PaymentInstruction Reading::operator()(Source source, schema::PaymentInstructed::Reader body) {
  return {source, text(body.getVoucherNumber()), readFen(body.getAmountFen()), accountNumber(body.getAccount())};
}

PaymentSettlement Reading::operator()(Source source, schema::PaymentSettled::Reader body) {
  return {source, text(body.getBankReference()), readDate(body.getValueDate()), readFen(body.getAmountFen()),
          accountNumber(body.getAccount())};
}

PaymentReturn Reading::operator()(Source source, schema::PaymentReturned::Reader body) {
  return {source, text(body.getBankReference()), readDate(body.getValueDate()), readFen(body.getAmountFen())};
}

PaymentCancellation Reading::operator()(Source source, schema::PaymentCancelled::Reader) {
  return {source};
}

Recovery Reading::operator()(Source source, schema::RecoveryOrdered::Reader body) {
  return {source, row<Award>(body.getAward()), readFen(body.getAmountFen()), readDate(body.getDueOn())};
}

RecoveryReceipt Reading::operator()(Source source, schema::RecoveryReceived::Reader body) {
  return {source,
          readFen(body.getAmountFen()),
          text(body.getBankReference()),
          readDate(body.getValueDate()),
          body.getDisposition(),
          draws(body.getDraws())};
}

RecoveryWaiver Reading::operator()(Source source, schema::RecoveryWaived::Reader body) {
  return {source, row<Recovery>(body.getRecovery()), readFen(body.getAmountFen())};
}

Statement Reading::operator()(Source source, schema::StatementImported::Reader body) {
  Statement statement{source,
                      readRegion(body.getCity()),
                      account(body.getAccount()),
                      readDate(body.getPeriodFrom()),
                      readDate(body.getPeriodTo()),
                      readFen(body.getOpeningFen()),
                      readFen(body.getClosingFen()),
                      {}};
  statement.lines.reserve(body.getLines().size());
  for (auto const line : body.getLines()) {
    statement.lines.push_back({readDate(line.getValueDate()), readFen(line.getDebitFen()), readFen(line.getCreditFen()),
                               text(line.getCounterpartyName()), accountNumber(line.getCounterpartyAccount()),
                               text(line.getBankReference())});
  }
  return statement;
}

LineMatch Reading::operator()(Source source, schema::LineMatched::Reader body) {
  return {source, domain::EventNumber(body.getNumber())};
}

LineExplanation Reading::operator()(Source source, schema::LineExplained::Reader body) {
  return {source, text(body.getExplanation())};
}

Finding Reading::operator()(Source source, schema::FindingRaised::Reader body) {
  Finding finding{source, text(body.getCheck()), regionIfStated(body.getCity()), std::nullopt,
                  {},     body.getFraud(),       readFen(body.getAmountFen()),   dateIfStated(body.getRectifyBy())};
  if (body.getProject().size() > 0) finding.project = row<Project>(body.getProject());
  for (auto const subject : body.getSubjects()) finding.subjects.push_back(readUscc(subject.getUscc()));
  return finding;
}

Rectification Reading::operator()(Source source, schema::RectificationFiled::Reader) {
  return {source};
}

RectificationVerification Reading::operator()(Source source, schema::RectificationVerified::Reader body) {
  return {source, body.getConclusion()};
}

Penalty Reading::operator()(Source source, schema::PenaltyImposed::Reader body) {
  return {source, readUscc(body.getSubject()), readFen(body.getFineFen()), dateIfStated(body.getBanFrom()),
          dateIfStated(body.getBanTo())};
}

}  // namespace fundtrail::replay::facts
