// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/subject.h"

#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

/// Follows the references of one event. Each step takes the way that the event names; what is found on the way is
/// filled in.
class Finder {
 public:
  Finder(State const& state, History const& history) : state_(state), history_(history) {}

  Subject found;

  void city(std::uint32_t code) {
    found.region = readRegion(code);
    found.city = need(state_.cities.find(found.region), "city");
  }

  void tranche(capnp::Data::Reader ref) {
    found.trancheRef = readRef(ref);
    found.tranche = need(state_.tranches.find(*found.trancheRef), "tranche");
    if (found.tranche) found.region = found.tranche->city;
  }

  void organisation(capnp::Text::Reader uscc, std::string_view field) {
    found.organisation = need(state_.organisations.find(readUscc(uscc)), field);
  }

  void project(EventRef const& ref) {
    found.projectRef = ref;
    found.project = need(state_.projects.find(ref), "project");
    if (!found.project) return;
    found.region = found.project->city;
    found.county = found.project->county;
    found.enterprise = found.project->enterprise;
  }

  void publicity(EventRef const& ref) {
    found.publicityRef = ref;
    found.publicity = need(state_.publicities.find(ref), "publicity");
    if (found.publicity) found.region = found.publicity->city;
  }

  void award(EventRef const& ref) {
    found.awardRef = ref;
    found.award = need(state_.awards.find(ref), "award");
    if (found.award) project(found.award->project);
  }

  void payment(capnp::Data::Reader ref) {
    found.paymentRef = readRef(ref);
    found.payment = need(state_.payments.find(*found.paymentRef), "payment");
    if (found.payment) award(found.payment->award);
  }

  void recovery(capnp::Data::Reader ref) {
    found.recoveryRef = readRef(ref);
    found.recovery = need(state_.recoveries.find(*found.recoveryRef), "recovery");
    if (found.recovery) award(found.recovery->award);
  }

  void product(std::uint32_t code, capnp::Text::Reader name) {
    city(code);
    found.product = need(state_.products.find({found.region, std::string(textOf(name))}), "code");
  }

  void complaint(capnp::Data::Reader ref) {
    found.complaintRef = readRef(ref);
    found.complaint = need(state_.complaints.find(*found.complaintRef), "complaint");
    if (found.complaint) found.region = found.complaint->city;
  }

  void objection(capnp::Data::Reader ref) {
    found.objectionRef = readRef(ref);
    found.objection = need(state_.objections.find(*found.objectionRef), "objection");
    if (!found.objection) return;
    publicity(found.objection->publicity);
    project(found.objection->project);
  }

  void finding(capnp::Data::Reader ref) {
    found.findingRef = readRef(ref);
    found.finding = need(state_.findings.find(*found.findingRef), "finding");
    if (!found.finding) return;
    if (found.finding->project) project(*found.finding->project);
    found.region = found.finding->region;
  }

  void statement(capnp::Data::Reader ref) {
    found.statementRef = readRef(ref);
    found.statement = need(state_.statements.find(*found.statementRef), "statement");
    if (found.statement) found.region = found.statement->city;
  }

  void draws(capnp::List<schema::Draw>::Reader draws) {
    for (auto const draw : draws) need(state_.tranches.find(readRef(draw.getTranche())), "draws.tranche");
  }

  void follow(schema::Event::Reader event);

 private:
  template <class Record>
  Record const* need(Record const* record, std::string_view field) {
    if (!record && found.missing.empty()) found.missing = field;
    return record;
  }

  void registration(schema::OrganisationRegistered::Reader body) {
    if (body.getRegion() == 0) return;
    auto const region = readRegion(body.getRegion());
    found.region = wholeCity(region);
    found.county = region.isCounty() ? region.number() : 0;
  }

  void registered(capnp::Text::Reader uscc) {
    organisation(uscc, "uscc");
    if (found.organisation && found.organisation->region) found.region = wholeCity(*found.organisation->region);
  }

  static CityCode wholeCity(CityCode region) { return region.isCounty() ? region.cityOf() : region; }

  /// What the province says of a city is the province's business.
  void provincesWord(std::uint32_t code) {
    city(code);
    found.region = CityCode::province();
  }

  void raised(schema::FindingRaised::Reader body) {
    if (body.getProject().size() != 0) project(readRef(body.getProject()));
    if (body.getCity() != 0) found.region = readRegion(body.getCity());
    for (auto const subject : body.getSubjects()) {
      need(state_.organisations.find(readUscc(subject.getUscc())), "subjects.uscc");
    }
  }

  void change(EventRef const& ref) {
    found.pendingRef = ref;
    found.pending = need(state_.pending.find(ref), "change");
    if (!found.pending) return;
    schema::Message<schema::Event> const message(found.pending->event.bytes());
    follow(message.root());
  }

  /// The event at a position, if it is the one that is named.
  std::optional<RecordedEvent> recorded(std::uint64_t number, capnp::Data::Reader ref) {
    auto event = history_.event(EventNumber(number));
    if (event && event->context.ref == readRef(ref)) return event;
    if (found.missing.empty()) found.missing = "event";
    return std::nullopt;
  }

  void match(schema::LineMatched::Reader body) {
    statement(body.getStatement());
    found.matched = recorded(body.getNumber(), body.getEvent());
    if (!found.matched) return;
    schema::Message<schema::Event> const message(found.matched->bytes.bytes());
    // Anything else is refused by rule B2, and would lead away from this statement.
    if (!isAtTheBank(message.root().which())) return;
    auto const statementsRegion = found.region;
    follow(message.root());
    found.region = statementsRegion;  // whose match it is; that the event is the same city's is rule B2
  }

  void reversal(schema::EventReversed::Reader body) {
    auto recorded = this->recorded(body.getNumber(), body.getEvent());
    if (!recorded) return;
    schema::Message<schema::Event> const message(recorded->bytes.bytes());
    // A reversal of a reversal, or of a confirmation, is refused by rule X2; following it could lead round in a circle.
    if (message.root().which() != E::EVENT_REVERSED && message.root().which() != E::CHANGE_CONFIRMED) {
      follow(message.root());
      created(message.root().which(), recorded->context.ref);
    }
    found.reversed = std::move(recorded);
  }

  /// The record that an event itself created, which its own bytes cannot name.
  void created(E type, EventRef const& ref) {
    if (type == E::AWARD_APPROVED) award(ref);
    if (type == E::RECOVERY_ORDERED) {
      found.recoveryRef = ref;
      found.recovery = need(state_.recoveries.find(ref), "recovery");
    }
    if (type == E::PROJECT_ENROLLED) project(ref);
    if (type == E::PUBLICITY_OPENED) publicity(ref);
    if (type == E::STATEMENT_IMPORTED) {
      found.statementRef = ref;
      found.statement = need(state_.statements.find(ref), "statement");
    }
    if (type == E::CONTRACT_FILED) {
      found.contractRef = ref;
      found.contract = need(state_.contracts.find(ref), "contract");
    }
  }

  State const& state_;
  History const& history_;
};

void Finder::follow(schema::Event::Reader event) {
  switch (event.which()) {
    case E::CITY_DESIGNATED: found.region = CityCode::province(); break;
    case E::CITY_PLAN_FILED: city(event.getCityPlanFiled().getCity()); break;
    case E::TRANCHE_ISSUED: city(event.getTrancheIssued().getCity()); break;
    case E::TRANCHE_RECEIVED: tranche(event.getTrancheReceived().getTranche()); break;
    case E::TRANCHE_SPLIT: tranche(event.getTrancheSplit().getTranche()); break;
    case E::TRANCHE_ADJUSTED: tranche(event.getTrancheAdjusted().getTranche()); break;
    case E::TRANCHE_RECALLED: tranche(event.getTrancheRecalled().getTranche()); break;
    case E::PERFORMANCE_EVALUATED: provincesWord(event.getPerformanceEvaluated().getCity()); break;
    case E::FINAL_SETTLEMENT: provincesWord(event.getFinalSettlement().getCity()); break;

    case E::ORGANISATION_REGISTERED: registration(event.getOrganisationRegistered()); break;
    case E::BANK_ACCOUNT_CHANGED: registered(event.getBankAccountChanged().getUscc()); break;
    case E::ORGANISATION_RENAMED: registered(event.getOrganisationRenamed().getUscc()); break;

    case E::PROVIDER_LISTED:
      city(event.getProviderListed().getCity());
      organisation(event.getProviderListed().getProvider(), "provider");
      break;
    case E::PROVIDER_DELISTED:
      if (auto const code = event.getProviderDelisted().getCity(); code != 0) city(code);
      organisation(event.getProviderDelisted().getProvider(), "provider");
      break;
    case E::PRODUCT_LISTED:
      city(event.getProductListed().getCity());
      organisation(event.getProductListed().getProvider(), "provider");
      break;
    case E::PRODUCT_PRICE_CHANGED:
      product(event.getProductPriceChanged().getCity(), event.getProductPriceChanged().getCode());
      break;
    case E::PRODUCT_DELISTED:
      product(event.getProductDelisted().getCity(), event.getProductDelisted().getCode());
      break;
    case E::COMPLAINT_FILED: {
      auto const body = event.getComplaintFiled();
      city(body.getCity());
      organisation(body.getProvider(), "provider");
      if (body.getProject().size() != 0) project(readRef(body.getProject()));
      found.region = readRegion(body.getCity());  // the project's city, or rule E5 refuses it
      break;
    }
    case E::COMPLAINT_CLOSED: complaint(event.getComplaintClosed().getComplaint()); break;

    case E::CONTRACT_FILED: {
      auto const body = event.getContractFiled();
      city(body.getCity());
      organisation(body.getEnterprise(), "enterprise");
      if (found.organisation && found.organisation->region && found.organisation->region->isCounty()) {
        found.county = found.organisation->region->number();
      }
      found.enterprise = readUscc(body.getEnterprise());
      for (auto const provider : body.getProviders()) {
        need(state_.organisations.find(readUscc(provider.getUscc())), "providers");
      }
      break;
    }
    case E::PROJECT_ENROLLED: {
      auto const body = event.getProjectEnrolled();
      city(body.getCity());
      found.county = body.getCounty();
      organisation(body.getEnterprise(), "enterprise");
      found.enterprise = readUscc(body.getEnterprise());
      for (auto const contract : body.getContracts()) {
        auto const* const filed = need(state_.contracts.find(readRef(contract.getEvent())), "contracts");
        if (filed && (!found.contract || found.contract->filedOn < filed->filedOn)) found.contract = filed;
      }
      break;
    }
    case E::LEVEL_ASSESSED:
      project(readRef(event.getLevelAssessed().getProject()));
      organisation(event.getLevelAssessed().getAssessor(), "assessor");
      break;
    case E::APPLICATION_SUBMITTED: project(readRef(event.getApplicationSubmitted().getProject())); break;
    case E::APPLICATION_REVIEWED: project(readRef(event.getApplicationReviewed().getProject())); break;
    case E::SITE_CHECKED:
      project(readRef(event.getSiteChecked().getProject()));
      for (auto const inspector : event.getSiteChecked().getInspectors()) {
        need(state_.persons.find(std::string(textOf(inspector.getPerson()))), "inspectors.person");
      }
      break;
    case E::COST_VERIFIED: project(readRef(event.getCostVerified().getProject())); break;
    case E::PROJECT_ACCEPTED: project(readRef(event.getProjectAccepted().getProject())); break;

    case E::SUBSIDY_PROPOSED:
      project(readRef(event.getSubsidyProposed().getProject()));
      if (found.project) found.city = need(state_.cities.find(found.project->city), "city");
      break;
    case E::PUBLICITY_OPENED: {
      auto const body = event.getPublicityOpened();
      city(body.getCity());
      for (auto const entry : body.getEntries()) {
        need(state_.projects.find(readRef(entry.getProject())), "entries.project");
      }
      break;
    }
    case E::OBJECTION_RAISED:
      publicity(readRef(event.getObjectionRaised().getPublicity()));
      project(readRef(event.getObjectionRaised().getProject()));
      break;
    case E::OBJECTION_RESOLVED: objection(event.getObjectionResolved().getObjection()); break;
    case E::PUBLICITY_CLOSED: publicity(readRef(event.getPublicityClosed().getPublicity())); break;
    case E::AWARD_APPROVED:
      project(readRef(event.getAwardApproved().getProject()));
      if (found.project) found.city = need(state_.cities.find(found.project->city), "city");
      draws(event.getAwardApproved().getDraws());
      break;
    case E::AWARD_WITHDRAWN: award(readRef(event.getAwardWithdrawn().getAward())); break;

    case E::PAYMENT_REQUESTED: {
      auto const body = event.getPaymentRequested();
      award(readRef(body.getAward()));
      if (found.project) found.city = need(state_.cities.find(found.project->city), "city");
      organisation(body.getPayee(), "payee");
      draws(body.getDraws());
      break;
    }
    case E::PAYMENT_REVIEWED: payment(event.getPaymentReviewed().getPayment()); break;
    case E::PAYMENT_APPROVED: payment(event.getPaymentApproved().getPayment()); break;
    case E::PAYMENT_INSTRUCTED: payment(event.getPaymentInstructed().getPayment()); break;
    case E::PAYMENT_SETTLED: payment(event.getPaymentSettled().getPayment()); break;
    case E::PAYMENT_RETURNED: payment(event.getPaymentReturned().getPayment()); break;
    case E::PAYMENT_CANCELLED: payment(event.getPaymentCancelled().getPayment()); break;

    case E::RECOVERY_ORDERED: award(readRef(event.getRecoveryOrdered().getAward())); break;
    case E::RECOVERY_RECEIVED:
      recovery(event.getRecoveryReceived().getRecovery());
      draws(event.getRecoveryReceived().getDraws());
      break;
    case E::RECOVERY_WAIVED: recovery(event.getRecoveryWaived().getRecovery()); break;

    case E::STATEMENT_IMPORTED: city(event.getStatementImported().getCity()); break;
    case E::LINE_MATCHED: match(event.getLineMatched()); break;
    case E::LINE_EXPLAINED: statement(event.getLineExplained().getStatement()); break;

    case E::LOOK_BACK_DONE: project(readRef(event.getLookBackDone().getProject())); break;
    case E::FINDING_RAISED: raised(event.getFindingRaised()); break;
    case E::RECTIFICATION_FILED: finding(event.getRectificationFiled().getFinding()); break;
    case E::RECTIFICATION_VERIFIED: finding(event.getRectificationVerified().getFinding()); break;
    case E::PENALTY_IMPOSED:
      finding(event.getPenaltyImposed().getFinding());
      organisation(event.getPenaltyImposed().getSubject(), "subject");
      break;

    case E::KEY_REVOKED: found.key = need(state_.keys.find(readKeyId(event.getKeyRevoked().getKey())), "key"); break;
    case E::ROLE_GRANTED:
      if (auto const index = state_.persons.indexOf(std::string(textOf(event.getRoleGranted().getPerson())))) {
        found.person = PersonIndex{*index};
      } else {
        found.missing = "person";
      }
      break;
    case E::ROLE_REVOKED:
      if (auto const* const holder = need(state_.grants.find(readRef(event.getRoleRevoked().getGrant())), "grant")) {
        found.person = *holder;
      }
      break;
    case E::CHANGE_CONFIRMED: change(readRef(event.getChangeConfirmed().getChange())); break;
    case E::EVENT_REVERSED: reversal(event.getEventReversed()); break;
    case E::PERIOD_CLOSED: found.region = wholeCity(readRegion(event.getPeriodClosed().getRegion())); break;
    case E::AUDIT_CONCLUDED: found.region = wholeCity(readRegion(event.getAuditConcluded().getRegion())); break;

    default: break;  // names no record of the state
  }
}

}  // namespace

Chain const* Subject::chain() const {
  if (recovery) return &recovery->steps;
  if (payment) return &payment->steps;
  if (project) return &project->steps;
  return nullptr;
}

Subject subjectOf(State const& state, History const& history, schema::Event::Reader event) {
  Finder finder(state, history);
  finder.follow(event);
  return std::move(finder.found);
}

}  // namespace fundtrail::ledger::domain
