// SPDX-License-Identifier: Apache-2.0
// Who is close to whom: K11, K16.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ledger/domain/account_name.h"
#include "replay/indicators/attributes.h"
#include "replay/indicators/counting.h"
#include "replay/indicators/kinds.h"

namespace fundtrail::replay::indicators {

namespace {

domain::Text noRegistry() {
  return {
      "未检查法定代表人、股东、电话、地址：请用 --registry 提供登记资料，现仅检查账本中可见的",
      "representatives, shareholders, phones and addresses were not examined: bring --registry; only what the ledger "
      "shows was"};
}

/// Two organisations that must be strangers, and the projects that bring them together.
using Pairs = std::map<std::pair<domain::Uscc, domain::Uscc>, std::vector<facts::Project const*>>;

Pairs pairsOf(Question const& question) {
  auto const& facts = question.facts;
  Pairs pairs;
  auto const meet = [&](domain::Uscc const& a, domain::Uscc const& b, facts::Project const& project) {
    auto& projects = pairs[std::minmax(a, b)];
    if (projects.empty() || projects.back() != &project) projects.push_back(&project);
  };
  for (auto const& project : facts.projects) {
    if (!question.counts(project.source)) continue;
    std::set<domain::Uscc> providers;
    for (auto const row : project.contracts) {
      auto const& contract = facts.contracts[row];
      if (question.counts(contract.source)) providers.insert(contract.providers.begin(), contract.providers.end());
    }
    std::set<domain::Uscc> assessors;
    for (auto const& assessment : project.assessments) {
      if (question.counts(assessment.source)) assessors.insert(assessment.assessor);
    }
    for (auto const& provider : providers) {
      meet(project.enterprise, provider, project);
      for (auto const& assessor : assessors) meet(provider, assessor, project);
    }
    for (auto const& assessor : assessors) meet(project.enterprise, assessor, project);
  }
  return pairs;
}

struct Words {
  std::string zh;
  std::string en;
};

Words listed(std::vector<Attribute> const& attributes) {
  Words words;
  for (auto const& [kind, value] : attributes) {
    if (!words.zh.empty()) words.zh += "、";
    if (!words.en.empty()) words.en += ", ";
    words.zh += fmt::format("{} {}", nameZh(kind), value);
    words.en += fmt::format("{} {}", name(kind), value);
  }
  return words;
}

/// An address or a phone may be a business park's; a person or an account is one's own.
unsigned scoreOf(std::vector<Attribute> const& shared) {
  bool const strong = std::ranges::any_of(shared, [](Attribute const& attribute) {
    using Kind = RegistryEntry::Kind;
    return attribute.kind == Kind::representative || attribute.kind == Kind::shareholder ||
           attribute.kind == Kind::account;
  });
  if (strong) return 90;
  return shared.size() > 1 ? 75 : 55;
}

}  // namespace

Answer related(Question const& question) {
  Answer answer;
  Attributes const attributes(question);
  auto const pairs = pairsOf(question);
  for (auto const& [pair, projects] : pairs) {
    ++answer.population;
    auto const& [one, other] = pair;
    auto const shared = one == other ? std::vector<Attribute>() : attributes.shared(one, other);
    if (one != other && shared.empty()) continue;
    Hit hit{{}, {Subject::of(one)}, std::nullopt, one == other ? 100 : scoreOf(shared), {}};
    if (one != other) hit.subjects.push_back(Subject::of(other));
    // Where they are said to be what they are comes first; then what brings them together, and its money.
    for (auto const& uscc : one == other ? std::vector{one} : std::vector{one, other}) {
      auto const* const organisation = question.facts.organisation(uscc);
      if (organisation) hit.events.push_back(organisation->source.event);
    }
    for (auto const* const project : projects) {
      hit.events.push_back(project->source.event);
      hit.subjects.push_back(Subject::of(*project));
      if (auto const awarded = awardedTo(question, *project)) hit.amount = hit.amount.value_or(Fen()) + *awarded;
    }
    auto const [zh, en] = listed(shared);
    hit.evidence = one == other
                       ? domain::Text{"同一主体在一个项目中担任两方", "one organisation has two parts in a project"}
                       : domain::Text{fmt::format("同一项目的两方共用{}", zh),
                                      fmt::format("two parties of one project share {}", en)};
    answer.hits.push_back(std::move(hit));
  }
  for (auto const& [attribute, holders] : attributes.holders()) {
    if (attribute.kind != RegistryEntry::Kind::account || holders.size() < 2) continue;
    bool const told = holders.size() == 2 && pairs.contains(std::minmax(*holders.begin(), *holders.rbegin()));
    if (told) continue;
    Hit hit{{}, {}, std::nullopt, 85, {}};
    for (auto const& uscc : holders) {
      hit.subjects.push_back(Subject::of(uscc));
      if (auto const* const organisation = question.facts.organisation(uscc)) {
        hit.events.push_back(organisation->source.event);
      }
    }
    if (hit.events.empty()) continue;  // of organisations that the ledger does not know
    hit.evidence = {fmt::format("{} 个主体共用银行账户 {}", holders.size(), attribute.value),
                    fmt::format("{} organisations share the bank account {}", holders.size(), attribute.value)};
    answer.hits.push_back(std::move(hit));
  }
  if (!question.supplements.registry) answer.missing = noRegistry();
  return answer;
}

Answer expertNotRecused(Question const& question) {
  auto const& facts = question.facts;
  Answer answer;
  Attributes const attributes(question);
  struct Person {
    std::string name;
    std::string organisation;
    EventNumber enrolled;
  };
  std::map<facts::StringId, Person> people;
  auto const comparable = [&](facts::StringId id) {
    std::string const text(facts.strings[id]);
    return domain::normalisedName(text).value_or(text);
  };
  for (auto const& key : facts.keys) {
    if (!question.counts(key.source)) continue;
    people.insert_or_assign(key.person,
                            Person{comparable(key.personName), comparable(key.organisation), key.source.event});
  }
  for (auto const& project : facts.projects) {
    if (!question.counts(project.source)) continue;
    std::set<domain::Uscc> parties{project.enterprise};
    for (auto const row : project.contracts) {
      auto const& contract = facts.contracts[row];
      parties.insert(contract.providers.begin(), contract.providers.end());
    }
    for (auto const& review : project.reviews) {
      if (!question.counts(review.source) || review.kind != schema::ReviewKind::EXPERT) continue;
      ++answer.population;
      auto const at = people.find(review.source.person);
      if (at == people.end()) continue;
      auto const& [name, organisation, enrolled] = at->second;
      for (auto const& party : parties) {
        bool const employed = attributes.named(organisation).contains(party);
        bool const owns = attributes.of(party).contains({RegistryEntry::Kind::representative, name}) ||
                          attributes.of(party).contains({RegistryEntry::Kind::shareholder, name});
        if (!employed && !owns) continue;
        auto const id = facts.strings[review.source.person];
        answer.hits.push_back(
            {{review.source.event, enrolled},
             {Subject::person(id), Subject::of(party), Subject::of(project)},
             awardedTo(question, project),
             owns ? 100U : 90U,
             {fmt::format("评审专家 {} {} {}，未回避", id, owns ? "是其法定代表人或股东：" : "任职于项目的一方",
                          party.text()),
              fmt::format("expert {} {} {} and did not recuse", id,
                          owns ? "represents or owns" : "works for a party of the project,", party.text())}});
      }
    }
  }
  if (!question.supplements.registry) {
    answer.missing = {"未检查专家是否为法定代表人或股东：请用 --registry 提供登记资料，现仅比对专家的单位",
                      "whether an expert represents or owns a party was not examined: bring --registry; only the "
                      "experts' employers were compared"};
  }
  return answer;
}

}  // namespace fundtrail::replay::indicators
