# SPDX-License-Identifier: Apache-2.0
# Payment (拨付): requested, reviewed, approved, instructed, settled, or returned or cancelled; and recovery (追回). Whole fen.
@0xfd7432506058e635;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";
using V = import "values.capnp";

struct PaymentRequested $A.zh("拨付申请") {
  # The payment is named by this event from here on: who approves it approves these bytes.
  award @0 :Data $A.zh("奖补") $A.required $A.exactBytes(32) $Json.hex;
  amountFen @1 :Int64 $A.zh("金额") $A.positive;
  payee @2 :Text $A.zh("收款人代码") $A.required $A.maxBytes(18) $A.format(uscc);
  payeeName @3 :Text $A.zh("收款人户名") $A.required;
  account @4 :Text $A.zh("收款账号") $A.required $A.maxBytes(40) $A.format(account);
  draws @5 :List(V.Draw) $A.zh("资金来源") $A.required $A.maxItems(8);
}

struct PaymentReviewed $A.zh("拨付复核") {
  payment @0 :Data $A.zh("拨付") $A.required $A.exactBytes(32) $Json.hex;
  outcome @1 :V.Outcome $A.zh("结果") $A.required;
  opinion @2 :Text $A.zh("意见") $A.maxBytes(2048);
}

struct PaymentApproved $A.zh("拨付审批") {
  payment @0 :Data $A.zh("拨付") $A.required $A.exactBytes(32) $Json.hex;
  amountFen @1 :Int64 $A.zh("金额") $A.positive;
}

struct PaymentInstructed $A.zh("支付指令") {
  payment @0 :Data $A.zh("拨付") $A.required $A.exactBytes(32) $Json.hex;
  voucherNumber @1 :Text $A.zh("支付凭证号") $A.required $A.maxBytes(64);
  amountFen @2 :Int64 $A.zh("金额") $A.positive;
  account @3 :Text $A.zh("收款账号") $A.required $A.maxBytes(40) $A.format(account);
}

struct PaymentSettled $A.zh("支付到账") {
  payment @0 :Data $A.zh("拨付") $A.required $A.exactBytes(32) $Json.hex;
  bankReference @1 :Text $A.zh("银行流水号") $A.required $A.maxBytes(64);
  valueDate @2 :UInt32 $A.zh("记账日期") $A.required $A.format(date);
  amountFen @3 :Int64 $A.zh("金额") $A.positive;
  account @4 :Text $A.zh("收款账号") $A.required $A.maxBytes(40) $A.format(account);
}

struct PaymentReturned $A.zh("退票") {
  # The bank sent it back: the money is reserved again and the payment may be instructed again under another voucher, or cancelled.
  payment @0 :Data $A.zh("拨付") $A.required $A.exactBytes(32) $Json.hex;
  bankReference @1 :Text $A.zh("银行流水号") $A.required $A.maxBytes(64);
  valueDate @2 :UInt32 $A.zh("记账日期") $A.required $A.format(date);
  amountFen @3 :Int64 $A.zh("金额") $A.positive;
  reason @4 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}

struct PaymentCancelled $A.zh("拨付取消") {
  payment @0 :Data $A.zh("拨付") $A.required $A.exactBytes(32) $Json.hex;
  reason @1 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}

enum Disposition $A.zh("追回资金去向") {
  notStated @0 $A.zh("未填");
  available @1 $A.zh("继续使用");
  treasury @2 $A.zh("缴回国库");
}

struct RecoveryOrdered $A.zh("责令追回") {
  # Paid money of one award is claimed back. No money moves until it is received.
  award @0 :Data $A.zh("奖补") $A.required $A.exactBytes(32) $Json.hex;
  amountFen @1 :Int64 $A.zh("金额") $A.positive;
  dueOn @2 :UInt32 $A.zh("期限") $A.required $A.format(date);
  reason @3 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}

struct RecoveryReceived $A.zh("追回到账") {
  # Moves paid money of the award's pockets to recovered, and on to where it goes.
  recovery @0 :Data $A.zh("追回") $A.required $A.exactBytes(32) $Json.hex;
  amountFen @1 :Int64 $A.zh("金额") $A.positive;
  bankReference @2 :Text $A.zh("银行流水号") $A.required $A.maxBytes(64);
  valueDate @3 :UInt32 $A.zh("记账日期") $A.required $A.format(date);
  disposition @4 :Disposition $A.zh("追回资金去向") $A.required;
  draws @5 :List(V.Draw) $A.zh("原资金来源") $A.required $A.maxItems(8);
}

struct RecoveryWaived $A.zh("免予追回") {
  recovery @0 :Data $A.zh("追回") $A.required $A.exactBytes(32) $Json.hex;
  amountFen @1 :Int64 $A.zh("金额") $A.positive;
  reason @2 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}
