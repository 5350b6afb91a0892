// SPDX-License-Identifier: Apache-2.0
// Money that waits, or hurries: K1, K2, K3, K21, K25.
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

namespace fundtrail::replay::indicators {

namespace {

/// Money that came into one place on one day.
struct Inflow {
  Date on;
  Fen amount;
  EventNumber event;
};

/// What of old money is left in a place where the oldest goes out first.
struct Left {
  Fen amount;
  int days = 0;  // since the oldest of it came
  std::vector<EventNumber> events;
};

Left leftOf(std::vector<Inflow> inflows, Fen out, Date asOf, int days) {
  std::ranges::stable_sort(inflows, {}, &Inflow::on);
  Left left;
  for (auto const& inflow : inflows) {
    auto const gone = std::min(inflow.amount, out);
    out -= gone;
    auto const rest = inflow.amount - gone;
    auto const age = inflow.on.daysUntil(asOf);
    if (rest.isZero() || age <= days) continue;
    left.amount += rest;
    left.days = std::max(left.days, age);
    left.events.push_back(inflow.event);
  }
  return left;
}

void findUndivided(Question const& question, Answer& answer) {
  auto const days = question.parameters.days("splitDays");
  for (auto const& tranche : question.facts.tranches) {
    if (!question.counts(tranche.source)) continue;
    std::vector<Inflow> received;
    Fen out;
    for (auto const& receipt : tranche.receipts) {
      if (!question.counts(receipt.source)) continue;
      received.push_back({receipt.source.occurredOn, receipt.amount, receipt.source.event});
    }
    for (auto const& split : tranche.splits) {
      if (question.counts(split.source) && split.fromPurpose == schema::Purpose::NOT_STATED) out += split.amount;
    }
    for (auto const& recall : tranche.recalls) {
      if (question.counts(recall.source) && recall.purpose == schema::Purpose::NOT_STATED) out += recall.amount;
    }
    answer.population += received.empty() ? 0U : 1U;
    auto left = leftOf(std::move(received), out, question.asOf, days);
    if (left.amount.isZero()) continue;
    left.events.push_back(tranche.source.event);
    auto const number = question.facts.strings[tranche.number];
    answer.hits.push_back(
        {left.events,
         {Subject::of(tranche.city)},
         left.amount,
         scoreOver(left.days, days),
         {fmt::format("{}到账后有 {} 元未分解，最久 {} 天（上限 {} 天）", number, yuan(left.amount), left.days, days),
          fmt::format("{}: {} yuan received and not split, for up to {} days (limit {})", number, yuan(left.amount),
                      left.days, days)}});
  }
}

void findUnpaid(Question const& question, Answer& answer) {
  auto const days = question.parameters.days("payDays");
  auto const& facts = question.facts;
  for (auto const& award : facts.awards) {
    if (!question.counts(award.source) || isWithdrawn(question, award)) continue;
    auto const& project = facts.projects[award.project];
    auto const* const accepted = acceptanceOf(question, project);
    if (!accepted) continue;  // support in advance: the rest waits for the acceptance, and may
    ++answer.population;
    auto left = award.amount;
    for (auto const row : award.payments) {
      if (auto const* const settled = settlementOf(question, facts.payments[row])) left -= settled->amount;
    }
    auto const age = std::max(award.source.occurredOn, accepted->acceptedOn).daysUntil(question.asOf);
    if (!left.isPositive() || age <= days) continue;
    answer.hits.push_back({{award.source.event},
                           {Subject::of(project.city), Subject::of(project), Subject::of(award.beneficiary)},
                           left,
                           scoreOver(age, days),
                           {fmt::format("奖补核定 {} 元，{} 天后仍有 {} 元未拨付（上限 {} 天）", yuan(award.amount),
                                        age, yuan(left), days),
                            fmt::format("of the award of {} yuan, {} yuan are not paid after {} days (limit {})",
                                        yuan(award.amount), yuan(left), age, days)}});
  }
}

/// What a tranche took in and did not give out until a day.
struct Balance {
  Fen received;
  Fen unspent;
  std::vector<EventNumber> events;
};

}  // namespace

Answer retained(Question const& question) {
  Answer answer;
  findUndivided(question, answer);
  findUnpaid(question, answer);
  return answer;
}

namespace {

std::vector<Date> yearEnds(Question const& question) {
  std::vector<Date> ends;
  if (question.facts.tranches.empty()) return ends;
  auto const first = question.facts.tranches.begin()->source.occurredOn.number() / 10'000;
  for (auto year = first;; ++year) {
    auto const end = Date::fromNumber(year * 10'000 + 1231);
    if (!end || *end > question.asOf) return ends;
    ends.push_back(*end);
  }
}

/// By tranche, of those that came in early enough.
std::map<std::uint32_t, Balance> balancesAt(Question const& question, Date end) {
  auto const& facts = question.facts;
  auto const before = end.plusDays(-question.parameters.days("minAgeDays"));
  std::map<std::uint32_t, Balance> tranches;
  for (auto const& tranche : facts.tranches) {
    if (!question.counts(tranche.source)) continue;
    Balance balance;
    bool early = true;
    for (auto const& receipt : tranche.receipts) {
      if (!question.counts(receipt.source) || receipt.source.occurredOn > end) continue;
      early = early && receipt.source.occurredOn <= before;
      balance.received += receipt.amount;
      balance.events.push_back(receipt.source.event);
    }
    if (!early || balance.received.isZero()) continue;
    for (auto const& recall : tranche.recalls) {
      if (question.counts(recall.source) && recall.source.occurredOn <= end) balance.received -= recall.amount;
    }
    for (auto const& split : tranche.splits) {
      if (question.counts(split.source) && split.source.occurredOn <= end) balance.events.push_back(split.source.event);
    }
    balance.unspent = balance.received;
    tranches.emplace(facts.tranches.rowOf(tranche).index(), std::move(balance));
  }
  auto const move = [&](std::vector<facts::Draw> const& draws, bool out) {
    for (auto const& draw : draws) {
      auto const at = tranches.find(draw.tranche.index());
      if (at == tranches.end()) continue;
      auto& unspent = at->second.unspent;
      unspent = out ? unspent - draw.amount : unspent + draw.amount;
    }
  };
  for (auto const& payment : facts.payments) {
    auto const* const settled = settlementOf(question, payment);
    if (settled && settled->valueDate <= end) move(payment.draws, true);
  }
  for (auto const& recovery : facts.recoveries) {
    for (auto const& receipt : recovery.receipts) {
      bool const back = receipt.disposition == schema::Disposition::AVAILABLE;
      if (back && question.counts(receipt.source) && receipt.valueDate <= end) move(receipt.draws, false);
    }
  }
  return tranches;
}

}  // namespace

Answer idle(Question const& question) {
  auto const limit = question.parameters["shareBp"];
  auto const& facts = question.facts;
  Answer answer;
  for (auto const end : yearEnds(question)) {
    for (auto const& [index, balance] : balancesAt(question, end)) {
      if (!balance.received.isPositive()) continue;
      ++answer.population;
      auto const share = tenThousandths(balance.unspent, balance.received);
      if (share <= limit) continue;
      auto const& tranche = facts.tranches[facts::Row<facts::Tranche>(index)];
      auto const number = facts.strings[tranche.number];
      answer.hits.push_back(
          {balance.events,
           {Subject::of(tranche.city)},
           balance.unspent,
           scoreOver(share, limit, 10'000),
           {fmt::format("{}：{} 结余 {} 元，占到账 {} 元的万分之 {}（上限 {}）", number, end.text(),
                        yuan(balance.unspent), yuan(balance.received), share, limit),
            fmt::format("{}: on {} {} yuan of {} yuan received were unspent, {} of 10,000 (limit {})", number,
                        end.text(), yuan(balance.unspent), yuan(balance.received), share, limit)}});
    }
  }
  return answer;
}

Answer yearEndRush(Question const& question) {
  struct Year {
    Fen all;
    Fen december;
    std::int64_t payments = 0;
    std::vector<EventNumber> events;  // of December
  };
  auto const limit = question.parameters["shareBp"];
  std::map<std::pair<domain::CityCode, std::uint32_t>, Year> years;
  for (auto const& payment : question.facts.payments) {
    auto const* const settled = settlementOf(question, payment);
    if (!settled) continue;
    auto const number = settled->valueDate.number();
    auto& year = years[{projectOf(question.facts, payment).city, number / 10'000}];
    year.all += settled->amount;
    ++year.payments;
    if (number / 100 % 100 != 12) continue;
    year.december += settled->amount;
    year.events.push_back(settled->source.event);
  }
  Answer answer;
  for (auto const& [where, year] : years) {
    // A year that is not over has had no December, or only a part of one.
    if (year.payments < question.parameters["minPayments"] || where.second >= question.asOf.number() / 10'000) continue;
    ++answer.population;
    auto const share = tenThousandths(year.december, year.all);
    if (share <= limit) continue;
    answer.hits.push_back(
        {year.events,
         {Subject::of(where.first)},
         year.december,
         scoreOver(share, limit, 10'000),
         {fmt::format("{} 年 12 月拨付 {} 元，占全年 {} 元的万分之 {}（上限 {}）", where.second, yuan(year.december),
                      yuan(year.all), share, limit),
          fmt::format("in December {} {} yuan were paid, {} of 10,000 of the year's {} yuan (limit {})", where.second,
                      yuan(year.december), share, yuan(year.all), limit)}});
  }
  return answer;
}

Answer recoveryLate(Question const& question) {
  Answer answer;
  auto const& facts = question.facts;
  auto const grace = question.parameters.days("graceDays");
  for (auto const& recovery : facts.recoveries) {
    if (!question.counts(recovery.source)) continue;
    ++answer.population;
    auto open = recovery.amount;
    for (auto const& receipt : recovery.receipts) {
      if (question.counts(receipt.source)) open -= receipt.amount;
    }
    for (auto const row : recovery.waivers) {
      auto const& waiver = facts.waivers[row];
      if (question.counts(waiver.source) && facts::isConfirmed(waiver.decision)) open -= waiver.amount;
    }
    auto const late = recovery.dueOn.daysUntil(question.asOf);
    if (!open.isPositive() || late <= grace) continue;
    auto const& award = facts.awards[recovery.award];
    auto const& project = facts.projects[award.project];
    answer.hits.push_back({{recovery.source.event},
                           {Subject::of(project.city), Subject::of(award.beneficiary), Subject::of(project)},
                           open,
                           scoreOver(late, 0, 180),
                           {fmt::format("责令追回 {} 元，{} 到期，逾期 {} 天，尚欠 {} 元", yuan(recovery.amount),
                                        recovery.dueOn.text(), late, yuan(open)),
                            fmt::format("{} yuan were claimed back by {}; {} days later {} yuan are still out",
                                        yuan(recovery.amount), recovery.dueOn.text(), late, yuan(open))}});
  }
  for (auto const& finding : facts.findings) {
    if (!question.counts(finding.source) || !finding.rectifyBy) continue;
    ++answer.population;
    bool const verified = std::ranges::any_of(finding.verifications, [&](auto const& verification) {
      return question.counts(verification.source) && verification.conclusion != schema::Conclusion::CONFIRMED;
    });
    auto const late = finding.rectifyBy->daysUntil(question.asOf);
    if (verified || late <= grace) continue;
    Hit hit{{finding.source.event},
            {},
            finding.amount.isZero() ? std::nullopt : std::optional(finding.amount),
            scoreOver(late, 0, 180),
            {fmt::format("整改期限 {}，逾期 {} 天，尚未核实整改", finding.rectifyBy->text(), late),
             fmt::format("it was to be rectified by {}; {} days later that is not verified", finding.rectifyBy->text(),
                         late)}};
    if (finding.city) hit.subjects.push_back(Subject::of(*finding.city));
    if (finding.project) hit.subjects.push_back(Subject::of(facts.projects[*finding.project]));
    for (auto const& subject : finding.subjects) hit.subjects.push_back(Subject::of(subject));
    answer.hits.push_back(std::move(hit));
  }
  return answer;
}

Answer intercepted(Question const& question) {
  struct Pocket {
    std::vector<Inflow> in;
    Fen out;
  };
  auto const& facts = question.facts;
  auto const days = question.parameters.days("days");
  std::map<std::tuple<std::uint32_t, domain::CityCode, schema::Purpose>, Pocket> pockets;
  auto const pocket = [&](facts::Row<facts::Tranche> tranche, domain::CityCode county,
                          schema::Purpose purpose) -> Pocket& {
    return pockets[{tranche.index(), county, purpose}];
  };
  for (auto const& tranche : facts.tranches) {
    auto const row = facts.tranches.rowOf(tranche);
    for (auto const& split : tranche.splits) {
      if (!question.counts(split.source)) continue;
      if (split.county) {
        pocket(row, *split.county, split.purpose)
            .in.push_back({split.source.occurredOn, split.amount, split.source.event});
      }
      if (split.fromCounty) pocket(row, *split.fromCounty, split.fromPurpose).out += split.amount;
    }
    for (auto const& recall : tranche.recalls) {
      if (question.counts(recall.source) && recall.county) {
        pocket(row, *recall.county, recall.purpose).out += recall.amount;
      }
    }
  }
  for (auto const& payment : facts.payments) {
    if (!settlementOf(question, payment)) continue;
    auto const purpose = projectOf(facts, payment).purpose;
    for (auto const& draw : payment.draws) {
      if (draw.county) pocket(draw.tranche, *draw.county, purpose).out += draw.amount;
    }
  }
  for (auto const& recovery : facts.recoveries) {
    auto const purpose = facts.projects[facts.awards[recovery.award].project].purpose;
    for (auto const& receipt : recovery.receipts) {
      if (!question.counts(receipt.source) || receipt.disposition != schema::Disposition::AVAILABLE) continue;
      for (auto const& draw : receipt.draws) {
        if (!draw.county) continue;
        pocket(draw.tranche, *draw.county, purpose)
            .in.push_back({receipt.valueDate, draw.amount, receipt.source.event});
      }
    }
  }
  Answer answer;
  for (auto& [where, money] : pockets) {
    auto const& [row, county, purpose] = where;
    ++answer.population;
    Fen handed;
    for (auto const& inflow : money.in) handed += inflow.amount;
    auto const left = leftOf(std::move(money.in), money.out, question.asOf, days);
    if (left.amount.isZero() || tenThousandths(left.amount, handed) <= question.parameters["shareBp"]) continue;
    auto const number = facts.strings[facts.tranches[facts::Row<facts::Tranche>(row)].number];
    answer.hits.push_back(
        {left.events,
         {Subject::of(county)},
         left.amount,
         scoreOver(left.days, days),
         {fmt::format("{}分给该区县 {} 元，有 {} 元未拨付，最久 {} 天（上限 {} 天）", number, yuan(handed),
                      yuan(left.amount), left.days, days),
          fmt::format("{}: of {} yuan handed to the county {} yuan are not paid out, for up to {} days (limit {})",
                      number, yuan(handed), yuan(left.amount), left.days, days)}});
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators
