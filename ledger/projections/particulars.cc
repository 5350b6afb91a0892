// SPDX-License-Identifier: Apache-2.0
#include "ledger/projections/particulars.h"

#include <utility>

#include "ledger/domain/authority.h"
#include "ledger/domain/read.h"
#include "ledger/schema/message.h"

namespace fundtrail::ledger::projections {

namespace {

using E = schema::Event::Which;

/// What a record is called; nothing for an event that makes none.
std::optional<capnp::Text::Reader> nameIn(schema::Event::Reader event) {
  switch (event.which()) {
    case E::POLICY_PUBLISHED: return event.getPolicyPublished().getNumber();
    case E::CITY_PLAN_FILED: return event.getCityPlanFiled().getNumber();
    case E::TRANCHE_ISSUED: return event.getTrancheIssued().getNumber();
    case E::COMPLAINT_FILED: return event.getComplaintFiled().getSubject();
    case E::CONTRACT_FILED: return event.getContractFiled().getNumber();
    case E::PROJECT_ENROLLED: return event.getProjectEnrolled().getTitle();
    case E::PUBLICITY_OPENED: return event.getPublicityOpened().getTitle();
    case E::OBJECTION_RAISED: return event.getObjectionRaised().getSubject();
    case E::AWARD_APPROVED: return event.getAwardApproved().getNumber();
    case E::PAYMENT_REQUESTED: return event.getPaymentRequested().getPayeeName();
    case E::STATEMENT_IMPORTED: return event.getStatementImported().getAccount().getNumber();
    case E::FINDING_RAISED: return event.getFindingRaised().getDescription();
    case E::RECOVERY_ORDERED: return event.getRecoveryOrdered().getReason();
    case E::BANK_ACCOUNT_CHANGED: return event.getBankAccountChanged().getUscc();
    case E::ORGANISATION_RENAMED: return event.getOrganisationRenamed().getName();
    case E::RECOVERY_WAIVED: return event.getRecoveryWaived().getReason();
    case E::KEY_ENROLLED: return event.getKeyEnrolled().getPerson();
    case E::ROLE_GRANTED: return event.getRoleGranted().getPerson();
    case E::KEY_REVOKED: return event.getKeyRevoked().getReason();
    case E::ROLE_REVOKED: return event.getRoleRevoked().getReason();
    case E::WITNESS_ENROLLED: return event.getWitnessEnrolled().getName();
    case E::EVENT_REVERSED: return event.getEventReversed().getReason();
    default: return std::nullopt;
  }
}

std::optional<domain::Date> dueIn(schema::Event::Reader event) {
  switch (event.which()) {
    case E::FINDING_RAISED: return domain::Date::fromNumber(event.getFindingRaised().getRectifyBy());
    case E::RECOVERY_ORDERED: return domain::readDate(event.getRecoveryOrdered().getDueOn());
    default: return std::nullopt;
  }
}

}  // namespace

void Register::apply(domain::Case const& about) {
  auto const& [context, event, subject, postings, numbers] = about;
  auto const call = [&](auto const& body) {
    organisations_.insert_or_assign(domain::readUscc(body.getUscc()), std::string(domain::textOf(body.getName())));
  };
  if (event.isOrganisationRegistered()) call(event.getOrganisationRegistered());
  if (event.isChangeConfirmed() && subject.pending &&
      event.getChangeConfirmed().getOutcome() == schema::Outcome::PASS) {
    schema::Message<schema::Event> const confirmed(subject.pending->event.bytes());
    if (confirmed.root().isOrganisationRenamed()) call(confirmed.root().getOrganisationRenamed());
  }
  auto const name = nameIn(event);
  if (!name) return;
  Particulars record{context.number, event.which(),  domain::readDate(event.getOccurredOn()),
                     subject.region, subject.county, std::string(domain::textOf(*name)),
                     dueIn(event)};
  if (event.isEventReversed() && subject.reversed) {
    schema::Message<schema::Event> const reversed(subject.reversed->bytes.bytes());
    record.reverses = reversed.root().which();
  }
  if (event.isPolicyPublished()) policies_.push_back(context.ref);
  if (event.isCityPlanFiled()) plans_[subject.region].push_back(context.ref);
  records_.insert_or_assign(context.ref, std::move(record));
}

Particulars const* Register::find(domain::EventRef const& ref) const {
  auto const at = records_.find(ref);
  return at == records_.end() ? nullptr : &at->second;
}

std::string_view Register::organisationName(domain::Uscc const& uscc) const {
  auto const at = organisations_.find(uscc);
  return at == organisations_.end() ? std::string_view() : std::string_view(at->second);
}

std::span<domain::EventRef const> Register::plans(domain::CityCode city) const {
  auto const at = plans_.find(city);
  if (at == plans_.end()) return {};
  return at->second;
}

}  // namespace fundtrail::ledger::projections
