# SPDX-License-Identifier: Apache-2.0
# Rules and funds: policies, cities, tranches (资金批次). Amounts are whole fen.
@0xc2cf9bf6f915afc6;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";
using V = import "values.capnp";

enum Region $A.zh("区域") {
  notStated @0 $A.zh("未填");
  pearlRiverDelta @1 $A.zh("珠三角");
  eastWestNorth @2 $A.zh("粤东粤西粤北");
}

enum TrancheKind $A.zh("资金性质") {
  notStated @0 $A.zh("未填");
  prepayment @1 $A.zh("预拨");
  finalSettlement @2 $A.zh("清算");
  contribution @3 $A.zh("配套");
}

enum Grade $A.zh("等级") {
  notStated @0 $A.zh("未填");
  excellent @1 $A.zh("优");
  good @2 $A.zh("良");
  fair @3 $A.zh("中");
  poor @4 $A.zh("差");
}

struct PolicyPublished $A.zh("政策发布") {
  # The programme's rules from a day on. Clauses （一）（二）（四）（八） of the notice give the figures.
  number @0 :Text $A.zh("文号") $A.required $A.maxBytes(128) $A.format(documentNumber);
  title @1 :Text $A.zh("标题") $A.required $A.maxBytes(512);
  inForceFrom @2 :UInt32 $A.zh("施行日期") $A.required $A.format(date);
  windowFrom @3 :UInt32 $A.zh("支持时间段起") $A.required $A.format(date);
  windowTo @4 :UInt32 $A.zh("支持时间段止") $A.required $A.format(date);
  platformShareCapBp @5 :UInt16 $A.zh("行业平台占比上限(万分比)");
  minLevelAfter @6 :UInt8 $A.zh("改造后最低等级");
  minInspectors @7 :UInt8 $A.zh("现场核查最少人数");
  minEnterprisesDelta @8 :UInt32 $A.zh("珠三角最低改造家数");
  minEnterprisesElsewhere @9 :UInt32 $A.zh("粤东粤西粤北最低改造家数");
  parameters @10 :List(V.Parameter) $A.zh("参数");
}

struct CityDesignated $A.zh("试点城市确定") {
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  region @1 :Region $A.zh("区域") $A.required;
  minEnterprises @2 :UInt32 $A.zh("最低改造家数") $A.required;
  fullAwardFen @3 :Int64 $A.zh("省级奖补总额") $A.notNegative;
  # What the province means to give in all; 0 where no document states it. Rule F2 warns against it.
}

struct LevelCap $A.zh("等级上限") {
  level @0 :UInt8 $A.zh("等级") $A.required;
  capFen @1 :Int64 $A.zh("上限") $A.positive;
}

struct PurposePlan $A.zh("方向安排") {
  purpose @0 :V.Purpose $A.zh("支持方向") $A.required;
  rateBp @1 :UInt16 $A.zh("比例(万分比)") $A.required;
  caps @2 :List(LevelCap) $A.zh("等级上限") $A.maxItems(8);
  # Purposes without levels state their cap under level 1.
  categories @3 :List(V.CostCategory) $A.zh("可列支类别") $A.maxItems(32);
  # What may count as cost. Reform: clause （四） says it, and a list here can only narrow it. Other purposes: this list, and nothing else.
  beforeShareBp @4 :UInt16 $A.zh("事前可拨付比例(万分比)");
  # Of the award, before the project is accepted, where it is supported beforehand. 0: nothing.
  duringShareBp @5 :UInt16 $A.zh("事中可拨付比例(万分比)");
  # The same, where it is supported while it goes on.
}

struct CityPlanFiled $A.zh("实施方案备案") {
  # A city's filed plan: its promise, its industries, its rates and caps. Of the plans in force, each figure is that of the one filed last that states it.
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  number @1 :Text $A.zh("文号") $A.required $A.maxBytes(128) $A.format(documentNumber);
  inForceFrom @2 :UInt32 $A.zh("施行日期") $A.required $A.format(date);
  promisedEnterprises @3 :UInt32 $A.zh("承诺改造家数");
  industries @4 :List(Industry) $A.zh("试点行业") $A.maxItems(600);
  plans @5 :List(PurposePlan) $A.zh("方向安排") $A.required $A.maxItems(8);
  publicityWorkingDays @6 :UInt8 $A.zh("公示工作日");
  # Shortest publicity, both ends counted (rule A3). Nothing can be published under a plan that does not state it.
  administrationAllowed @7 :Bool $A.zh("允许列支工作经费");
  parameters @8 :List(V.Parameter) $A.zh("参数");
}

struct Industry $A.zh("行业") {
  code @0 :Text $A.zh("行业代码") $A.required $A.maxBytes(4) $A.format(industry);
}

struct TrancheIssued $A.zh("资金下达") {
  # Opens a closed account: every fen of it stands in exactly one stage from here on.
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  number @1 :Text $A.zh("指标文号") $A.required $A.maxBytes(128) $A.format(documentNumber);
  level @2 :V.GovernmentLevel $A.zh("政府层级") $A.required;
  kind @3 :TrancheKind $A.zh("资金性质") $A.required;
  year @4 :UInt16 $A.zh("预算年度") $A.required;
  amountFen @5 :Int64 $A.zh("金额") $A.positive;
  purposes @6 :List(V.Purpose) $A.zh("限定用途") $A.maxItems(8);
  # Empty: any purpose of the programme.
}

struct TrancheReceived $A.zh("资金到账") {
  tranche @0 :Data $A.zh("资金批次") $A.required $A.exactBytes(32) $Json.hex;
  amountFen @1 :Int64 $A.zh("金额") $A.positive;
  bankReference @2 :Text $A.zh("银行流水号") $A.maxBytes(64);
}

struct TrancheSplit $A.zh("资金分解") {
  # Moves available money between pockets of one tranche: from undivided (purpose not stated, county 0) or divided money, to a purpose
  # and, where the city hands it on, to a county.
  tranche @0 :Data $A.zh("资金批次") $A.required $A.exactBytes(32) $Json.hex;
  fromPurpose @1 :V.Purpose $A.zh("原支持方向");
  fromCounty @2 :UInt32 $A.zh("原区县") $A.format(county);
  purpose @3 :V.Purpose $A.zh("支持方向") $A.required;
  county @4 :UInt32 $A.zh("区县") $A.format(county);
  amountFen @5 :Int64 $A.zh("金额") $A.positive;
}

struct TrancheAdjusted $A.zh("资金调整") {
  # More or less money issued under the same tranche. Less can only be what was issued and not yet received.
  tranche @0 :Data $A.zh("资金批次") $A.required $A.exactBytes(32) $Json.hex;
  number @1 :Text $A.zh("文号") $A.required $A.maxBytes(128) $A.format(documentNumber);
  changeFen @2 :Int64 $A.zh("调整金额") $A.required;
  # Positive: more; negative: less.
}

struct TrancheRecalled $A.zh("资金收回") {
  # Available money goes back to the issuer.
  tranche @0 :Data $A.zh("资金批次") $A.required $A.exactBytes(32) $Json.hex;
  number @1 :Text $A.zh("文号") $A.required $A.maxBytes(128) $A.format(documentNumber);
  purpose @2 :V.Purpose $A.zh("支持方向");
  county @3 :UInt32 $A.zh("区县") $A.format(county);
  amountFen @4 :Int64 $A.zh("金额") $A.positive;
}

struct PerformanceEvaluated $A.zh("绩效评价") {
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  number @1 :Text $A.zh("文号") $A.required $A.maxBytes(128) $A.format(documentNumber);
  periodFrom @2 :UInt32 $A.zh("评价期起") $A.required $A.format(date);
  periodTo @3 :UInt32 $A.zh("评价期止") $A.required $A.format(date);
  scoreHundredths @4 :UInt16 $A.zh("得分(百分之一分)");
  grade @5 :Grade $A.zh("等级") $A.required;
}

struct FinalSettlement $A.zh("清算") {
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  number @1 :Text $A.zh("文号") $A.required $A.maxBytes(128) $A.format(documentNumber);
  countedEnterprises @2 :UInt32 $A.zh("认定改造家数");
  confirmedFen @3 :Int64 $A.zh("核定总额") $A.notNegative;
  dueFen @4 :Int64 $A.zh("应补金额");
  # Positive: still to be issued; negative: to be recalled.
}
