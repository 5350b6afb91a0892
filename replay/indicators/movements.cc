// SPDX-License-Identifier: Apache-2.0
// Money between enterprises and providers, from the movements that the auditor brings: K10, K12.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include <fmt/format.h>

#include "replay/indicators/attributes.h"
#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

namespace fundtrail::replay::indicators {

namespace {

using Kind = RegistryEntry::Kind;

domain::Text noMovements() {
  return {"未检查：请用 --bank-movements 提供企业与供给方的银行流水",
          "not examined: bring the bank movements of enterprises and providers with --bank-movements"};
}

/// Whose account or name it is. An account says more than a name: where one is known, it alone counts.
std::set<domain::Uscc> whoIs(Attributes const& attributes, std::string const& account, std::string const& name) {
  if (!account.empty()) {
    auto const& holders = attributes.holdersOf({Kind::account, account});
    if (!holders.empty()) return holders;
  }
  return name.empty() ? std::set<domain::Uscc>() : attributes.named(name);
}

/// Whom the money reaches with it: an organisation, or one that the payee represents or owns a share of.
std::set<domain::Uscc> whoGets(Attributes const& attributes, Movement const& movement) {
  auto payees = whoIs(attributes, movement.toAccount, movement.toName);
  if (movement.toName.empty()) return payees;
  for (auto const kind : {Kind::representative, Kind::shareholder}) {
    auto const& holders = attributes.holdersOf({kind, movement.toName});
    payees.insert(holders.begin(), holders.end());
  }
  return payees;
}

/// What a kickback would be measured by: the subsidy, or the contract's price.
struct Measure {
  Date on;
  Fen amount;
  EventNumber event;
  facts::Project const* project;  // nullptr: a contract without one
};

using Pair = std::pair<domain::Uscc, domain::Uscc>;  // provider, enterprise

std::map<Pair, std::vector<Measure>> measures(Question const& question) {
  auto const& facts = question.facts;
  std::map<Pair, std::vector<Measure>> all;
  for (auto const& contract : facts.contracts) {
    if (!question.counts(contract.source)) continue;
    auto const* const project =
        contract.enrolledWith.empty() ? nullptr : &facts.projects[contract.enrolledWith.front()];
    for (auto const& provider : contract.providers) {
      auto& list = all[{provider, contract.enterprise}];
      list.push_back({contract.signedOn, contract.total, contract.source.event, project});
      if (!project) continue;
      for (auto const award : project->awards) {
        for (auto const row : facts.awards[award].payments) {
          auto const* const settled = settlementOf(question, facts.payments[row]);
          if (settled) list.push_back({settled->valueDate, settled->amount, settled->source.event, project});
        }
      }
    }
  }
  return all;
}

}  // namespace

Answer kickback(Question const& question) {
  Answer answer;
  if (!question.supplements.movements) return {0, {}, false, noMovements()};
  auto const days = question.parameters.days("days");
  auto const tolerance = question.parameters["toleranceBp"];
  Attributes const attributes(question);
  auto const pairs = measures(question);
  for (auto const& movement : *question.supplements.movements) {
    if (movement.date > question.asOf) continue;
    ++answer.population;
    for (auto const& payer : whoIs(attributes, movement.fromAccount, movement.fromName)) {
      for (auto const& payee : whoGets(attributes, movement)) {
        auto const at = pairs.find({payer, payee});
        if (payer == payee || at == pairs.end()) continue;
        auto const measure = std::ranges::find_if(at->second, [&](Measure const& one) {
          auto const after = one.on.daysUntil(movement.date);
          auto const difference = std::abs(movement.amount.count() - one.amount.count());
          return after >= 0 && after <= days &&
                 static_cast<Wide>(difference) * 10'000 <= static_cast<Wide>(one.amount.count()) * tolerance;
        });
        if (measure == at->second.end()) continue;
        Hit hit{
            {measure->event},
            {Subject::of(payer), Subject::of(payee)},
            movement.amount,
            95,
            {fmt::format("流水第 {} 行：供给方 {} 向企业一方付款 {} 元，与 {} 的 {} 元相近", movement.line,
                         movement.date.text(), yuan(movement.amount), measure->on.text(), yuan(measure->amount)),
             fmt::format("line {} of the movements: on {} the provider paid {} yuan to the enterprise's side, close to "
                         "the {} yuan of {}",
                         movement.line, movement.date.text(), yuan(movement.amount), yuan(measure->amount),
                         measure->on.text())}};
        if (measure->project) hit.subjects.push_back(Subject::of(*measure->project));
        answer.hits.push_back(std::move(hit));
      }
    }
  }
  if (!question.supplements.registry) {
    answer.missing = {"未检查付给法定代表人和股东的款项：请用 --registry 提供登记资料",
                      "payments to representatives and shareholders were not examined: bring --registry"};
  }
  return answer;
}

Answer ownShareMissing(Question const& question) {
  if (!question.supplements.movements) return {0, {}, false, noMovements()};
  auto const& facts = question.facts;
  auto const tolerance = question.parameters["toleranceFen"];
  Attributes const attributes(question);
  std::set<domain::Uscc> covered;
  std::map<Pair, Fen> paid;  // by (enterprise, provider)
  for (auto const& movement : *question.supplements.movements) {
    if (movement.date > question.asOf) continue;
    auto const payees = whoIs(attributes, movement.toAccount, movement.toName);
    covered.insert(payees.begin(), payees.end());
    for (auto const& payer : whoIs(attributes, movement.fromAccount, movement.fromName)) {
      covered.insert(payer);
      for (auto const& payee : payees) paid[{payer, payee}] += movement.amount;
    }
  }
  // An enterprise pays its providers for all of its projects out of one purse.
  struct Enterprise {
    Fen contracts;
    Fen subsidies;
    std::set<domain::Uscc> providers;
    std::vector<facts::Project const*> projects;
  };
  std::map<domain::Uscc, Enterprise> enterprises;
  for (auto const& project : facts.projects) {
    if (!question.counts(project.source) || !acceptanceOf(question, project)) continue;
    auto& enterprise = enterprises[project.enterprise];
    enterprise.projects.push_back(&project);
    for (auto const row : project.contracts) {
      auto const& contract = facts.contracts[row];
      enterprise.contracts += contract.total;
      enterprise.providers.insert(contract.providers.begin(), contract.providers.end());
    }
    for (auto const row : project.awards) {
      auto const& award = facts.awards[row];
      if (question.counts(award.source) && !isWithdrawn(question, award)) enterprise.subsidies += award.amount;
    }
  }
  Answer answer;
  std::uint64_t notCovered = 0;
  for (auto const& [uscc, enterprise] : enterprises) {
    if (!covered.contains(uscc)) {
      ++notCovered;
      continue;
    }
    ++answer.population;
    Fen sum;
    for (auto const& provider : enterprise.providers) {
      if (auto const at = paid.find({uscc, provider}); at != paid.end()) sum += at->second;
    }
    auto const own = enterprise.contracts - enterprise.subsidies;
    auto const missing = own - sum;
    if (missing.count() <= tolerance) continue;
    Hit hit{
        {},
        {Subject::of(uscc)},
        missing,
        scoreOver(missing.count(), tolerance, std::max(own.count(), tolerance + 1)),
        {fmt::format("合同 {} 元减奖补 {} 元，应自付 {} 元，流水中只付供给方 {} 元", yuan(enterprise.contracts),
                     yuan(enterprise.subsidies), yuan(own), yuan(sum)),
         fmt::format("contracts of {} yuan less {} yuan of subsidy leave {} yuan to pay; the movements show {} yuan "
                     "paid to the providers",
                     yuan(enterprise.contracts), yuan(enterprise.subsidies), yuan(own), yuan(sum))}};
    for (auto const* const project : enterprise.projects) {
      hit.events.push_back(project->source.event);
      hit.subjects.push_back(Subject::of(*project));
    }
    for (auto const& provider : enterprise.providers) hit.subjects.push_back(Subject::of(provider));
    answer.hits.push_back(std::move(hit));
  }
  if (notCovered > 0) {
    answer.missing = {fmt::format("{} 家企业未出现在流水中，未检查", notCovered),
                      fmt::format("{} enterprises do not occur in the movements and were not examined", notCovered)};
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators
