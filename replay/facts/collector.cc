// SPDX-License-Identifier: Apache-2.0
#include "replay/facts/collector.h"

#include <algorithm>
#include <utility>

#include "crypto/ensure.h"
#include "replay/facts/reading.h"

namespace fundtrail::replay::facts {

namespace {

/// Where the record of an event stands: found in one way, whether it is to be added or taken back.
class Places {
 public:
  explicit Places(Facts& facts) : facts_(facts), reading_(facts) {}

  /// Calls does(place, body): the place is a table of its kind, the list within the record that it is a step of, or the
  /// decision on a change.
  template <class Do>
  void at(schema::Event::Reader event, Do&& does) {
    switch (event.which()) {
      case EventType::NOT_STATED: return;

      case EventType::POLICY_PUBLISHED: return does(facts_.policies, event.getPolicyPublished());
      case EventType::CITY_DESIGNATED: return does(facts_.designations, event.getCityDesignated());
      case EventType::CITY_PLAN_FILED: return does(facts_.cityPlans, event.getCityPlanFiled());
      case EventType::TRANCHE_ISSUED: return does(facts_.tranches, event.getTrancheIssued());
      case EventType::TRANCHE_RECEIVED: return ofTranche(event.getTrancheReceived(), &Tranche::receipts, does);
      case EventType::TRANCHE_SPLIT: return ofTranche(event.getTrancheSplit(), &Tranche::splits, does);
      case EventType::TRANCHE_ADJUSTED: return ofTranche(event.getTrancheAdjusted(), &Tranche::adjustments, does);
      case EventType::TRANCHE_RECALLED: return ofTranche(event.getTrancheRecalled(), &Tranche::recalls, does);
      case EventType::PERFORMANCE_EVALUATED: return does(facts_.evaluations, event.getPerformanceEvaluated());
      case EventType::FINAL_SETTLEMENT: return does(facts_.finalSettlements, event.getFinalSettlement());

      case EventType::ORGANISATION_REGISTERED: return does(facts_.organisations, event.getOrganisationRegistered());
      case EventType::BANK_ACCOUNT_CHANGED: return does(facts_.accountChanges, event.getBankAccountChanged());
      case EventType::ORGANISATION_RENAMED: return does(facts_.renamings, event.getOrganisationRenamed());
      case EventType::PROVIDER_LISTED: return does(facts_.providerListings, event.getProviderListed());
      case EventType::PROVIDER_DELISTED: return does(facts_.providerDelistings, event.getProviderDelisted());
      case EventType::PRODUCT_LISTED: return does(facts_.products, event.getProductListed());
      case EventType::PRODUCT_PRICE_CHANGED:
        return ofProduct(event.getProductPriceChanged(), &Product::priceChanges, does);
      case EventType::PRODUCT_DELISTED: return ofProduct(event.getProductDelisted(), &Product::delistings, does);
      case EventType::COMPLAINT_FILED: return does(facts_.complaints, event.getComplaintFiled());
      case EventType::COMPLAINT_CLOSED: {
        auto const body = event.getComplaintClosed();
        return does(facts_.complaints[reading_.row<Complaint>(body.getComplaint())].closings, body);
      }

      case EventType::CONTRACT_FILED: return does(facts_.contracts, event.getContractFiled());
      case EventType::PROJECT_ENROLLED: return does(facts_.projects, event.getProjectEnrolled());
      case EventType::LEVEL_ASSESSED: return ofProject(event.getLevelAssessed(), &Project::assessments, does);
      case EventType::APPLICATION_SUBMITTED:
        return ofProject(event.getApplicationSubmitted(), &Project::applications, does);
      case EventType::APPLICATION_REVIEWED: return ofProject(event.getApplicationReviewed(), &Project::reviews, does);
      case EventType::SITE_CHECKED: return ofProject(event.getSiteChecked(), &Project::siteChecks, does);
      case EventType::COST_VERIFIED: return ofProject(event.getCostVerified(), &Project::costs, does);
      case EventType::PROJECT_ACCEPTED: return ofProject(event.getProjectAccepted(), &Project::acceptances, does);

      case EventType::SUBSIDY_PROPOSED: return ofProject(event.getSubsidyProposed(), &Project::proposals, does);
      case EventType::PUBLICITY_OPENED: return does(facts_.publicities, event.getPublicityOpened());
      case EventType::OBJECTION_RAISED: return does(facts_.objections, event.getObjectionRaised());
      case EventType::OBJECTION_RESOLVED: {
        auto const body = event.getObjectionResolved();
        return does(facts_.objections[reading_.row<Objection>(body.getObjection())].resolutions, body);
      }
      case EventType::PUBLICITY_CLOSED: {
        auto const body = event.getPublicityClosed();
        return does(facts_.publicities[reading_.row<Publicity>(body.getPublicity())].closings, body);
      }
      case EventType::AWARD_APPROVED: return does(facts_.awards, event.getAwardApproved());
      case EventType::AWARD_WITHDRAWN: {
        auto const body = event.getAwardWithdrawn();
        return does(facts_.awards[reading_.row<Award>(body.getAward())].withdrawals, body);
      }

      case EventType::PAYMENT_REQUESTED: return does(facts_.payments, event.getPaymentRequested());
      case EventType::PAYMENT_REVIEWED: return ofPayment(event.getPaymentReviewed(), &Payment::reviews, does);
      case EventType::PAYMENT_APPROVED: return ofPayment(event.getPaymentApproved(), &Payment::approvals, does);
      case EventType::PAYMENT_INSTRUCTED: return ofPayment(event.getPaymentInstructed(), &Payment::instructions, does);
      case EventType::PAYMENT_SETTLED: return ofPayment(event.getPaymentSettled(), &Payment::settlements, does);
      case EventType::PAYMENT_RETURNED: return ofPayment(event.getPaymentReturned(), &Payment::returns, does);
      case EventType::PAYMENT_CANCELLED: return ofPayment(event.getPaymentCancelled(), &Payment::cancellations, does);

      case EventType::STATEMENT_IMPORTED: return does(facts_.statements, event.getStatementImported());
      case EventType::LINE_MATCHED: {
        auto const body = event.getLineMatched();
        return does(line(body).matches, body);
      }
      case EventType::LINE_EXPLAINED: {
        auto const body = event.getLineExplained();
        return does(line(body).explanations, body);
      }

      case EventType::LOOK_BACK_DONE: return ofProject(event.getLookBackDone(), &Project::lookBacks, does);
      case EventType::FINDING_RAISED: return does(facts_.findings, event.getFindingRaised());
      case EventType::RECTIFICATION_FILED:
        return ofFinding(event.getRectificationFiled(), &Finding::rectifications, does);
      case EventType::RECTIFICATION_VERIFIED:
        return ofFinding(event.getRectificationVerified(), &Finding::verifications, does);
      case EventType::RECOVERY_ORDERED: return does(facts_.recoveries, event.getRecoveryOrdered());
      case EventType::RECOVERY_RECEIVED: {
        auto const body = event.getRecoveryReceived();
        return does(facts_.recoveries[reading_.row<Recovery>(body.getRecovery())].receipts, body);
      }
      case EventType::RECOVERY_WAIVED: return does(facts_.waivers, event.getRecoveryWaived());
      case EventType::PENALTY_IMPOSED: return ofFinding(event.getPenaltyImposed(), &Finding::penalties, does);

      case EventType::KEY_ENROLLED: return does(facts_.keys, event.getKeyEnrolled());
      case EventType::KEY_REVOKED: return does(facts_.keyRevocations, event.getKeyRevoked());
      case EventType::ROLE_GRANTED: return does(facts_.roleGrants, event.getRoleGranted());
      case EventType::ROLE_REVOKED: return does(facts_.roleRevocations, event.getRoleRevoked());
      case EventType::CHANGE_CONFIRMED: {
        auto const body = event.getChangeConfirmed();
        return does(decisionOn(domain::readRef(body.getChange())), body);
      }
      case EventType::WITNESS_ENROLLED: return does(facts_.witnesses, event.getWitnessEnrolled());
      case EventType::EVENT_REVERSED: return does(facts_.reversals, event.getEventReversed());
      case EventType::PERIOD_CLOSED: return does(facts_.closedPeriods, event.getPeriodClosed());
      case EventType::AUDIT_CONCLUDED: return does(facts_.auditConclusions, event.getAuditConcluded());
      case EventType::SUBJECT_ERASED: return does(facts_.erasures, event.getSubjectErased());
    }
    crypto::abortOnBug("every event type has a place");
  }

  Reading& reading() { return reading_; }

 private:
  template <class Body, class List, class Do>
  void ofTranche(Body body, List Tranche::*list, Do&& does) {
    does(facts_.tranches[reading_.row<Tranche>(body.getTranche())].*list, body);
  }
  template <class Body, class List, class Do>
  void ofProject(Body body, List Project::*list, Do&& does) {
    does(facts_.projects[reading_.row<Project>(body.getProject())].*list, body);
  }
  template <class Body, class List, class Do>
  void ofPayment(Body body, List Payment::*list, Do&& does) {
    does(facts_.payments[reading_.row<Payment>(body.getPayment())].*list, body);
  }
  template <class Body, class List, class Do>
  void ofFinding(Body body, List Finding::*list, Do&& does) {
    does(facts_.findings[reading_.row<Finding>(body.getFinding())].*list, body);
  }
  /// A product is named by its city and its code.
  template <class Body, class List, class Do>
  void ofProduct(Body body, List Product::*list, Do&& does) {
    auto const code = facts_.strings.add(domain::textOf(body.getCode()));
    auto const at = facts_.byProduct.find({domain::readRegion(body.getCity()), code});
    crypto::ensure(at != facts_.byProduct.end(), "a product that changes is listed");
    does(facts_.products[at->second].*list, body);
  }
  template <class Body>
  StatementLine& line(Body body) {
    auto& lines = facts_.statements[reading_.row<Statement>(body.getStatement())].lines;
    crypto::ensure(body.getLine() < lines.size(), "a line that is spoken of is in its statement");
    return lines[body.getLine()];
  }

  std::optional<Decision>& decisionOn(domain::EventRef const& change) {
    auto const at = facts_.rows.find(change);
    crypto::ensure(at != facts_.rows.end(), "a change that is decided on is on record");
    auto const index = at->second.index;
    switch (at->second.type) {
      case EventType::BANK_ACCOUNT_CHANGED: return facts_.accountChanges[Row<AccountChange>(index)].decision;
      case EventType::ORGANISATION_RENAMED: return facts_.renamings[Row<Renaming>(index)].decision;
      case EventType::KEY_ENROLLED: return facts_.keys[Row<Key>(index)].decision;
      case EventType::KEY_REVOKED: return facts_.keyRevocations[Row<KeyRevocation>(index)].decision;
      case EventType::ROLE_GRANTED: return facts_.roleGrants[Row<RoleGrant>(index)].decision;
      case EventType::ROLE_REVOKED: return facts_.roleRevocations[Row<RoleRevocation>(index)].decision;
      case EventType::RECOVERY_WAIVED: return facts_.waivers[Row<RecoveryWaiver>(index)].decision;
      case EventType::WITNESS_ENROLLED: return facts_.witnesses[Row<Witness>(index)].decision;
      case EventType::EVENT_REVERSED: return facts_.reversals[Row<Reversal>(index)].decision;
      case EventType::SUBJECT_ERASED: return facts_.erasures[Row<Erasure>(index)].decision;
      default: break;
    }
    crypto::abortOnBug("only changes that wait for a second person are decided on");
  }

  Facts& facts_;
  Reading reading_;
};

/// Tells the records that a new one is about of it.
class Links {
 public:
  explicit Links(Facts& facts) : facts_(facts) {}

  void operator()(Row<Organisation> row) { facts_.byUscc.try_emplace(facts_.organisations[row].uscc, row); }
  void operator()(Row<AccountChange> row) {
    ofOrganisation(facts_.accountChanges[row].uscc).accountChanges.push_back(row);
  }
  void operator()(Row<Renaming> row) { ofOrganisation(facts_.renamings[row].uscc).renamings.push_back(row); }
  void operator()(Row<Product> row) {
    auto const& product = facts_.products[row];
    facts_.byProduct.insert_or_assign(std::pair(product.city, product.code), row);
  }
  void operator()(Row<Complaint> row) {
    if (auto const project = facts_.complaints[row].project) facts_.projects[*project].complaints.push_back(row);
  }
  void operator()(Row<Project> row) {
    for (auto const contract : facts_.projects[row].contracts) facts_.contracts[contract].enrolledWith.push_back(row);
  }
  void operator()(Row<Publicity> row) {
    for (auto const& entry : facts_.publicities[row].entries) facts_.projects[entry.project].publicities.push_back(row);
  }
  void operator()(Row<Objection> row) {
    facts_.publicities[facts_.objections[row].publicity].objections.push_back(row);
  }
  void operator()(Row<Award> row) { facts_.projects[facts_.awards[row].project].awards.push_back(row); }
  void operator()(Row<Payment> row) { facts_.awards[facts_.payments[row].award].payments.push_back(row); }
  void operator()(Row<Recovery> row) { facts_.awards[facts_.recoveries[row].award].recoveries.push_back(row); }
  void operator()(Row<RecoveryWaiver> row) { facts_.recoveries[facts_.waivers[row].recovery].waivers.push_back(row); }
  void operator()(Row<Finding> row) {
    if (auto const project = facts_.findings[row].project) facts_.projects[*project].findings.push_back(row);
  }
  template <class Record>
  void operator()(Row<Record>) {}  // about nothing that keeps a list of such records

 private:
  Organisation& ofOrganisation(domain::Uscc const& uscc) {
    auto const at = facts_.byUscc.find(uscc);
    crypto::ensure(at != facts_.byUscc.end(), "an organisation that changes is registered");
    return facts_.organisations[at->second];
  }

  Facts& facts_;
};

/// Puts a record where it belongs.
struct Adding {
  Facts& facts;
  Reading& reading;
  Source const& source;

  template <class Record, class Body>
  void operator()(Records<Record>& table, Body body) const {
    auto const row = table.add(reading(source, body));
    facts.rows.emplace(source.ref, Facts::Place{Record::kEvent, row.index()});
    Links{facts}(row);
  }
  template <class Record, class Body>
  void operator()(std::vector<Record>& steps, Body body) const {
    steps.push_back(reading(source, body));
  }
  template <class Body>
  void operator()(std::optional<Decision>& decision, Body body) const {
    decision = reading(source, body);
  }
};

/// Marks the record of an event as taken back.
struct TakingBack {
  Facts& facts;
  domain::EventRef const& original;
  domain::EventNumber confirmation;

  template <class Record, class Body>
  void operator()(Records<Record>& table, Body) const {
    mark(table[domain::checked(facts.find<Record>(original))].source);
  }
  template <class Record, class Body>
  void operator()(std::vector<Record>& steps, Body) const {
    auto const at = std::ranges::find(
        steps, original, [](Record const& step) -> auto& { return step.source.ref; });
    crypto::ensure(at != steps.end(), "an event that is taken back is on record");
    mark(at->source);
  }
  template <class Body>
  void operator()(std::optional<Decision>& decision, Body) const {
    crypto::ensure(decision && decision->source.ref == original, "a decision that is taken back is on record");
    mark(decision->source);
  }
  void mark(Source& source) const { source.reversedBy = confirmation; }
};

}  // namespace

void Collector::take(ShownEvent const& shown) {
  auto const& context = shown.context;
  Source const source{context.number, context.ref, domain::readDate(shown.event.getOccurredOn()), context.acceptedAt,
                      facts_.strings.add(shown.person)};
  Places places(facts_);
  places.at(shown.event, Adding{facts_, places.reading(), source});
  ++facts_.events;
  facts_.lastAcceptedAt = context.acceptedAt;
}

void Collector::takeBack(ShownEvent const& original, ShownEvent const& confirmation) {
  Places(facts_).at(original.event, TakingBack{facts_, original.context.ref, confirmation.context.number});
}

}  // namespace fundtrail::replay::facts
