// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/admit.h"

#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

Verdict examine(schema::Event::Reader event) {
  for (auto const& rule : rules()) {
    if (!rule.examine) continue;
    if (auto objection = rule.examine(event)) return Refusal{&rule, *std::move(objection)};
  }
  return std::nullopt;
}

Verdict admit(State const& state, History const& history, EventContext const& context, schema::Event::Reader event) {
  auto const subject = subjectOf(state, history, event);
  auto const author = state.personOf(context.author);
  Judgement const judgement{state,   history,
                            context, event,
                            subject, author ? &state.person(*author) : nullptr,
                            author,  readDate(event.getOccurredOn())};
  for (auto const& rule : rules()) {
    if (!rule.judge) continue;
    if (auto objection = rule.judge(judgement)) return Refusal{&rule, *std::move(objection)};
  }
  return std::nullopt;
}

}  // namespace fundtrail::ledger::domain
