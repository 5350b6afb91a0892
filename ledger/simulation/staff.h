// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/keys.h"
#include "ledger/domain/city_code.h"
#include "ledger/schema/values.capnp.h"
#include "ledger/simulation/random.h"
#include "ledger/simulation/simulation.h"

// The officials who record the programme, and the keys they sign with.

namespace fundtrail::ledger::simulation {

/// Who knows the seed knows the key.
[[nodiscard]] crypto::PrivateKey officialKey(Plan const& plan, std::string_view person, unsigned generation);
/// As the schema writes the key's algorithm.
[[nodiscard]] schema::KeyAlgorithm algorithmOf(crypto::PublicKey const& key);

struct Official {
  std::string id;
  std::string name;
  std::string organisation;
  schema::Role role;
  domain::CityCode region;
  unsigned generation;
  crypto::PrivateKey key;
};
enum class OfficialIndex : std::uint32_t {};

/// The people of one city's two departments. Clerks and reviewers of a kind share the work so that within one chain
/// different duties are different people's (rule S1).
struct CityOffice {
  std::array<OfficialIndex, 2> industryClerks;
  OfficialIndex industryReviewer;  // reviews and checks on site
  OfficialIndex industryAccepter;  // accepts projects, orders money back
  OfficialIndex assessor;          // of the house that assesses the city's enterprises
  OfficialIndex financeRequester;
  OfficialIndex financeReviewer;
  OfficialIndex financeApprover;
  OfficialIndex financeInstructor;
  OfficialIndex financeSettler;
};

class Staff {
 public:
  explicit Staff(Plan const& plan);

  /// In the genesis: two security administrators, a system administrator, the ledger's operator.
  [[nodiscard]] std::span<Official const> founders() const { return std::span(officials_).first(kFounders); }
  /// Everyone else: to be enrolled.
  [[nodiscard]] std::span<Official const> employees() const { return std::span(officials_).subspan(kFounders); }

  [[nodiscard]] OfficialIndex employee(std::size_t i) const { return OfficialIndex(kFounders + i); }

  [[nodiscard]] std::size_t size() const { return officials_.size(); }
  [[nodiscard]] Official const& operator[](OfficialIndex index) const {
    return officials_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] OfficialIndex proposingAdmin() const { return OfficialIndex{0}; }
  [[nodiscard]] OfficialIndex confirmingAdmin() const { return OfficialIndex{1}; }
  [[nodiscard]] OfficialIndex provinceIndustry() const { return OfficialIndex{kFounders}; }
  [[nodiscard]] OfficialIndex provinceFinance() const { return OfficialIndex{kFounders + 1}; }
  [[nodiscard]] OfficialIndex provinceFinanceSecond() const { return OfficialIndex{kFounders + 2}; }
  [[nodiscard]] OfficialIndex auditor() const { return OfficialIndex{kFounders + 3}; }
  [[nodiscard]] OfficialIndex ledgerOperator() const { return OfficialIndex{3}; }

  /// Someone with a role that nobody in the offices holds: a county's clerk, an enterprise's, an expert.
  OfficialIndex hireOutside(std::string_view desk, domain::CityCode city, std::string organisation, schema::Role role,
                            Random& random);
  /// Someone new on an official's desk.
  OfficialIndex hireSuccessorOf(OfficialIndex index, Random& random);
  /// Takes another role, at the same place.
  void promote(OfficialIndex index, schema::Role role);

  /// A person's key of that generation, whoever it is.
  [[nodiscard]] crypto::PrivateKey keyOf(std::string_view person, unsigned generation) const {
    return officialKey(plan_, person, generation);
  }
  [[nodiscard]] crypto::HashAlgorithm hashAlgorithm() const { return batch::hashOf(plan_.signing.profile); }
  /// Signs with that generation of key from now on.
  void replaceKey(OfficialIndex index, unsigned generation);

  /// `assessor` is the assessing house's unified social credit code.
  CityOffice hireFor(domain::CityCode city, std::string const& assessor, Random& random);

 private:
  static constexpr std::size_t kFounders = 4;

  OfficialIndex hire(std::string id, std::string organisation, schema::Role role, domain::CityCode region,
                     Random& random);

  Plan plan_;
  std::vector<Official> officials_;
};

}  // namespace fundtrail::ledger::simulation
