# SPDX-License-Identifier: Apache-2.0
# The project: contract, enrolment, application, review, site check, verified cost, acceptance.
@0xb2bf031f6f75c728;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";
using V = import "values.capnp";

enum AssessmentStage $A.zh("评测阶段") {
  notStated @0 $A.zh("未填");
  beforeReform @1 $A.zh("改造前");
  afterReform @2 $A.zh("改造后");
}

enum ReviewKind $A.zh("审核类型") {
  notStated @0 $A.zh("未填");
  form @1 $A.zh("形式审查");
  expert @2 $A.zh("专家评审");
}

struct ContractLine $A.zh("合同明细") {
  # net + tax = gross; quantity × unit price = net, unless the contract rounds, which P2 judges.
  category @0 :V.CostCategory $A.zh("费用类别") $A.required;
  product @1 :Text $A.zh("产品编号") $A.maxBytes(64);
  name @2 :Text $A.zh("名称") $A.required;
  quantity @3 :UInt32 $A.zh("数量") $A.required;
  unitPriceFen @4 :Int64 $A.zh("单价(不含税)") $A.notNegative;
  netFen @5 :Int64 $A.zh("不含税金额") $A.notNegative;
  taxFen @6 :Int64 $A.zh("税额") $A.notNegative;
  provider @7 :Text $A.zh("供给方") $A.maxBytes(18) $A.format(uscc);
}

struct ContractFiled $A.zh("合同备案") {
  # Clause （三）: the contract has six parts and one or several providers.
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  enterprise @1 :Text $A.zh("试点企业") $A.required $A.maxBytes(18) $A.format(uscc);
  number @2 :Text $A.zh("合同编号") $A.maxBytes(128);
  digest @3 :Data $A.zh("合同摘要") $A.required $A.exactBytes(32) $Json.hex;
  signedOn @4 :UInt32 $A.zh("签订日期") $A.required $A.format(date);
  startsOn @5 :UInt32 $A.zh("开始日期") $A.format(date);
  endsOn @6 :UInt32 $A.zh("结束日期") $A.format(date);
  mode @7 :V.SupportMode $A.zh("支持方式") $A.required;
  providers @8 :List(Provider) $A.zh("供给方") $A.required $A.maxItems(16);
  lines @9 :List(ContractLine) $A.zh("价格明细") $A.required $A.maxItems(256);
  totalFen @10 :Int64 $A.zh("合同总额(含税)") $A.positive;
  statesDuties @11 :Bool $A.zh("载明各方责任");
  statesMeasures @12 :Bool $A.zh("载明改造措施");
  statesPeriod @13 :Bool $A.zh("载明实施期限");
  statesGoals @14 :Bool $A.zh("载明实现目标");
  statesProducts @15 :Bool $A.zh("载明产品和服务清单");
  statesPrices @16 :Bool $A.zh("载明价格明细");
}

struct Provider $A.zh("供给方") {
  uscc @0 :Text $A.zh("统一社会信用代码") $A.required $A.maxBytes(18) $A.format(uscc);
}

struct ProjectEnrolled $A.zh("项目入库") {
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  county @1 :UInt32 $A.zh("区县") $A.format(county);
  enterprise @2 :Text $A.zh("试点企业") $A.required $A.maxBytes(18) $A.format(uscc);
  purpose @3 :V.Purpose $A.zh("支持方向") $A.required;
  mode @4 :V.SupportMode $A.zh("支持方式") $A.required;
  contracts @5 :List(V.Ref) $A.zh("合同") $A.maxItems(16);
  code @6 :Text $A.zh("项目编号") $A.maxBytes(64);
  title @7 :Text $A.zh("项目名称") $A.required;
}

struct LevelAssessed $A.zh("数字化水平评测") {
  project @0 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  assessor @1 :Text $A.zh("评测机构") $A.required $A.maxBytes(18) $A.format(uscc);
  stage @2 :AssessmentStage $A.zh("评测阶段") $A.required;
  level @3 :UInt8 $A.zh("等级");
  scoreHundredths @4 :UInt16 $A.zh("得分(百分之一分)");
  edition @5 :UInt16 $A.zh("评测指标版本") $A.required;
  # 2022 or 2024.
  onSite @6 :Bool $A.zh("现场评测");
  assessedOn @7 :UInt32 $A.zh("评测日期") $A.required $A.format(date);
}

struct ApplicationSubmitted $A.zh("申报提交") {
  project @0 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  requestedFen @1 :Int64 $A.zh("申请金额") $A.positive;
}

struct ApplicationReviewed $A.zh("申报审核") {
  project @0 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  kind @1 :ReviewKind $A.zh("审核类型") $A.required;
  outcome @2 :V.Outcome $A.zh("结果") $A.required;
  opinion @3 :Text $A.zh("意见") $A.maxBytes(2048);
}

struct SiteChecked $A.zh("现场核查") {
  # Clause （十）.
  project @0 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  inspectors @1 :List(Inspector) $A.zh("核查人员") $A.required $A.maxItems(16);
  outcome @2 :V.Outcome $A.zh("结果") $A.required;
  opinion @3 :Text $A.zh("意见") $A.maxBytes(2048);
  checkedOn @4 :UInt32 $A.zh("核查日期") $A.required $A.format(date);
}

struct Inspector $A.zh("核查人员") {
  person @0 :Text $A.zh("人员编号") $A.required $A.maxBytes(64);
  # The identifier under which the person is enrolled; never a name.
}

struct CostLine $A.zh("核定明细") {
  # One line of one invoice. Only net amounts of eligible categories count （四）.
  category @0 :V.CostCategory $A.zh("费用类别") $A.required;
  invoice @1 :Text $A.zh("发票号码") $A.maxBytes(32) $A.format(invoice);
  # Interest is backed by a bank's receipt instead.
  contract @2 :UInt8 $A.zh("合同序号");
  # Position in the project's list of contracts.
  contractLine @3 :UInt16 $A.zh("合同行号");
  netFen @4 :Int64 $A.zh("不含税金额") $A.notNegative;
  taxFen @5 :Int64 $A.zh("税额") $A.notNegative;
  product @6 :Text $A.zh("产品编号") $A.maxBytes(64);
  receipt @7 :Text $A.zh("利息回单号") $A.maxBytes(64);
  invoicedOn @8 :UInt32 $A.zh("开票日期") $A.format(date);
  seller @9 :Text $A.zh("销售方") $A.maxBytes(18) $A.format(uscc);
}

struct CostVerified $A.zh("投入核定") {
  project @0 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  lines @1 :List(CostLine) $A.zh("核定明细") $A.required $A.maxItems(256);
  eligibleFen @2 :Int64 $A.zh("核定投入") $A.positive;
}

struct ProjectAccepted $A.zh("项目验收") {
  project @0 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  outcome @1 :V.Outcome $A.zh("结果") $A.required;
  level @2 :UInt8 $A.zh("改造后等级");
  acceptedOn @3 :UInt32 $A.zh("验收日期") $A.required $A.format(date);
}
