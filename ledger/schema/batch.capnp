# SPDX-License-Identifier: Apache-2.0
# What is signed and what is logged: genesis, batch statement, entry, and the parcel that a client hands in.
@0xb562ef181de18230;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";
using V = import "values.capnp";
using C = import "control.capnp";

enum Profile $A.zh("密码方案") {
  # Fixed at genesis. Never renumber.
  notStated @0 $A.zh("未填");
  standard @1 $A.zh("标准");
  # SHA-256 tree; author keys Ed25519 or P-256.
  gm @2 $A.zh("国密");
  # SM3 tree; SM2 keys everywhere.
}

struct FoundingKey $A.zh("创始密钥") {
  person @0 :Text $A.zh("人员编号") $A.required $A.maxBytes(64);
  personName @1 :Text $A.zh("姓名") $A.required $A.maxBytes(128);
  organisation @2 :Text $A.zh("单位") $A.required;
  role @3 :V.Role $A.zh("角色") $A.required;
  # securityAdmin (two at least, different persons), systemAdmin or ledgerOperator; held for the whole province without end.
  algorithm @4 :C.KeyAlgorithm $A.zh("密钥算法") $A.required;
  publicKey @5 :Data $A.zh("公钥") $A.required $A.maxBytes(128) $A.format(publicKey) $Json.hex;
}

struct Genesis $A.zh("创始声明") {
  programme @0 :Text $A.zh("专项") $A.required;
  origin @1 :Text $A.zh("日志名称") $A.required $A.maxBytes(200);
  # The checkpoint's first line: a URL without scheme.
  profile @2 :Profile $A.zh("密码方案") $A.required;
  logKey @3 :Data $A.zh("日志公钥") $A.required $A.maxBytes(128) $A.format(publicKey) $Json.hex;
  # The key that signs checkpoints: Ed25519 in the standard profile, SM2 in gm.
  keys @4 :List(FoundingKey) $A.zh("创始密钥") $A.required $A.maxItems(8);
  secondLogKey @5 :Data $A.zh("第二日志公钥") $A.maxBytes(128) $A.format(publicKey) $Json.hex;
  # An SM2 key that signs each checkpoint as well, in a line of its own; in the standard profile only, and may be absent.
}

struct Statement $A.zh("批次声明") {
  # What an author signs: "fundtrail/batch/v1\n" followed by these canonical bytes.
  ledgerId @0 :Data $A.zh("账本标识") $A.exactBytes(32) $Json.hex;
  # Hash of the genesis statement; empty in the genesis statement itself. A signature for one ledger is void in another.
  authorKey @1 :Data $A.zh("签名密钥") $A.required $A.exactBytes(32) $Json.hex;
  # Hash of the key's SubjectPublicKeyInfo, by the profile's hash.
  authoredAt @2 :Int64 $A.zh("签署时间") $A.positive;
  # Milliseconds since 1970-01-01T00:00:00Z, as the author's machine had it.
  idempotencyKey @3 :Data $A.zh("幂等键") $A.required $A.exactBytes(16) $Json.hex;
  eventCount @4 :UInt32 $A.zh("事件数");
  # 1 to 8,192; 0 in the genesis statement only.
  eventsRoot @5 :Data $A.zh("事件根") $A.required $A.exactBytes(32) $Json.hex;
  # RFC 6962 root over H(0x00 || event) of each event.
  genesis @6 :Genesis $A.zh("创始声明");
  # Present in the first statement of a ledger only.
}

struct Entry $A.zh("日志条目") {
  # One leaf of the public log: H(0x00 || these canonical bytes). At most 1 KiB; the genesis entry at most 8 KiB.
  statement @0 :Data $A.zh("批次声明") $A.required $A.maxBytes(8192) $Json.hex;
  signature @1 :Data $A.zh("签名") $A.required $A.maxBytes(80) $Json.hex;
  acceptedAt @2 :Int64 $A.zh("接受时间") $A.positive;
  # Milliseconds since 1970-01-01T00:00:00Z. Never earlier than the entry before.
  firstEvent @3 :UInt64 $A.zh("首个事件序号");
  # Position of the batch's first event in the ledger.
}

struct SignedBatch $A.zh("签名批次") {
  # What a client hands in. Not stored as such.
  statement @0 :Data $A.zh("批次声明") $A.required $A.maxBytes(8192) $Json.hex;
  signature @1 :Data $A.zh("签名") $A.required $A.maxBytes(80) $Json.hex;
  events @2 :List(Data) $A.zh("事件") $A.maxItems(8192) $A.maxBytes(65536);
  # Canonical event messages, 4 MiB in all.
}
