// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/allocation.h"

#include <algorithm>

#include "crypto/ensure.h"
#include "ledger/domain/read.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::projections {

namespace {

using E = schema::Event::Which;
using domain::Fen;
using domain::Place;
using domain::Stage;

template <class Parts, class Project>
Amounts sumOf(Parts const& parts, Project const& amountsOf) {
  Amounts total;
  for (auto const& part : parts) total += amountsOf(part);
  return total;
}

Amounts& amountsIn(TrancheAllocation& tranche, domain::Pocket const& pocket) {
  auto at = std::ranges::find(tranche.pockets, pocket, &PocketAllocation::pocket);
  if (at == tranche.pockets.end()) at = tranche.pockets.insert(at, PocketAllocation{pocket, {}});
  return at->amounts;
}

Fen& stageIn(TrancheAllocation& tranche, Place const& place) {
  return amountsIn(tranche, place.pocket).stages[static_cast<std::size_t>(place.stage)];
}

/// Counts a flow between two stages, and takes it back where it runs the other way.
void flow(Fen& total, domain::Posting const& posting, Stage from, Stage to) {
  if (posting.from->stage == from && posting.to->stage == to) total += posting.amount;
  if (posting.from->stage == to && posting.to->stage == from) total -= posting.amount;
}

PublishedList listOf(domain::EventContext const& context, schema::PublicityOpened::Reader body) {
  return {context.ref,
          context.number,
          std::string(domain::textOf(body.getTitle())),
          domain::readDate(body.getOpensOn()),
          domain::readDate(body.getClosesOn()),
          body.getEntries().size(),
          domain::readFen(body.getTotalFen()),
          false};
}

void countSettled(CityAllocation& city, domain::Uscc const& enterprise) {
  ++city.settledFor[enterprise];
}

void uncountSettled(CityAllocation& city, domain::Uscc const& enterprise) {
  auto const at = city.settledFor.find(enterprise);
  crypto::ensure(at != city.settledFor.end(), "a settlement that is reversed was counted");
  if (--at->second == 0) city.settledFor.erase(at);
}

PublishedList& listed(CityAllocation& city, domain::EventRef const& publicity) {
  auto const at = std::ranges::find(city.published, publicity, &PublishedList::ref);
  crypto::ensure(at != city.published.end(), "a list that closes was opened in its city");
  return *at;
}

/// What a confirmed reversal takes out of the counts.
void uncount(CityAllocation& city, schema::ChangeConfirmed::Reader body, domain::Subject const& subject) {
  if (body.getOutcome() != schema::Outcome::PASS || !subject.reversed) return;
  schema::Message<schema::Event> const reversed(subject.reversed->bytes.bytes());
  auto const target = reversed.root();
  if (target.isPaymentSettled()) uncountSettled(city, *subject.enterprise);
  if (target.isProjectEnrolled()) --city.projectsEnrolled;
  if (target.isPublicityClosed()) {
    listed(city, domain::readRef(target.getPublicityClosed().getPublicity())).closed = false;
  }
  if (target.isPublicityOpened()) {
    std::erase_if(city.published, [&](PublishedList const& list) { return list.ref == subject.reversed->context.ref; });
  }
}

}  // namespace

Fen Amounts::held() const {
  Fen total;
  for (auto const amount : stages) total += amount;
  return total;
}

Amounts& Amounts::operator+=(Amounts const& other) {
  for (std::size_t i = 0; i < stages.size(); ++i) stages[i] += other.stages[i];
  issued += other.issued;
  received += other.received;
  recovered += other.recovered;
  return *this;
}

Amounts TrancheAllocation::total() const {
  return sumOf(pockets, [](auto const& pocket) { return pocket.amounts; });
}

Amounts CityAllocation::total() const {
  return sumOf(tranches, [](auto const& tranche) { return tranche.total(); });
}

Amounts Allocation::total() const {
  return sumOf(cities_, [](auto const& city) { return city.total(); });
}

Allocation Allocation::ofKind(schema::TrancheKind kind) const {
  auto part = *this;
  for (auto& city : part.cities_) {
    std::erase_if(city.tranches, [kind](TrancheAllocation const& tranche) { return tranche.kind != kind; });
  }
  part.tranches_.clear();  // positions in what was left out
  return part;
}

CityAllocation const* Allocation::find(domain::CityCode city) const {
  auto const at = std::ranges::find(cities_, city, &CityAllocation::city);
  return at == cities_.end() ? nullptr : &*at;
}

CityAllocation& Allocation::edit(domain::CityCode city) {
  auto const at = std::ranges::find(cities_, city, &CityAllocation::city);
  if (at != cities_.end()) return *at;
  return cities_.emplace_back(CityAllocation{city, schema::Region::NOT_STATED, 0, {}, {}, 0, {}});
}

void Allocation::designate(schema::CityDesignated::Reader body) {
  auto& city = edit(domain::readRegion(body.getCity()));
  city.region = body.getRegion();
  city.minEnterprises = body.getMinEnterprises();
}

void Allocation::open(domain::EventContext const& context, CityAllocation& city, schema::TrancheIssued::Reader body) {
  auto const at = static_cast<std::size_t>(&city - cities_.data());
  tranches_.emplace(context.ref, TrancheAt{at, city.tranches.size()});
  city.tranches.push_back({context.ref,
                           context.number,
                           std::string(domain::textOf(body.getNumber())),
                           body.getLevel(),
                           body.getKind(),
                           body.getYear(),
                           {}});
}

void Allocation::post(domain::Posting const& posting) {
  auto const at = tranches_.find(posting.tranche);
  crypto::ensure(at != tranches_.end(), "money moves in a tranche that was issued");
  auto& tranche = cities_[at->second.city].tranches[at->second.tranche];
  if (posting.from) {
    stageIn(tranche, *posting.from) -= posting.amount;
  } else {
    amountsIn(tranche, posting.to->pocket).issued += posting.amount;
  }
  if (posting.to) {
    stageIn(tranche, *posting.to) += posting.amount;
  } else {
    amountsIn(tranche, posting.from->pocket).issued -= posting.amount;
  }
  if (!posting.from || !posting.to) return;
  auto& amounts = amountsIn(tranche, posting.to->pocket);
  flow(amounts.received, posting, Stage::issued, Stage::available);
  flow(amounts.recovered, posting, Stage::paid, Stage::recovered);
}

void Allocation::apply(domain::Case const& about) {
  auto const& [context, event, subject, postings, numbers] = about;
  crypto::ensure(context.number.value() >= position_, "a projection takes in events in their order");
  switch (event.which()) {
    case E::CITY_DESIGNATED: designate(event.getCityDesignated()); break;
    case E::TRANCHE_ISSUED: open(context, edit(subject.region), event.getTrancheIssued()); break;
    case E::PUBLICITY_OPENED:
      edit(subject.region).published.push_back(listOf(context, event.getPublicityOpened()));
      break;
    case E::PUBLICITY_CLOSED: listed(edit(subject.region), *subject.publicityRef).closed = true; break;
    case E::PROJECT_ENROLLED: ++edit(subject.region).projectsEnrolled; break;
    case E::PAYMENT_SETTLED: countSettled(edit(subject.region), *subject.enterprise); break;
    case E::CHANGE_CONFIRMED:
      if (subject.reversed) uncount(edit(subject.region), event.getChangeConfirmed(), subject);
      break;
    default: break;
  }
  for (auto const& posting : postings) post(posting);
  position_ = context.number.value() + 1;
}

crypto::Result<AllocationAsOf> project(log::EventLog const& log, AsOf const& asOf) {
  Allocation allocation;
  auto const snapshot = read(log, asOf, [&](domain::Case const& about) { allocation.apply(about); });
  if (!snapshot) return snapshot.error();
  return AllocationAsOf{std::move(allocation), snapshot->basis};
}

}  // namespace fundtrail::ledger::projections
