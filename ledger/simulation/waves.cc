// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/waves.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "ledger/domain/read.h"
#include "ledger/simulation/corrections.h"
#include "ledger/simulation/cost_lines.h"
#include "ledger/simulation/draws.h"
#include "ledger/simulation/names.h"
#include "ledger/simulation/registration.h"
#include "ledger/simulation/working_days.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Date;
using domain::Fen;
using schema::Outcome;
using schema::Purpose;

/// Sites of one wave are visited on so many days.
constexpr int kSiteDays = 5;
/// Working days that a list stays published.
constexpr int kPublicFor = 5;

}  // namespace

/// The steps of one wave, each called on its day. Rejected projects drop out.
class WaveSteps {
 public:
  WaveSteps(World& world, City& city, Wave& wave) : world_(world), city_(city), wave_(wave) {}

  void putDown();

 private:
  void registerEnterprises();
  void enrol();
  void assessBefore();
  void submitAll();
  void reviewForm();
  void reviewByExperts();
  void checkSites(int day);
  void verifyCosts();
  void assessAfter();
  void changeSomeAccounts();
  void accept();
  void propose();
  void openPublicity();
  void closePublicity();
  void approve();

  template <class Step>
  void eachProject(Step&& step) {
    for (auto& project : wave_.projects) {
      if (!project.rejected) step(project);
    }
  }

  /// Projects of one wave take turns between the two clerks.
  OfficialIndex clerkOf(Project const& project) const {
    return city_.office.industryClerks[static_cast<std::size_t>(&project - wave_.projects.data()) % 2];
  }

  Written fileContract(Project& project);
  void submit(Project const& project);
  void review(Project const& project, schema::ReviewKind kind, Outcome outcome, std::string_view opinion);
  void award(Project& project);
  void assess(Project const& project, schema::AssessmentStage stage, std::uint8_t level);

  World& world_;
  City& city_;
  Wave& wave_;
  std::optional<Written> publicity_;
};

void WaveSteps::registerEnterprises() {
  eachProject([this](Project const& project) {
    auto const region = project.county == 0 ? city_.code : domain::readRegion(project.county);
    registerOrganisation(world_, clerkOf(project), project.enterprise, schema::OrganisationKind::ENTERPRISE, region);
  });
}

Written WaveSteps::fileContract(Project& project) {
  auto const& provider = world_.random.oneOf(city_.providers);
  project.lines = drawCostLines(project.eligible, provider, world_.random);
  auto const signedOn = world_.agenda.today().plusDays(-static_cast<int>(world_.random.between(5, 25)));
  auto const lastDay = programme::windowOn(world_.agenda.today()).to;
  auto const digest = world_.random.bytes<crypto::Digest::kSize>();
  return world_.write(clerkOf(project), [&](schema::Event::Builder event) {
    auto body = event.initContractFiled();
    body.setCity(city_.code.number());
    body.setEnterprise(textOf(project.enterprise.uscc));
    body.setDigest(capnp::Data::Reader(digest.data(), digest.size()));
    body.setSignedOn(signedOn.number());
    body.setStartsOn(std::min(signedOn.plusDays(3), lastDay).number());
    body.setEndsOn(std::min(signedOn.plusDays(45), lastDay).number());
    body.setMode(schema::SupportMode::AFTER);
    body.initProviders(1)[0].setUscc(textOf(provider.company.uscc));
    Fen total;
    auto lines = body.initLines(static_cast<unsigned>(project.lines.size()));
    for (unsigned i = 0; i < lines.size(); ++i) {
      auto const& from = project.lines[i];
      auto line = lines[i];
      line.setCategory(from.category);
      line.setProduct(textOf(from.product));
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

void WaveSteps::enrol() {
  eachProject([this](Project& project) {
    auto const contract = fileContract(project);
    auto const title = fmt::format("{}数字化改造项目", project.enterprise.name);
    project.enrolled = world_.write(clerkOf(project), [&](schema::Event::Builder event) {
      auto body = event.initProjectEnrolled();
      body.setCity(city_.code.number());
      body.setCounty(project.county);
      body.setEnterprise(textOf(project.enterprise.uscc));
      body.setPurpose(Purpose::REFORM);
      body.setMode(schema::SupportMode::AFTER);
      body.initContracts(1)[0].setEvent(dataOf(contract));
      body.setTitle(textOf(title));
    });
  });
}

void WaveSteps::assess(Project const& project, schema::AssessmentStage stage, std::uint8_t level) {
  // Points of the 2024 edition: twenty to each level, from 20 up.
  auto const score = level * 2000 + world_.random.between(100, 1900);
  world_.write(city_.office.assessor, [&](schema::Event::Builder event) {
    auto body = event.initLevelAssessed();
    body.setProject(dataOf(*project.enrolled));
    body.setAssessor(textOf(city_.assessor.uscc));
    body.setStage(stage);
    body.setLevel(level);
    body.setScoreHundredths(static_cast<std::uint16_t>(score));
    body.setEdition(2024);
    body.setOnSite(true);
    body.setAssessedOn(event.getOccurredOn());
  });
}

void WaveSteps::assessBefore() {
  eachProject([this](Project const& project) {
    assess(project, schema::AssessmentStage::BEFORE_REFORM, static_cast<std::uint8_t>(project.level - 1));
  });
}

void WaveSteps::assessAfter() {
  eachProject(
      [this](Project const& project) { assess(project, schema::AssessmentStage::AFTER_REFORM, project.level); });
}

void WaveSteps::submit(Project const& project) {
  world_.write(clerkOf(project), [&](schema::Event::Builder event) {
    auto body = event.initApplicationSubmitted();
    body.setProject(dataOf(*project.enrolled));
    body.setRequestedFen(project.subsidy.count());
  });
}

void WaveSteps::submitAll() {
  eachProject([this](Project const& project) { submit(project); });
}

void WaveSteps::review(Project const& project, schema::ReviewKind kind, Outcome outcome, std::string_view opinion) {
  world_.write(city_.office.industryReviewer, [&](schema::Event::Builder event) {
    auto body = event.initApplicationReviewed();
    body.setProject(dataOf(*project.enrolled));
    body.setKind(kind);
    body.setOutcome(outcome);
    if (!opinion.empty()) body.setOpinion(textOf(opinion));
  });
}

void WaveSteps::reviewForm() {
  eachProject([this](Project& project) {
    constexpr auto form = schema::ReviewKind::FORM;
    if (project.dependable || !world_.random.chance(5)) return review(project, form, Outcome::PASS, "");
    review(project, form, Outcome::SEND_BACK, "申报材料不齐，请补充发票和验收单");
    world_.agenda.inWorkingDays(2, [this, &project] { submit(project); });
    world_.agenda.inWorkingDays(4, [this, &project] { review(project, form, Outcome::PASS, "已补正"); });
  });
}

void WaveSteps::reviewByExperts() {
  eachProject([this](Project& project) {
    constexpr auto expert = schema::ReviewKind::EXPERT;
    if (!project.dependable && world_.random.chance(2)) {
      review(project, expert, Outcome::REJECT, "改造内容与试点行业不符");
      project.rejected = true;
    } else if (world_.random.chance(33)) {
      review(project, expert, Outcome::PASS, "");
    }
  });
}

void WaveSteps::checkSites(int day) {
  eachProject([this, day](Project const& project) {
    if ((&project - wave_.projects.data()) % kSiteDays != day) return;
    world_.write(city_.office.industryReviewer, [&](schema::Event::Builder event) {
      world_.desk.attach(event, {.kind = "现场核查记录（模拟）"});
      auto body = event.initSiteChecked();
      body.setProject(dataOf(*project.enrolled));
      auto inspectors = body.initInspectors(2);
      inspectors[0].setPerson(textOf(world_.staff[city_.office.industryReviewer].id));
      inspectors[1].setPerson(textOf(world_.staff[clerkOf(project)].id));
      body.setOutcome(Outcome::PASS);
      body.setCheckedOn(event.getOccurredOn());
    });
  });
}

void WaveSteps::verifyCosts() {
  eachProject([this](Project const& project) {
    // Goods and services stand on an invoice each.
    auto const today = world_.agenda.today();
    auto const goods = world_.numbers.invoice(today);
    auto const services = world_.numbers.invoice(today);
    world_.write(clerkOf(project), [&](schema::Event::Builder event) {
      auto body = event.initCostVerified();
      body.setProject(dataOf(*project.enrolled));
      body.setEligibleFen(project.eligible.count());
      auto lines = body.initLines(static_cast<unsigned>(project.lines.size()));
      for (unsigned i = 0; i < lines.size(); ++i) {
        auto const& from = project.lines[i];
        bool const isService = from.category == schema::CostCategory::CLOUD_SERVICE || from.product.empty();
        auto line = lines[i];
        line.setCategory(from.category);
        line.setProduct(textOf(from.product));
        line.setInvoice(textOf(isService ? services : goods));
        line.setInvoicedOn(today.number());
        line.setContractLine(static_cast<std::uint16_t>(i));
        line.setNetFen(from.net.count());
        line.setTaxFen(from.tax.count());
      }
    });
  });
}

void WaveSteps::changeSomeAccounts() {
  eachProject([this](Project& project) {
    if (world_.random.chance(2)) changeAccount(world_, city_, project, city_.office.industryClerks[0]);
  });
}

void WaveSteps::accept() {
  // A window that has ended takes no acceptance: it waits for the policy that prolongs it.
  if (programme::windowOn(world_.agenda.today()).to < world_.agenda.today()) {
    world_.agenda.inWorkingDays(1, [this] { accept(); });
    return;
  }
  eachProject([this](Project const& project) {
    world_.write(city_.office.industryAccepter, [&](schema::Event::Builder event) {
      world_.desk.attach(event, {.kind = "验收报告（模拟）"});
      auto body = event.initProjectAccepted();
      body.setProject(dataOf(*project.enrolled));
      body.setOutcome(Outcome::PASS);
      body.setLevel(project.level);
      body.setAcceptedOn(event.getOccurredOn());
    });
  });
}

void WaveSteps::propose() {
  eachProject([this](Project const& project) {
    world_.write(clerkOf(project), [&](schema::Event::Builder event) {
      auto body = event.initSubsidyProposed();
      body.setProject(dataOf(*project.enrolled));
      body.setLevel(project.level);
      body.setEligibleFen(project.eligible.count());
      body.setRateBp(static_cast<std::uint16_t>(city_.rate.count()));
      body.setCapFen(std::ranges::find(city_.caps, project.level, &programme::CityRule::Cap::level)->amount.count());
      body.setSubsidyFen(project.subsidy.count());
    });
  });
}

void WaveSteps::openPublicity() {
  auto const count = std::ranges::count(wave_.projects, false, &Project::rejected);
  if (count == 0) return;
  // A list goes up on the day its city published it, and is recorded when the office is open.
  publicity_ = world_.desk.write(city_.office.industryClerks[0], wave_.publicOn, [&](schema::Event::Builder event) {
    auto body = event.initPublicityOpened();
    body.setCity(city_.code.number());
    body.setTitle(textOf(wave_.title));
    body.setOpensOn(wave_.publicOn.number());
    body.setClosesOn(plusWorkingDays(wave_.publicOn, kPublicFor).number());
    Fen total;
    unsigned i = 0;
    auto entries = body.initEntries(static_cast<unsigned>(count));
    eachProject([&](Project const& project) {
      auto entry = entries[i++];
      entry.setProject(dataOf(*project.enrolled));
      entry.setAmountFen(project.subsidy.count());
      total += project.subsidy;
    });
    body.setTotalFen(total.count());
  });
}

void WaveSteps::closePublicity() {
  if (!publicity_) return;
  world_.write(city_.office.industryClerks[0],
               [&](schema::Event::Builder event) { event.initPublicityClosed().setPublicity(dataOf(*publicity_)); });
}

void WaveSteps::award(Project& project) {
  project.award = world_.write(city_.office.financeApprover, [&](schema::Event::Builder event) {
    auto body = event.initAwardApproved();
    body.setProject(dataOf(*project.enrolled));
    body.setNumber(textOf(wave_.awardNumber));
    body.setAmountFen(project.subsidy.count());
    body.setBeneficiary(textOf(project.enterprise.uscc));
    setDraws(body, city_, project, project.subsidy);
  });
}

void WaveSteps::approve() {
  eachProject([this](Project& project) {
    award(project);
    if (project.dependable || !world_.random.chance(1)) {
      city_.unpaid.push_back(&project);
      return;
    }
    world_.agenda.inWorkingDays(2, [this, &project] {
      world_.write(city_.office.industryAccepter, [&](schema::Event::Builder event) {
        auto body = event.initAwardWithdrawn();
        body.setAward(dataOf(*project.award));
        body.setReason("企业自愿放弃奖补（模拟）");
      });
    });
  });
}

/// What happens when, in working days from the list's publication.
void WaveSteps::putDown() {
  using Step = void (WaveSteps::*)();
  static constexpr auto kSteps = std::to_array<std::pair<int, Step>>({
      {-42, &WaveSteps::registerEnterprises},
      {-38, &WaveSteps::enrol},
      {-37, &WaveSteps::assessBefore},
      {-36, &WaveSteps::submitAll},
      {-33, &WaveSteps::reviewForm},
      {-27, &WaveSteps::reviewByExperts},
      {-14, &WaveSteps::verifyCosts},
      {-12, &WaveSteps::assessAfter},
      {-10, &WaveSteps::accept},
      {-9, &WaveSteps::changeSomeAccounts},
      {-5, &WaveSteps::propose},
      {0, &WaveSteps::openPublicity},
      {kPublicFor + 1, &WaveSteps::closePublicity},
      {kPublicFor + 4, &WaveSteps::approve},
  });
  for (auto const& [offset, step] : kSteps) {
    world_.agenda.on(plusWorkingDays(wave_.publicOn, offset), [this, step = step] { (this->*step)(); });
  }
  for (int day = 0; day < kSiteDays; ++day) {
    world_.agenda.on(plusWorkingDays(wave_.publicOn, -22 + day), [this, day] { checkSites(day); });
  }
}

Waves::Waves(World& world) {
  for (auto& city : world.cities) {
    for (auto& wave : city.waves) {
      steps_.push_back(std::make_unique<WaveSteps>(world, city, wave));
      steps_.back()->putDown();
    }
  }
}

Waves::~Waves() = default;

}  // namespace fundtrail::ledger::simulation
