// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "ledger/domain/case.h"
#include "ledger/domain/event_context.h"
#include "ledger/domain/rule.h"
#include "ledger/domain/state.h"

namespace fundtrail::ledger::domain {

/// Why an event is not recorded, or is recorded with a warning: the rule that objects, and the values that clashed.
struct Refusal {
  Rule const* rule;
  Reason reason;
  /// What to do about it.
  [[nodiscard]] Text remedy() const;
};
/// Nothing: lawful.
using Verdict = std::optional<Refusal>;

/// The rules of an event alone (E1, U2, E2). The event has passed checkShape(). Any thread.
[[nodiscard]] Verdict examine(schema::Event::Reader event);

/// The rules of an event in the state before it, of which the case was made. Changes nothing; the same arguments give
/// the same verdict for ever.
[[nodiscard]] Verdict admit(State const& state, History const& history, Case const& about);

/// What is worth a second look about an event that is admitted: the warnings that object, in the order of the table.
using Warnings = std::vector<Refusal>;
[[nodiscard]] Warnings warn(State const& state, History const& history, Case const& about);

/// Applies an admitted event to the state of which the case was made. No rule is asked: what is impossible after
/// admission is a bug and aborts.
void evolve(State& state, Case const& about);

/// What a genesis must state: at least two security administrators who are different persons, each founding role one of
/// administration or operation, no person in both. Not a rule of the table, as there is no ledger yet; a sentence if it
/// does not.
[[nodiscard]] std::optional<Text> examineGenesis(schema::Genesis::Reader genesis);

}  // namespace fundtrail::ledger::domain
