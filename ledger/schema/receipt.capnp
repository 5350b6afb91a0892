# SPDX-License-Identifier: Apache-2.0
# A receipt: everything that is needed to verify one event offline, in one file. docs/LOG_FORMAT.md says how.
@0xd2b6f4f1a3c05e97;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");
using Json = import "/capnp/compat/json.capnp";
using A = import "annotations.capnp";

struct SignedEvent $A.zh("带签名的事件") {
  # One event, and the way from it to the entry that its author signed.
  event @0 :Data $A.zh("事件") $A.required $A.maxBytes(65536) $Json.hex;
  # The canonical Event message as it is stored.
  index @1 :UInt32 $A.zh("批内位置");
  # Its position in its batch, from 0.
  path @2 :Data $A.zh("批内路径") $A.maxBytes(416) $Json.hex;
  # RFC 6962 inclusion proof to the statement's eventsRoot: hashes of 32 bytes one after the other, the leaf's sibling first. At most 13.
  entry @3 :Data $A.zh("日志条目") $A.required $A.maxBytes(8192) $Json.hex;
  # The canonical Entry message: the log's leaf.
}

struct EnrolledBy $A.zh("登记依据") {
  # An event that enrols the key of an author, and where it stands in the log.
  event @0 :SignedEvent $A.zh("事件") $A.required;
  logIndex @1 :UInt64 $A.zh("批次序号");
  logPath @2 :Data $A.zh("日志路径") $A.maxBytes(2016) $Json.hex;
  # RFC 6962 inclusion proof to the checkpoint's root, as above. At most 63.
}

struct Receipt $A.zh("回执") {
  event @0 :SignedEvent $A.zh("事件") $A.required;
  logProof @1 :Data $A.zh("日志证明") $A.required $A.maxBytes(65536) $Json.hex;
  # A c2sp.org/tlog-proof file, as text: the index of the entry, its inclusion proof, the checkpoint with its cosignatures.
  enrolments @2 :List(EnrolledBy) $A.zh("密钥登记") $A.maxItems(64);
  # keyEnrolled and changeConfirmed of the author's key, then of the keys that signed these, down to founding keys. Empty if the author's is one.
  genesis @3 :Data $A.zh("创始条目") $A.required $A.maxBytes(8192) $Json.hex;
  # Entry 0, which names the ledger, the log's key and the founding keys.
  genesisPath @4 :Data $A.zh("创始条目路径") $A.maxBytes(2016) $Json.hex;
  # RFC 6962 inclusion proof of entry 0 to the checkpoint's root.
}
