// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/container_hash/hash.hpp>

#include "ledger/domain/city_code.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"
#include "ledger/domain/uscc.h"
#include "ledger/domain/value_hash.h"
#include "ledger/schema/values.capnp.h"

// What clause （五） asks a city to keep: its list of providers and of products, and the complaints about them.

namespace fundtrail::ledger::domain {

/// A provider in a city's list; in the province's own, where it is kept out of every city.
struct ProviderKey {
  CityCode city;
  Uscc provider;
  friend auto operator<=>(ProviderKey const&, ProviderKey const&) = default;
  friend std::size_t hash_value(ProviderKey const& key) noexcept {
    auto hash = hash_value(key.provider);
    boost::hash_combine(hash, key.city.number());
    return hash;
  }
};

/// 清退: kept out from one day on, until the day on which it is listed again.
struct Delisting {
  Date from;
  std::optional<Date> until{};
  [[nodiscard]] bool holdsOn(Date day) const { return from <= day && (!until || day < *until); }
  friend bool operator==(Delisting const&, Delisting const&) = default;
};

struct ProviderListing {
  std::optional<Date> listedFrom{};     // nothing: delisted without ever having been listed
  std::vector<Delisting> delistings{};  // in order; a contract signed in an earlier one stays refused
  [[nodiscard]] bool isDelisted() const { return !delistings.empty() && !delistings.back().until; }
  [[nodiscard]] bool isListed() const { return listedFrom && !isDelisted(); }
  friend bool operator==(ProviderListing const&, ProviderListing const&) = default;
};

struct ProductKey {
  CityCode city;
  std::string code;
  friend auto operator<=>(ProductKey const&, ProductKey const&) = default;
  friend std::size_t hash_value(ProductKey const& key) noexcept {
    auto hash = std::hash<std::string>()(key.code);
    boost::hash_combine(hash, key.city.number());
    return hash;
  }
};

struct Product {
  Uscc provider;
  schema::CostCategory category;
  Fen price;  // net of tax, in force
  Date pricedFrom;
  Date listedFrom;
  bool afterReview;  // used before it was listed, and admitted after review （五）
  std::optional<Date> delistedFrom{};
  [[nodiscard]] bool isListedOn(Date day) const { return listedFrom <= day && (!delistedFrom || day < *delistedFrom); }
  friend bool operator==(Product const&, Product const&) = default;
};

struct Complaint {
  CityCode city;
  Uscc provider;
  Date filedOn;
  bool closed = false;
  friend bool operator==(Complaint const&, Complaint const&) = default;
};

}  // namespace fundtrail::ledger::domain

template <>
struct std::hash<fundtrail::ledger::domain::ProviderKey>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::ProviderKey> {};
template <>
struct std::hash<fundtrail::ledger::domain::ProductKey>
    : fundtrail::ledger::domain::ValueHash<fundtrail::ledger::domain::ProductKey> {};
