// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/domain/case.h"
#include "ledger/domain/event_context.h"
#include "ledger/domain/state.h"
#include "ledger/schema/event.capnp.h"

// A rule is one function and one row of one table. It looks at an event and the state before it, and either has nothing
// to say or gives the reason why the event is refused.

namespace fundtrail::ledger::domain {

/// A sentence for people, in both languages.
struct Text {
  std::string zh;
  std::string en;
};

/// Why an event breaks a rule: the values that clashed. And what to do about it, where the rule's own remedy does not
/// fit.
struct Reason : Text {
  Reason(Text clash, std::optional<Text> instead = std::nullopt) : Text(std::move(clash)), remedy(std::move(instead)) {}
  std::optional<Text> remedy;
};

/// Nothing: the rule has no objection.
using Objection = std::optional<Reason>;

/// What a rule looks at. `author` is nullptr where the key is not enrolled, which rule S1 refuses; rules after it may
/// rely on it.
struct Judgement {
  /// The case is one of this state, and outlives the judgement.
  Judgement(State const& of, History const& past, Case const& about);

  State const& state;
  History const& history;
  EventContext const& context;
  schema::Event::Reader event;
  Subject const& subject;
  Postings const& postings;
  NumberUses const& numbers;
  Person const* author = nullptr;
  std::optional<PersonIndex> authorIndex;
  Date occurredOn;
};

struct Rule {
  std::string_view id;
  std::string_view clause;  // of the notice; "—" where the rule has another source
  std::string_view statementZh;
  std::string_view statementEn;
  std::string_view remedyZh;  // what to do about it
  std::string_view remedyEn;
  // Exactly one of the two: a rule of the event alone, or one of the event in its state.
  Objection (*examine)(schema::Event::Reader event);
  Objection (*judge)(Judgement const& judgement);
};

/// Every rule that refuses, in the order in which they are asked: the first objection is the refusal.
[[nodiscard]] std::span<Rule const> rules();
[[nodiscard]] Rule const& ruleNamed(std::string_view id);

/// Every warning: what it objects to is recorded all the same, and goes with the answer. Each judges an event in its
/// state.
[[nodiscard]] std::span<Rule const> warnings();

// Rules of an event alone: any thread, no state.
Objection typeIsJudged(schema::Event::Reader event);           // E1
Objection identifiersAreValid(schema::Event::Reader event);    // U2
Objection eventAgreesWithItself(schema::Event::Reader event);  // E2

// Rules of an event in its state.
Objection signerIsAuthorised(Judgement const& judgement);              // S1
Objection controlsAreKeptApart(Judgement const& judgement);            // S2
Objection namesWhatIsOnRecord(Judgement const& judgement);             // E3
Objection isDatedInOrder(Judgement const& judgement);                  // E4
Objection periodIsOpen(Judgement const& judgement);                    // X3
Objection stepIsDue(Judgement const& judgement);                       // E5
Objection numbersAreUsedOnce(Judgement const& judgement);              // U1
Objection aPolicyIsInForce(Judgement const& judgement);                // W2
Objection happenedInsideTheWindow(Judgement const& judgement);         // W1
Objection contractIsComplete(Judgement const& judgement);              // P2
Objection onlyEligibleCostCounts(Judgement const& judgement);          // P3
Objection projectMayCount(Judgement const& judgement);                 // P1
Objection providersAndProductsAreListed(Judgement const& judgement);   // P4
Objection administrationIsAllowed(Judgement const& judgement);         // P5
Objection siteWasChecked(Judgement const& judgement);                  // A2
Objection subsidyFollowsThePlan(Judgement const& judgement);           // A1
Objection publicMoneyStaysWithinCost(Judgement const& judgement);      // A4
Objection publicityRanAndNobodyObjects(Judgement const& judgement);    // A3
Objection nothingGoesToFraud(Judgement const& judgement);              // X1
Objection platformShareStaysWithinItsCap(Judgement const& judgement);  // F2
Objection settlementRestsOnResults(Judgement const& judgement);        // F5
Objection paymentGoesToTheBeneficiary(Judgement const& judgement);     // F3
Objection paymentFollowsItsSteps(Judgement const& judgement);          // F4
Objection fundsSuffice(Judgement const& judgement);                    // F1
Objection statementsContinue(Judgement const& judgement);              // B1
Objection linesStandForTheirEvents(Judgement const& judgement);        // B2
Objection reversalIsPossible(Judgement const& judgement);              // X2

// Warnings.
Objection platformShareStaysWithinTheFullAward(Judgement const& judgement);  // F2w
Objection payeeAccountIsLongStanding(Judgement const& judgement);            // F3w

}  // namespace fundtrail::ledger::domain
