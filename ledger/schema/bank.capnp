# SPDX-License-Identifier: Apache-2.0
# Bank statements as events: what the bank says, line by line, matched with what the ledger says. Whole fen.
@0xbca9b14a8607e2f1;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";
using V = import "values.capnp";

struct StatementLine $A.zh("对账单行") {
  valueDate @0 :UInt32 $A.zh("记账日期") $A.required $A.format(date);
  debitFen @1 :Int64 $A.zh("借方(付出)") $A.notNegative;
  creditFen @2 :Int64 $A.zh("贷方(收入)") $A.notNegative;
  counterpartyName @3 :Text $A.zh("对方户名");
  counterpartyAccount @4 :Text $A.zh("对方账号") $A.maxBytes(40) $A.format(account);
  bankReference @5 :Text $A.zh("银行流水号") $A.maxBytes(64);
  summary @6 :Text $A.zh("摘要") $A.maxBytes(512);
}

struct StatementImported $A.zh("对账单导入") {
  # opening + credits − debits = closing.
  account @0 :V.BankAccount $A.zh("账户") $A.required;
  digest @1 :Data $A.zh("文件摘要") $A.required $A.exactBytes(32) $Json.hex;
  periodFrom @2 :UInt32 $A.zh("期间起") $A.required $A.format(date);
  periodTo @3 :UInt32 $A.zh("期间止") $A.required $A.format(date);
  openingFen @4 :Int64 $A.zh("期初余额");
  closingFen @5 :Int64 $A.zh("期末余额");
  lines @6 :List(StatementLine) $A.zh("明细") $A.maxItems(512);
  # As many as fit into an event; a longer statement is imported in parts, each with its own balances.
  city @7 :UInt32 $A.zh("城市") $A.required $A.format(region);
}

struct LineMatched $A.zh("对账匹配") {
  statement @0 :Data $A.zh("对账单") $A.required $A.exactBytes(32) $Json.hex;
  line @1 :UInt32 $A.zh("行号");
  event @2 :Data $A.zh("事件") $A.required $A.exactBytes(32) $Json.hex;
  # A tranche received, a payment settled or returned, or a recovery received: the same amount, direction, day and bank reference.
  number @3 :UInt64 $A.zh("事件序号");
  # Its position in the log, so that it can be read without an index.
}

struct LineExplained $A.zh("对账说明") {
  statement @0 :Data $A.zh("对账单") $A.required $A.exactBytes(32) $Json.hex;
  line @1 :UInt32 $A.zh("行号");
  explanation @2 :Text $A.zh("说明") $A.required $A.maxBytes(1024);
}
