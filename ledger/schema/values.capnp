# SPDX-License-Identifier: Apache-2.0
# Values that several events share. What is stored is numbered for ever: never renumber, only append (docs/LOG_FORMAT.md, "Safe edits").
@0xd723c020b1d86ad0;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";

enum Purpose $A.zh("支持方向") {
  notStated @0 $A.zh("未分解");
  reform @1 $A.zh("数字化改造");
  platform @2 $A.zh("行业平台");
  interest @3 $A.zh("贷款贴息");
  diagnosis @4 $A.zh("咨询诊断");
  training @5 $A.zh("人才培养");
  security @6 $A.zh("信息安全");
  administration @7 $A.zh("工作经费");
}

enum GovernmentLevel $A.zh("政府层级") {
  notStated @0 $A.zh("未填");
  central @1 $A.zh("中央");
  province @2 $A.zh("省级");
  city @3 $A.zh("市级");
  county @4 $A.zh("区县级");
}

enum Role $A.zh("角色") {
  notStated @0 $A.zh("未填");
  provinceIndustry @1 $A.zh("省工信厅");
  provinceFinance @2 $A.zh("省财政厅");
  cityIndustryClerk @3 $A.zh("市工信局经办");
  cityIndustryReviewer @4 $A.zh("市工信局复核");
  cityFinanceClerk @5 $A.zh("市财政局经办");
  cityFinanceReviewer @6 $A.zh("市财政局复核");
  cityFinanceApprover @7 $A.zh("市财政局审批");
  countyClerk @8 $A.zh("区县初审");
  enterprise @9 $A.zh("企业");
  expert @10 $A.zh("专家");
  assessor @11 $A.zh("评测机构");
  auditor @12 $A.zh("审计");
  systemAdmin @13 $A.zh("系统管理员");
  securityAdmin @14 $A.zh("安全管理员");
  ledgerOperator @15 $A.zh("账本运行");
}

enum SupportMode $A.zh("支持方式") {
  notStated @0 $A.zh("未填");
  before @1 $A.zh("事前");
  during @2 $A.zh("事中");
  after @3 $A.zh("事后");
}

enum Outcome $A.zh("结果") {
  notStated @0 $A.zh("未填");
  pass @1 $A.zh("通过");
  sendBack @2 $A.zh("退回");
  reject @3 $A.zh("不通过");
}

enum CostCategory $A.zh("费用类别") {
  # Clause （四）: of a reform project 1 to 9 may be supported, 10 to 14 never. What counts for the other purposes is listed in the city's plan.
  notStated @0 $A.zh("未填");
  software @1 $A.zh("软件");
  cloudService @2 $A.zh("云服务");
  gateway @3 $A.zh("网关");
  router @4 $A.zh("路由");
  sensor @5 $A.zh("传感器");
  largeModelAppliance @6 $A.zh("大模型一体机");
  industrialControlSystem @7 $A.zh("工业控制系统");
  firewall @8 $A.zh("防火墙");
  otherNecessaryEquipment @9 $A.zh("其他必要的数据采集传输处理、工业控制、信息安全设备");
  implementation @10 $A.zh("实施费");
  customisation @11 $A.zh("定制费");
  training @12 $A.zh("培训费");
  maintenance @13 $A.zh("维保费");
  otherService @14 $A.zh("其他服务");
  platformDevelopment @15 $A.zh("平台建设");
  loanInterest @16 $A.zh("贷款利息");
  diagnosisService @17 $A.zh("咨询诊断服务");
  trainingService @18 $A.zh("人才培养服务");
  securityService @19 $A.zh("信息安全服务");
  administrationExpense @20 $A.zh("工作经费支出");
}

struct Document $A.zh("依据文件") {
  # A paper or file that an event rests on. The ledger keeps its digest, not the file.
  kind @0 :Text $A.zh("种类") $A.required $A.maxBytes(64);
  # For example 指标文, 合同, 发票, 验收报告.
  number @1 :Text $A.zh("文号") $A.maxBytes(128);
  issuer @2 :Text $A.zh("发文机关") $A.maxBytes(128);
  date @3 :UInt32 $A.zh("日期") $A.format(date);
  # YYYYMMDD.
  digest @4 :Data $A.zh("摘要") $A.exactBytes(32) $Json.hex;
  # SHA-256 or SM3 of the file, after the ledger's profile.
}

struct Ref {
  # Names an earlier event by its leaf hash.
  event @0 :Data $A.zh("事件") $A.required $A.exactBytes(32) $Json.hex;
}

struct Draw $A.zh("资金来源") {
  # Money of one pocket: a tranche, a purpose (the project's own) and, where it was split to one, a county.
  tranche @0 :Data $A.zh("资金批次") $A.required $A.exactBytes(32) $Json.hex;
  # The TrancheIssued event.
  county @1 :UInt32 $A.zh("区县") $A.format(county);
  # 0: held by the city.
  amountFen @2 :Int64 $A.zh("金额") $A.positive;
}

struct BankAccount $A.zh("银行账户") {
  number @0 :Text $A.zh("账号") $A.required $A.maxBytes(40) $A.format(account);
  name @1 :Text $A.zh("户名") $A.required;
  bank @2 :Text $A.zh("联行号") $A.maxBytes(12) $A.format(cnaps);
  bankName @3 :Text $A.zh("开户行");
}

struct Parameter $A.zh("参数") {
  # A figure that a document sets. Without a document it may not be used.
  name @0 :Text $A.zh("名称") $A.required $A.maxBytes(64);
  value @1 :Int64 $A.zh("值");
  unit @2 :Text $A.zh("单位") $A.maxBytes(32);
  source @3 :Document $A.zh("依据") $A.required;
}
