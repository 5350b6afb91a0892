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

  void publicity(capnp::Data::Reader ref) {
    found.publicityRef = readRef(ref);
    found.publicity = need(state_.publicities.find(*found.publicityRef), "publicity");
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
    found.region = region.isCounty() ? region.cityOf() : region;
    found.county = region.isCounty() ? region.number() : 0;
  }

  void change(EventRef const& ref) {
    found.pendingRef = ref;
    found.pending = need(state_.pending.find(ref), "change");
    if (!found.pending) return;
    schema::Message<schema::Event> const message(found.pending->event.bytes());
    follow(message.root());
  }

  void reversal(schema::EventReversed::Reader body) {
    auto recorded = history_.event(EventNumber(body.getNumber()));
    if (!recorded || recorded->context.ref != readRef(body.getEvent())) {
      found.missing = "event";
      return;
    }
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

    case E::ORGANISATION_REGISTERED: registration(event.getOrganisationRegistered()); break;
    case E::BANK_ACCOUNT_CHANGED:
      organisation(event.getBankAccountChanged().getUscc(), "uscc");
      if (found.organisation && found.organisation->region) {
        auto const region = *found.organisation->region;
        found.region = region.isCounty() ? region.cityOf() : region;
      }
      break;

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
    case E::PUBLICITY_CLOSED: publicity(event.getPublicityClosed().getPublicity()); break;
    case E::AWARD_APPROVED:
      project(readRef(event.getAwardApproved().getProject()));
      draws(event.getAwardApproved().getDraws());
      break;
    case E::AWARD_WITHDRAWN: award(readRef(event.getAwardWithdrawn().getAward())); break;

    case E::PAYMENT_REQUESTED: {
      auto const body = event.getPaymentRequested();
      award(readRef(body.getAward()));
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
