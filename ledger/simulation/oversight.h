// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// Clause （十）: what happens to some projects after their award. Look-backs, complaints about their providers,
/// findings of the audit and what becomes of them; one turns out to be fraud, its money stops, and its provider is kept
/// out. Each spring the audit draws its conclusion. Owns what the agenda's actions refer to: outlives the history.
class Oversight {
 public:
  explicit Oversight(World& world);
  Oversight(Oversight const&) = delete;
  Oversight& operator=(Oversight const&) = delete;

  /// Today the project was awarded.
  void look(City& city, Project& project);

 private:
  enum class Course : std::uint8_t { dismissed, rectified, confirmedAndRectified };
  static constexpr unsigned kCourses = 3;

  void lookBack(City const& city, Project const& project);
  void complain(City const& city, Project const& project);
  void find(City const& city, Project const& project);
  void uncoverFraud(City& city, Project& project);
  void conclude();

  Written raise(City const& city, Project const& project, std::string_view check, std::string_view description,
                schema::FraudKind fraud);
  void rectify(City const& city, Written const& finding, std::string_view measures);
  void verify(Written const& finding, schema::Conclusion conclusion, std::string_view remarks);

  World& world_;
  Every lookedBack_{6, 3};
  Every unused_{9, 4};
  Every complained_{25, 4};
  Every upheld_{3, 2};
  Every found_{40, 5};
  unsigned findings_ = 0;
  bool fraudFound_ = false;
};

}  // namespace fundtrail::ledger::simulation
