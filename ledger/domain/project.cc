// SPDX-License-Identifier: Apache-2.0
#include "ledger/domain/project.h"

#include <algorithm>

#include "crypto/ensure.h"

namespace fundtrail::ledger::domain {

namespace {

Fen sumOf(AwardDraws const& draws, Fen AwardDraw::*part) {
  Fen total;
  for (auto const& draw : draws) total += draw.*part;
  return total;
}

}  // namespace

Assessment const* Project::assessment(schema::AssessmentStage wanted) const {
  auto const at = std::find_if(assessments.rbegin(), assessments.rend(),
                               [wanted](Assessment const& each) { return each.stage == wanted; });
  return at == assessments.rend() ? nullptr : &*at;
}

Fen Award::requested() const {
  return sumOf(draws, &AwardDraw::requested);
}
Fen Award::paid() const {
  return sumOf(draws, &AwardDraw::paid);
}
Fen Award::recovered() const {
  return sumOf(draws, &AwardDraw::recovered);
}

AwardDraw const* Award::find(EventRef const& tranche, std::uint32_t county) const {
  auto const at = std::ranges::find_if(
      draws, [&](AwardDraw const& draw) { return draw.tranche == tranche && draw.county == county; });
  return at == draws.end() ? nullptr : &*at;
}

AwardDraw& Award::edit(EventRef const& tranche, std::uint32_t county) {
  auto const at = std::ranges::find_if(
      draws, [&](AwardDraw const& draw) { return draw.tranche == tranche && draw.county == county; });
  crypto::ensure(at != draws.end(), "a payment draws on what its award reserved");
  return *at;
}

}  // namespace fundtrail::ledger::domain
