// SPDX-License-Identifier: Apache-2.0
#include "tests/support/pay_runs.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>

#include <capnp/message.h>
#include <fmt/format.h>

#include "crypto/merkle.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/limits.h"
#include "ledger/schema/message.h"
#include "tests/support/founders.h"

namespace fundtrail::tests {

namespace {

namespace schema = ledger::schema;
namespace batch = ledger::batch;
namespace domain = ledger::domain;

constexpr std::uint32_t kCity = 441900;
constexpr std::uint32_t kToday = 20240301;
constexpr std::uint32_t kPublicised = 20240304;  // a publicity is closed after its last day
constexpr char kEnterprise[] = "91440101327598294H";
constexpr char kName[] = "测试（东莞）有限公司";
constexpr char kVendor[] = "91440101331331509F";
constexpr char kAssessor[] = "91440300708461136T";
constexpr char kIndustry[] = "3912";
constexpr char kProduct[] = "P-1";
constexpr char kAccount[] = "6222000011112222";
constexpr std::int64_t kEligible = 100'000'00;
constexpr std::int64_t kSubsidy = 30'000'00;

struct Official {
  char const* person;
  schema::Role role;
  std::uint32_t region;
  char const* organisation = "test office";
};
constexpr auto kOfficials = std::to_array<Official>({
    {"province-industry", schema::Role::PROVINCE_INDUSTRY, 440000},
    {"province-finance", schema::Role::PROVINCE_FINANCE, 440000},
    {"industry-clerk", schema::Role::CITY_INDUSTRY_CLERK, kCity},
    {"industry-reviewer-1", schema::Role::CITY_INDUSTRY_REVIEWER, kCity},
    {"industry-reviewer-2", schema::Role::CITY_INDUSTRY_REVIEWER, kCity},
    {"finance-clerk-1", schema::Role::CITY_FINANCE_CLERK, kCity},
    {"finance-clerk-2", schema::Role::CITY_FINANCE_CLERK, kCity},
    {"finance-clerk-3", schema::Role::CITY_FINANCE_CLERK, kCity},
    {"finance-reviewer", schema::Role::CITY_FINANCE_REVIEWER, kCity},
    {"finance-approver", schema::Role::CITY_FINANCE_APPROVER, kCity},
    {"assessor", schema::Role::ASSESSOR, kCity, kAssessor},
});

capnp::Data::Reader dataOf(crypto::BytesView bytes) {
  return {bytes.data(), bytes.size()};
}
capnp::Data::Reader dataOf(domain::EventRef const& ref) {
  return dataOf(ref.digest().view());
}

}  // namespace

/// Writes events into batches: whoever signs next closes the batch of who signed before.
class PayRuns::Office {
 public:
  using Fill = std::function<void(schema::Event::Builder)>;
  using Refs = std::vector<domain::EventRef>;

  explicit Office(std::uint32_t payments)
      : payments_(payments),
        genesis_(foundingBatch(kNow)),
        ledger_(batch::ledgerIdOf(crypto::HashAlgorithm::sha256, genesis_.statement.bytes())) {}

  batch::SignedBatch const& genesis() const { return genesis_; }

  void prepare(std::function<void(batch::SignedBatch)> const& sink) {
    collect(sink, schema::kMaxBatchEvents);
    enrolOfficials();
    fundTheCity();
    registerOrganisations();
    listProduct();
    awardProjects();
    close();
  }

  std::vector<batch::SignedBatch> run(std::size_t perBatch) {
    std::vector<batch::SignedBatch> batches;
    collect([&](batch::SignedBatch batch) { batches.push_back(std::move(batch)); }, perBatch);
    auto const requests = each("finance-clerk-1", awards_.size(), [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initPaymentRequested();
      body.setAward(dataOf(awards_[i]));
      body.setAmountFen(kSubsidy);
      body.setPayee(kEnterprise);
      body.setPayeeName(kName);
      body.setAccount(kAccount);
      draw(body.initDraws(1)[0]);
    });
    each("finance-reviewer", requests.size(), [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initPaymentReviewed();
      body.setPayment(dataOf(requests[i]));
      body.setOutcome(schema::Outcome::PASS);
    });
    each("finance-approver", requests.size(), [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initPaymentApproved();
      body.setPayment(dataOf(requests[i]));
      body.setAmountFen(kSubsidy);
    });
    each("finance-clerk-2", requests.size(), [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initPaymentInstructed();
      body.setPayment(dataOf(requests[i]));
      body.setVoucherNumber(fmt::format("V{:010}", i));
      body.setAmountFen(kSubsidy);
      body.setAccount(kAccount);
    });
    each("finance-clerk-3", requests.size(), [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initPaymentSettled();
      body.setPayment(dataOf(requests[i]));
      body.setBankReference(fmt::format("B{:012}", i));
      body.setValueDate(kPublicised);
      body.setAmountFen(kSubsidy);
      body.setAccount(kAccount);
    });
    close();
    return batches;
  }

 private:
  static inline domain::Instant const kNow = domain::Instant::parse("2024-03-04T09:00:00.000+08:00").value();

  void collect(std::function<void(batch::SignedBatch)> sink, std::size_t perBatch) {
    sink_ = std::move(sink);
    perBatch_ = perBatch;
  }

  std::array<std::uint8_t, 16> fresh() {
    // Not secret and need not be: what counts is that they differ and do not compress.
    std::array<std::uint8_t, 16> bytes{};
    for (auto& half : std::array{0, 8}) {
      auto z = (counter_ += 0x9E3779B97F4A7C15ULL);
      z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
      z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
      z ^= z >> 31U;
      for (int i = 0; i < 8; ++i) bytes[static_cast<std::size_t>(half + i)] = static_cast<std::uint8_t>(z >> (8 * i));
    }
    return bytes;
  }

  void close() {
    if (events_.empty()) return;
    sink_(batch::sign(ledger_, crypto::HashAlgorithm::sha256, keyOf(author_), kNow, fresh(), std::move(events_)));
    events_ = {};
  }

  domain::EventRef add(std::string_view author, Fill const& fill) {
    capnp::MallocMessageBuilder message(kj::arrayPtr(reinterpret_cast<capnp::word*>(scratch_.data()), scratch_.size()));
    auto event = message.initRoot<schema::Event>();
    auto const salt = fresh();
    event.setSalt({salt.data(), salt.size()});
    event.setOccurredOn(day_);
    fill(event);
    auto const words = schema::canonical<schema::Event>(event);
    bool const full = events_.size() == perBatch_ || events_.byteSize() + words.bytes().size() > schema::kMaxBatchBytes;
    if (author != author_ || full) close();
    author_ = author;
    events_.append(words.bytes());
    return domain::EventRef(hasher_.leaf(words.bytes()));
  }

  Refs each(std::string_view author, std::size_t count,
            std::function<void(schema::Event::Builder, std::size_t)> const& fill) {
    Refs refs;
    refs.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      refs.push_back(add(author, [&](schema::Event::Builder event) { fill(event, i); }));
    }
    return refs;
  }

  void confirmed(Refs const& changes) {
    each("sec-2", changes.size(), [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initChangeConfirmed();
      body.setChange(dataOf(changes[i]));
      body.setOutcome(schema::Outcome::PASS);
    });
  }

  void enrolOfficials() {
    confirmed(each("sec-1", kOfficials.size(), [](schema::Event::Builder event, std::size_t i) {
      auto const key = keyOf(kOfficials[i].person);
      auto body = event.initKeyEnrolled();
      body.setPerson(kOfficials[i].person);
      body.setPersonName(kOfficials[i].person);
      body.setOrganisation(kOfficials[i].organisation);
      body.setAlgorithm(schema::KeyAlgorithm::ED25519);
      body.setPublicKey(dataOf(key.publicKey().spki()));
    }));
    confirmed(each("sec-1", kOfficials.size(), [](schema::Event::Builder event, std::size_t i) {
      auto body = event.initRoleGranted();
      body.setPerson(kOfficials[i].person);
      body.setRole(kOfficials[i].role);
      body.setRegion(kOfficials[i].region);
      body.setValidFrom(20240101);
      body.setValidTo(20261231);
    }));
  }

  void fundTheCity() {
    add("province-industry", [](schema::Event::Builder event) {
      auto body = event.initPolicyPublished();
      body.setNumber("测试〔2024〕3号");
      body.setTitle("policy");
      body.setInForceFrom(20240101);
      body.setWindowFrom(20231011);
      body.setWindowTo(20261231);
      body.setMinLevelAfter(2);
    });
    add("province-industry", [](schema::Event::Builder event) {
      auto body = event.initCityDesignated();
      body.setCity(kCity);
      body.setRegion(schema::Region::PEARL_RIVER_DELTA);
      body.setMinEnterprises(350);
    });
    add("industry-clerk", [](schema::Event::Builder event) {
      auto body = event.initCityPlanFiled();
      body.setCity(kCity);
      body.setNumber("测试〔2024〕1号");
      body.setInForceFrom(20240101);
      body.initIndustries(1)[0].setCode(kIndustry);
      body.setPublicityWorkingDays(1);
      auto plan = body.initPlans(1)[0];
      plan.setPurpose(schema::Purpose::REFORM);
      plan.setRateBp(3000);
      auto cap = plan.initCaps(1)[0];
      cap.setLevel(2);
      cap.setCapFen(kSubsidy);
    });
    auto const money = kSubsidy * static_cast<std::int64_t>(payments_);
    tranche_ = {add("province-finance", [&](schema::Event::Builder event) {
      auto body = event.initTrancheIssued();
      body.setCity(kCity);
      body.setNumber("测试〔2024〕2号");
      body.setLevel(schema::GovernmentLevel::PROVINCE);
      body.setKind(schema::TrancheKind::PREPAYMENT);
      body.setYear(2024);
      body.setAmountFen(money);
    })};
    add("finance-clerk-1", [&](schema::Event::Builder event) {
      auto body = event.initTrancheReceived();
      body.setTranche(dataOf(tranche_.front()));
      body.setAmountFen(money);
    });
    add("finance-clerk-1", [&](schema::Event::Builder event) {
      auto body = event.initTrancheSplit();
      body.setTranche(dataOf(tranche_.front()));
      body.setPurpose(schema::Purpose::REFORM);
      body.setAmountFen(money);
    });
  }

  void registerOrganisations() {
    registerOrganisation(kEnterprise, kName, schema::OrganisationKind::ENTERPRISE);
    registerOrganisation(kVendor, "vendor", schema::OrganisationKind::VENDOR);
    registerOrganisation(kAssessor, "assessor", schema::OrganisationKind::ASSESSOR);
  }

  void registerOrganisation(char const* uscc, char const* name, schema::OrganisationKind kind) {
    add("industry-clerk", [&](schema::Event::Builder event) {
      auto body = event.initOrganisationRegistered();
      body.setUscc(uscc);
      body.setName(name);
      body.setKind(kind);
      body.setRegion(kCity);
      if (kind != schema::OrganisationKind::ENTERPRISE) return;
      body.setIndustry(kIndustry);
      body.setStaff(100);
      auto account = body.initAccounts(1)[0];
      account.setNumber(kAccount);
      account.setName(name);
    });
  }

  void listProduct() {
    add("industry-clerk", [](schema::Event::Builder event) {
      auto body = event.initProductListed();
      body.setCity(kCity);
      body.setProvider(kVendor);
      body.setCode(kProduct);
      body.setName("software");
      body.setCategory(schema::CostCategory::SOFTWARE);
      body.setPriceFen(kEligible);
      body.setListedFrom(kToday);
    });
  }

  void awardProjects() {
    auto const contracts = each("industry-clerk", payments_, [](schema::Event::Builder event, std::size_t i) {
      auto body = event.initContractFiled();
      body.setCity(kCity);
      body.setEnterprise(kEnterprise);
      auto const digest = crypto::hash(crypto::HashAlgorithm::sha256, crypto::asBytes(std::to_string(i)));
      body.setDigest(dataOf(digest.view()));
      body.setSignedOn(kToday);
      body.setStartsOn(kToday);
      body.setEndsOn(kToday);
      body.setMode(schema::SupportMode::AFTER);
      body.initProviders(1)[0].setUscc(kVendor);
      auto line = body.initLines(1)[0];
      line.setCategory(schema::CostCategory::SOFTWARE);
      line.setName("software");
      line.setProduct(kProduct);
      line.setQuantity(1);
      line.setUnitPriceFen(kEligible);
      line.setNetFen(kEligible);
      body.setTotalFen(kEligible);
      body.setStatesDuties(true);
      body.setStatesMeasures(true);
      body.setStatesPeriod(true);
      body.setStatesGoals(true);
      body.setStatesProducts(true);
      body.setStatesPrices(true);
    });
    auto const projects = each("industry-clerk", payments_, [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initProjectEnrolled();
      body.initContracts(1)[0].setEvent(dataOf(contracts[i]));
      body.setCity(kCity);
      body.setEnterprise(kEnterprise);
      body.setPurpose(schema::Purpose::REFORM);
      body.setMode(schema::SupportMode::AFTER);
      body.setTitle("project");
    });
    auto const count = projects.size();
    each("industry-clerk", count, [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initApplicationSubmitted();
      body.setProject(dataOf(projects[i]));
      body.setRequestedFen(kSubsidy);
    });
    each("industry-reviewer-1", count, [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initApplicationReviewed();
      body.setProject(dataOf(projects[i]));
      body.setKind(schema::ReviewKind::FORM);
      body.setOutcome(schema::Outcome::PASS);
    });
    each("industry-reviewer-1", count, [&](schema::Event::Builder event, std::size_t i) {
      event.initDocuments(1)[0].setKind("photo");
      auto body = event.initSiteChecked();
      body.setProject(dataOf(projects[i]));
      auto inspectors = body.initInspectors(2);
      inspectors[0].setPerson("industry-reviewer-1");
      inspectors[1].setPerson("finance-reviewer");
      body.setOutcome(schema::Outcome::PASS);
      body.setCheckedOn(kToday);
    });
    each("industry-clerk", count, [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initCostVerified();
      body.setProject(dataOf(projects[i]));
      auto line = body.initLines(1)[0];
      line.setCategory(schema::CostCategory::SOFTWARE);
      line.setInvoice(fmt::format("{:020}", i));
      line.setInvoicedOn(kToday);
      line.setProduct(kProduct);
      line.setNetFen(kEligible);
      body.setEligibleFen(kEligible);
    });
    each("assessor", count, [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initLevelAssessed();
      body.setProject(dataOf(projects[i]));
      body.setAssessor(kAssessor);
      body.setStage(schema::AssessmentStage::AFTER_REFORM);
      body.setLevel(2);
      body.setEdition(2024);
      body.setOnSite(true);
      body.setAssessedOn(kToday);
    });
    each("industry-reviewer-2", count, [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initProjectAccepted();
      body.setProject(dataOf(projects[i]));
      body.setOutcome(schema::Outcome::PASS);
      body.setLevel(2);
      body.setAcceptedOn(kToday);
    });
    each("industry-clerk", count, [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initSubsidyProposed();
      body.setProject(dataOf(projects[i]));
      body.setLevel(2);
      body.setEligibleFen(kEligible);
      body.setRateBp(3000);
      body.setCapFen(kSubsidy);
      body.setSubsidyFen(kSubsidy);
    });
    publish(projects);
    awards_ = each("finance-approver", count, [&](schema::Event::Builder event, std::size_t i) {
      auto body = event.initAwardApproved();
      body.setProject(dataOf(projects[i]));
      body.setAmountFen(kSubsidy);
      body.setBeneficiary(kEnterprise);
      draw(body.initDraws(1)[0]);
    });
  }

  void publish(Refs const& projects) {
    static constexpr std::size_t kList = 500;
    Refs lists;
    for (std::size_t from = 0; from < projects.size(); from += kList) {
      auto const count = std::min(kList, projects.size() - from);
      lists.push_back(add("industry-clerk", [&](schema::Event::Builder event) {
        auto body = event.initPublicityOpened();
        body.setCity(kCity);
        body.setTitle("list");
        body.setOpensOn(kToday);
        body.setClosesOn(kToday);
        auto entries = body.initEntries(static_cast<unsigned>(count));
        for (unsigned i = 0; i < count; ++i) {
          entries[i].setProject(dataOf(projects[from + i]));
          entries[i].setAmountFen(kSubsidy);
        }
        body.setTotalFen(kSubsidy * static_cast<std::int64_t>(count));
      }));
    }
    day_ = kPublicised;
    each("industry-clerk", lists.size(), [&](schema::Event::Builder event, std::size_t i) {
      event.initPublicityClosed().setPublicity(dataOf(lists[i]));
    });
  }

  void draw(schema::Draw::Builder draw) {
    draw.setTranche(dataOf(tranche_.front()));
    draw.setAmountFen(kSubsidy);
  }

  std::uint32_t payments_;
  batch::SignedBatch genesis_;
  domain::LedgerId ledger_;
  crypto::TreeHasher hasher_{crypto::HashAlgorithm::sha256};
  std::uint64_t counter_ = 0;
  std::uint32_t day_ = kToday;
  std::function<void(batch::SignedBatch)> sink_;
  std::size_t perBatch_ = schema::kMaxBatchEvents;
  std::string author_;
  batch::EventList events_;
  Refs tranche_;
  Refs awards_;
  std::vector<std::uint64_t> scratch_ = std::vector<std::uint64_t>(1024);  // zero before and after each message
};

PayRuns::PayRuns(std::uint32_t payments) : office_(std::make_unique<Office>(payments)) {}
PayRuns::~PayRuns() = default;
batch::SignedBatch const& PayRuns::genesis() const {
  return office_->genesis();
}
void PayRuns::prepare(std::function<void(batch::SignedBatch)> const& sink) {
  office_->prepare(sink);
}
std::vector<batch::SignedBatch> PayRuns::run(std::size_t perBatch) {
  return office_->run(perBatch);
}

}  // namespace fundtrail::tests
