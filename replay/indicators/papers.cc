// SPDX-License-Identifier: Apache-2.0
// Contracts and the days on them: K4, K5, K7, K13.
#include <algorithm>
#include <map>

#include <boost/unordered/unordered_flat_map.hpp>
#include <fmt/format.h>

#include "ledger/domain/eligible_cost.h"
#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

namespace fundtrail::replay::indicators {

Answer paidBeforeAccepted(Question const& question) {
  Answer answer;
  for (auto const& payment : question.facts.payments) {
    auto const& project = projectOf(question.facts, payment);
    auto const* const settled = settlementOf(question, payment);
    if (!settled || project.mode != schema::SupportMode::AFTER) continue;
    ++answer.population;
    auto const* const accepted = acceptanceOf(question, project);
    if (accepted && accepted->acceptedOn <= settled->valueDate) continue;
    auto const until = accepted ? accepted->acceptedOn.text() : std::string();
    answer.hits.push_back(
        {{settled->source.event, payment.source.event},
         {Subject::of(payment.payee), Subject::of(project), Subject::of(project.city)},
         settled->amount,
         90,
         {fmt::format("事后支持的项目于 {} 付款 {} 元，{}", settled->valueDate.text(), yuan(settled->amount),
                      accepted ? until + " 才验收" : "尚未验收"),
          fmt::format("supported afterwards, paid {} yuan on {}, {}", yuan(settled->amount), settled->valueDate.text(),
                      accepted ? "accepted on " + until : "not accepted")}});
  }
  return answer;
}

namespace {

/// The window of the policy in force on a day; nothing before the first.
std::optional<Date> windowStart(Question const& question, Date on) {
  facts::Policy const* last = nullptr;
  for (auto const& policy : question.facts.policies) {
    if (question.counts(policy.source) && policy.inForceFrom <= on) last = &policy;
  }
  return last ? std::optional(last->windowFrom) : std::nullopt;
}

void findEarlyContracts(Question const& question, Answer& answer) {
  for (auto const& contract : question.facts.contracts) {
    if (!question.counts(contract.source)) continue;
    ++answer.population;
    auto const start = windowStart(question, contract.source.occurredOn);
    if (!start || contract.signedOn >= *start) continue;
    answer.hits.push_back({{contract.source.event},
                           {Subject::of(contract.enterprise), Subject::of(contract.city)},
                           contract.total,
                           100,
                           {fmt::format("合同签订于 {}，早于支持时间段起 {}", contract.signedOn.text(), start->text()),
                            fmt::format("the contract was signed on {}, before the window began on {}",
                                        contract.signedOn.text(), start->text())}});
  }
}

void findEarlyInvoices(Question const& question, Answer& answer) {
  auto const& facts = question.facts;
  auto const days = question.parameters.days("invoiceDays");
  for (auto const& project : facts.projects) {
    auto const* const cost = question.counts(project.source) ? costOf(question, project) : nullptr;
    if (!cost) continue;
    Fen sum;
    facts::CostLine const* earliest = nullptr;
    facts::Contract const* of = nullptr;
    int mostDays = 0;
    for (auto const& line : cost->lines) {
      if (!line.invoicedOn || line.contract >= project.contracts.size()) continue;
      ++answer.population;
      auto const& contract = facts.contracts[project.contracts[line.contract]];
      auto const early = line.invoicedOn->daysUntil(contract.signedOn);
      if (early <= days) continue;
      // The verified cost is what counts of the lines: clause （四） leaves the others out, whenever they were
      // invoiced.
      if (domain::mayServe(line.category, project.purpose)) sum += line.net;
      if (early <= mostDays) continue;
      mostDays = early;
      earliest = &line;
      of = &contract;
    }
    if (!earliest) continue;
    auto const number = earliest->invoice ? earliest->invoice->text() : std::string_view();
    answer.hits.push_back(
        {{cost->source.event, of->source.event},
         {Subject::of(project.enterprise), Subject::of(project), Subject::of(project.city)},
         sum,
         80,
         {fmt::format("核定投入中 {} 元的发票早于合同：{} 开具于 {}，比合同签订日 {} 早 {} 天", yuan(sum), number,
                      earliest->invoicedOn->text(), of->signedOn.text(), mostDays),
          fmt::format("{} yuan of the verified cost were invoiced before the contract: {} on {}, {} days before it was "
                      "signed on {}",
                      yuan(sum), number, earliest->invoicedOn->text(), mostDays, of->signedOn.text())}});
  }
}

/// The same product, sold to the same enterprise by an earlier contract.
void findSoldBefore(Question const& question, Answer& answer) {
  struct Sale {
    facts::Contract const* contract;
    facts::ContractLine const* line;
  };
  using Key = std::pair<domain::Uscc, std::pair<domain::CityCode, facts::StringId>>;
  boost::unordered_flat_map<Key, std::vector<Sale>> sales;
  for (auto const& contract : question.facts.contracts) {
    if (!question.counts(contract.source)) continue;
    for (auto const& line : contract.lines) {
      if (line.product.empty()) continue;
      sales[{contract.enterprise, {contract.city, line.product}}].push_back({&contract, &line});
    }
  }
  for (auto& [key, sold] : sales) {
    ++answer.population;
    std::ranges::stable_sort(sold, {}, [](Sale const& sale) { return sale.contract->signedOn; });
    for (std::size_t i = 1; i < sold.size(); ++i) {
      auto const& [contract, line] = sold[i];
      auto const& before = *sold[i - 1].contract;
      if (&before == contract || before.signedOn == contract->signedOn) continue;
      answer.hits.push_back(
          {{contract->source.event, before.source.event},
           {Subject::of(contract->enterprise), Subject::of(contract->city)},
           line->net,
           60,
           {fmt::format("产品 {} 已于 {} 售予同一企业，{} 再次列入合同", question.facts.strings[line->product],
                        before.signedOn.text(), contract->signedOn.text()),
            fmt::format("product {} was sold to the same enterprise on {}, and again on {}",
                        question.facts.strings[line->product], before.signedOn.text(), contract->signedOn.text())}});
    }
  }
}

}  // namespace

Answer outsidePeriod(Question const& question) {
  Answer answer;
  findEarlyContracts(question, answer);
  findEarlyInvoices(question, answer);
  findSoldBefore(question, answer);
  return answer;
}

Answer splitBelow(Question const& question) {
  auto const limit = question.parameters["limitFen"];
  auto const margin = question.parameters["marginBp"];
  auto const days = question.parameters.days("days");
  auto const least = static_cast<std::size_t>(std::max<std::int64_t>(2, question.parameters["contracts"]));
  auto const floor = Fen::literal(
      static_cast<std::int64_t>(static_cast<Wide>(limit) * (10'000 - std::min<std::int64_t>(margin, 10'000)) / 10'000));
  std::map<std::pair<domain::Uscc, domain::Uscc>, std::vector<facts::Contract const*>> pairs;
  Answer answer;
  for (auto const& contract : question.facts.contracts) {
    if (!question.counts(contract.source)) continue;
    ++answer.population;
    if (contract.total < floor || contract.total.count() >= limit) continue;
    for (auto const& provider : contract.providers) pairs[{contract.enterprise, provider}].push_back(&contract);
  }
  for (auto& [pair, contracts] : pairs) {
    std::ranges::stable_sort(contracts, {}, [](auto const* contract) { return contract->signedOn; });
    for (std::size_t begin = 0; begin + least <= contracts.size();) {
      auto end = begin;
      Hit hit{{}, {Subject::of(pair.first), Subject::of(pair.second)}, Fen(), 0, {}};
      Fen sum;
      while (end < contracts.size() && contracts[begin]->signedOn.daysUntil(contracts[end]->signedOn) <= days) {
        hit.events.push_back(contracts[end]->source.event);
        sum += contracts[end]->total;
        ++end;
      }
      auto const count = end - begin;
      if (count < least) {
        ++begin;
        continue;
      }
      hit.amount = sum;
      hit.score = scoreOver(static_cast<std::int64_t>(count), static_cast<std::int64_t>(least));
      hit.evidence = {fmt::format("{} 天内签订 {} 份合同，各略低于 {} 元，合计 {} 元", days, count,
                                  yuan(Fen::literal(limit)), yuan(sum)),
                      fmt::format("{} contracts within {} days, each just below {} yuan, {} yuan together", count, days,
                                  yuan(Fen::literal(limit)), yuan(sum))};
      answer.hits.push_back(std::move(hit));
      begin = end;
    }
  }
  return answer;
}

Answer contractAfterFact(Question const& question) {
  Answer answer;
  auto const days = question.parameters.days("days");
  std::map<std::string, std::vector<facts::Contract const*>> byDigest;
  for (auto const& contract : question.facts.contracts) {
    if (!question.counts(contract.source)) continue;
    ++answer.population;
    byDigest[contract.digest.hex()].push_back(&contract);
    auto const start = contract.startsOn.value_or(contract.signedOn);
    auto const late = start.daysUntil(contract.source.occurredOn);
    if (late <= days) continue;
    Hit hit{{contract.source.event},
            {Subject::of(contract.enterprise), Subject::of(contract.city)},
            contract.total,
            scoreOver(late, days),
            {fmt::format("合同 {} 开始，{} 才备案，晚 {} 天（上限 {} 天）", start.text(),
                         contract.source.occurredOn.text(), late, days),
             fmt::format("the contract began on {} and was filed on {}, {} days later (limit {})", start.text(),
                         contract.source.occurredOn.text(), late, days)}};
    for (auto const& provider : contract.providers) hit.subjects.push_back(Subject::of(provider));
    answer.hits.push_back(std::move(hit));
  }
  for (auto const& [digest, contracts] : byDigest) {
    for (std::size_t i = 1; i < contracts.size(); ++i) {
      auto const& one = *contracts[0];
      auto const& other = *contracts[i];
      if (one.enterprise == other.enterprise) continue;
      answer.hits.push_back(
          {{other.source.event, one.source.event},
           {Subject::of(one.enterprise), Subject::of(other.enterprise)},
           other.total,
           100,
           {fmt::format("两家企业备案了同一份合同（摘要 {}）", digest.substr(0, 16)),
            fmt::format("two enterprises filed the same contract (digest {})", digest.substr(0, 16))}});
    }
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators
