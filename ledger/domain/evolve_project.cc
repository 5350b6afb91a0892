// SPDX-License-Identifier: Apache-2.0
// From the contract to the award.

#include <algorithm>
#include <set>

#include "ledger/domain/eligible_cost.h"
#include "ledger/domain/evolution.h"
#include "ledger/domain/next_step.h"
#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

void Evolution::fileContract(schema::ContractFiled::Reader body) {
  Contract contract{subject_.region,
                    readUscc(body.getEnterprise()),
                    author_,
                    context_.number,
                    occurredOn(),
                    readDate(body.getSignedOn()),
                    Date::fromNumber(body.getStartsOn()),
                    Date::fromNumber(body.getEndsOn()),
                    body.getMode(),
                    {},
                    {}};
  for (auto const provider : body.getProviders()) contract.providers.push_back(readUscc(provider.getUscc()));
  for (auto const line : body.getLines()) {
    contract.lines.push_back({line.getCategory(), std::string(textOf(line.getProduct())), readFen(line.getNetFen())});
  }
  state_.contracts.insert(context_.ref, std::move(contract));
}

void Evolution::enrolProject(schema::ProjectEnrolled::Reader body) {
  Project project{subject_.region, body.getCounty(), readUscc(body.getEnterprise()), body.getPurpose(), body.getMode()};
  for (auto const reference : body.getContracts()) {
    project.contracts.push_back(readRef(reference.getEvent()));
    auto& contract = state_.contracts.edit(project.contracts.back());
    contract.enrolled = true;
    // Who made the contract known is a maker in this project's chain (separation of duties).
    project.steps.push_back({contract.event, contract.filedBy, schema::Event::Which::CONTRACT_FILED, contract.filedOn});
  }
  project.steps.push_back(step(project.stage));
  state_.projects.insert(context_.ref, std::move(project));
}

void Evolution::advance(EventRef const& ref, ProjectStage next) {
  auto& record = state_.projects.edit(ref);
  record.steps.push_back(step(record.stage));
  record.stage = next;
}

void Evolution::advance(ProjectStage next) {
  advance(*subject_.projectRef, next);
}

void Evolution::judged(schema::Outcome outcome, ProjectStage passed, ProjectStage back) {
  switch (outcome) {
    case schema::Outcome::PASS: return advance(passed);
    // Once awarded, a project is sent back to its work, not to its application.
    case schema::Outcome::SEND_BACK: return advance(project().award ? project().stage : back);
    default: return advance(ProjectStage::rejected);
  }
}

void Evolution::checkSite(schema::SiteChecked::Reader body) {
  judged(body.getOutcome(), ProjectStage::siteChecked);
  for (auto const inspector : body.getInspectors()) {
    auto const index = state_.persons.indexOf(std::string(textOf(inspector.getPerson())));
    if (index) project().inspections.push_back({context_.number, PersonIndex{*index}});
  }
}

void Evolution::assess(schema::LevelAssessed::Reader body) {
  advance(project().stage);
  project().assessments.push_back({body.getStage(), body.getLevel(), body.getEdition(), body.getOnSite(),
                                   readDate(body.getAssessedOn()), readUscc(body.getAssessor())});
}

void Evolution::verifyCost(schema::CostVerified::Reader body) {
  advance(ProjectStage::costVerified);
  auto& record = project();
  record.eligible = readFen(body.getEligibleFen());
  auto const* const plan = state_.cities.find(record.city)->planFor(record.purpose, occurredOn());
  std::set<std::string> products;
  for (auto const line : body.getLines()) {
    if (line.getProduct().size() != 0 && isEligible(line.getCategory(), record.purpose, plan)) {
      products.emplace(textOf(line.getProduct()));
    }
  }
  record.products.assign(products.begin(), products.end());
}

void Evolution::accept(schema::ProjectAccepted::Reader body) {
  // Sent back, it is accepted later: its cost stands verified, and the invoices of it are used once (rule U1).
  judged(body.getOutcome(), ProjectStage::accepted, ProjectStage::costVerified);
  if (body.getOutcome() != schema::Outcome::PASS) return;
  project().level = body.getLevel();
  project().acceptedOn = readDate(body.getAcceptedOn());
}

void Evolution::openPublicity(schema::PublicityOpened::Reader body) {
  Publicity publicity{subject_.region, readDate(body.getOpensOn()), readDate(body.getClosesOn()), {}};
  for (auto const entry : body.getEntries()) {
    publicity.projects.push_back(readRef(entry.getProject()));
    advance(publicity.projects.back(), ProjectStage::publicised);
  }
  state_.publicities.insert(context_.ref, std::move(publicity));
}

void Evolution::raiseObjection() {
  ++project().openObjections;
  state_.objections.insert(context_.ref, PublicityObjection{*subject_.publicityRef, *subject_.projectRef});
}

void Evolution::resolveObjection(schema::ObjectionResolved::Reader body) {
  auto& objection = state_.objections.edit(*subject_.objectionRef);
  objection.open = false;
  --project().openObjections;
  if (!body.getUpheld()) return;
  // What was computed and published does not stand. The project is where it was before: it can be computed again, or
  // what the computation rests on can be reversed, step by step.
  auto& record = project();
  std::erase(state_.publicities.edit(objection.publicity).projects, *subject_.projectRef);
  using E = schema::Event::Which;
  auto const proposal = std::ranges::find(record.steps, E::SUBSIDY_PROPOSED, &Step::type);
  record.stage = dueStage(E::SUBSIDY_PROPOSED, record);
  for (auto each = proposal; each != record.steps.end(); ++each) {
    each->before = static_cast<std::uint8_t>(record.stage);
  }
  auto const isVoid = [](Step const& each) {
    return each.type == E::SUBSIDY_PROPOSED || each.type == E::PUBLICITY_OPENED;
  };
  record.steps.erase(std::remove_if(proposal, record.steps.end(), isVoid), record.steps.end());
  record.subsidy = Fen();
  record.upheldOn = occurredOn();
}

void Evolution::closePublicity() {
  auto& publicity = state_.publicities.edit(*subject_.publicityRef);
  publicity.closedBy = context_.number;
  for (auto const& ref : publicity.projects) {
    if (state_.projects.find(ref)->stage != ProjectStage::publicised) continue;  // an objection was upheld
    advance(ref, ProjectStage::publicityClosed);
  }
}

void Evolution::approveAward(schema::AwardApproved::Reader body) {
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

void Evolution::withdrawAward() {
  advance(project().stage);
  award().withdrawn = true;
}

}  // namespace fundtrail::ledger::domain
