# SPDX-License-Identifier: Apache-2.0
# Control: keys, roles, the second person, witnesses, reversals (红字冲销), closed periods, conclusions, erasure.
@0xcc3163ad351faf19;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";
using V = import "values.capnp";

enum KeyAlgorithm $A.zh("密钥算法") {
  # The same numbers as crypto::KeyAlgorithm.
  notStated @0 $A.zh("未填");
  ed25519 @1 $A.zh("Ed25519");
  p256 @2 $A.zh("P-256");
  sm2 @3 $A.zh("SM2");
}

struct KeyEnrolled $A.zh("密钥登记") {
  # Takes effect when a second security administrator confirms it (ChangeConfirmed).
  person @0 :Text $A.zh("人员编号") $A.required $A.maxBytes(64);
  # Two keys of one person count as one person (separation of duties).
  personName @1 :Text $A.zh("姓名") $A.required $A.maxBytes(128);
  # The official's name: accountability is its purpose. No other event holds the name of a natural person.
  organisation @2 :Text $A.zh("单位") $A.required;
  algorithm @3 :KeyAlgorithm $A.zh("密钥算法") $A.required;
  publicKey @4 :Data $A.zh("公钥") $A.required $A.maxBytes(128) $A.format(publicKey) $Json.hex;
  # DER SubjectPublicKeyInfo.
}

struct KeyRevoked $A.zh("密钥吊销") {
  # Takes effect when a second security administrator confirms it.
  key @0 :Data $A.zh("密钥") $A.required $A.exactBytes(32) $Json.hex;
  reason @1 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}

struct RoleGranted $A.zh("角色授予") {
  # Takes effect when a second security administrator confirms it. Held from `validFrom` to `validTo`, both included.
  person @0 :Text $A.zh("人员编号") $A.required $A.maxBytes(64);
  role @1 :V.Role $A.zh("角色") $A.required;
  region @2 :UInt32 $A.zh("地区") $A.required $A.format(region);
  # 440000: the whole province; a city; or a county (countyClerk only).
  validFrom @3 :UInt32 $A.zh("生效日期") $A.required $A.format(date);
  validTo @4 :UInt32 $A.zh("失效日期") $A.required $A.format(date);
}

struct RoleRevoked $A.zh("角色撤销") {
  # Takes effect when a second security administrator confirms it.
  grant @0 :Data $A.zh("授予") $A.required $A.exactBytes(32) $Json.hex;
  # The RoleGranted event.
  lastDay @1 :UInt32 $A.zh("最后一日") $A.required $A.format(date);
  reason @2 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}

struct ChangeConfirmed $A.zh("变更确认") {
  # The second person of a key, role, bank account or reversal event.
  change @0 :Data $A.zh("待确认变更") $A.required $A.exactBytes(32) $Json.hex;
  outcome @1 :V.Outcome $A.zh("结果") $A.required;
  # pass: it takes effect; reject: it never does.
}

struct WitnessEnrolled $A.zh("见证人登记") {
  name @0 :Text $A.zh("名称") $A.required;
  vkey @1 :Text $A.zh("见证公钥") $A.required $A.maxBytes(512);
  url @2 :Text $A.zh("地址") $A.maxBytes(512);
}

struct EventReversed $A.zh("红字冲销") {
  # Names one unreversed event and takes back exactly what it did, when a second person confirms. The event itself stays as it is.
  event @0 :Data $A.zh("被冲销事件") $A.required $A.exactBytes(32) $Json.hex;
  number @1 :UInt64 $A.zh("被冲销事件序号");
  # Its position in the log, so that it can be read without an index.
  reason @2 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}

struct PeriodClosed $A.zh("会计期间结账") {
  region @0 :UInt32 $A.zh("地区") $A.required $A.format(region);
  periodFrom @1 :UInt32 $A.zh("期间起") $A.required $A.format(date);
  periodTo @2 :UInt32 $A.zh("期间止") $A.required $A.format(date);
}

enum AuditVerdict $A.zh("审计结论") {
  notStated @0 $A.zh("未填");
  clean @1 $A.zh("无异常");
  findings @2 $A.zh("有问题");
  notProven @3 $A.zh("无法证明");
}

struct AuditConcluded $A.zh("审计结论") {
  # Binds a verdict to the checkpoint that it was reached on.
  treeSize @0 :UInt64 $A.zh("日志大小") $A.required;
  rootHash @1 :Data $A.zh("日志根") $A.required $A.exactBytes(32) $Json.hex;
  verdict @2 :AuditVerdict $A.zh("审计结论") $A.required;
  reportDigest @3 :Data $A.zh("报告摘要") $A.exactBytes(32) $Json.hex;
  region @4 :UInt32 $A.zh("范围") $A.required $A.format(region);
}

struct SubjectErased $A.zh("个人数据密钥销毁") {
  # The key that sealed one person's data is destroyed; history keeps only the commitment.
  commitment @0 :Data $A.zh("承诺") $A.required $A.exactBytes(32) $Json.hex;
  reason @1 :Text $A.zh("原因") $A.required $A.maxBytes(1024);
}
