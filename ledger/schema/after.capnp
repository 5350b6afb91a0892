# SPDX-License-Identifier: Apache-2.0
# After the money: look-back (回头看), findings (问题), rectification (整改), penalties (处理处罚).
@0xe74712f2346a89bd;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";
using V = import "values.capnp";

enum FraudKind $A.zh("骗补情形") {
  # Clause （十）.
  notStated @0 $A.zh("未填");
  oldProjectRepackaged @1 $A.zh("新瓶装旧酒");
  fictitiousContract @2 $A.zh("虚假合同");
  inflatedPrice @3 $A.zh("报价虚高");
  agreedKickback @4 $A.zh("约定回扣");
  forgedResult @5 $A.zh("伪造成果");
}

enum Answer $A.zh("回答") {
  notStated @0 $A.zh("未填");
  yes @1 $A.zh("是");
  partly @2 $A.zh("部分");
  no @3 $A.zh("否");
}

struct LookBackDone $A.zh("回头看") {
  # Clause （十）: is the product still in use, is the service still there, what does the enterprise say.
  project @0 :Data $A.zh("项目") $A.required $A.exactBytes(32) $Json.hex;
  productInUse @1 :Answer $A.zh("产品持续使用") $A.required;
  serviceThere @2 :Answer $A.zh("服务长期到位") $A.required;
  satisfied @3 :Answer $A.zh("企业体验反馈良好") $A.required;
  remarks @4 :Text $A.zh("说明") $A.maxBytes(2048);
  doneOn @5 :UInt32 $A.zh("日期") $A.required $A.format(date);
}

struct FindingRaised $A.zh("疑点提出") {
  check @0 :Text $A.zh("检查项") $A.required $A.maxBytes(16);
  # An audit check's identifier, or "manual".
  city @1 :UInt32 $A.zh("城市") $A.format(city);
  project @2 :Data $A.zh("项目") $A.exactBytes(32) $Json.hex;
  subjects @3 :List(Subject) $A.zh("涉及主体") $A.maxItems(16);
  fraud @4 :FraudKind $A.zh("骗补情形");
  amountFen @5 :Int64 $A.zh("涉及金额") $A.notNegative;
  description @6 :Text $A.zh("说明") $A.required $A.maxBytes(2048);
  rectifyBy @7 :UInt32 $A.zh("整改期限") $A.format(date);
}

struct Subject $A.zh("主体") {
  uscc @0 :Text $A.zh("统一社会信用代码") $A.required $A.maxBytes(18) $A.format(uscc);
}

struct RectificationFiled $A.zh("整改报告") {
  finding @0 :Data $A.zh("问题") $A.required $A.exactBytes(32) $Json.hex;
  measures @1 :Text $A.zh("整改措施") $A.required $A.maxBytes(2048);
}

enum Conclusion $A.zh("结论") {
  notStated @0 $A.zh("未填");
  confirmed @1 $A.zh("查实");
  dismissed @2 $A.zh("不成立");
  rectified @3 $A.zh("已整改");
}

struct RectificationVerified $A.zh("整改核实") {
  finding @0 :Data $A.zh("问题") $A.required $A.exactBytes(32) $Json.hex;
  conclusion @1 :Conclusion $A.zh("结论") $A.required;
  remarks @2 :Text $A.zh("说明") $A.maxBytes(2048);
}

struct PenaltyImposed $A.zh("处理处罚") {
  finding @0 :Data $A.zh("问题") $A.required $A.exactBytes(32) $Json.hex;
  subject @1 :Text $A.zh("对象") $A.required $A.maxBytes(18) $A.format(uscc);
  measure @2 :Text $A.zh("处理措施") $A.required $A.maxBytes(1024);
  fineFen @3 :Int64 $A.zh("罚款") $A.notNegative;
  banFrom @4 :UInt32 $A.zh("禁入起") $A.format(date);
  banTo @5 :UInt32 $A.zh("禁入止") $A.format(date);
}
