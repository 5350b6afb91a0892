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

std::string_view stageZh(ProjectStage stage) {
  switch (stage) {
    case ProjectStage::enrolled: return "已入库";
    case ProjectStage::submitted: return "已申报";
    case ProjectStage::reviewed: return "已审核";
    case ProjectStage::siteChecked: return "已现场核查";
    case ProjectStage::costVerified: return "已核定投入";
    case ProjectStage::accepted: return "已验收";
    case ProjectStage::proposed: return "已测算";
    case ProjectStage::publicised: return "公示中";
    case ProjectStage::publicityClosed: return "公示结束";
    case ProjectStage::awarded: return "已核定奖补";
    case ProjectStage::rejected: return "不通过";
    case ProjectStage::withdrawn: return "入库已冲销";
  }
  return "";
}

std::string_view stageEn(ProjectStage stage) {
  switch (stage) {
    case ProjectStage::enrolled: return "enrolled";
    case ProjectStage::submitted: return "submitted";
    case ProjectStage::reviewed: return "reviewed";
    case ProjectStage::siteChecked: return "site checked";
    case ProjectStage::costVerified: return "cost verified";
    case ProjectStage::accepted: return "accepted";
    case ProjectStage::proposed: return "subsidy proposed";
    case ProjectStage::publicised: return "under publicity";
    case ProjectStage::publicityClosed: return "publicity closed";
    case ProjectStage::awarded: return "awarded";
    case ProjectStage::rejected: return "rejected";
    case ProjectStage::withdrawn: return "withdrawn";
  }
  return "";
}

std::string_view stageZh(PaymentStage stage) {
  switch (stage) {
    case PaymentStage::requested: return "已申请";
    case PaymentStage::reviewed: return "已复核";
    case PaymentStage::approved: return "已审批";
    case PaymentStage::instructed: return "已发支付指令";
    case PaymentStage::settled: return "已到账";
    case PaymentStage::cancelled: return "已取消";
  }
  return "";
}

std::string_view stageEn(PaymentStage stage) {
  switch (stage) {
    case PaymentStage::requested: return "requested";
    case PaymentStage::reviewed: return "reviewed";
    case PaymentStage::approved: return "approved";
    case PaymentStage::instructed: return "instructed";
    case PaymentStage::settled: return "settled";
    case PaymentStage::cancelled: return "cancelled";
  }
  return "";
}

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
