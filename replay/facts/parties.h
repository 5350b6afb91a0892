// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/domain/city_code.h"
#include "ledger/domain/money.h"
#include "ledger/domain/uscc.h"
#include "replay/facts/records.h"
#include "replay/facts/source.h"

// Parties: enterprises, providers (供给方), third parties, their accounts and products, complaints about them.

namespace fundtrail::replay::facts {

struct Project;

struct Account {
  StringId number;  // in normal form: digits only
  StringId name;
  StringId bank;  // 联行号
  StringId bankName;
};

struct AccountChange {
  static constexpr auto kEvent = EventType::BANK_ACCOUNT_CHANGED;
  Source source;
  domain::Uscc uscc;
  StringId replaces;  // in normal form; empty: one more account
  Account account;
  std::optional<Decision> decision{};
};

struct Renaming {
  static constexpr auto kEvent = EventType::ORGANISATION_RENAMED;
  Source source;
  domain::Uscc uscc;
  StringId name;
  std::vector<StringId> accounts;  // whose holder's name the bank has changed
  std::optional<Decision> decision{};
};

struct Organisation {
  static constexpr auto kEvent = EventType::ORGANISATION_REGISTERED;
  Source source;
  domain::Uscc uscc;
  StringId name;
  schema::OrganisationKind kind;
  std::optional<domain::CityCode> region;  // nothing: outside the province
  StringId industry;
  std::uint32_t staff;
  domain::Fen annualRevenue;
  std::vector<Account> accounts;  // as registered; changes are records of their own
  std::vector<Row<AccountChange>> accountChanges{};
  std::vector<Row<Renaming>> renamings{};
};

struct ProviderListing {
  static constexpr auto kEvent = EventType::PROVIDER_LISTED;
  Source source;
  domain::CityCode city;
  domain::Uscc provider;
  domain::Date listedFrom;
};

struct ProviderDelisting {
  static constexpr auto kEvent = EventType::PROVIDER_DELISTED;
  Source source;
  std::optional<domain::CityCode> city;  // nothing: by the province, everywhere
  domain::Uscc provider;
  schema::DelistingCause cause;
  domain::Date delistedFrom;
};

struct PriceChange {
  Source source;
  domain::Fen price;  // net of tax
  domain::Date pricedFrom;
};

struct ProductDelisting {
  Source source;
  domain::Date delistedFrom;
};

/// In a city's catalogue.
struct Product {
  static constexpr auto kEvent = EventType::PRODUCT_LISTED;
  Source source;
  domain::CityCode city;
  domain::Uscc provider;
  StringId code;
  StringId name;
  schema::CostCategory category;
  StringId unit;
  domain::Fen price;  // net of tax, when it was listed
  domain::Date listedFrom;
  bool afterReview;
  std::vector<PriceChange> priceChanges{};
  std::vector<ProductDelisting> delistings{};
};

struct ComplaintClosing {
  Source source;
  bool upheld;
};

struct Complaint {
  static constexpr auto kEvent = EventType::COMPLAINT_FILED;
  Source source;
  domain::CityCode city;
  domain::Uscc provider;
  std::optional<Row<Project>> project;
  std::vector<ComplaintClosing> closings{};
};

}  // namespace fundtrail::replay::facts
