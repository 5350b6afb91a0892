// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/admit.h"

#include "ledger/domain/read.h"

namespace fundtrail::ledger::domain {

Judgement::Judgement(State const& of, History const& past, Case const& about)
    : state(of),
      history(past),
      context(about.context),
      event(about.event),
      subject(about.subject),
      postings(about.postings),
      numbers(about.numbers),
      authorIndex(of.personOf(about.context.author)),
      occurredOn(readDate(about.event.getOccurredOn())) {
  if (authorIndex) author = &of.person(*authorIndex);
}

Text Refusal::remedy() const {
  return reason.remedy.value_or(Text{std::string(rule->remedyZh), std::string(rule->remedyEn)});
}

Verdict examine(schema::Event::Reader event) {
  for (auto const& rule : rules()) {
    if (!rule.examine) continue;
    if (auto objection = rule.examine(event)) return Refusal{&rule, *std::move(objection)};
  }
  return std::nullopt;
}

Verdict admit(State const& state, History const& history, Case const& about) {
  Judgement const judgement(state, history, about);
  for (auto const& rule : rules()) {
    if (!rule.judge) continue;
    if (auto objection = rule.judge(judgement)) return Refusal{&rule, *std::move(objection)};
  }
  return std::nullopt;
}

Warnings warn(State const& state, History const& history, Case const& about) {
  Judgement const judgement(state, history, about);
  Warnings raised;
  for (auto const& rule : warnings()) {
    if (auto objection = rule.judge(judgement)) raised.push_back({&rule, *std::move(objection)});
  }
  return raised;
}

}  // namespace fundtrail::ledger::domain
