// SPDX-License-Identifier: Apache-2.0
// Small histories for tests of the indicators, put together from records: what no rule would let pass can happen here.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "replay/facts/facts.h"
#include "replay/indicators/examine.h"

namespace fundtrail::replay::indicators {

/// The day "2025-05-21".
inline Date on(std::string_view date) {
  return Date::parse(date).value();
}
constexpr Fen yuan(std::int64_t amount) {
  return Fen::literal(amount * 100);
}

inline domain::CityCode const kCity = domain::CityCode::fromNumber(440100).value();
inline domain::CityCode const kOtherCity = domain::CityCode::fromNumber(440300).value();
inline domain::CityCode const kCounty = domain::CityCode::fromNumber(440106).value();
inline domain::Uscc const kEnterprise = domain::Uscc::parse("91440101327598294H").value();
inline domain::Uscc const kOtherEnterprise = domain::Uscc::parse("91440300708461136T").value();
inline domain::Uscc const kProvider = domain::Uscc::parse("91440101331331509F").value();
inline domain::Uscc const kAssessor = domain::Uscc::parse("91440101MA59LU9AX1").value();

using ProjectRow = facts::Row<facts::Project>;
using ContractRow = facts::Row<facts::Contract>;
using TrancheRow = facts::Row<facts::Tranche>;
using AwardRow = facts::Row<facts::Award>;

class Story {
 public:
  Facts facts;

  /// The next event, accepted at half past nine of its day unless told otherwise.
  facts::Source next(Date date, int secondsIntoDay = 9 * 3'600 + 1'800, std::string_view person = "clerk");
  facts::StringId text(std::string_view value) { return facts.strings.add(value); }

  TrancheRow tranche(Fen amount, Date issued, domain::CityCode city = kCity);
  EventNumber receive(TrancheRow tranche, Fen amount, Date date);
  EventNumber split(TrancheRow tranche, Fen amount, Date date, std::optional<domain::CityCode> county = {},
                    schema::Purpose from = schema::Purpose::NOT_STATED);

  EventNumber organisation(domain::Uscc const& uscc, std::string_view name, std::string_view account = {},
                           schema::OrganisationKind kind = schema::OrganisationKind::ENTERPRISE);
  ContractRow contract(Date signedOn, Fen total, domain::Uscc const& enterprise = kEnterprise,
                       domain::Uscc const& provider = kProvider);
  void line(ContractRow contract, std::string_view name, Fen unitPrice, std::uint32_t quantity = 1,
            std::string_view product = {});
  ProjectRow project(Date enrolled, std::vector<ContractRow> contracts = {},
                     domain::Uscc const& enterprise = kEnterprise,
                     schema::SupportMode mode = schema::SupportMode::AFTER, domain::CityCode city = kCity);
  EventNumber accept(ProjectRow project, Date date);
  EventNumber assess(ProjectRow project, schema::AssessmentStage stage, std::uint32_t level, Date date,
                     domain::Uscc const& assessor = kAssessor);
  EventNumber check(ProjectRow project, Date date, std::vector<std::string_view> inspectors);
  /// A verified cost of one line for each amount.
  EventNumber cost(ProjectRow project, Date date, std::vector<facts::CostLine> lines);
  static facts::CostLine invoice(std::string_view number, Fen net, Date invoicedOn,
                                 domain::Uscc const& seller = kProvider);

  AwardRow award(ProjectRow project, Fen amount, Date date, std::optional<TrancheRow> tranche = {},
                 std::optional<domain::CityCode> county = {});
  /// Requested, reviewed, approved, instructed and settled on one day, a minute apart. The settlement's number.
  EventNumber pay(AwardRow award, Fen amount, Date date, std::string_view account = "62220000000000");

 private:
  std::uint64_t next_ = 0;
};

/// What one indicator says, with some parameters changed.
Outcome ask(std::string_view id, Story const& story, std::string_view asOf,
            std::map<std::string, std::int64_t> const& parameters = {}, Supplements const& supplements = {});

}  // namespace fundtrail::replay::indicators
