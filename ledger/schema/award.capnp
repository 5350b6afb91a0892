# SPDX-License-Identifier: Apache-2.0
# The award: proposed, published, objected to, approved, withdrawn. Amounts are whole fen.
@0xe66a80230e079f6b;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";
using V = import "values.capnp";

struct SubsidyProposed $A.zh("奖补测算") {
  # The author states every figure; rule A1 computes the same or refuses.
  project @0 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  level @1 :UInt8 $A.zh("改造后等级");
  eligibleFen @2 :Int64 $A.zh("核定投入") $A.positive;
  rateBp @3 :UInt16 $A.zh("比例(万分比)") $A.required;
  capFen @4 :Int64 $A.zh("上限") $A.positive;
  subsidyFen @5 :Int64 $A.zh("拟奖补金额") $A.positive;
}

struct PublicityEntry $A.zh("公示项目") {
  project @0 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  amountFen @1 :Int64 $A.zh("拟奖补金额") $A.positive;
}

struct PublicityOpened $A.zh("公示开始") {
  # A published list of proposed awards: what the city puts on its site.
  city @0 :UInt32 $A.zh("城市") $A.required $A.format(city);
  title @1 :Text $A.zh("公示名称") $A.required $A.maxBytes(512);
  opensOn @2 :UInt32 $A.zh("公示起") $A.required $A.format(date);
  closesOn @3 :UInt32 $A.zh("公示止") $A.required $A.format(date);
  entries @4 :List(PublicityEntry) $A.zh("公示项目") $A.required $A.maxItems(1024);
  # As many as fit into an event; a longer list is published in parts.
  totalFen @5 :Int64 $A.zh("合计") $A.positive;
  url @6 :Text $A.zh("公示网址") $A.maxBytes(512);
}

struct ObjectionRaised $A.zh("提出异议") {
  publicity @0 :Data $A.zh("公示") $A.required $A.exactBytes(32) $Json.hex;
  project @1 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  subject @2 :Text $A.zh("事由") $A.required $A.maxBytes(1024);
}

struct ObjectionResolved $A.zh("异议办结") {
  objection @0 :Data $A.zh("异议") $A.required $A.exactBytes(32) $Json.hex;
  upheld @1 :Bool $A.zh("异议成立");
  conclusion @2 :Text $A.zh("结论") $A.required $A.maxBytes(1024);
}

struct PublicityClosed $A.zh("公示结束") {
  publicity @0 :Data $A.zh("公示") $A.required $A.exactBytes(32) $Json.hex;
}

struct AwardApproved $A.zh("奖补核定") {
  # Reserves the money: each draw moves available money of its pocket to reserved. The draws add up to the amount.
  project @0 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  number @1 :Text $A.zh("文号") $A.maxBytes(128) $A.format(documentNumber);
  amountFen @2 :Int64 $A.zh("奖补金额") $A.positive;
  beneficiary @3 :Text $A.zh("受益企业") $A.required $A.maxBytes(18) $A.format(uscc);
  draws @4 :List(V.Draw) $A.zh("资金来源") $A.required $A.maxItems(8);
}

struct AwardWithdrawn $A.zh("奖补撤销") {
  # What is not yet instructed goes back to available.
  award @0 :Data $A.zh("奖补") $A.required $A.exactBytes(32) $Json.hex;
  reason @1 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}
