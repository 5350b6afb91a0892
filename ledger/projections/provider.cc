// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/provider.h"

#include <algorithm>

#include "ledger/domain/read.h"

namespace fundtrail::ledger::projections {

namespace {

using E = schema::Event::Which;
using domain::readDate;
using domain::readFen;

std::string stringOf(capnp::Text::Reader text) {
  return std::string(domain::textOf(text));
}

}  // namespace

bool Provider::isMe(capnp::Text::Reader uscc) const {
  return domain::textOf(uscc) == uscc_.text();
}

ProviderProduct* Provider::listed(domain::CityCode city, capnp::Text::Reader code) {
  // Listed again after it was delisted, it has a row of its own: the last is in force.
  auto const at = std::find_if(products_.rbegin(), products_.rend(), [&](ProviderProduct const& product) {
    return product.city == city && product.code == domain::textOf(code);
  });
  return at == products_.rend() ? nullptr : &*at;
}

void Provider::listProduct(domain::Case const& about) {
  auto const body = about.event.getProductListed();
  auto const from = readDate(body.getListedFrom());
  products_.push_back({about.context.number,
                       about.subject.region,
                       stringOf(body.getCode()),
                       stringOf(body.getName()),
                       body.getCategory(),
                       body.getAfterReview(),
                       from,
                       std::nullopt,
                       {{about.context.number, from, readFen(body.getPriceFen())}}});
}

void Provider::fileContract(domain::Case const& about) {
  auto const body = about.event.getContractFiled();
  bool mine = false;
  for (auto const provider : body.getProviders()) mine = mine || isMe(provider.getUscc());
  if (!mine) return;
  contracts_.push_back({about.context.number, about.context.ref, about.subject.region,
                        domain::readUscc(body.getEnterprise()), readDate(body.getSignedOn()),
                        readFen(body.getTotalFen()), false});
}

void Provider::enrolProject(domain::Case const& about) {
  for (auto const contract : about.event.getProjectEnrolled().getContracts()) {
    auto const ref = domain::readRef(contract.getEvent());
    if (std::ranges::find(contracts_, ref, &ProviderContract::ref) == contracts_.end()) continue;
    projects_.insert(about.context.ref);
    return;
  }
}

void Provider::closeComplaint(domain::Case const& about) {
  auto const at = std::ranges::find(complaints_, *about.subject.complaintRef, &ProviderComplaint::ref);
  if (at == complaints_.end()) return;
  at->closedOn = readDate(about.event.getOccurredOn());
  at->upheld = about.event.getComplaintClosed().getUpheld();
}

/// Of what is reversed, only contracts are a provider's.
void Provider::confirm(domain::Case const& about) {
  if (about.event.getChangeConfirmed().getOutcome() != schema::Outcome::PASS) return;
  if (about.subject.pending) {
    schema::Message<schema::Event> const message(about.subject.pending->event.bytes());
    auto const change = message.root();
    bool const isMyName = change.isOrganisationRenamed() && isMe(change.getOrganisationRenamed().getUscc());
    if (isMyName) name_ = stringOf(change.getOrganisationRenamed().getName());
  }
  if (!about.subject.reversed) return;
  auto const at = std::ranges::find(contracts_, about.subject.reversed->context.ref, &ProviderContract::ref);
  if (at != contracts_.end()) at->reversed = true;
}

void Provider::apply(domain::Case const& about) {
  auto const& [context, event, subject, postings, numbers] = about;
  switch (event.which()) {
    case E::ORGANISATION_REGISTERED: {
      auto const body = event.getOrganisationRegistered();
      if (!isMe(body.getUscc())) return;
      name_ = stringOf(body.getName());
      kind_ = body.getKind();
      return;
    }
    case E::PROVIDER_LISTED: {
      auto const body = event.getProviderListed();
      if (!isMe(body.getProvider())) return;
      listings_.push_back(
          {context.number, subject.region, readDate(body.getListedFrom()), schema::DelistingCause::NOT_STATED, {}});
      return;
    }
    case E::PROVIDER_DELISTED: {
      auto const body = event.getProviderDelisted();
      if (!isMe(body.getProvider())) return;
      listings_.push_back({context.number, subject.region, readDate(body.getDelistedFrom()), body.getCause(),
                           stringOf(body.getReason())});
      return;
    }
    case E::PRODUCT_LISTED:
      if (isMe(event.getProductListed().getProvider())) listProduct(about);
      return;
    case E::PRODUCT_PRICE_CHANGED: {
      auto const body = event.getProductPriceChanged();
      if (!subject.product || subject.product->provider != uscc_) return;
      if (auto* const product = listed(subject.region, body.getCode())) {
        product->prices.push_back({context.number, readDate(body.getPricedFrom()), readFen(body.getPriceFen())});
      }
      return;
    }
    case E::PRODUCT_DELISTED: {
      auto const body = event.getProductDelisted();
      if (!subject.product || subject.product->provider != uscc_) return;
      if (auto* const product = listed(subject.region, body.getCode())) {
        product->delistedFrom = readDate(body.getDelistedFrom());
      }
      return;
    }
    case E::COMPLAINT_FILED: {
      auto const body = event.getComplaintFiled();
      if (!isMe(body.getProvider())) return;
      complaints_.push_back({context.number, context.ref, subject.region, readDate(event.getOccurredOn()),
                             stringOf(body.getSubject()), std::nullopt, false});
      return;
    }
    case E::COMPLAINT_CLOSED: return closeComplaint(about);
    case E::CONTRACT_FILED: return fileContract(about);
    case E::PROJECT_ENROLLED: return enrolProject(about);
    case E::LOOK_BACK_DONE: {
      auto const body = event.getLookBackDone();
      if (!projects_.contains(*subject.projectRef)) return;
      lookBacks_.push_back({context.number, *subject.projectRef, *subject.enterprise, readDate(body.getDoneOn()),
                            body.getProductInUse(), body.getServiceThere(), body.getSatisfied()});
      return;
    }
    case E::PENALTY_IMPOSED: {
      auto const body = event.getPenaltyImposed();
      if (!isMe(body.getSubject())) return;
      penalties_.push_back({context.number, readDate(event.getOccurredOn()), stringOf(body.getMeasure()),
                            readFen(body.getFineFen()), domain::Date::fromNumber(body.getBanFrom()),
                            domain::Date::fromNumber(body.getBanTo())});
      return;
    }
    case E::CHANGE_CONFIRMED: return confirm(about);
    default: return;
  }
}

}  // namespace fundtrail::ledger::projections
