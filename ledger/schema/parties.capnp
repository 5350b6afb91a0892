# SPDX-License-Identifier: Apache-2.0
# Parties: enterprises, providers (供给方), third parties (第三方机构), their products and the complaints about them.
@0xd7c5403402a36504;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";
using V = import "values.capnp";

enum OrganisationKind $A.zh("主体类型") {
  notStated @0 $A.zh("未填");
  enterprise @1 $A.zh("试点企业");
  leadUnit @2 $A.zh("牵引单位");
  integrator @3 $A.zh("集成服务企业");
  vendor @4 $A.zh("软硬件企业");
  assessor @5 $A.zh("评测机构");
  auditor @6 $A.zh("审计机构");
  operator @7 $A.zh("运作机构");
  bank @8 $A.zh("银行");
  government @9 $A.zh("机关单位");
}

enum DelistingCause $A.zh("清退原因") {
  # Clause （五）.
  notStated @0 $A.zh("未填");
  weakService @1 $A.zh("服务能力不足");
  manyComplaints @2 $A.zh("受到投诉较多");
  illegalFees @3 $A.zh("违规收取费用");
  fraud @4 $A.zh("弄虚作假骗补");
}

struct OrganisationRegistered $A.zh("主体登记") {
  uscc @0 :Text $A.zh("统一社会信用代码") $A.required $A.maxBytes(18) $A.format(uscc);
  name @1 :Text $A.zh("名称") $A.required;
  kind @2 :OrganisationKind $A.zh("主体类型") $A.required;
  region @3 :UInt32 $A.zh("所在地") $A.format(region);
  # 0: outside the province.
  industry @4 :Text $A.zh("行业代码") $A.maxBytes(4) $A.format(industry);
  staff @5 :UInt32 $A.zh("从业人员");
  annualRevenueFen @6 :Int64 $A.zh("营业收入") $A.notNegative;
  accounts @7 :List(V.BankAccount) $A.zh("银行账户") $A.maxItems(8);
}

struct BankAccountChanged $A.zh("账户变更") {
  # Takes effect when a second person confirms it (ChangeConfirmed).
  uscc @0 :Text $A.zh("统一社会信用代码") $A.required $A.maxBytes(18) $A.format(uscc);
  replaces @1 :Text $A.zh("原账号") $A.maxBytes(40) $A.format(account);
  # Empty: one more account.
  account @2 :V.BankAccount $A.zh("新账户") $A.required;
  reason @3 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}

struct OrganisationRenamed $A.zh("主体更名") {
  # Takes effect when a second person confirms it (ChangeConfirmed).
  uscc @0 :Text $A.zh("统一社会信用代码") $A.required $A.maxBytes(18) $A.format(uscc);
  name @1 :Text $A.zh("新名称") $A.required;
  accounts @2 :List(RenamedAccount) $A.zh("同时更名的账户") $A.maxItems(16);
  # The others keep their holder's name, and get no money (rule F3).
  reason @3 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}

struct RenamedAccount $A.zh("更名账户") {
  # An account whose holder's name the bank has changed.
  number @0 :Text $A.zh("账号") $A.required $A.maxBytes(40) $A.format(account);
}

struct ProviderListed $A.zh("供给方入库") {
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  provider @1 :Text $A.zh("供给方") $A.required $A.maxBytes(18) $A.format(uscc);
  listedFrom @2 :UInt32 $A.zh("入库日期") $A.required $A.format(date);
}

struct ProviderDelisted $A.zh("供给方清退") {
  city @0 :UInt32 $A.zh("城市") $A.format(city);
  # 0: by the province, everywhere.
  provider @1 :Text $A.zh("供给方") $A.required $A.maxBytes(18) $A.format(uscc);
  cause @2 :DelistingCause $A.zh("清退原因") $A.required;
  reason @3 :Text $A.zh("说明") $A.required $A.maxBytes(1024);
  delistedFrom @4 :UInt32 $A.zh("清退日期") $A.required $A.format(date);
}

struct ProductListed $A.zh("产品入库") {
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  provider @1 :Text $A.zh("供给方") $A.required $A.maxBytes(18) $A.format(uscc);
  code @2 :Text $A.zh("产品编号") $A.required $A.maxBytes(64);
  name @3 :Text $A.zh("产品名称") $A.required;
  category @4 :V.CostCategory $A.zh("费用类别") $A.required;
  unit @5 :Text $A.zh("单位") $A.maxBytes(32);
  priceFen @6 :Int64 $A.zh("目录价(不含税)") $A.positive;
  listedFrom @7 :UInt32 $A.zh("入库日期") $A.required $A.format(date);
  afterReview @8 :Bool $A.zh("使用后审核纳入");
  # Clause （五）: used before it was in the catalogue, admitted after review of product and project.
}

struct ProductPriceChanged $A.zh("产品调价") {
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  code @1 :Text $A.zh("产品编号") $A.required $A.maxBytes(64);
  priceFen @2 :Int64 $A.zh("目录价(不含税)") $A.positive;
  pricedFrom @3 :UInt32 $A.zh("起始日期") $A.required $A.format(date);
}

struct ProductDelisted $A.zh("产品退库") {
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  code @1 :Text $A.zh("产品编号") $A.required $A.maxBytes(64);
  reason @2 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
  delistedFrom @3 :UInt32 $A.zh("退库日期") $A.required $A.format(date);
}

struct ComplaintFiled $A.zh("投诉受理") {
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  provider @1 :Text $A.zh("供给方") $A.required $A.maxBytes(18) $A.format(uscc);
  project @2 :Data $A.zh("项目") $A.exactBytes(32) $Json.hex;
  subject @3 :Text $A.zh("事由") $A.required $A.maxBytes(1024);
}

struct ComplaintClosed $A.zh("投诉办结") {
  complaint @0 :Data $A.zh("投诉") $A.required $A.exactBytes(32) $Json.hex;
  upheld @1 :Bool $A.zh("属实");
  conclusion @2 :Text $A.zh("结论") $A.required $A.maxBytes(1024);
}
