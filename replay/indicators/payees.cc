// SPDX-License-Identifier: Apache-2.0
// To whom, and at what hour: K17, K18, K23.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "ledger/domain/calendar.h"
#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

namespace fundtrail::replay::indicators {

Answer payeeChangedLate(Question const& question) {
  Answer answer;
  auto const& facts = question.facts;
  auto const days = question.parameters.days("days");
  std::map<std::pair<domain::Uscc, facts::StringId>, std::vector<facts::AccountChange const*>> changes;
  for (auto const& change : facts.accountChanges) {
    if (question.counts(change.source) && facts::isConfirmed(change.decision)) {
      changes[{change.uscc, change.account.number}].push_back(&change);
    }
  }
  for (auto const& payment : facts.payments) {
    auto const* const settled = settlementOf(question, payment);
    if (!settled) continue;
    ++answer.population;
    auto const at = changes.find({payment.payee, settled->account});
    if (at == changes.end()) continue;
    for (auto const* const change : at->second) {
      auto const before = change->source.occurredOn.daysUntil(settled->valueDate);
      if (before < 0 || before > days) continue;
      answer.hits.push_back(
          {{change->source.event, settled->source.event, payment.source.event},
           {Subject::of(payment.payee), Subject::of(projectOf(facts, payment).city)},
           settled->amount,
           scoreOver(days - before, 0, std::max(days, 1)),
           {fmt::format("收款账户在付款前 {} 天变更（上限 {} 天），付款 {} 元", before, days, yuan(settled->amount)),
            fmt::format("the account was changed {} days before {} yuan were paid to it (limit {})", before,
                        yuan(settled->amount), days)}});
      break;
    }
  }
  return answer;
}

namespace {

/// A decision on public money that a person signed.
struct Act {
  facts::Source const* source;
  Fen amount;
};

enum class Oddity : std::uint8_t { night, holiday };

int hourOf(domain::Instant at) {
  return static_cast<int>((at.milliseconds() - domain::Instant::startOf(at.businessDate()).milliseconds()) / 3'600'000);
}

std::vector<Act> actsOf(Question const& question) {
  std::vector<Act> acts;
  auto const look = [&](facts::Source const& source, Fen amount) {
    if (question.counts(source)) acts.push_back({&source, amount});
  };
  for (auto const& award : question.facts.awards) look(award.source, award.amount);
  for (auto const& payment : question.facts.payments) {
    for (auto const& review : payment.reviews) look(review.source, payment.amount);
    for (auto const& approval : payment.approvals) look(approval.source, approval.amount);
  }
  return acts;
}

/// The reviews and approvals of a payment that follow each other too fast for anyone to have read it.
void findHasty(Question const& question, Answer& answer) {
  auto const limit = question.parameters["secondsApart"];
  for (auto const& payment : question.facts.payments) {
    if (!question.counts(payment.source)) continue;
    std::vector<facts::Source const*> steps{&payment.source};
    for (auto const& review : payment.reviews) {
      if (question.counts(review.source)) steps.push_back(&review.source);
    }
    for (auto const& approval : payment.approvals) {
      if (question.counts(approval.source)) steps.push_back(&approval.source);
    }
    std::ranges::sort(steps, {}, [](auto const* step) { return step->event; });
    for (std::size_t i = 1; i < steps.size(); ++i) {
      auto const apart = (steps[i]->acceptedAt.milliseconds() - steps[i - 1]->acceptedAt.milliseconds()) / 1'000;
      if (apart >= limit) continue;
      answer.hits.push_back(
          {{steps[i]->event, steps[i - 1]->event},
           {Subject::person(question.facts.strings[steps[i]->person]), Subject::of(payment.payee)},
           payment.amount,
           scoreOver(limit - apart, 0, std::max<std::int64_t>(limit, 1)),
           {fmt::format("拨付 {} 元的前后两步只隔 {} 秒（下限 {} 秒）", yuan(payment.amount), apart, limit),
            fmt::format("two steps of a payment of {} yuan are {} seconds apart (at least {})", yuan(payment.amount),
                        apart, limit)}});
      break;
    }
  }
}

}  // namespace

Answer oddHours(Question const& question) {
  struct Day {
    Oddity oddity;
    std::vector<EventNumber> events;
    Fen amount;
  };
  auto const from = question.parameters["nightFrom"];
  auto const to = question.parameters["nightTo"];
  Answer answer;
  std::map<std::pair<facts::StringId, Date>, Day> days;
  for (auto const& [source, amount] : actsOf(question)) {
    ++answer.population;
    auto const hour = hourOf(source->acceptedAt);
    auto const day = source->acceptedAt.businessDate();
    bool const night = hour >= from || hour < to;
    bool const holiday = domain::isWorkingDay(day) == false;
    if (!night && !holiday) continue;
    auto& entry =
        days.try_emplace({source->person, day}, Day{night ? Oddity::night : Oddity::holiday, {}, Fen()}).first->second;
    if (night) entry.oddity = Oddity::night;
    entry.events.push_back(source->event);
    entry.amount += amount;
  }
  for (auto const& [who, day] : days) {
    auto const id = question.facts.strings[who.first];
    bool const night = day.oddity == Oddity::night;
    answer.hits.push_back(
        {day.events,
         {Subject::person(id)},
         day.amount,
         night ? 65U : 55U,
         {fmt::format("{} 于 {}（{}）审批 {} 次，涉及 {} 元", id, who.second.text(), night ? "夜间" : "非工作日",
                      day.events.size(), yuan(day.amount)),
          fmt::format("{} decided {} times on {} ({}), on {} yuan", id, day.events.size(), who.second.text(),
                      night ? "at night" : "not a working day", yuan(day.amount))}});
  }
  findHasty(question, answer);
  return answer;
}

namespace {

/// The delisting that keeps a provider out of a city on a day; nullptr if none does.
facts::ProviderDelisting const* delistingOn(Question const& question, domain::Uscc const& provider,
                                            domain::CityCode city, Date on) {
  auto const& facts = question.facts;
  facts::ProviderDelisting const* last = nullptr;
  for (auto const& delisting : facts.providerDelistings) {
    bool const here = !delisting.city || delisting.city->isProvince() || *delisting.city == city;
    if (question.counts(delisting.source) && here && delisting.provider == provider && delisting.delistedFrom <= on) {
      last = &delisting;
    }
  }
  if (!last) return nullptr;
  bool const again = std::ranges::any_of(facts.providerListings, [&](auto const& listing) {
    return question.counts(listing.source) && listing.provider == provider && listing.city == city &&
           listing.source.event > last->source.event && listing.listedFrom <= on;
  });
  return again ? nullptr : last;
}

}  // namespace

Answer paidAfterDelisting(Question const& question) {
  Answer answer;
  auto const& facts = question.facts;
  for (auto const& payment : facts.payments) {
    auto const* const settled = settlementOf(question, payment);
    if (!settled) continue;
    ++answer.population;
    auto const& project = projectOf(facts, payment);
    for (auto const row : project.contracts) {
      auto const& contract = facts.contracts[row];
      auto const provider = std::ranges::find_if(contract.providers, [&](auto const& one) {
        return delistingOn(question, one, project.city, settled->valueDate) != nullptr;
      });
      if (provider == contract.providers.end()) continue;
      auto const& delisting = *delistingOn(question, *provider, project.city, settled->valueDate);
      auto const* const accepted = acceptanceOf(question, project);
      bool const delivered = accepted && accepted->acceptedOn < delisting.delistedFrom;
      answer.hits.push_back(
          {{settled->source.event, delisting.source.event, contract.source.event},
           {Subject::of(*provider), Subject::of(payment.payee), Subject::of(project)},
           settled->amount,
           delivered ? 55U : 80U,
           {fmt::format("供给方 {} 于 {} 被清退，{} 仍为其产品付款 {} 元", provider->text(),
                        delisting.delistedFrom.text(), settled->valueDate.text(), yuan(settled->amount)),
            fmt::format("provider {} was delisted from {} on, and {} yuan were paid for its products on {}",
                        provider->text(), delisting.delistedFrom.text(), yuan(settled->amount),
                        settled->valueDate.text())}});
      break;
    }
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators
