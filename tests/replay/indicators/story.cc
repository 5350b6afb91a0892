// SPDX-License-Identifier: Apache-2.0
#include "tests/replay/indicators/story.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <gtest/gtest.h>

namespace fundtrail::replay::indicators {

namespace {

crypto::Digest digestOf(std::uint64_t number, std::uint8_t kind) {
  std::array<std::uint8_t, crypto::Digest::kSize> bytes{};
  std::memcpy(bytes.data(), &number, sizeof number);
  bytes.back() = kind;
  return crypto::Digest::from(bytes).value();
}

}  // namespace

facts::Source Story::next(Date date, int secondsIntoDay, std::string_view person) {
  auto const number = next_++;
  auto const at = domain::Instant::fromMilliseconds(domain::Instant::startOf(date).milliseconds() +
                                                    std::int64_t{secondsIntoDay} * 1'000);
  facts.events = next_;
  facts.lastAcceptedAt = at;
  return {EventNumber(number), domain::EventRef(digestOf(number, 1)), date, at.value(), text(person)};
}

TrancheRow Story::tranche(Fen amount, Date issued, domain::CityCode city) {
  return facts.tranches.add({next(issued),
                             city,
                             text("粤财工〔2024〕1号"),
                             schema::GovernmentLevel::PROVINCE,
                             schema::TrancheKind::PREPAYMENT,
                             2024,
                             amount,
                             {}});
}

EventNumber Story::receive(TrancheRow tranche, Fen amount, Date date) {
  auto const source = next(date);
  facts.tranches[tranche].receipts.push_back({source, amount, {}});
  return source.event;
}

EventNumber Story::split(TrancheRow tranche, Fen amount, Date date, std::optional<domain::CityCode> county,
                         schema::Purpose from) {
  auto const source = next(date);
  facts.tranches[tranche].splits.push_back({source, from, std::nullopt, schema::Purpose::REFORM, county, amount});
  return source.event;
}

EventNumber Story::organisation(domain::Uscc const& uscc, std::string_view name, std::string_view account,
                                schema::OrganisationKind kind) {
  auto const source = next(on("2024-01-02"));
  facts::Organisation organisation{source, uscc, text(name), kind, kCity, {}, 100, yuan(10'000'000), {}};
  if (!account.empty()) organisation.accounts.push_back({text(account), text(name), {}, {}});
  facts.byUscc.try_emplace(uscc, facts.organisations.add(std::move(organisation)));
  return source.event;
}

ContractRow Story::contract(Date signedOn, Fen total, domain::Uscc const& enterprise, domain::Uscc const& provider) {
  auto const source = next(signedOn);
  return facts.contracts.add({source,
                              kCity,
                              enterprise,
                              {},
                              digestOf(source.event.value(), 2),
                              signedOn,
                              signedOn,
                              std::nullopt,
                              schema::SupportMode::AFTER,
                              {provider},
                              {},
                              total});
}

void Story::line(ContractRow contract, std::string_view name, Fen unitPrice, std::uint32_t quantity,
                 std::string_view product) {
  auto const net = Fen::literal(unitPrice.count() * quantity);
  facts.contracts[contract].lines.push_back(
      {schema::CostCategory::SOFTWARE, text(product), text(name), quantity, unitPrice, net, Fen(), std::nullopt});
}

ProjectRow Story::project(Date enrolled, std::vector<ContractRow> contracts, domain::Uscc const& enterprise,
                          schema::SupportMode mode, domain::CityCode city) {
  auto const row = facts.projects.add({next(enrolled),
                                       city,
                                       std::nullopt,
                                       enterprise,
                                       schema::Purpose::REFORM,
                                       mode,
                                       contracts,
                                       {},
                                       text("数字化改造")});
  for (auto const contract : contracts) facts.contracts[contract].enrolledWith.push_back(row);
  return row;
}

EventNumber Story::accept(ProjectRow project, Date date) {
  auto const source = next(date);
  facts.projects[project].acceptances.push_back({source, schema::Outcome::PASS, 2, date});
  return source.event;
}

EventNumber Story::assess(ProjectRow project, schema::AssessmentStage stage, std::uint32_t level, Date date,
                          domain::Uscc const& assessor) {
  auto const source = next(date);
  facts.projects[project].assessments.push_back({source, assessor, stage, level, 5'000, 2024, true, date});
  return source.event;
}

EventNumber Story::check(ProjectRow project, Date date, std::vector<std::string_view> inspectors) {
  auto const source = next(date);
  facts::SiteCheck check{source, {}, schema::Outcome::PASS, date};
  for (auto const inspector : inspectors) check.inspectors.push_back(text(inspector));
  facts.projects[project].siteChecks.push_back(std::move(check));
  return source.event;
}

EventNumber Story::cost(ProjectRow project, Date date, std::vector<facts::CostLine> lines) {
  auto const source = next(date);
  Fen sum;
  for (auto const& line : lines) sum += line.net;
  facts.projects[project].costs.push_back({source, std::move(lines), sum});
  return source.event;
}

facts::CostLine Story::invoice(std::string_view number, Fen net, Date invoicedOn, domain::Uscc const& seller) {
  return {schema::CostCategory::SOFTWARE,
          domain::InvoiceNumber::parse(number).value(),
          0,
          0,
          net,
          Fen(),
          {},
          {},
          invoicedOn,
          seller};
}

AwardRow Story::award(ProjectRow project, Fen amount, Date date, std::optional<TrancheRow> tranche,
                      std::optional<domain::CityCode> county) {
  std::vector<facts::Draw> draws;
  if (tranche) draws.push_back({*tranche, county, amount});
  auto const row = facts.awards.add({next(date), project, {}, amount, facts.projects[project].enterprise, draws});
  facts.projects[project].awards.push_back(row);
  return row;
}

EventNumber Story::pay(AwardRow award, Fen amount, Date date, std::string_view account) {
  auto draws = facts.awards[award].draws;
  for (auto& draw : draws) draw.amount = amount;
  constexpr int kHalfPastNine = 9 * 3'600 + 1'800;
  auto const row = facts.payments.add({next(date, kHalfPastNine, "requester"),
                                       award,
                                       amount,
                                       facts.awards[award].beneficiary,
                                       {},
                                       text(account),
                                       draws});
  auto& payment = facts.payments[row];
  payment.reviews.push_back({next(date, kHalfPastNine + 60, "reviewer"), schema::Outcome::PASS});
  payment.approvals.push_back({next(date, kHalfPastNine + 120, "approver"), amount});
  payment.instructions.push_back({next(date, kHalfPastNine + 180, "requester"), {}, amount, text(account)});
  auto const settled = next(date, kHalfPastNine + 240, "requester");
  payment.settlements.push_back({settled, {}, date, amount, text(account)});
  facts.awards[award].payments.push_back(row);
  return settled.event;
}

Outcome ask(std::string_view id, Story const& story, std::string_view asOf,
            std::map<std::string, std::int64_t> const& parameters, Supplements const& supplements) {
  Settings settings;
  if (!parameters.empty()) settings.values[std::string(id)] = parameters;
  auto result = examine(story.facts, settings, supplements, on(asOf), {std::string(id)});
  return std::move(result.outcomes.at(0));
}

}  // namespace fundtrail::replay::indicators
