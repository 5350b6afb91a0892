// SPDX-License-Identifier: Apache-2.0
// S1 and S2: who signs, in which role, apart from whom; which keys and roles may be given.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "crypto/keys.h"
#include "ledger/domain/authority.h"
#include "ledger/domain/party.h"
#include "ledger/domain/read.h"
#include "ledger/domain/rule.h"
#include "ledger/schema/names.h"

namespace fundtrail::ledger::domain {

namespace {

using E = schema::Event::Which;
using R = schema::Role;
using schema::Language;

RoleSet rolesFor(Judgement const& judgement) {
  auto const& subject = judgement.subject;
  bool const confirms = judgement.event.isChangeConfirmed();
  if (subject.reversed) {
    schema::Message<schema::Event> const target(subject.reversed->bytes.bytes());
    auto const roles = reversingRoles(target.root().which()).value_or(ReversingRoles{});
    return confirms ? roles.confirm : roles.propose;
  }
  if (!confirms) return authorityOf(judgement.event.which()).roles;
  if (!subject.pending) return {};
  schema::Message<schema::Event> const change(subject.pending->event.bytes());
  return confirmingRoles(change.root().which());
}

/// Organisations that are not enterprises may be registered by the clerks of any city that works with them; those that
/// are at home in none of the pilot cities are also renamed, and their accounts changed, by any.
bool isAnyCitysBusiness(Judgement const& judgement) {
  if (judgement.event.isOrganisationRegistered()) {
    return judgement.event.getOrganisationRegistered().getKind() != schema::OrganisationKind::ENTERPRISE;
  }
  auto const changes = [](schema::Event::Reader event) {
    return event.isBankAccountChanged() || event.isOrganisationRenamed();
  };
  auto const& subject = judgement.subject;
  bool const isChange =
      changes(judgement.event) || (judgement.event.isChangeConfirmed() && subject.pending &&
                                   changes(schema::Message<schema::Event>(subject.pending->event.bytes()).root()));
  if (!isChange || !subject.organisation || subject.organisation->kind == schema::OrganisationKind::ENTERPRISE) {
    return false;
  }
  // One that is at home in a pilot city is that city's business.
  auto const& home = subject.organisation->region;
  return !home || !judgement.state.cities.contains(*home);
}

bool coversRegion(Judgement const& judgement, Grant const& grant) {
  auto const& subject = judgement.subject;
  switch (reachOf(grant.role)) {
    case Reach::province: return true;
    case Reach::city: return grant.region == subject.region || isAnyCitysBusiness(judgement);
    case Reach::cityOrCounty: return grant.region == subject.region || grant.region.number() == subject.county;
    case Reach::anywhere:
      return grant.region.isProvince() || grant.region == subject.region || grant.region.number() == subject.county;
  }
  return false;
}

/// An enterprise records for itself only, and an assessor what its own house found.
bool isOwnBusiness(Judgement const& judgement, Grant const& grant) {
  if (grant.role == R::ASSESSOR && judgement.event.isLevelAssessed()) {
    return judgement.author->organisation == textOf(judgement.event.getLevelAssessed().getAssessor());
  }
  if (grant.role != R::ENTERPRISE) return true;
  return judgement.subject.enterprise && judgement.author->organisation == judgement.subject.enterprise->text();
}

bool mayRecord(Judgement const& judgement, Grant const& grant, RoleSet const& roles) {
  return roles.contains(grant.role) && grant.holdsOn(judgement.occurredOn) &&
         grant.holdsOn(judgement.context.acceptedAt.businessDate()) && coversRegion(judgement, grant) &&
         isOwnBusiness(judgement, grant);
}

/// Nobody reviews or approves what their own house applies for or sells.
Objection houseIsNoParty(Judgement const& judgement) {
  auto const duty = authorityOf(judgement.event.which()).duty;
  auto const* const project = judgement.subject.project;
  if ((duty != Duty::review && duty != Duty::approve) || !project) return std::nullopt;
  if (!isParty(judgement.state, *project, *judgement.author)) return std::nullopt;
  return Text{fmt::format("{} 是项目企业或供给方的人员", judgement.author->id),
              fmt::format("{} is staff of the project's enterprise or of a provider", judgement.author->id)};
}

Objection dutiesAreSeparate(Judgement const& judgement) {
  auto const duty = authorityOf(judgement.event.which()).duty;
  auto const* const chain = judgement.subject.chain();
  if (duty == Duty::none || !chain) return std::nullopt;
  // Who inspected has reviewed, whoever signed the record of it.
  auto const* const project = judgement.subject.project;
  if (project && chain == &project->steps && duty != Duty::review) {
    auto const inspection = std::ranges::find(project->inspections, *judgement.authorIndex, &Inspection::inspector);
    if (inspection != project->inspections.end()) {
      auto const check = inspection->check.text();
      return Text{
          fmt::format("不相容岗位：{} 参加过本项目的现场核查（事件 {}）", judgement.author->id, check),
          fmt::format("separation of duties: {} inspected this project (event {})", judgement.author->id, check)};
    }
  }
  for (auto const& step : *chain) {
    auto const other = authorityOf(step.type).duty;
    if (step.person != *judgement.authorIndex || other == Duty::none || other == duty) continue;
    return Text{fmt::format("不相容岗位：{} 已经办理过本项的“{}”（事件 {}）", judgement.author->id,
                            schema::eventTypeTitle(step.type, Language::zh), step.event.text()),
                fmt::format("separation of duties: {} has already done {} here (event {})", judgement.author->id,
                            schema::eventTypeName(step.type), step.event.text())};
  }
  return std::nullopt;
}

Objection isSecondPerson(Judgement const& judgement) {
  auto const* const pending = judgement.subject.pending;
  if (!pending || pending->author != *judgement.authorIndex) return std::nullopt;
  return Text{fmt::format("变更由 {} 提出，须由另一人确认", judgement.author->id),
              fmt::format("the change was made by {}: another person must confirm it", judgement.author->id)};
}

std::string listed(RoleSet const& roles, std::string_view separator, auto const& nameOf) {
  std::string names;
  for (unsigned i = 1; i <= static_cast<unsigned>(R::LEDGER_OPERATOR); ++i) {
    auto const role = static_cast<R>(i);
    if (!roles.contains(role)) continue;
    if (!names.empty()) names += separator;
    names += nameOf(role);
  }
  return names;
}

/// Rule X2 says that it is nobody's, and what to do instead.
bool isNeverReversed(Subject const& subject) {
  return subject.reversed &&
         !reversingRoles(schema::Message<schema::Event>(subject.reversed->bytes.bytes()).root().which());
}

Objection holdsTheRole(Judgement const& judgement) {
  if (isNeverReversed(judgement.subject)) return std::nullopt;
  auto const roles = rolesFor(judgement);
  auto const& grants = judgement.author->grants;
  if (std::ranges::any_of(grants, [&](Grant const& grant) { return mayRecord(judgement, grant, roles); })) {
    return std::nullopt;
  }
  auto const type = judgement.event.which();
  return Text{
      fmt::format("{} 在 {} 无权为地区 {} 记录“{}”，可由{}记录", judgement.author->id, judgement.occurredOn.text(),
                  judgement.subject.region.number(), schema::eventTypeTitle(type, Language::zh),
                  listed(roles, "、", [](R role) { return schema::enumerantTitle(role, Language::zh); })),
      fmt::format("{} holds no role that may record {} for region {} on {}: {} may", judgement.author->id,
                  schema::eventTypeName(type), judgement.subject.region.number(), judgement.occurredOn.text(),
                  listed(roles, ", ", [](R role) { return schema::enumerantName(role); }))};
}

Objection keyFitsProfile(Judgement const& judgement, schema::KeyEnrolled::Reader body) {
  auto const key = crypto::PublicKey::fromSpki(bytesOf(body.getPublicKey()));
  if (!key) return std::nullopt;  // rule U2
  bool const gm = judgement.state.hashAlgorithm() == crypto::HashAlgorithm::sm3;
  bool const fits = (key->algorithm() == crypto::KeyAlgorithm::sm2) == gm;
  bool const asStated = static_cast<unsigned>(key->algorithm()) == static_cast<unsigned>(body.getAlgorithm());
  if (fits && asStated) return std::nullopt;
  return Text{fmt::format("公钥为 {}，与所填算法或账本密码方案不符", crypto::name(key->algorithm())),
              fmt::format("the public key is {}: not the stated algorithm, or not one of this ledger's profile",
                          crypto::name(key->algorithm()))};
}

Objection keyIsNew(Judgement const& judgement, schema::KeyEnrolled::Reader body) {
  auto const key = crypto::PublicKey::fromSpki(bytesOf(body.getPublicKey()));
  if (!key || !judgement.state.keys.contains(KeyId(key->fingerprint(judgement.state.hashAlgorithm()))))
    return std::nullopt;
  return Text{"该公钥已经登记过", "this public key has been enrolled before"};
}

Objection personKeepsOrganisation(Judgement const& judgement, schema::KeyEnrolled::Reader body) {
  auto const* const person = judgement.state.persons.find(std::string(textOf(body.getPerson())));
  if (!person || person->organisation == textOf(body.getOrganisation())) return std::nullopt;
  return Text{fmt::format("人员 {} 已登记在单位“{}”", person->id, person->organisation),
              fmt::format("{} is enrolled as staff of \"{}\"", person->id, person->organisation)};
}

Objection rolesAreApart(Judgement const& judgement, schema::RoleGranted::Reader body) {
  if (!judgement.subject.person) return std::nullopt;
  auto const& person = judgement.state.person(*judgement.subject.person);
  for (auto const& grant : person.grants) {
    bool const overlaps =
        grant.validFrom <= readDate(body.getValidTo()) && readDate(body.getValidFrom()) <= grant.validTo;
    if (sideOf(grant.role) == sideOf(body.getRole()) || !overlaps) continue;
    return Text{
        fmt::format("{} 已担任“{}”，不能再担任“{}”", person.id, schema::enumerantTitle(grant.role, Language::zh),
                    schema::enumerantTitle(body.getRole(), Language::zh)),
        fmt::format("{} holds {}, and cannot be {} too", person.id, schema::enumerantName(grant.role),
                    schema::enumerantName(body.getRole()))};
  }
  return std::nullopt;
}

/// Every change needs a second administrator: who takes one away must leave two, on the day that it is dated and on the
/// day that it is accepted. `lostKey` and `lostGrant` are what would go.
Objection twoAdministratorsRemain(Judgement const& judgement, std::optional<KeyId> const& lostKey,
                                  std::optional<EventRef> const& lostGrant) {
  auto const remainOn = [&](Date day) {
    std::set<PersonIndex> remaining;
    judgement.state.keys.visit([&](KeyId const& id, AuthorKey const& key) {
      if (key.revoked || id == lostKey) return;
      auto const& grants = judgement.state.person(key.person).grants;
      bool const administers = std::ranges::any_of(grants, [&](Grant const& grant) {
        bool const lost = lostGrant && grant.ref == *lostGrant;
        return grant.role == R::SECURITY_ADMIN && !lost && grant.holdsOn(day);
      });
      if (administers) remaining.insert(key.person);
    });
    return remaining.size() >= 2;
  };
  if (remainOn(judgement.occurredOn) && remainOn(judgement.context.acceptedAt.businessDate())) return std::nullopt;
  return Text{"至少要保留两名持有有效密钥的安全管理员",
              "two security administrators with valid keys must remain: appoint another first"};
}

}  // namespace

Objection signerIsAuthorised(Judgement const& judgement) {
  if (!judgement.author) {
    return Reason({fmt::format("签名密钥 {} 未登记或已吊销", judgement.context.author.text()),
                   fmt::format("the key {} is not enrolled, or is revoked", judgement.context.author.text())},
                  Text{"请改用已登记的密钥签名，或由两名安全管理员登记该密钥",
                       "Sign with a key that is enrolled, or have two security administrators enrol this one"});
  }
  // Whose business an event is follows from what it names; where that is missing, rule E3 says so.
  if (!judgement.subject.missing.empty()) return std::nullopt;
  if (auto objection = holdsTheRole(judgement)) return objection;
  if (auto objection = isSecondPerson(judgement)) return objection;
  if (auto objection = houseIsNoParty(judgement)) return objection;
  return dutiesAreSeparate(judgement);
}

Objection controlsAreKeptApart(Judgement const& judgement) {
  if (judgement.event.isKeyEnrolled()) {
    auto const body = judgement.event.getKeyEnrolled();
    if (auto objection = keyFitsProfile(judgement, body)) return objection;
    if (auto objection = keyIsNew(judgement, body)) return objection;
    return personKeepsOrganisation(judgement, body);
  }
  if (judgement.event.isRoleGranted()) return rolesAreApart(judgement, judgement.event.getRoleGranted());
  if (judgement.event.isChangeConfirmed() && judgement.subject.pending &&
      judgement.event.getChangeConfirmed().getOutcome() == schema::Outcome::PASS) {
    // What was right when it was proposed may have been overtaken: two people proposing the same key, for example.
    schema::Message<schema::Event> const change(judgement.subject.pending->event.bytes());
    if (change.root().isKeyEnrolled()) {
      if (auto objection = keyIsNew(judgement, change.root().getKeyEnrolled())) return objection;
      return personKeepsOrganisation(judgement, change.root().getKeyEnrolled());
    }
    if (change.root().isRoleGranted()) return rolesAreApart(judgement, change.root().getRoleGranted());
    if (change.root().isKeyRevoked()) {
      return twoAdministratorsRemain(judgement, readKeyId(change.root().getKeyRevoked().getKey()), std::nullopt);
    }
    if (change.root().isRoleRevoked()) {
      return twoAdministratorsRemain(judgement, std::nullopt, readRef(change.root().getRoleRevoked().getGrant()));
    }
  }
  return std::nullopt;
}

}  // namespace fundtrail::ledger::domain
