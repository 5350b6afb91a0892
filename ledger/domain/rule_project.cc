// SPDX-License-Identifier: Apache-2.0
// P1, P4: who takes part, how far it got, and with which providers and products.

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

#include "ledger/domain/eligible_cost.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"
#include "ledger/schema/names.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;

// ---- P1

// 统计上大中小微型企业划分办法, industry: large where both are reached.
constexpr std::uint32_t kLargeStaff = 1000;
constexpr Fen kLargeRevenue = Fen::literal(40'000'000'000);

Objection enterpriseTakesPart(Judgement const& judgement) {
  auto const* const enterprise = judgement.subject.organisation;
  auto const* const city = judgement.state.cities.find(judgement.subject.region);
  if (!enterprise || !city || judgement.event.getProjectEnrolled().getPurpose() != schema::Purpose::REFORM) {
    return std::nullopt;
  }
  if (enterprise->staff == 0 && enterprise->annualRevenue.isZero()) {
    return Text{"企业登记未填从业人员和营业收入，无法认定为中小企业",
                "neither staff nor revenue of the enterprise is stated: nobody can tell that it is an SME"};
  }
  bool const isSmallByStaff = enterprise->staff != 0 && enterprise->staff < kLargeStaff;
  bool const isSmallByRevenue = enterprise->annualRevenue.isPositive() && enterprise->annualRevenue < kLargeRevenue;
  if (!isSmallByStaff && !isSmallByRevenue && (enterprise->staff == 0 || enterprise->annualRevenue.isZero())) {
    return Text{fmt::format("从业人员 {} 人、营业收入 {} 元（0 为未填），仅凭一项不能认定为中小企业", enterprise->staff,
                            formatYuan(enterprise->annualRevenue)),
                fmt::format("{} staff and {} yuan of revenue (0: not stated): the one figure does not make it an SME",
                            enterprise->staff, formatYuan(enterprise->annualRevenue))};
  }
  if (!isSmallByStaff && !isSmallByRevenue) {
    return Text{fmt::format("从业人员 {} 人、营业收入 {} 元，不属于中小企业", enterprise->staff,
                            formatYuan(enterprise->annualRevenue)),
                fmt::format("{} staff and {} yuan of revenue: not an SME", enterprise->staff,
                            formatYuan(enterprise->annualRevenue))};
  }
  auto const* const industries = city->pilotIndustries(judgement.occurredOn);
  if (industries && enterprise->industry && std::ranges::binary_search(*industries, *enterprise->industry)) {
    return std::nullopt;
  }
  auto const industry = enterprise->industry ? enterprise->industry->text() : std::string();
  return Text{fmt::format("行业 {} 不在该市备案的试点行业内", industry.empty() ? "（未填）" : industry),
              fmt::format("industry {} is not one of the city's filed pilot industries",
                          industry.empty() ? "(not stated)" : industry)};
}

Objection levelIsReached(Judgement const& judgement) {
  auto const body = judgement.event.getProjectAccepted();
  auto const* const project = judgement.subject.project;
  if (!project || project->purpose != schema::Purpose::REFORM || body.getOutcome() != schema::Outcome::PASS) {
    return std::nullopt;
  }
  auto const* const assessment = project->assessment(schema::AssessmentStage::AFTER_REFORM);
  if (!assessment) return Text{"没有改造后的评测", "it was not assessed after the reform"};
  if (assessment->level != body.getLevel()) {
    return Text{fmt::format("验收等级 {}，改造后评测等级 {}", body.getLevel(), assessment->level),
                fmt::format("accepted at level {}, assessed at level {}", body.getLevel(), assessment->level)};
  }
  auto const policy = judgement.state.figuresOn(judgement.occurredOn);
  if (policy && body.getLevel() < policy->minLevelAfter) {
    return Text{
        fmt::format("改造后等级 {}，须达到 {} 级及以上", body.getLevel(), policy->minLevelAfter),
        fmt::format("level {} after the reform, at least {} is needed", body.getLevel(), policy->minLevelAfter)};
  }
  return std::nullopt;
}

/// When the last of the project's contracts was both signed and begun; nothing where it rests on none.
std::optional<Date> begins(State const& state, Project const& project) {
  std::optional<Date> latest;
  for (auto const& ref : project.contracts) {
    auto const& contract = *state.contracts.find(ref);
    auto const begun = std::max(contract.signedOn, contract.startsOn.value_or(contract.signedOn));
    latest = latest ? std::max(*latest, begun) : begun;
  }
  return latest;
}

/// What was never begun was not finished either.
Objection workHadBegun(Judgement const& judgement) {
  auto const body = judgement.event.getProjectAccepted();
  auto const* const project = judgement.subject.project;
  if (!project || body.getOutcome() != schema::Outcome::PASS) return std::nullopt;
  auto const acceptedOn = readDate(body.getAcceptedOn());
  auto const begunOn = begins(judgement.state, *project);
  if (!begunOn || acceptedOn >= *begunOn) return std::nullopt;
  return Reason({fmt::format("验收日期 {} 早于合同的签订或开始日期 {}", acceptedOn.text(), begunOn->text()),
                 fmt::format("accepted on {}, before its contract was signed or began, on {}", acceptedOn.text(),
                             begunOn->text())},
                Text{"请核对验收日期和合同期限", "Check the date of the acceptance and the contract's period"});
}

constexpr std::uint16_t kEditionOnSite =
    2024;  // 《中小企业数字化水平评测指标（2024年版）》 asks pilot cities to assess on site

Objection isAssessed(Judgement const& judgement) {
  auto const body = judgement.event.getLevelAssessed();
  auto const* const assessor = judgement.subject.organisation;
  if (assessor && assessor->kind != schema::OrganisationKind::ASSESSOR) {
    return Text{fmt::format("{} 未登记为评测机构", textOf(body.getAssessor())),
                fmt::format("{} is not registered as an assessor", textOf(body.getAssessor()))};
  }
  if (body.getEdition() >= kEditionOnSite && !body.getOnSite()) {
    return Text{fmt::format("{} 版评测指标须现场评测", body.getEdition()),
                fmt::format("the {} edition is assessed on site", body.getEdition())};
  }
  auto const* const project = judgement.subject.project;
  if (!project || body.getStage() != schema::AssessmentStage::AFTER_REFORM) return std::nullopt;
  auto const assessedOn = readDate(body.getAssessedOn());
  auto const begunOn = begins(judgement.state, *project);
  if (!begunOn || assessedOn >= *begunOn) return std::nullopt;
  return Text{fmt::format("改造后评测日期 {} 早于合同的签订或开始日期 {}", assessedOn.text(), begunOn->text()),
              fmt::format("assessed after the reform on {}, before its contract was signed or began, on {}",
                          assessedOn.text(), begunOn->text())};
}

// ---- P4

Objection providerMayContract(State const& state, CityCode city, Uscc const& provider, Date day) {
  for (auto const list : {city, CityCode::province()}) {
    auto const* const listing = state.providers.find({list, provider});
    if (!listing) continue;
    auto const delisting =
        std::ranges::find_if(listing->delistings, [&](auto const& each) { return each.holdsOn(day); });
    if (delisting == listing->delistings.end()) continue;
    return Text{
        fmt::format("供给方 {} 自 {} 起被清退，{} 不能签约或入库", provider.text(), delisting->from.text(), day.text()),
        fmt::format("the provider {} is delisted from {}: no contract and no listing on {}", provider.text(),
                    delisting->from.text(), day.text())};
  }
  auto const* const organisation = state.organisations.find(provider);
  if (!organisation || !organisation->isBannedOn(day)) return std::nullopt;
  return Text{fmt::format("供给方 {} 在 {} 处于禁入期", provider.text(), day.text()),
              fmt::format("the provider {} is banned on {}", provider.text(), day.text())};
}

Objection contractorsMayContract(Judgement const& judgement) {
  auto const body = judgement.event.getContractFiled();
  for (auto const provider : body.getProviders()) {
    if (auto objection = providerMayContract(judgement.state, judgement.subject.region, readUscc(provider.getUscc()),
                                             readDate(body.getSignedOn()))) {
      return objection;
    }
  }
  // Nor does a delisted provider's product come in under another's name.
  for (auto const line : body.getLines()) {
    auto const* const product =
        judgement.state.products.find({judgement.subject.region, std::string(textOf(line.getProduct()))});
    if (!product) continue;
    if (auto objection = providerMayContract(judgement.state, judgement.subject.region, product->provider,
                                             readDate(body.getSignedOn()))) {
      return objection;
    }
  }
  return std::nullopt;
}

Objection sellersAreParties(Judgement const& judgement) {
  auto const* const project = judgement.subject.project;
  if (!project) return std::nullopt;
  unsigned position = 0;
  for (auto const line : judgement.event.getCostVerified().getLines()) {
    ++position;
    if (line.getSeller().size() == 0 || line.getContract() >= project->contracts.size()) continue;
    auto const& providers = judgement.state.contracts.find(project->contracts[line.getContract()])->providers;
    if (std::ranges::find(providers, readUscc(line.getSeller())) != providers.end()) continue;
    return Text{
        fmt::format("第 {} 行：开票方 {} 不是合同的供给方", position, textOf(line.getSeller())),
        fmt::format("line {}: the seller {} is no provider of the contract", position, textOf(line.getSeller()))};
  }
  return std::nullopt;
}

Objection eligibleLinesNameTheirProduct(Judgement const& judgement) {
  auto const* const project = judgement.subject.project;
  if (!project || project->purpose != schema::Purpose::REFORM) return std::nullopt;
  auto const* const plan = judgement.state.cities.find(project->city)->planFor(project->purpose, judgement.occurredOn);
  unsigned position = 0;
  for (auto const line : judgement.event.getCostVerified().getLines()) {
    ++position;
    if (!isEligible(line.getCategory(), project->purpose, plan)) continue;
    if (line.getProduct().size() == 0) {
      return Text{fmt::format("第 {} 行未填产品编号", position), fmt::format("line {} names no product", position)};
    }
    auto const* const product = judgement.state.products.find({project->city, std::string(textOf(line.getProduct()))});
    if (product && product->category != line.getCategory()) {
      return Text{fmt::format("第 {} 行的费用类别与目录中产品 {} 的类别不符", position, textOf(line.getProduct())),
                  fmt::format("line {}: the catalogue has product {} under another category", position,
                              textOf(line.getProduct()))};
    }
  }
  return std::nullopt;
}

/// What is paid for: as verified, or as the contracts plan where the award comes before the work.
std::set<std::string> productsOf(State const& state, Project const& project, PurposePlan const* plan) {
  if (!project.isPaidInAdvance() || project.award) return {project.products.begin(), project.products.end()};
  std::set<std::string> products;
  for (auto const& ref : project.contracts) {
    for (auto const& line : state.contracts.find(ref)->lines) {
      if (isEligible(line.category, project.purpose, plan)) products.insert(line.product);
    }
  }
  return products;
}

Objection productsAreListed(Judgement const& judgement) {
  auto const* const project = judgement.subject.project;
  if (!project || project->purpose != schema::Purpose::REFORM) return std::nullopt;
  auto const* const plan = judgement.state.cities.find(project->city)->planFor(project->purpose, judgement.occurredOn);
  for (auto const& code : productsOf(judgement.state, *project, plan)) {
    if (code.empty())
      return Text{"合同中有列支范围内的明细未填产品编号", "an eligible line of a contract names no product"};
    auto const* const product = judgement.state.products.find({project->city, code});
    if (!product || !product->isListedOn(judgement.occurredOn)) {
      return Text{fmt::format("产品 {} 在 {} 不在该市产品清单内", code, judgement.occurredOn.text()),
                  fmt::format("product {} is not in the city's catalogue on {}", code, judgement.occurredOn.text())};
    }
    // Admitted after the cost was verified, it may turn out to be another thing than it was paid for as.
    if (isEligible(product->category, project->purpose, plan)) continue;
    auto const zh = schema::enumerantTitle(product->category, schema::Language::zh);
    return Text{fmt::format("产品 {} 在清单中的类别为“{}”，不在奖补范围内", code, zh),
                fmt::format("product {} is in the catalogue as {}, which is not eligible", code,
                            schema::enumerantName(product->category))};
  }
  return std::nullopt;
}

}  // namespace

Objection projectMayCount(Judgement const& judgement) {
  switch (judgement.event.which()) {
    case E::PROJECT_ENROLLED: return enterpriseTakesPart(judgement);
    case E::LEVEL_ASSESSED: return isAssessed(judgement);
    case E::PROJECT_ACCEPTED:
      if (auto objection = workHadBegun(judgement)) return objection;
      return levelIsReached(judgement);
    default: return std::nullopt;
  }
}

namespace {

/// On the day from which the list counts, and on the day on which it is decided: a date set back admits nobody.
Objection mayBeListed(Judgement const& judgement, CityCode city, capnp::Text::Reader provider, std::uint32_t from) {
  for (auto const day : {readDate(from), judgement.occurredOn}) {
    if (auto objection = providerMayContract(judgement.state, city, readUscc(provider), day)) return objection;
  }
  return std::nullopt;
}

/// A code in the catalogue stays its provider's: under another's name a delisted one would go on selling.
Objection codeIsTheProviders(Judgement const& judgement) {
  auto const body = judgement.event.getProductListed();
  auto const* const product =
      judgement.state.products.find({judgement.subject.region, std::string(textOf(body.getCode()))});
  if (!product || product->provider == readUscc(body.getProvider())) return std::nullopt;
  return Reason({fmt::format("产品编号 {} 属于供给方 {}", textOf(body.getCode()), product->provider.text()),
                 fmt::format("the code {} is the provider {}'s", textOf(body.getCode()), product->provider.text())},
                Text{"请为该供给方的产品另设编号", "Give the other provider's product a code of its own"});
}

}  // namespace

Objection providersAndProductsAreListed(Judgement const& judgement) {
  switch (judgement.event.which()) {
    case E::CONTRACT_FILED: return contractorsMayContract(judgement);
    case E::PROVIDER_LISTED: {
      auto const body = judgement.event.getProviderListed();
      return mayBeListed(judgement, CityCode::province(), body.getProvider(), body.getListedFrom());
    }
    case E::PRODUCT_LISTED: {
      auto const body = judgement.event.getProductListed();
      if (auto objection = codeIsTheProviders(judgement)) return objection;
      return mayBeListed(judgement, judgement.subject.region, body.getProvider(), body.getListedFrom());
    }
    case E::COST_VERIFIED:
      if (auto objection = sellersAreParties(judgement)) return objection;
      return eligibleLinesNameTheirProduct(judgement);
    case E::AWARD_APPROVED: return productsAreListed(judgement);
    case E::SUBSIDY_PROPOSED:  // of what was spent, where the award came first
      return judgement.subject.project && judgement.subject.project->award ? productsAreListed(judgement)
                                                                           : std::nullopt;
    default: return std::nullopt;
  }
}

}  // namespace fundtrail::ledger::domain
