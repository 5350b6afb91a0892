// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/oversight.h"

#include <algorithm>
#include <array>

#include "ledger/domain/read.h"
#include "ledger/simulation/catalogue.h"

namespace fundtrail::ledger::simulation {

using domain::Date;
using schema::Answer;
using schema::Conclusion;
using schema::FraudKind;

namespace {

struct Suspicion {
  std::string_view check;
  std::string_view description;
};
constexpr auto kSuspicions = std::to_array<Suspicion>({
    {"K9", "传感器单价高于同类产品中位数三成以上"},
    {"K13", "合同备案晚于开工日期"},
    {"K5", "一台设备的序列号早于合同签订日期"},
    {"K14", "改造前后评测间隔过短"},
});

}  // namespace

Oversight::Oversight(World& world) : world_(world) {
  for (auto const on : {20250422U, 20260421U}) {
    world_.agenda.on(domain::checked(Date::fromNumber(on)), [this] { conclude(); });
  }
}

void Oversight::look(City& city, Project& project) {
  if (project.purpose != schema::Purpose::REFORM) return;
  auto const fraudFrom = domain::checked(Date::fromNumber(20250201));
  // The provider must be one that the city's list is complete with: see catalogue.cc.
  auto const& provider = *project.paper->provider;
  if (!fraudFound_ && world_.agenda.today() >= fraudFrom && !provider.delisted && &provider != &city.providers[0]) {
    fraudFound_ = true;
    return uncoverFraud(city, project);
  }
  if (lookedBack_.due()) {
    world_.agenda.inWorkingDays(120, [this, &city, &project] { lookBack(city, project); });
  }
  if (complained_.due()) {
    world_.agenda.inWorkingDays(35, [this, &city, &project] { complain(city, project); });
  }
  if (found_.due()) {
    world_.agenda.inWorkingDays(60, [this, &city, &project] { find(city, project); });
  }
}

void Oversight::lookBack(City const& city, Project const& project) {
  if (project.withdrawn) return;
  bool const unused = unused_.due();
  world_.write(city.office.industryClerks[1], [&](schema::Event::Builder event) {
    auto body = event.initLookBackDone();
    body.setProject(dataOf(*project.enrolled));
    body.setProductInUse(unused ? Answer::PARTLY : Answer::YES);
    body.setServiceThere(unused ? Answer::NO : Answer::YES);
    body.setSatisfied(unused ? Answer::PARTLY : Answer::YES);
    if (unused) body.setRemarks("部分采集终端停用，供给方响应不及时");
    body.setDoneOn(event.getOccurredOn());
  });
}

void Oversight::complain(City const& city, Project const& project) {
  auto const complaint = world_.write(city.office.industryClerks[0], [&](schema::Event::Builder event) {
    auto body = event.initComplaintFiled();
    body.setCity(city.code.number());
    body.setProvider(textOf(project.paper->provider->company.uscc));
    body.setProject(dataOf(*project.enrolled));
    body.setSubject("系统上线后故障频繁，售后响应慢");
  });
  bool const upheld = upheld_.due();
  world_.agenda.inWorkingDays(10, [this, &city, complaint, upheld] {
    world_.write(city.office.industryReviewer, [&](schema::Event::Builder event) {
      event.setCause(dataOf(complaint));
      auto body = event.initComplaintClosed();
      body.setComplaint(dataOf(complaint));
      body.setUpheld(upheld);
      body.setConclusion(upheld ? "情况属实，供给方已派驻人员整改" : "故障系企业网络原因，已协助解决");
    });
  });
}

Written Oversight::raise(City const& city, Project const& project, std::string_view check, std::string_view description,
                         FraudKind fraud) {
  return world_.write(world_.staff.auditor(), [&](schema::Event::Builder event) {
    auto body = event.initFindingRaised();
    body.setCheck(textOf(check));
    body.setCity(city.code.number());
    body.setProject(dataOf(*project.enrolled));
    auto subjects = body.initSubjects(2);
    subjects[0].setUscc(textOf(project.enterprise.uscc));
    subjects[1].setUscc(textOf(project.paper->provider->company.uscc));
    body.setFraud(fraud);
    body.setAmountFen(project.subsidy.count());
    body.setDescription(textOf(description));
    body.setRectifyBy(world_.agenda.today().plusDays(60).number());
  });
}

void Oversight::rectify(City const& city, Written const& finding, std::string_view measures) {
  world_.write(city.office.industryClerks[0], [&](schema::Event::Builder event) {
    event.setCause(dataOf(finding));
    world_.desk.attach(event, {.kind = "整改报告（模拟）"});
    auto body = event.initRectificationFiled();
    body.setFinding(dataOf(finding));
    body.setMeasures(textOf(measures));
  });
}

void Oversight::verify(Written const& finding, Conclusion conclusion, std::string_view remarks) {
  world_.write(world_.staff.auditor(), [&](schema::Event::Builder event) {
    event.setCause(dataOf(finding));
    auto body = event.initRectificationVerified();
    body.setFinding(dataOf(finding));
    body.setConclusion(conclusion);
    body.setRemarks(textOf(remarks));
  });
}

void Oversight::find(City const& city, Project const& project) {
  auto const course = static_cast<Course>(findings_ % kCourses);
  auto const& suspicion = kSuspicions[findings_++ % kSuspicions.size()];
  auto const finding = raise(city, project, suspicion.check, suspicion.description, FraudKind::NOT_STATED);
  if (course == Course::dismissed) {
    world_.agenda.inWorkingDays(
        12, [this, finding] { verify(finding, Conclusion::DISMISSED, "经核对原始凭证，疑点不成立"); });
    return;
  }
  if (course == Course::confirmedAndRectified) {
    world_.agenda.inWorkingDays(10, [this, finding] { verify(finding, Conclusion::CONFIRMED, "疑点属实，责令整改"); });
  }
  world_.agenda.inWorkingDays(
      20, [this, &city, finding] { rectify(city, finding, "补正备案材料，完善单价比对和现场留痕"); });
  world_.agenda.inWorkingDays(30, [this, finding] { verify(finding, Conclusion::RECTIFIED, "整改到位"); });
}

void Oversight::uncoverFraud(City& city, Project& project) {
  project.suspect = true;
  auto& provider = *std::ranges::find(city.providers, project.paper->provider->company.uscc,
                                      [](Provider const& each) { return each.company.uscc; });
  world_.agenda.inWorkingDays(1, [this, &city, &project, &provider] {
    auto const finding =
        raise(city, project, "K10", "供给方收款后向企业法定代表人账户返还部分款项", FraudKind::AGREED_KICKBACK);
    world_.agenda.inWorkingDays(8, [this, &project, finding] {
      verify(finding, Conclusion::CONFIRMED, "银行流水证实约定回扣");
      project.fraudProven = true;
    });
    world_.agenda.inWorkingDays(10, [this, &provider, finding] {
      auto const province = world_.staff.provinceIndustry();
      auto const today = world_.agenda.today();
      world_.write(province, [&](schema::Event::Builder event) {
        event.setCause(dataOf(finding));
        world_.desk.attach(event, {.kind = "处理决定（模拟）"});
        auto body = event.initPenaltyImposed();
        body.setFinding(dataOf(finding));
        body.setSubject(textOf(provider.company.uscc));
        body.setMeasure("全省清退，三年内不得参与试点项目");
        body.setBanFrom(today.number());
        body.setBanTo(today.plusDays(3 * 365).number());
      });
      delistProvider(world_, province, 0, provider, schema::DelistingCause::FRAUD, "约定回扣，弄虚作假骗补");
    });
    world_.agenda.inWorkingDays(
        60, [this, &city, finding] { rectify(city, finding, "回扣已退回，合同价款按实际核减，企业书面检查"); });
    world_.agenda.inWorkingDays(75, [this, &project, finding] {
      verify(finding, Conclusion::RECTIFIED, "整改到位，恢复拨付");
      project.suspect = false;
    });
  });
}

void Oversight::conclude() {
  world_.write(world_.staff.auditor(), [&](schema::Event::Builder event) {
    auto body = event.initAuditConcluded();
    body.setTreeSize(world_.desk.log().size());
    auto const root = world_.desk.log().root();
    body.setRootHash(capnp::Data::Reader(root.view().data(), root.view().size()));
    body.setVerdict(findings_ == 0 ? schema::AuditVerdict::CLEAN : schema::AuditVerdict::FINDINGS);
    body.setRegion(domain::CityCode::province().number());
  });
}

}  // namespace fundtrail::ledger::simulation
