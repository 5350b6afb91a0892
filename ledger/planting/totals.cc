// SPDX-License-Identifier: Apache-2.0
#include "ledger/planting/totals.h"

#include <map>
#include <optional>

#include "ledger/domain/read.h"

namespace fundtrail::ledger::planting {

namespace {

using domain::Fen;
using domain::textOf;

/// What was taken back; in a simulated history the second person always agrees.
std::set<Place> reversedIn(Draft const& draft) {
  std::set<Place> reversed;
  for (Place place = 0; place < draft.size(); ++place) {
    auto const event = draft.event(place);
    if (!event.isEventReversed()) continue;
    if (auto const of = draft.placeOf(domain::bytesOf(event.getEventReversed().getEvent()))) reversed.insert(*of);
  }
  return reversed;
}

/// Calls visit(place, event) for each event that holds.
template <class Visit>
void visitHolding(Draft const& draft, Visit const& visit) {
  auto const reversed = reversedIn(draft);
  for (Place place = 0; place < draft.size(); ++place) {
    if (!reversed.contains(place)) visit(place, draft.event(place));
  }
}

std::optional<Place> placeOf(Draft const& draft, capnp::Data::Reader ref) {
  return draft.placeOf(domain::bytesOf(ref));
}

}  // namespace

std::vector<Paid> paidIn(Draft const& draft) {
  std::map<Place, Place> projectOf;  // by award
  std::map<Place, Paid> payments;    // by request
  std::map<Place, bool> arrived;
  visitHolding(draft, [&](Place place, schema::Event::Reader event) {
    if (event.isAwardApproved()) {
      if (auto const project = placeOf(draft, event.getAwardApproved().getProject())) projectOf[place] = *project;
    } else if (event.isPaymentRequested()) {
      auto const award = placeOf(draft, event.getPaymentRequested().getAward());
      if (!award || !projectOf.contains(*award)) return;
      auto const enrolled = projectOf.at(*award);
      auto const city = draft.event(enrolled).getProjectEnrolled().getCity();
      payments.emplace(place, Paid{place, enrolled, city, domain::Date::first(), Fen()});
    } else if (event.isPaymentSettled()) {
      auto const body = event.getPaymentSettled();
      auto const at = payments.find(placeOf(draft, body.getPayment()).value_or(draft.size()));
      if (at == payments.end()) return;
      at->second.settled = place;
      at->second.on = domain::readDate(body.getValueDate());
      at->second.amount = domain::readFen(body.getAmountFen());
      arrived[at->first] = true;
    } else if (event.isPaymentReturned()) {
      arrived.erase(placeOf(draft, event.getPaymentReturned().getPayment()).value_or(draft.size()));
    }
  });
  std::vector<Paid> paid;
  for (auto const& [requested, payment] : payments) {
    if (arrived.contains(requested)) paid.push_back(payment);
  }
  return paid;
}

Fen awardedTo(Draft const& draft, std::string_view enterprise) {
  std::map<Place, Fen> awards;
  visitHolding(draft, [&](Place place, schema::Event::Reader event) {
    if (event.isAwardApproved()) {
      auto const body = event.getAwardApproved();
      if (textOf(body.getBeneficiary()) == enterprise) awards[place] = domain::readFen(body.getAmountFen());
    } else if (event.isAwardWithdrawn()) {
      awards.erase(placeOf(draft, event.getAwardWithdrawn().getAward()).value_or(draft.size()));
    }
  });
  Fen sum;
  for (auto const& [place, amount] : awards) sum += amount;
  return sum;
}

CityTotals totalsOf(Draft const& draft, std::uint32_t city) {
  CityTotals totals;
  for (auto const& paid : paidIn(draft)) {
    if (paid.city == city) totals.paid += paid.amount;
  }
  std::set<Place> tranches;
  std::map<Place, std::string> reforms;  // the enterprise, by enrolment
  visitHolding(draft, [&](Place place, schema::Event::Reader event) {
    if (event.isTrancheIssued() && event.getTrancheIssued().getCity() == city) tranches.insert(place);
    if (event.isTrancheReceived()) {
      auto const body = event.getTrancheReceived();
      auto const of = placeOf(draft, body.getTranche());
      if (of && tranches.contains(*of)) totals.received += domain::readFen(body.getAmountFen());
    }
    if (event.isProjectEnrolled()) {
      auto const body = event.getProjectEnrolled();
      bool const counts = body.getCity() == city && body.getPurpose() == schema::Purpose::REFORM;
      if (counts) reforms.emplace(place, std::string(textOf(body.getEnterprise())));
    }
    if (event.isProjectAccepted() && event.getProjectAccepted().getOutcome() == schema::Outcome::PASS) {
      auto const at = reforms.find(placeOf(draft, event.getProjectAccepted().getProject()).value_or(draft.size()));
      if (at != reforms.end()) totals.counted.insert(at->second);
    }
  });
  return totals;
}

}  // namespace fundtrail::ledger::planting
