// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/waves.h"

#include <algorithm>

#include "ledger/domain/read.h"
#include "ledger/simulation/corrections.h"
#include "ledger/simulation/cost_lines.h"
#include "ledger/simulation/oversight.h"
#include "ledger/simulation/project_steps.h"
#include "ledger/simulation/working_days.h"

namespace fundtrail::ledger::simulation {

namespace {

using domain::Fen;
using schema::AssessmentStage;
using schema::Outcome;
using schema::SupportMode;

/// Sites of one wave are visited on so many days.
constexpr int kSiteDays = 5;
/// Working days that a list stays published, after the one on which it goes up.
constexpr int kPublicFor = 5;

}  // namespace

/// What goes wrong now and then, over all waves together.
struct Mishaps {
  Every wrongContract{60, 9};
  Every wrongCost{80, 14};
  Every objection{45, 6};
  Every upheld{4, 2};
  Every wrongAward{120, 16};
};

/// The steps of one wave, each called on its day. Rejected projects drop out.
class WaveSteps {
 public:
  WaveSteps(World& world, City& city, Wave& wave, Oversight& oversight, Mishaps& mishaps)
      : world_(world), city_(city), wave_(wave), oversight_(oversight), mishaps_(mishaps), steps_(world, city) {}

  void putDown();

 private:
  using Step = void (WaveSteps::*)();

  void registerEnterprises();
  void fileSomeContractsWrongly();
  void enrol();
  void assessBefore();
  void submitAll();
  void reviewForm();
  void reviewByExperts();
  void checkSites(int day);
  void verifyCosts();
  void admitProducts();
  void assessAfter();
  void changeSomeAccountsAndNames();
  void accept();
  void propose();
  void openPublicity();
  void hearObjections();
  void closePublicity();
  void approve();
  void computeAgain();

  void on(int workingDays, Step step) {
    world_.agenda.on(plusWorkingDays(wave_.publicOn, workingDays), [this, step] { (this->*step)(); });
  }
  void putDownSites(int firstDay);

  template <class Do>
  void eachProject(Do&& step) {
    for (auto& project : wave_.projects) {
      if (!project.rejected && !project.withdrawn) step(project);
    }
  }
  [[nodiscard]] bool inAdvance() const { return wave_.mode != SupportMode::AFTER; }

  void approve(Project& project);
  void handToPayRun(Project& project, Fen upTo);

  World& world_;
  City& city_;
  Wave& wave_;
  Oversight& oversight_;
  Mishaps& mishaps_;
  ProjectSteps steps_;
  std::optional<Written> publicity_;
};

void WaveSteps::registerEnterprises() {
  eachProject([this](Project const& project) { steps_.registerEnterprise(project); });
}

void WaveSteps::fileSomeContractsWrongly() {
  eachProject([this](Project& project) {
    if (!mishaps_.wrongContract.due()) return;
    steps_.fileContract(project, wave_.mode);
    if (!project.contract) return;
    world_.agenda.inWorkingDays(
        1, [this, &project] { reverse(world_, industryOf(city_), *project.contract, "合同备案信息录入错误"); });
  });
}

void WaveSteps::enrol() {
  eachProject([this](Project& project) {
    steps_.fileContract(project, wave_.mode);
    steps_.enrol(project, wave_.mode);
  });
}

void WaveSteps::assessBefore() {
  eachProject([this](Project const& project) { steps_.assess(project, AssessmentStage::BEFORE_REFORM); });
}

void WaveSteps::submitAll() {
  eachProject([this](Project const& project) { steps_.submit(project); });
}

void WaveSteps::reviewForm() {
  eachProject([this](Project& project) {
    constexpr auto form = schema::ReviewKind::FORM;
    if (project.dependable || !world_.random.chance(5)) return steps_.review(project, form, Outcome::PASS, "");
    steps_.review(project, form, Outcome::SEND_BACK, "申报材料不齐，请补充发票和验收单");
    world_.agenda.inWorkingDays(2, [this, &project] { steps_.submit(project); });
    world_.agenda.inWorkingDays(4, [this, &project] { steps_.review(project, form, Outcome::PASS, "已补正"); });
  });
}

void WaveSteps::reviewByExperts() {
  eachProject([this](Project& project) {
    constexpr auto expert = schema::ReviewKind::EXPERT;
    if (!project.dependable && world_.random.chance(2)) {
      steps_.review(project, expert, Outcome::REJECT, "改造内容与试点行业不符");
      project.rejected = true;
      steps_.releaseProducts(project);
    } else if (world_.random.chance(33)) {
      steps_.review(project, expert, Outcome::PASS, "");
    }
  });
}

void WaveSteps::checkSites(int day) {
  eachProject([this, day](Project const& project) {
    if ((&project - wave_.projects.data()) % kSiteDays == day) steps_.checkSite(project);
  });
}

void WaveSteps::verifyCosts() {
  eachProject([this](Project& project) {
    // Half of what is paid for in advance turns out cheaper than planned.
    if (inAdvance() && world_.random.chance(50)) spendLess(project.lines, world_.random.between(80, 99));
    steps_.verifyCost(project);
    if (!mishaps_.wrongCost.due()) return;
    world_.agenda.inWorkingDays(
        1, [this, &project] { reverse(world_, industryOf(city_), *project.verified, "发票号码录入错误"); });
    world_.agenda.inWorkingDays(3, [this, &project] { steps_.verifyCost(project); });
  });
}

void WaveSteps::admitProducts() {
  eachProject([this](Project const& project) { steps_.admitProducts(project); });
}

void WaveSteps::assessAfter() {
  eachProject([this](Project const& project) { steps_.assess(project, AssessmentStage::AFTER_REFORM); });
}

void WaveSteps::changeSomeAccountsAndNames() {
  eachProject([this](Project& project) {
    if (world_.random.chance(2)) {
      changeAccount(world_, city_, project, city_.office.industryClerks[0]);
    } else if (world_.random.chance(1)) {
      rename(world_, city_, project);
    }
  });
}

void WaveSteps::accept() {
  // A window that has ended takes no acceptance: it waits for the policy that prolongs it.
  auto const today = world_.agenda.today();
  if (windowOnRecord(today).to < today) {
    world_.agenda.inWorkingDays(1, [this] { accept(); });
    return;
  }
  eachProject([this](Project& project) { steps_.accept(project); });
}

void WaveSteps::propose() {
  eachProject(
      [this](Project const& project) { inAdvance() ? steps_.proposeOnPlan(project) : steps_.proposeOnSpent(project); });
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

void WaveSteps::hearObjections() {
  eachProject([this](Project& project) {
    if (project.dependable || !mishaps_.objection.due()) return;
    steps_.raiseObjection(project, *publicity_, mishaps_.upheld.due());
  });
}

void WaveSteps::closePublicity() {
  if (!publicity_) return;
  world_.write(city_.office.industryClerks[0],
               [&](schema::Event::Builder event) { event.initPublicityClosed().setPublicity(dataOf(*publicity_)); });
}

void WaveSteps::handToPayRun(Project& project, Fen upTo) {
  if (upTo <= project.asked) return;
  city_.unpaid.push_back({&project, project.asked, upTo - project.asked});
  project.asked = upTo;
}

void WaveSteps::approve(Project& project) {
  steps_.award(project, wave_.awardNumber);
  if (!inAdvance()) steps_.releaseProducts(project);
  if (!project.dependable && world_.random.chance(1)) {
    world_.agenda.inWorkingDays(2, [this, &project] {
      steps_.withdrawAward(project, "企业自愿放弃奖补（模拟）");
      if (inAdvance()) steps_.releaseProducts(project);
    });
    return;
  }
  if (!project.dependable) oversight_.look(city_, project);
  handToPayRun(project, inAdvance() ? domain::checked(domain::share(project.subsidy, advanceShare(wave_.mode),
                                                                    domain::Rounding::down))
                                    : project.payable);
}

void WaveSteps::approve() {
  eachProject([this](Project& project) {
    if (project.dependable || !mishaps_.wrongAward.due()) return approve(project);
    steps_.award(project, wave_.awardNumber);
    world_.agenda.inWorkingDays(
        1, [this, &project] { reverse(world_, financeOf(city_), *project.award, "奖补文号填写错误"); });
    world_.agenda.inWorkingDays(2, [&project] { project.awarded = false; });
    world_.agenda.inWorkingDays(3, [this, &project] { approve(project); });
  });
}

void WaveSteps::computeAgain() {
  eachProject([this](Project& project) {
    steps_.proposeOnSpent(project);
    steps_.releaseProducts(project);
    world_.agenda.inWorkingDays(1, [this, &project] { handToPayRun(project, project.payable); });
  });
}

void WaveSteps::putDownSites(int firstDay) {
  for (int day = 0; day < kSiteDays; ++day) {
    world_.agenda.on(plusWorkingDays(wave_.publicOn, firstDay + day), [this, day] { checkSites(day); });
  }
}

/// What happens when, in working days from the list's publication.
void WaveSteps::putDown() {
  on(-43, &WaveSteps::registerEnterprises);
  on(-41, &WaveSteps::fileSomeContractsWrongly);
  on(-38, &WaveSteps::enrol);
  on(-37, &WaveSteps::assessBefore);
  on(-36, &WaveSteps::submitAll);
  on(-33, &WaveSteps::reviewForm);
  on(-27, &WaveSteps::reviewByExperts);
  putDownSites(-23);
  // Supported in advance, the work is done when the list has long been published.
  int const done = inAdvance() ? 80 : -16;
  if (inAdvance()) putDownSites(done - 7);
  on(done, &WaveSteps::verifyCosts);
  on(-13, &WaveSteps::admitProducts);
  on(done + 4, &WaveSteps::assessAfter);
  on(done + 6, &WaveSteps::accept);
  on(inAdvance() ? done + 9 : -5, inAdvance() ? &WaveSteps::computeAgain : &WaveSteps::propose);
  if (inAdvance()) on(-5, &WaveSteps::propose);
  on(-9, &WaveSteps::changeSomeAccountsAndNames);
  on(0, &WaveSteps::openPublicity);
  on(2, &WaveSteps::hearObjections);
  on(kPublicFor + 1, &WaveSteps::closePublicity);
  on(kPublicFor + 4, &WaveSteps::approve);
}

Waves::Waves(World& world, Oversight& oversight) : mishaps_(std::make_unique<Mishaps>()) {
  for (auto& city : world.cities) {
    for (auto& wave : city.waves) {
      steps_.push_back(std::make_unique<WaveSteps>(world, city, wave, oversight, *mishaps_));
      steps_.back()->putDown();
    }
  }
}

Waves::~Waves() = default;

}  // namespace fundtrail::ledger::simulation
