// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "crypto/digest.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/invoice_number.h"
#include "ledger/domain/money.h"
#include "ledger/domain/uscc.h"
#include "replay/facts/awards.h"
#include "replay/facts/records.h"
#include "replay/facts/source.h"

// The project: contract, enrolment, application, reviews, site checks, verified cost, acceptance. What one project's
// steps are stands with it, in the order of the log.

namespace fundtrail::replay::facts {

struct Finding;
struct Complaint;

struct ContractLine {
  schema::CostCategory category;
  StringId product;  // its code in the city's catalogue
  StringId name;
  std::uint32_t quantity;
  domain::Fen unitPrice;  // net of tax
  domain::Fen net;
  domain::Fen tax;
  std::optional<domain::Uscc> provider;
};

struct Contract {
  static constexpr auto kEvent = EventType::CONTRACT_FILED;
  Source source;
  domain::CityCode city;
  domain::Uscc enterprise;
  StringId number;
  crypto::Digest digest;
  domain::Date signedOn;
  std::optional<domain::Date> startsOn;
  std::optional<domain::Date> endsOn;
  schema::SupportMode mode;
  std::vector<domain::Uscc> providers;
  std::vector<ContractLine> lines;
  domain::Fen total;                         // with tax
  std::vector<Row<Project>> enrolledWith{};  // the projects that name it
};

struct Assessment {
  Source source;
  domain::Uscc assessor;
  schema::AssessmentStage stage;
  std::uint32_t level;
  std::uint32_t scoreHundredths;
  std::uint32_t edition;
  bool onSite;
  domain::Date assessedOn;
};

struct Application {
  Source source;
  domain::Fen requested;
};

struct ApplicationReview {
  Source source;
  schema::ReviewKind kind;
  schema::Outcome outcome;
};

struct SiteCheck {
  Source source;
  std::vector<StringId> inspectors;  // by the identifiers under which they are enrolled
  schema::Outcome outcome;
  domain::Date checkedOn;
};

/// One line of one invoice.
struct CostLine {
  schema::CostCategory category;
  std::optional<domain::InvoiceNumber> invoice;  // nothing: a bank's receipt for interest
  std::uint32_t contract;                        // position among the project's contracts
  std::uint32_t contractLine;
  domain::Fen net;
  domain::Fen tax;
  StringId product;
  StringId receipt;
  std::optional<domain::Date> invoicedOn;
  std::optional<domain::Uscc> seller;
};

struct VerifiedCost {
  Source source;
  std::vector<CostLine> lines;
  domain::Fen eligible;
};

struct Acceptance {
  Source source;
  schema::Outcome outcome;
  std::uint32_t level;
  domain::Date acceptedOn;
};

struct LookBack {
  Source source;
  schema::Answer productInUse;
  schema::Answer serviceThere;
  schema::Answer satisfied;
  domain::Date doneOn;
};

struct Project {
  static constexpr auto kEvent = EventType::PROJECT_ENROLLED;
  Source source;
  domain::CityCode city;
  std::optional<domain::CityCode> county;
  domain::Uscc enterprise;
  schema::Purpose purpose;
  schema::SupportMode mode;
  std::vector<Row<Contract>> contracts;
  StringId code;
  StringId title;
  std::vector<Assessment> assessments{};
  std::vector<Application> applications{};
  std::vector<ApplicationReview> reviews{};
  std::vector<SiteCheck> siteChecks{};
  std::vector<VerifiedCost> costs{};  // the last one that holds counts
  std::vector<Acceptance> acceptances{};
  std::vector<Proposal> proposals{};
  std::vector<Row<Publicity>> publicities{};
  std::vector<Row<Award>> awards{};
  std::vector<LookBack> lookBacks{};
  std::vector<Row<Complaint>> complaints{};
  std::vector<Row<Finding>> findings{};
};

}  // namespace fundtrail::replay::facts
