// SPDX-License-Identifier: Apache-2.0
// Invoices and cost lines: K6, K8.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>

#include <boost/unordered/unordered_flat_map.hpp>
#include <fmt/format.h>

#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

namespace fundtrail::replay::indicators {

namespace {

/// A line of the cost that counts for a project.
struct Counted {
  facts::Project const* project;
  facts::VerifiedCost const* cost;
  facts::CostLine const* line;
};

std::vector<Counted> countedLines(Question const& question) {
  std::vector<Counted> lines;
  for (auto const& project : question.facts.projects) {
    auto const* const cost = question.counts(project.source) ? costOf(question, project) : nullptr;
    if (!cost) continue;
    for (auto const& line : cost->lines) lines.push_back({&project, cost, &line});
  }
  return lines;
}

facts::Contract const* contractOf(Facts const& facts, Counted const& counted) {
  auto const& contracts = counted.project->contracts;
  return counted.line->contract < contracts.size() ? &facts.contracts[contracts[counted.line->contract]] : nullptr;
}

/// What the contract calls the product.
facts::StringId productName(Facts const& facts, Counted const& counted) {
  auto const* const contract = contractOf(facts, counted);
  if (!contract || counted.line->contractLine >= contract->lines.size()) return {};
  return contract->lines[counted.line->contractLine].name;
}

Hit overlap(Counted const& one, Counted const& other, Fen amount, unsigned score, domain::Text evidence) {
  Hit hit{{other.cost->source.event, one.cost->source.event, other.project->source.event, one.project->source.event},
          {Subject::of(other.project->enterprise), Subject::of(*one.project), Subject::of(*other.project)},
          amount,
          score,
          std::move(evidence)};
  hit.subjects.push_back(Subject::of(one.project->city));
  if (one.project->city != other.project->city) hit.subjects.push_back(Subject::of(other.project->city));
  return hit;
}

void findSameInvoice(std::vector<Counted> const& lines, Answer& answer) {
  boost::unordered_flat_map<domain::InvoiceNumber, Counted const*> first;
  std::set<std::tuple<domain::InvoiceNumber, EventNumber>> told;
  for (auto const& counted : lines) {
    if (!counted.line->invoice) continue;
    auto const [at, isNew] = first.emplace(*counted.line->invoice, &counted);
    if (isNew || at->second->project == counted.project) continue;
    if (!told.emplace(*counted.line->invoice, counted.cost->source.event).second) continue;
    answer.hits.push_back(overlap(
        *at->second, counted, counted.line->net, 100,
        {fmt::format("发票 {} 列入两个项目的核定投入", counted.line->invoice->text()),
         fmt::format("invoice {} stands in the verified cost of two projects", counted.line->invoice->text())}));
  }
}

void findSameLine(Question const& question, std::vector<Counted> const& lines, Answer& answer) {
  auto const& facts = question.facts;
  auto const days = question.parameters.days("days");
  using Key = std::tuple<domain::Uscc, schema::CostCategory, facts::StringId, Fen, std::optional<domain::Uscc>>;
  std::map<Key, std::vector<Counted const*>> alike;
  for (auto const& counted : lines) {
    auto const name = productName(facts, counted);
    if (name.empty()) continue;
    alike[{counted.project->enterprise, counted.line->category, name, counted.line->net, counted.line->seller}]
        .push_back(&counted);
  }
  for (auto const& [key, same] : alike) {
    for (std::size_t i = 1; i < same.size(); ++i) {
      auto const& one = *same[i - 1];
      auto const& other = *same[i];
      if (one.project == other.project || one.line->invoice == other.line->invoice) continue;
      auto const apart = one.line->invoicedOn && other.line->invoicedOn
                             ? std::abs(one.line->invoicedOn->daysUntil(*other.line->invoicedOn))
                             : 0;
      if (apart > days) continue;
      answer.hits.push_back(overlap(
          one, other, other.line->net, 70,
          {fmt::format("同一企业两个项目各列一笔“{}”{} 元，卖方相同，开票相隔 {} 天", facts.strings[std::get<2>(key)],
                       yuan(other.line->net), apart),
           fmt::format(
               "two projects of one enterprise each count “{}” for {} yuan by one seller, invoiced {} days apart",
               facts.strings[std::get<2>(key)], yuan(other.line->net), apart)}));
    }
  }
}

void findOneContractTwice(Question const& question, Answer& answer) {
  auto const& facts = question.facts;
  for (auto const& contract : facts.contracts) {
    if (!question.counts(contract.source)) continue;
    facts::Project const* first = nullptr;
    for (auto const row : contract.enrolledWith) {
      auto const& project = facts.projects[row];
      if (!question.counts(project.source)) continue;
      if (!first) {
        first = &project;
        continue;
      }
      answer.hits.push_back({{project.source.event, first->source.event, contract.source.event},
                             {Subject::of(contract.enterprise), Subject::of(*first), Subject::of(project)},
                             contract.total,
                             90,
                             {"同一合同列入两个项目", "one contract is enrolled with two projects"}});
    }
  }
}

void findSeveralCities(Question const& question, Answer& answer) {
  std::map<domain::Uscc, std::vector<facts::Project const*>> enterprises;
  for (auto const& project : question.facts.projects) {
    if (question.counts(project.source)) enterprises[project.enterprise].push_back(&project);
  }
  for (auto const& [enterprise, projects] : enterprises) {
    ++answer.population;
    auto const elsewhere =
        std::ranges::find_if(projects, [&](auto const* project) { return project->city != projects.front()->city; });
    if (elsewhere == projects.end()) continue;
    answer.hits.push_back(
        {{(*elsewhere)->source.event, projects.front()->source.event},
         {Subject::of(enterprise), Subject::of(projects.front()->city), Subject::of((*elsewhere)->city)},
         std::nullopt,
         60,
         {"同一企业在两个城市有项目入库", "one enterprise is enrolled in two cities"}});
  }
}

}  // namespace

Answer doubleDipping(Question const& question) {
  Answer answer;
  auto const lines = countedLines(question);
  answer.population = lines.size();
  findSameInvoice(lines, answer);
  findSameLine(question, lines, answer);
  findOneContractTwice(question, answer);
  findSeveralCities(question, answer);
  return answer;
}

namespace {

/// Σ of the invoices beside the contract that they fulfil, and who made them out.
void findBeyondContract(Question const& question, std::vector<Counted> const& lines, Answer& answer) {
  struct Invoiced {
    facts::Contract const* contract;
    Counted counted;
    Fen sum;
  };
  auto const& facts = question.facts;
  boost::unordered_flat_map<facts::Row<facts::Contract>, Invoiced> contracts;
  for (auto const& counted : lines) {
    auto const* const contract = contractOf(facts, counted);
    if (!contract) continue;
    auto const row = facts.contracts.rowOf(*contract);
    contracts.try_emplace(row, Invoiced{contract, counted, Fen()}).first->second.sum +=
        counted.line->net + counted.line->tax;
    auto const& seller = counted.line->seller;
    if (!seller || std::ranges::find(contract->providers, *seller) != contract->providers.end()) continue;
    answer.hits.push_back(
        {{counted.cost->source.event, contract->source.event},
         {Subject::of(*seller), Subject::of(counted.project->enterprise), Subject::of(*counted.project)},
         counted.line->net + counted.line->tax,
         80,
         {fmt::format("发票 {} 的销售方 {} 不是合同的供给方",
                      counted.line->invoice ? counted.line->invoice->text() : "", seller->text()),
          fmt::format("invoice {} was made out by {}, who is no provider of the contract",
                      counted.line->invoice ? counted.line->invoice->text() : "", seller->text())}});
  }
  for (auto const& [row, invoiced] : contracts) {
    auto const& total = invoiced.contract->total;
    if (invoiced.sum <= total) continue;
    answer.hits.push_back(
        {{invoiced.counted.cost->source.event, invoiced.contract->source.event},
         {Subject::of(invoiced.counted.project->enterprise), Subject::of(*invoiced.counted.project)},
         invoiced.sum - total,
         scoreOver(invoiced.sum.count(), total.count()),
         {fmt::format("发票合计 {} 元，超过合同总额 {} 元", yuan(invoiced.sum), yuan(total)),
          fmt::format("the invoices add up to {} yuan, the contract to {}", yuan(invoiced.sum), yuan(total))}});
  }
}

/// The number after this one; nothing after the last of its length. The last eight digits count, what stands before
/// them says which book they are of.
std::optional<domain::InvoiceNumber> next(domain::InvoiceNumber const& number) {
  std::string digits(number.text());
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return domain::InvoiceNumber::parse(digits);
    }
    *digit = '0';
  }
  return std::nullopt;
}

void findConsecutive(Question const& question, std::vector<Counted> const& lines, Answer& answer) {
  auto const least = static_cast<std::size_t>(std::max<std::int64_t>(2, question.parameters["consecutive"]));
  using Lines = std::vector<Counted const*>;  // of one invoice
  std::map<domain::Uscc, std::map<domain::InvoiceNumber, Lines>> sellers;
  for (auto const& counted : lines) {
    if (counted.line->invoice && counted.line->seller)
      sellers[*counted.line->seller][*counted.line->invoice].push_back(&counted);
  }
  for (auto const& [seller, invoices] : sellers) {
    for (auto at = invoices.begin(); at != invoices.end();) {
      Lines run;
      std::size_t length = 0;
      std::set<domain::Uscc> buyers;
      auto const first = at->first;
      auto last = first;
      do {
        last = at->first;
        ++length;
        for (auto const* const counted : at->second) {
          run.push_back(counted);
          buyers.insert(counted->project->enterprise);
        }
        ++at;
      } while (at != invoices.end() && next(last) == at->first);
      if (length < least || buyers.size() < 2) continue;
      Hit hit{{},
              {Subject::of(seller)},
              Fen(),
              scoreOver(static_cast<std::int64_t>(length), static_cast<std::int64_t>(least)),
              {}};
      Fen sum;
      for (auto const* const counted : run) {
        sum += counted->line->net + counted->line->tax;
        if (std::ranges::find(hit.events, counted->cost->source.event) == hit.events.end()) {
          hit.events.push_back(counted->cost->source.event);
        }
      }
      for (auto const& buyer : buyers) hit.subjects.push_back(Subject::of(buyer));
      hit.amount = sum;
      hit.evidence = {
          fmt::format("同一销售方向 {} 家企业开具 {} 张连号发票：{} 至 {}", buyers.size(), length, first.text(),
                      last.text()),
          fmt::format("one seller made out {} invoices with consecutive numbers to {} enterprises: {} to {}", length,
                      buyers.size(), first.text(), last.text())};
      answer.hits.push_back(std::move(hit));
    }
  }
}

}  // namespace

Answer invoicesWrong(Question const& question) {
  Answer answer;
  auto const lines = countedLines(question);
  answer.population = lines.size();
  findBeyondContract(question, lines, answer);
  findConsecutive(question, lines, answer);
  return answer;
}

}  // namespace fundtrail::replay::indicators
