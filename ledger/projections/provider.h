// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ledger/domain/case.h"
#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/refs.h"
#include "ledger/domain/uscc.h"
#include "ledger/schema/after.capnp.h"
#include "ledger/schema/parties.capnp.h"

// Provider （五）: where it is listed and was delisted, what it sells, what enterprises and inspectors say of it.
// Amounts are whole fen.

namespace fundtrail::ledger::projections {

struct ProviderListing {
  domain::EventNumber event;
  domain::CityCode city;         // the province: everywhere
  domain::Date from;             // of the listing, or of the delisting
  schema::DelistingCause cause;  // notStated: it is a listing
  std::string reason;
  friend bool operator==(ProviderListing const&, ProviderListing const&) = default;
};

struct ProviderPrice {
  domain::EventNumber event;
  domain::Date from;
  domain::Fen price;  // net of tax
  friend bool operator==(ProviderPrice const&, ProviderPrice const&) = default;
};

struct ProviderProduct {
  domain::EventNumber event;
  domain::CityCode city;
  std::string code;
  std::string name;
  schema::CostCategory category;
  bool afterReview;
  domain::Date listedFrom;
  std::optional<domain::Date> delistedFrom;
  std::vector<ProviderPrice> prices;  // in order of recording, the catalogue's first
  friend bool operator==(ProviderProduct const&, ProviderProduct const&) = default;
};

struct ProviderContract {
  domain::EventNumber event;
  domain::EventRef ref;
  domain::CityCode city;
  domain::Uscc enterprise;
  domain::Date signedOn;
  domain::Fen total;  // of all providers, tax included
  bool reversed;
  friend bool operator==(ProviderContract const&, ProviderContract const&) = default;
};

struct ProviderComplaint {
  domain::EventNumber event;
  domain::EventRef ref;
  domain::CityCode city;
  domain::Date filedOn;
  std::string subject;
  std::optional<domain::Date> closedOn;  // nothing: open
  bool upheld;
  friend bool operator==(ProviderComplaint const&, ProviderComplaint const&) = default;
};

struct ProviderLookBack {
  domain::EventNumber event;
  domain::EventRef project;
  domain::Uscc enterprise;
  domain::Date doneOn;
  schema::Answer productInUse;
  schema::Answer serviceThere;
  schema::Answer satisfied;
  friend bool operator==(ProviderLookBack const&, ProviderLookBack const&) = default;
};

struct ProviderPenalty {
  domain::EventNumber event;
  domain::Date imposedOn;
  std::string measure;
  domain::Fen fine;
  std::optional<domain::Date> banFrom;  // nothing: no ban
  std::optional<domain::Date> banTo;
  friend bool operator==(ProviderPenalty const&, ProviderPenalty const&) = default;
};

/// One provider: follows the log event by event, before evolve(). A value; one thread.
class Provider {
 public:
  explicit Provider(domain::Uscc uscc) : uscc_(uscc) {}

  void apply(domain::Case const& about);

  [[nodiscard]] domain::Uscc const& uscc() const { return uscc_; }
  /// As registered; nothing before it is.
  [[nodiscard]] std::optional<std::string> const& name() const { return name_; }
  [[nodiscard]] schema::OrganisationKind kind() const { return kind_; }
  [[nodiscard]] std::vector<ProviderListing> const& listings() const { return listings_; }
  [[nodiscard]] std::vector<ProviderProduct> const& products() const { return products_; }
  [[nodiscard]] std::vector<ProviderContract> const& contracts() const { return contracts_; }
  [[nodiscard]] std::vector<ProviderComplaint> const& complaints() const { return complaints_; }
  [[nodiscard]] std::vector<ProviderLookBack> const& lookBacks() const { return lookBacks_; }
  [[nodiscard]] std::vector<ProviderPenalty> const& penalties() const { return penalties_; }
  friend bool operator==(Provider const&, Provider const&) = default;

 private:
  [[nodiscard]] bool isMe(capnp::Text::Reader uscc) const;
  ProviderProduct* listed(domain::CityCode city, capnp::Text::Reader code);
  void listProduct(domain::Case const& about);
  void fileContract(domain::Case const& about);
  void enrolProject(domain::Case const& about);
  void closeComplaint(domain::Case const& about);
  void confirm(domain::Case const& about);

  domain::Uscc uscc_;
  std::optional<std::string> name_;
  schema::OrganisationKind kind_ = schema::OrganisationKind::NOT_STATED;
  std::vector<ProviderListing> listings_;
  std::vector<ProviderProduct> products_;
  std::vector<ProviderContract> contracts_;
  std::vector<ProviderComplaint> complaints_;
  std::vector<ProviderLookBack> lookBacks_;
  std::vector<ProviderPenalty> penalties_;
  std::set<domain::EventRef> projects_;  // that rest on a contract of its
};

}  // namespace fundtrail::ledger::projections
