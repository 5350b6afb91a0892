// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "crypto/ensure.h"
#include "crypto/keys.h"
#include "ledger/domain/account_name.h"
#include "ledger/domain/admit.h"
#include "ledger/domain/authority.h"
#include "ledger/domain/numbers.h"
#include "ledger/domain/postings.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

/// Applies one event to the state. One method per kind of thing; money and used-up numbers are the same for all and
/// come first.
class Evolution {
 public:
  Evolution(State& state, Case const& about)
      : state_(state),
        about_(about),
        context_(about.context),
        event_(about.event),
        subject_(about.subject),
        author_(checked(state.personOf(about.context.author))) {}

  void run() {
    if (event_.isTrancheIssued()) openTranche(event_.getTrancheIssued());
    for (auto const& posting : about_.postings) state_.tranches.edit(posting.tranche).apply(posting);
    for (auto const& use : about_.numbers) {
      state_.numbers.add(use.number);
      if (state_.releasedNumbers.contains(use.number)) state_.releasedNumbers.edit(use.number) = false;
    }
    if (authorityOf(event_.which()).secondPerson) {
      state_.pending.insert(context_.ref, PendingChange{context_, author_, schema::canonical<schema::Event>(event_)});
    } else {
      apply();
    }
  }

 private:
  void apply();

  Date occurredOn() const { return readDate(event_.getOccurredOn()); }
  Step step() const { return {context_.number, author_, event_.which(), occurredOn()}; }
  Project& project() { return state_.projects.edit(*subject_.projectRef); }
  Award& award() { return state_.awards.edit(*subject_.awardRef); }
  Payment& payment() { return state_.payments.edit(*subject_.paymentRef); }
  Recovery& recovery() { return state_.recoveries.edit(*subject_.recoveryRef); }

  // ---- rules and funds

  void publishPolicy(schema::PolicyPublished::Reader body) {
    state_.policies.insert(static_cast<std::uint32_t>(state_.policies.size()),
                           Policy{readDate(body.getInForceFrom()), readDate(body.getWindowFrom()),
                                  readDate(body.getWindowTo()), body.getMinInspectors()});
  }

  void filePlan(schema::CityPlanFiled::Reader body) {
    CityPlan plan{readDate(body.getInForceFrom()), {}};
    for (auto const purpose : body.getPlans()) {
      PurposePlan entry{purpose.getPurpose(), checked(BasisPoints::from(purpose.getRateBp())), {}};
      for (auto const cap : purpose.getCaps()) entry.caps.push_back({cap.getLevel(), readFen(cap.getCapFen())});
      plan.plans.push_back(std::move(entry));
    }
    state_.cities.edit(subject_.region).plans.push_back(std::move(plan));
  }

  void openTranche(schema::TrancheIssued::Reader body) {
    std::uint8_t purposes = 0;
    for (auto const purpose : body.getPurposes()) {
      purposes = static_cast<std::uint8_t>(purposes | (1U << static_cast<unsigned>(purpose)));
    }
    state_.tranches.insert(
        context_.ref,
        Tranche{
            subject_.region, body.getLevel(), body.getKind(), body.getYear(), occurredOn(), purposes, Fen(), {}, {}});
  }

  void noteTrancheMove() { state_.tranches.edit(*subject_.trancheRef).moves.push_back(context_.number); }

  // ---- parties

  static PayeeAccount accountOf(schema::BankAccount::Reader account) {
    return {readAccount(account.getNumber()), normalisedName(textOf(account.getName())).value_or(std::string())};
  }

  void registerOrganisation(schema::OrganisationRegistered::Reader body) {
    Organisation organisation{normalisedName(textOf(body.getName())).value_or(std::string()),
                              body.getKind(),
                              CityCode::fromNumber(body.getRegion()),
                              {}};
    for (auto const account : body.getAccounts()) organisation.accounts.push_back(accountOf(account));
    state_.organisations.insert(readUscc(body.getUscc()), std::move(organisation));
  }

  void changeAccount(schema::BankAccountChanged::Reader body) {
    auto& accounts = state_.organisations.edit(readUscc(body.getUscc())).accounts;
    if (body.getReplaces().size() != 0) {
      std::erase_if(accounts, [replaced = readAccount(body.getReplaces())](PayeeAccount const& account) {
        return account.number == replaced;
      });
    }
    accounts.push_back(accountOf(body.getAccount()));
  }

  // ---- project

  void fileContract(schema::ContractFiled::Reader body) {
    state_.contracts.insert(context_.ref, Contract{subject_.region, readUscc(body.getEnterprise()), author_,
                                                   context_.number, occurredOn()});
  }

  void enrolProject(schema::ProjectEnrolled::Reader body) {
    Project project{subject_.region, body.getCounty(), readUscc(body.getEnterprise()), body.getPurpose()};
    for (auto const reference : body.getContracts()) {
      auto& contract = state_.contracts.edit(readRef(reference.getEvent()));
      contract.enrolled = true;
      // Who made the contract known is a maker in this project's chain (separation of duties).
      project.steps.push_back({contract.event, contract.filedBy, E::CONTRACT_FILED, contract.filedOn});
    }
    project.steps.push_back(step());
    state_.projects.insert(context_.ref, std::move(project));
  }

  void advance(ProjectStage next) {
    auto& record = project();
    record.stage = next;
    record.steps.push_back(step());
  }

  /// A review leads on, back (to the applicant, mostly), or out.
  void judged(schema::Outcome outcome, ProjectStage passed, ProjectStage back = ProjectStage::enrolled) {
    switch (outcome) {
      case schema::Outcome::PASS: return advance(passed);
      case schema::Outcome::SEND_BACK: return advance(back);
      default: return advance(ProjectStage::rejected);
    }
  }

  void openPublicity(schema::PublicityOpened::Reader body) {
    Publicity publicity{subject_.region, readDate(body.getOpensOn()), readDate(body.getClosesOn()), {}};
    for (auto const entry : body.getEntries()) {
      publicity.projects.push_back(readRef(entry.getProject()));
      auto& project = state_.projects.edit(publicity.projects.back());
      project.stage = ProjectStage::publicised;
      project.steps.push_back(step());
    }
    state_.publicities.insert(context_.ref, std::move(publicity));
  }

  void closePublicity() {
    auto& publicity = state_.publicities.edit(*subject_.publicityRef);
    publicity.closed = true;
    for (auto const& ref : publicity.projects) {
      auto& project = state_.projects.edit(ref);
      project.stage = ProjectStage::publicityClosed;
      project.steps.push_back(step());
    }
  }

  void approveAward(schema::AwardApproved::Reader body) {
    advance(ProjectStage::awarded);
    auto& record = project();
    record.award = context_.ref;
    Award award{*subject_.projectRef,
                record.city,
                record.enterprise,
                record.purpose,
                readFen(body.getAmountFen()),
                Fen(),
                {},
                false,
                context_.number};
    for (auto const draw : body.getDraws()) {
      award.draws.push_back(
          {readRef(draw.getTranche()), draw.getCounty(), readFen(draw.getAmountFen()), Fen(), Fen(), Fen()});
    }
    state_.awards.insert(context_.ref, std::move(award));
  }

  // ---- payment

  void requestPayment(schema::PaymentRequested::Reader body) {
    Payment payment{*subject_.awardRef, subject_.region, readAccount(body.getAccount()), readFen(body.getAmountFen())};
    for (auto const draw : body.getDraws()) {
      payment.draws.push_back({readRef(draw.getTranche()), draw.getCounty(), readFen(draw.getAmountFen())});
    }
    payment.steps.push_back(step());
    changeAward(payment.draws, &AwardDraw::requested, Sign::plus);
    state_.payments.insert(context_.ref, std::move(payment));
  }

  enum class Sign : bool { minus, plus };

  void changeAward(Draws const& draws, Fen AwardDraw::*part, Sign sign) {
    auto& record = award();
    for (auto const& draw : draws) {
      auto& amount = record.edit(draw.tranche, draw.county).*part;
      amount = sign == Sign::plus ? amount + draw.amount : amount - draw.amount;
    }
  }

  void advancePayment(PaymentStage next) {
    auto& record = payment();
    record.stage = next;
    record.steps.push_back(step());
    if (next == PaymentStage::settled) changeAward(record.draws, &AwardDraw::paid, Sign::plus);
    if (next == PaymentStage::cancelled) changeAward(record.draws, &AwardDraw::requested, Sign::minus);
  }

  // ---- recovery

  void orderRecovery(schema::RecoveryOrdered::Reader body) {
    auto const amount = readFen(body.getAmountFen());
    award().recoveryOrdered += amount;
    Recovery recovery{*subject_.awardRef, subject_.region, amount, Fen(), Fen(), {}};
    recovery.steps.push_back(step());
    state_.recoveries.insert(context_.ref, std::move(recovery));
  }

  void receiveRecovery(schema::RecoveryReceived::Reader body, Sign sign) {
    auto const amount = readFen(body.getAmountFen());
    auto& record = recovery();
    auto& awarded = award();
    auto const change = [sign](Fen& part, Fen by) { part = sign == Sign::plus ? part + by : part - by; };
    change(record.received, amount);
    change(awarded.recoveryOrdered, -amount);
    for (auto const draw : body.getDraws()) {
      change(awarded.edit(readRef(draw.getTranche()), draw.getCounty()).recovered, readFen(draw.getAmountFen()));
    }
    if (sign == Sign::plus) record.steps.push_back(step());
  }

  // ---- control

  void enrolKey(schema::KeyEnrolled::Reader body) {
    auto const id = std::string(textOf(body.getPerson()));
    auto index = state_.persons.indexOf(id);
    if (!index) {
      index = static_cast<std::uint32_t>(state_.persons.size());
      state_.persons.insert(id, Person{id, std::string(textOf(body.getOrganisation())), {}});
    }
    auto const key = crypto::PublicKey::fromSpki(bytesOf(body.getPublicKey())).value();
    state_.keys.insert(KeyId(key.fingerprint(state_.hashAlgorithm())), AuthorKey{PersonIndex{*index}, key});
  }

  void grantRole(EventRef const& ref, schema::RoleGranted::Reader body) {
    state_.persons.editAt(static_cast<std::uint32_t>(*subject_.person))
        .grants.push_back(Grant{ref, body.getRole(), readRegion(body.getRegion()), readDate(body.getValidFrom()),
                                readDate(body.getValidTo())});
    state_.grants.insert(ref, *subject_.person);
  }

  void revokeRole(schema::RoleRevoked::Reader body) {
    auto const ref = readRef(body.getGrant());
    for (auto& grant : state_.persons.editAt(static_cast<std::uint32_t>(*subject_.person)).grants) {
      if (grant.ref == ref) grant.validTo = std::min(grant.validTo, readDate(body.getLastDay()));
    }
  }

  /// What a confirmed change does, as its first author signed it.
  void takeEffect() {
    auto const& pending = *subject_.pending;
    schema::Message<schema::Event> const message(pending.event.bytes());
    auto const change = message.root();
    auto const ref = pending.context.ref;
    state_.pending.edit(ref).decided = true;
    if (event_.getChangeConfirmed().getOutcome() != schema::Outcome::PASS) return;
    switch (change.which()) {
      case E::BANK_ACCOUNT_CHANGED: return changeAccount(change.getBankAccountChanged());
      case E::KEY_ENROLLED: return enrolKey(change.getKeyEnrolled());
      case E::KEY_REVOKED: state_.keys.edit(readKeyId(change.getKeyRevoked().getKey())).revoked = true; return;
      case E::ROLE_GRANTED: return grantRole(ref, change.getRoleGranted());
      case E::ROLE_REVOKED: return revokeRole(change.getRoleRevoked());
      case E::EVENT_REVERSED: return takeBack();
      default: crypto::abortOnBug("a pending change is of a type that waits for a second person");
    }
  }

  /// Undoes in the records what the reversed event did there; the postings have already gone back.
  void takeBack() {
    schema::Message<schema::Event> const message(subject_.reversed->bytes.bytes());
    auto const target = message.root();
    auto const number = subject_.reversed->context.number;
    releaseBankReferences(target);
    switch (target.which()) {
      case E::TRANCHE_RECEIVED:
      case E::TRANCHE_SPLIT:
      case E::TRANCHE_ADJUSTED:
      case E::TRANCHE_RECALLED: std::erase(state_.tranches.edit(*subject_.trancheRef).moves, number); return;
      case E::AWARD_APPROVED: {
        auto& record = project();
        record.stage = ProjectStage::publicityClosed;
        record.award.reset();
        record.steps.pop_back();
        award().withdrawn = true;
        return;
      }
      case E::PAYMENT_APPROVED: return stepBack(PaymentStage::reviewed);
      case E::PAYMENT_INSTRUCTED: return stepBack(PaymentStage::approved);
      case E::PAYMENT_RETURNED: return stepBack(PaymentStage::instructed);
      case E::PAYMENT_SETTLED:
        stepBack(PaymentStage::instructed);
        return changeAward(payment().draws, &AwardDraw::paid, Sign::minus);
      case E::RECOVERY_ORDERED: {
        auto& record = recovery();
        state_.awards.edit(record.award).recoveryOrdered -= record.ordered;
        record.ordered = Fen();
        record.steps.pop_back();
        return;
      }
      case E::RECOVERY_RECEIVED:
        receiveRecovery(target.getRecoveryReceived(), Sign::minus);
        recovery().steps.pop_back();
        return;
      default: crypto::abortOnBug("only events that rule X2 knows are reversed");
    }
  }

  /// The bank's own reference stays true when the record of it was wrong, and so may be recorded again. Vouchers and
  /// documents are ours: theirs stay used, as numbering has no second of a kind.
  void releaseBankReferences(schema::Event::Reader target) {
    for (auto const& use : numbersOf(target, subject_)) {
      if (use.kind != NumberKind::bankReference) continue;
      if (state_.releasedNumbers.contains(use.number)) {
        state_.releasedNumbers.edit(use.number) = true;
      } else {
        state_.releasedNumbers.insert(use.number, true);
      }
    }
  }

  void stepBack(PaymentStage to) {
    auto& record = payment();
    record.stage = to;
    record.steps.pop_back();
  }

  State& state_;
  Case const& about_;
  EventContext const& context_;
  schema::Event::Reader event_;
  Subject const& subject_;
  PersonIndex author_;
};

void Evolution::apply() {
  switch (event_.which()) {
    case E::POLICY_PUBLISHED: return publishPolicy(event_.getPolicyPublished());
    case E::CITY_DESIGNATED: state_.cities.insert(readRegion(event_.getCityDesignated().getCity()), City{}); return;
    case E::CITY_PLAN_FILED: return filePlan(event_.getCityPlanFiled());
    case E::TRANCHE_ISSUED: return;  // opened by run(), filled by its posting
    case E::TRANCHE_RECEIVED:
    case E::TRANCHE_SPLIT:
    case E::TRANCHE_ADJUSTED:
    case E::TRANCHE_RECALLED: return noteTrancheMove();

    case E::ORGANISATION_REGISTERED: return registerOrganisation(event_.getOrganisationRegistered());
    case E::CONTRACT_FILED: return fileContract(event_.getContractFiled());
    case E::PROJECT_ENROLLED: return enrolProject(event_.getProjectEnrolled());
    case E::APPLICATION_SUBMITTED: return advance(ProjectStage::submitted);
    case E::APPLICATION_REVIEWED: return judged(event_.getApplicationReviewed().getOutcome(), ProjectStage::reviewed);
    case E::SITE_CHECKED: return judged(event_.getSiteChecked().getOutcome(), ProjectStage::siteChecked);
    case E::COST_VERIFIED:
      advance(ProjectStage::costVerified);
      project().eligible = readFen(event_.getCostVerified().getEligibleFen());
      return;
    case E::PROJECT_ACCEPTED:
      // Sent back, it is accepted later: its cost stands verified, and the invoices of it are used once (rule U1).
      judged(event_.getProjectAccepted().getOutcome(), ProjectStage::accepted, ProjectStage::costVerified);
      project().level = event_.getProjectAccepted().getLevel();
      return;

    case E::SUBSIDY_PROPOSED:
      advance(ProjectStage::proposed);
      project().subsidy = readFen(event_.getSubsidyProposed().getSubsidyFen());
      return;
    case E::PUBLICITY_OPENED: return openPublicity(event_.getPublicityOpened());
    case E::PUBLICITY_CLOSED: return closePublicity();
    case E::AWARD_APPROVED: return approveAward(event_.getAwardApproved());
    case E::AWARD_WITHDRAWN: award().withdrawn = true; return;

    case E::PAYMENT_REQUESTED: return requestPayment(event_.getPaymentRequested());
    case E::PAYMENT_REVIEWED:
      return advancePayment(event_.getPaymentReviewed().getOutcome() == schema::Outcome::PASS
                                ? PaymentStage::reviewed
                                : PaymentStage::cancelled);
    case E::PAYMENT_APPROVED: return advancePayment(PaymentStage::approved);
    case E::PAYMENT_INSTRUCTED: return advancePayment(PaymentStage::instructed);
    case E::PAYMENT_SETTLED: return advancePayment(PaymentStage::settled);
    case E::PAYMENT_RETURNED: return advancePayment(PaymentStage::approved);
    case E::PAYMENT_CANCELLED: return advancePayment(PaymentStage::cancelled);

    case E::RECOVERY_ORDERED: return orderRecovery(event_.getRecoveryOrdered());
    case E::RECOVERY_RECEIVED: return receiveRecovery(event_.getRecoveryReceived(), Sign::plus);

    case E::CHANGE_CONFIRMED: return takeEffect();
    default: crypto::abortOnBug("only event types that rule E1 lets through are applied");
  }
}

}  // namespace

void evolve(State& state, Case const& about) {
  Evolution(state, about).run();
}

}  // namespace fundtrail::ledger::domain
