// SPDX-License-Identifier: Apache-2.0
#include "ledger/planting/stories.h"

#include <algorithm>
#include <set>
#include <utility>

#include "ledger/domain/read.h"

namespace fundtrail::ledger::planting {

namespace {

using domain::textOf;
using E = schema::Event::Which;

/// A project while its events come in.
struct Gathered {
  std::map<E, std::vector<Place>> events;
  std::vector<PaymentStory> payments;
  bool ordinary = true;
};

class Reading {
 public:
  explicit Reading(Draft const& draft) : draft_(draft) {}

  Stories run() {
    for (Place place = 0; place < draft_.size(); ++place) take(place, draft_.event(place));
    for (auto const enrolled : order_) {
      if (auto story = storyOf(enrolled)) stories_.projects.push_back(std::move(*story));
    }
    std::ranges::stable_sort(stories_.projects, {}, &Story::award);
    return std::move(stories_);
  }

 private:
  void take(Place place, schema::Event::Reader event);
  void takeOfProject(Place place, schema::Event::Reader event);
  void takeOfPayment(Place place, schema::Event::Reader event);
  void takeOfCity(Place place, schema::Event::Reader event);
  void spoil(std::optional<Place> about);
  void add(Place place, E type, capnp::Data::Reader project);
  std::optional<Story> storyOf(Place enrolled) const;
  bool isFromFirstTranche(Story const& story) const;

  std::optional<Place> placeOf(capnp::Data::Reader ref) const { return draft_.placeOf(domain::bytesOf(ref)); }

  Draft const& draft_;
  Stories stories_;
  std::vector<Place> order_;
  std::map<Place, Gathered> projects_;                        // by their enrolment
  std::map<Place, Place> projectOf_;                          // of any event about one
  std::map<Place, std::pair<Place, std::size_t>> paymentOf_;  // by request
};

void Reading::spoil(std::optional<Place> about) {
  if (!about) return;
  auto const at = projectOf_.find(*about);
  if (at != projectOf_.end()) projects_[at->second].ordinary = false;
}

void Reading::add(Place place, E type, capnp::Data::Reader project) {
  auto const enrolled = placeOf(project);
  if (!enrolled) return;
  projects_[*enrolled].events[type].push_back(place);
  projectOf_[place] = *enrolled;
}

void Reading::takeOfProject(Place place, schema::Event::Reader event) {
  auto const type = event.which();
  switch (type) {
    case E::PROJECT_ENROLLED: {
      order_.push_back(place);
      projectOf_[place] = place;
      auto& project = projects_[place];
      for (auto const contract : event.getProjectEnrolled().getContracts()) {
        auto const filed = placeOf(contract.getEvent());
        if (!filed) continue;
        project.events[E::CONTRACT_FILED].push_back(*filed);
        projectOf_[*filed] = place;
      }
      break;
    }
    case E::LEVEL_ASSESSED: add(place, type, event.getLevelAssessed().getProject()); break;
    case E::APPLICATION_SUBMITTED: add(place, type, event.getApplicationSubmitted().getProject()); break;
    case E::APPLICATION_REVIEWED: add(place, type, event.getApplicationReviewed().getProject()); break;
    case E::SITE_CHECKED: add(place, type, event.getSiteChecked().getProject()); break;
    case E::COST_VERIFIED: add(place, type, event.getCostVerified().getProject()); break;
    case E::PROJECT_ACCEPTED: add(place, type, event.getProjectAccepted().getProject()); break;
    case E::SUBSIDY_PROPOSED: add(place, type, event.getSubsidyProposed().getProject()); break;
    case E::PUBLICITY_OPENED:
      for (auto const entry : event.getPublicityOpened().getEntries()) {
        if (auto const enrolled = placeOf(entry.getProject())) projects_[*enrolled].events[type].push_back(place);
      }
      break;
    case E::AWARD_APPROVED: add(place, type, event.getAwardApproved().getProject()); break;
    case E::AWARD_WITHDRAWN: spoil(placeOf(event.getAwardWithdrawn().getAward())); break;
    case E::OBJECTION_RAISED: spoil(placeOf(event.getObjectionRaised().getProject())); break;
    case E::COMPLAINT_FILED: spoil(placeOf(event.getComplaintFiled().getProject())); break;
    case E::LOOK_BACK_DONE: spoil(placeOf(event.getLookBackDone().getProject())); break;
    case E::FINDING_RAISED: spoil(placeOf(event.getFindingRaised().getProject())); break;
    case E::RECOVERY_ORDERED: spoil(placeOf(event.getRecoveryOrdered().getAward())); break;
    case E::EVENT_REVERSED: spoil(placeOf(event.getEventReversed().getEvent())); break;
    default: takeOfPayment(place, event);
  }
}

void Reading::takeOfPayment(Place place, schema::Event::Reader event) {
  auto const paymentOf = [this](capnp::Data::Reader ref) -> PaymentStory* {
    auto const requested = placeOf(ref);
    auto const at = requested ? paymentOf_.find(*requested) : paymentOf_.end();
    return at == paymentOf_.end() ? nullptr : &projects_[at->second.first].payments[at->second.second];
  };
  auto const belongs = [&](capnp::Data::Reader ref) { projectOf_[place] = projectOf_[*placeOf(ref)]; };
  switch (event.which()) {
    case E::PAYMENT_REQUESTED: {
      auto const body = event.getPaymentRequested();
      auto const award = placeOf(body.getAward());
      auto const enrolled = projectOf_[*award];
      projectOf_[place] = enrolled;
      auto& payments = projects_[enrolled].payments;
      paymentOf_[place] = {enrolled, payments.size()};
      payments.push_back({.requested = place, .amount = domain::readFen(body.getAmountFen())});
      break;
    }
    case E::PAYMENT_REVIEWED: {
      auto const body = event.getPaymentReviewed();
      belongs(body.getPayment());
      if (auto* const payment = paymentOf(body.getPayment())) payment->reviewed = place;
      break;
    }
    case E::PAYMENT_APPROVED: {
      belongs(event.getPaymentApproved().getPayment());
      if (auto* const payment = paymentOf(event.getPaymentApproved().getPayment())) payment->approved = place;
      break;
    }
    case E::PAYMENT_INSTRUCTED: {
      belongs(event.getPaymentInstructed().getPayment());
      if (auto* const payment = paymentOf(event.getPaymentInstructed().getPayment())) payment->instructed = place;
      break;
    }
    case E::PAYMENT_SETTLED: {
      belongs(event.getPaymentSettled().getPayment());
      if (auto* const payment = paymentOf(event.getPaymentSettled().getPayment())) payment->settled = place;
      break;
    }
    case E::PAYMENT_RETURNED: spoil(placeOf(event.getPaymentReturned().getPayment())); break;
    case E::PAYMENT_CANCELLED: spoil(placeOf(event.getPaymentCancelled().getPayment())); break;
    case E::LINE_MATCHED: {
      auto const body = event.getLineMatched();
      auto const about = placeOf(body.getEvent());
      auto const statement = placeOf(body.getStatement());
      if (!about || !statement || !draft_.event(*about).isPaymentSettled()) break;
      belongs(body.getEvent());
      if (auto* const payment = paymentOf(draft_.event(*about).getPaymentSettled().getPayment())) {
        payment->matched = place;
        payment->line = LinePlace{*statement, body.getLine()};
      }
      break;
    }
    default: takeOfCity(place, event);
  }
}

void Reading::takeOfCity(Place place, schema::Event::Reader event) {
  auto& cities = stories_.cities;
  switch (event.which()) {
    case E::ORGANISATION_REGISTERED:
      stories_.registrations.emplace(std::string(textOf(event.getOrganisationRegistered().getUscc())), place);
      break;
    case E::CITY_DESIGNATED: {
      auto const code = event.getCityDesignated().getCity();
      cities[code].code = code;
      break;
    }
    case E::CITY_PLAN_FILED: {
      auto& city = cities[event.getCityPlanFiled().getCity()];
      if (city.planFiled == 0) city.planFiled = place;
      break;
    }
    case E::TRANCHE_ISSUED: {
      auto& city = cities[event.getTrancheIssued().getCity()];
      if (city.firstTranche == 0) city.firstTranche = place;
      break;
    }
    case E::TRANCHE_RECEIVED: {
      auto const tranche = *placeOf(event.getTrancheReceived().getTranche());
      auto& city = cities[draft_.event(tranche).getTrancheIssued().getCity()];
      if (city.firstTranche == tranche) city.received = place;
      break;
    }
    case E::TRANCHE_SPLIT: {
      auto const tranche = *placeOf(event.getTrancheSplit().getTranche());
      auto& city = cities[draft_.event(tranche).getTrancheIssued().getCity()];
      if (city.firstTranche == tranche) city.splits.push_back(place);
      break;
    }
    case E::STATEMENT_IMPORTED: cities[event.getStatementImported().getCity()].statements.push_back(place); break;
    case E::FINAL_SETTLEMENT: cities[event.getFinalSettlement().getCity()].settled = true; break;
    default: break;
  }
}

bool Reading::isFromFirstTranche(Story const& story) const {
  auto const draws = draft_.event(story.award).getAwardApproved().getDraws();
  return draws.size() == 1 && draws[0].getCounty() == 0 &&
         placeOf(draws[0].getTranche()) == stories_.cities.at(story.city).firstTranche;
}

std::optional<Story> Reading::storyOf(Place enrolled) const {
  auto const& gathered = projects_.at(enrolled);
  auto const body = draft_.event(enrolled).getProjectEnrolled();
  if (!gathered.ordinary || body.getPurpose() != schema::Purpose::REFORM ||
      body.getMode() != schema::SupportMode::AFTER || gathered.payments.size() != 1) {
    return std::nullopt;
  }
  auto const of = [&](E type) -> std::vector<Place> const& {
    static std::vector<Place> const none;
    auto const at = gathered.events.find(type);
    return at == gathered.events.end() ? none : at->second;
  };
  for (auto const once : {E::CONTRACT_FILED, E::APPLICATION_SUBMITTED, E::SITE_CHECKED, E::COST_VERIFIED,
                          E::PROJECT_ACCEPTED, E::SUBSIDY_PROPOSED, E::PUBLICITY_OPENED, E::AWARD_APPROVED}) {
    if (of(once).size() != 1) return std::nullopt;
  }
  auto const& payment = gathered.payments.front();
  bool const isWhole =
      payment.reviewed && payment.approved && payment.instructed && payment.settled && payment.matched &&
      payment.amount == domain::readFen(draft_.event(of(E::AWARD_APPROVED)[0]).getAwardApproved().getAmountFen());
  if (!isWhole || of(E::LEVEL_ASSESSED).size() != 2 || of(E::APPLICATION_REVIEWED).empty()) return std::nullopt;
  std::string const enterprise(textOf(body.getEnterprise()));
  auto const registered = stories_.registrations.at(enterprise);
  Story story{.city = body.getCity(),
              .enterprise = enterprise,
              .registered = registered,
              .contract = of(E::CONTRACT_FILED)[0],
              .enrolled = enrolled,
              .assessedBefore = of(E::LEVEL_ASSESSED)[0],
              .assessedAfter = of(E::LEVEL_ASSESSED)[1],
              .submitted = of(E::APPLICATION_SUBMITTED)[0],
              .formReviewed = of(E::APPLICATION_REVIEWED)[0],
              .siteChecked = of(E::SITE_CHECKED)[0],
              .verified = of(E::COST_VERIFIED)[0],
              .accepted = of(E::PROJECT_ACCEPTED)[0],
              .proposed = of(E::SUBSIDY_PROPOSED)[0],
              .publicity = of(E::PUBLICITY_OPENED)[0],
              .award = of(E::AWARD_APPROVED)[0],
              .payment = payment};
  // The payee as it was registered: neither renamed nor with another account.
  auto const asRegistered = draft_.event(registered).getOrganisationRegistered();
  auto const request = draft_.event(payment.requested).getPaymentRequested();
  if (textOf(request.getAccount()) != textOf(asRegistered.getAccounts()[0].getNumber()) ||
      textOf(request.getPayeeName()) != textOf(asRegistered.getName()) || !isFromFirstTranche(story)) {
    return std::nullopt;
  }
  return story;
}

void Reading::take(Place place, schema::Event::Reader event) {
  if (event.isSiteChecked()) {
    auto const enrolled = placeOf(event.getSiteChecked().getProject());
    if (enrolled) {
      stories_.cities[draft_.event(*enrolled).getProjectEnrolled().getCity()].siteChecks.push_back(place);
    }
  }
  takeOfProject(place, event);
}

}  // namespace

Stories read(Draft const& draft) {
  return Reading(draft).run();
}

}  // namespace fundtrail::ledger::planting
