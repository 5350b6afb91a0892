// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/project_steps.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/simulation/catalogue.h"
#include "ledger/simulation/cost_lines.h"
#include "ledger/simulation/draws.h"
#include "ledger/simulation/registration.h"

namespace fundtrail::ledger::simulation {

using domain::Fen;
using schema::Outcome;
using schema::Purpose;

namespace {

bool isReform(Project const& project) {
  return project.purpose == Purpose::REFORM;
}

bool counts(Project const& project, CostLine const& line) {
  if (isReform(project)) return line.product != nullptr;
  return line.category == otherPurpose(project.purpose).categories.front();
}

Fen eligibleOf(Project const& project) {
  Fen sum;
  for (auto const& line : project.lines) {
    if (counts(project, line)) sum += line.net;
  }
  return sum;
}

}  // namespace

void ProjectSteps::registerEnterprise(Project const& project) {
  auto const region = project.county == 0 ? city_.code : domain::readRegion(project.county);
  registerOrganisation(world_, clerkOf(project), project.enterprise, project.kind, region);
}

void ProjectSteps::drawContract(Project& project) {
  auto& random = world_.random;
  std::vector<Provider*> providers;
  for (auto& provider : city_.providers) {
    if (!provider.delisted) providers.push_back(&provider);
  }
  auto& provider = *random.oneOf(providers);
  project.lines = isReform(project) ? drawReformLines(project.eligible, provider, random)
                                    : drawOtherLines(project.eligible, otherPurpose(project.purpose), random);
  project.paper = ContractPaper{&provider, world_.agenda.today().plusDays(-static_cast<int>(random.between(5, 25))),
                                random.bytes<crypto::Digest::kSize>()};
  for (auto const& line : project.lines) {
    if (line.product) ++line.product->awaited;
  }
}

void ProjectSteps::fileContract(Project& project, schema::SupportMode mode) {
  if (!project.paper) drawContract(project);
  if (!isReform(project) && !otherPurpose(project.purpose).restsOnContract) return;
  auto const& paper = *project.paper;
  auto const lastDay = windowOnRecord(world_.agenda.today()).to;
  auto const lasts = mode == schema::SupportMode::AFTER ? 45 : 180;
  project.contract = world_.write(clerkOf(project), [&](schema::Event::Builder event) {
    auto body = event.initContractFiled();
    body.setCity(city_.code.number());
    body.setEnterprise(textOf(project.enterprise.uscc));
    body.setDigest(capnp::Data::Reader(paper.digest.data(), paper.digest.size()));
    body.setSignedOn(paper.signedOn.number());
    body.setStartsOn(std::min(paper.signedOn.plusDays(3), lastDay).number());
    body.setEndsOn(std::min(paper.signedOn.plusDays(lasts), lastDay).number());
    body.setMode(mode);
    body.initProviders(1)[0].setUscc(textOf(paper.provider->company.uscc));
    Fen total;
    auto lines = body.initLines(static_cast<unsigned>(project.lines.size()));
    for (unsigned i = 0; i < lines.size(); ++i) {
      auto const& from = project.lines[i];
      auto line = lines[i];
      line.setCategory(from.category);
      if (from.product) line.setProduct(textOf(from.product->code));
      line.setName(textOf(from.name));
      line.setQuantity(from.quantity);
      line.setUnitPriceFen(from.unitPrice.count());
      line.setNetFen(from.net.count());
      line.setTaxFen(from.tax.count());
      total += from.net + from.tax;
    }
    body.setTotalFen(total.count());
    body.setStatesDuties(true);
    body.setStatesMeasures(true);
    body.setStatesPeriod(true);
    body.setStatesGoals(true);
    body.setStatesProducts(true);
    body.setStatesPrices(true);
  });
}

void ProjectSteps::enrol(Project& project, schema::SupportMode mode) {
  auto const title = fmt::format("{}{}", project.enterprise.name,
                                 isReform(project) ? "数字化改造项目" : otherPurpose(project.purpose).title);
  project.enrolled = world_.write(clerkOf(project), [&](schema::Event::Builder event) {
    auto body = event.initProjectEnrolled();
    body.setCity(city_.code.number());
    body.setCounty(project.county);
    body.setEnterprise(textOf(project.enterprise.uscc));
    body.setPurpose(project.purpose);
    body.setMode(mode);
    if (project.contract) body.initContracts(1)[0].setEvent(dataOf(*project.contract));
    body.setTitle(textOf(title));
  });
}

void ProjectSteps::assess(Project const& project, schema::AssessmentStage stage) {
  if (!isReform(project)) return;
  auto const level = project.level - (stage == schema::AssessmentStage::BEFORE_REFORM ? 1 : 0);
  // Points of the 2024 edition: twenty to each level, from 20 up.
  auto const score = level * 2000 + world_.random.between(100, 1900);
  world_.write(city_.office.assessor, [&](schema::Event::Builder event) {
    auto body = event.initLevelAssessed();
    body.setProject(dataOf(*project.enrolled));
    body.setAssessor(textOf(city_.assessor.uscc));
    body.setStage(stage);
    body.setLevel(static_cast<std::uint8_t>(level));
    body.setScoreHundredths(static_cast<std::uint16_t>(score));
    body.setEdition(2024);
    body.setOnSite(true);
    body.setAssessedOn(event.getOccurredOn());
  });
}

void ProjectSteps::submit(Project const& project) {
  world_.write(clerkOf(project), [&](schema::Event::Builder event) {
    auto body = event.initApplicationSubmitted();
    body.setProject(dataOf(*project.enrolled));
    body.setRequestedFen(project.subsidy.count());
  });
}

void ProjectSteps::review(Project const& project, schema::ReviewKind kind, Outcome outcome, std::string_view opinion) {
  world_.write(city_.office.industryReviewer, [&](schema::Event::Builder event) {
    auto body = event.initApplicationReviewed();
    body.setProject(dataOf(*project.enrolled));
    body.setKind(kind);
    body.setOutcome(outcome);
    if (!opinion.empty()) body.setOpinion(textOf(opinion));
  });
}

void ProjectSteps::checkSite(Project const& project) {
  world_.write(city_.office.industryReviewer, [&](schema::Event::Builder event) {
    world_.desk.attach(event, {.kind = "现场核查记录（模拟）"});
    auto body = event.initSiteChecked();
    body.setProject(dataOf(*project.enrolled));
    auto inspectors = body.initInspectors(2);
    inspectors[0].setPerson(textOf(world_.staff[city_.office.industryReviewer].id));
    inspectors[1].setPerson(textOf(world_.staff[city_.office.financeReviewer].id));
    body.setOutcome(Outcome::PASS);
    body.setCheckedOn(event.getOccurredOn());
  });
}

void ProjectSteps::verifyCost(Project& project) {
  // Goods and services stand on an invoice each; interest on the bank's receipt for each quarter.
  auto const today = world_.agenda.today();
  auto const issuedOn =
      std::min(today.plusDays(-static_cast<int>(world_.random.between(2, 8))), windowOnRecord(today).to);
  auto const goods = world_.numbers.invoice(issuedOn);
  auto const services = world_.numbers.invoice(issuedOn);
  auto const eligible = eligibleOf(project);
  project.payable = std::min(project.subsidy, subsidyFor(termsOf(city_, project), eligible));
  project.verified = world_.write(clerkOf(project), [&](schema::Event::Builder event) {
    auto body = event.initCostVerified();
    body.setProject(dataOf(*project.enrolled));
    body.setEligibleFen(eligible.count());
    auto lines = body.initLines(static_cast<unsigned>(project.lines.size()));
    for (unsigned i = 0; i < lines.size(); ++i) {
      auto const& from = project.lines[i];
      bool const isGood = from.product && from.category != schema::CostCategory::CLOUD_SERVICE;
      auto line = lines[i];
      line.setCategory(from.category);
      if (from.product) line.setProduct(textOf(from.product->code));
      if (from.category == schema::CostCategory::LOAN_INTEREST) {
        line.setReceipt(world_.numbers.interestReceipt(issuedOn).c_str());
      } else {
        line.setInvoice(textOf(isGood ? goods : services));
      }
      line.setInvoicedOn(issuedOn.number());
      if (project.contract) {
        line.setContractLine(static_cast<std::uint16_t>(i));
        line.setSeller(textOf(project.paper->provider->company.uscc));
      }
      line.setNetFen(from.net.count());
      line.setTaxFen(from.tax.count());
    }
  });
}

void ProjectSteps::accept(Project& project) {
  project.accepted = true;
  world_.write(city_.office.industryAccepter, [&](schema::Event::Builder event) {
    world_.desk.attach(event, {.kind = "验收报告（模拟）"});
    auto body = event.initProjectAccepted();
    body.setProject(dataOf(*project.enrolled));
    body.setOutcome(Outcome::PASS);
    if (isReform(project)) body.setLevel(project.level);
    body.setAcceptedOn(event.getOccurredOn());
  });
}

void ProjectSteps::propose(Project const& project, Fen eligible, Fen subsidy) {
  auto const terms = termsOf(city_, project);
  world_.write(clerkOf(project), [&](schema::Event::Builder event) {
    auto body = event.initSubsidyProposed();
    body.setProject(dataOf(*project.enrolled));
    body.setLevel(project.level);
    body.setEligibleFen(eligible.count());
    body.setRateBp(static_cast<std::uint16_t>(terms.rate.count()));
    body.setCapFen(terms.cap.count());
    body.setSubsidyFen(subsidy.count());
  });
}

void ProjectSteps::proposeOnPlan(Project const& project) {
  propose(project, project.eligible, project.subsidy);
}

void ProjectSteps::proposeOnSpent(Project const& project) {
  propose(project, eligibleOf(project), project.payable);
}

void ProjectSteps::raiseObjection(Project& project, Written const& publicity, bool upheld) {
  auto const objection = world_.write(clerkOf(project), [&](schema::Event::Builder event) {
    world_.desk.attach(event, {.kind = "异议书（模拟）"});
    auto body = event.initObjectionRaised();
    body.setPublicity(dataOf(publicity));
    body.setProject(dataOf(*project.enrolled));
    body.setSubject("反映项目设备系改造前购置");
  });
  project.rejected = upheld;
  world_.agenda.inWorkingDays(2, [this, &project, objection, upheld] {
    world_.write(city_.office.industryReviewer, [&](schema::Event::Builder event) {
      event.setCause(dataOf(objection));
      auto body = event.initObjectionResolved();
      body.setObjection(dataOf(objection));
      body.setUpheld(upheld);
      body.setConclusion(upheld ? "经核实，主要设备购置早于合同签订，取消资格" : "经核实，设备购置与合同、发票一致");
    });
    if (upheld) releaseProducts(project);
  });
}

void ProjectSteps::award(Project& project, std::string_view number) {
  project.awarded = true;
  project.award = world_.write(city_.office.financeApprover, [&](schema::Event::Builder event) {
    auto body = event.initAwardApproved();
    body.setProject(dataOf(*project.enrolled));
    body.setNumber(textOf(number));
    body.setAmountFen(project.subsidy.count());
    body.setBeneficiary(textOf(project.enterprise.uscc));
    setDraws(body, city_, project, Fen(), project.subsidy);
  });
}

void ProjectSteps::withdrawAward(Project& project, std::string_view reason) {
  project.withdrawn = true;
  world_.write(city_.office.industryAccepter, [&](schema::Event::Builder event) {
    event.setCause(dataOf(*project.award));
    auto body = event.initAwardWithdrawn();
    body.setAward(dataOf(*project.award));
    body.setReason(textOf(reason));
  });
}

void ProjectSteps::admitProducts(Project const& project) {
  for (auto const& line : project.lines) {
    if (!line.product || line.product->listed) continue;
    line.product->listed = true;
    listProduct(world_, city_, *project.paper->provider, *line.product, true);
  }
}

void ProjectSteps::releaseProducts(Project const& project) {
  for (auto const& line : project.lines) {
    if (line.product) --line.product->awaited;
  }
}

}  // namespace fundtrail::ledger::simulation
