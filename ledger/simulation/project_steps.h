// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "ledger/programme/programme.h"
#include "ledger/simulation/world.h"

namespace fundtrail::ledger::simulation {

/// The window that the policies on record allow: one that is published on the day may be signed after what relies on
/// it.
[[nodiscard]] inline programme::Window const& windowOnRecord(domain::Date today) {
  return programme::windowOn(today.plusDays(-1));
}

/// Writes down what happens to one project of a city, step by step, each by the person whose duty it is.
class ProjectSteps {
 public:
  ProjectSteps(World& world, City& city) : world_(world), city_(city) {}

  void registerEnterprise(Project const& project);
  /// The first time the paper is drawn; filed again, it is the same. Nothing where the purpose rests on no contract.
  void fileContract(Project& project, schema::SupportMode mode);
  void enrol(Project& project, schema::SupportMode mode);
  void assess(Project const& project, schema::AssessmentStage stage);
  void submit(Project const& project);
  void review(Project const& project, schema::ReviewKind kind, schema::Outcome outcome, std::string_view opinion);
  void checkSite(Project const& project);
  void verifyCost(Project& project);
  void accept(Project& project);
  /// Before the work on what the contracts plan, afterwards on what was spent.
  void proposeOnPlan(Project const& project);
  void proposeOnSpent(Project const& project);
  void raiseObjection(Project& project, Written const& publicity, bool upheld);
  void award(Project& project, std::string_view number);
  void withdrawAward(Project& project, std::string_view reason);
  /// Clause （五）: what was sold before it was in the list, comes into it after review.
  void admitProducts(Project const& project);
  /// Nobody waits for its products any more.
  void releaseProducts(Project const& project);

  [[nodiscard]] OfficialIndex clerkOf(Project const& project) const {
    return city_.office.industryClerks[project.clerk];
  }

 private:
  void drawContract(Project& project);
  void propose(Project const& project, domain::Fen eligible, domain::Fen subsidy);

  World& world_;
  City& city_;
};

}  // namespace fundtrail::ledger::simulation
