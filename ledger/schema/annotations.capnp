# SPDX-License-Identifier: Apache-2.0
# What a field must look like, said beside the field. ledger/schema/shape.h enforces every annotation here before an event is read any further;
# rule U2 (ledger/domain) reads `format`. The identifiers are repeated in ledger/schema/annotations.h.
@0xefa59274c6edfe60;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("fundtrail::ledger::schema");

annotation zh @0x866f96e83355f307 (struct, union, group, field, enum, enumerant) :Text;
# The Chinese term, as screens show it.

annotation maxBytes @0xffec954abd825ed2 (field) :UInt32;
# Longest UTF-8 text or data allowed, in bytes. Texts without it: 256. Data without it or exactBytes: 64. On a list of data: each element.

annotation exactBytes @0xa95b0b187ab972eb (field) :UInt32;
# Data of exactly this length, or absent (empty).

annotation maxItems @0xa949701e81e6490f (field) :UInt32;
# Most elements of a list. Lists without it: 64. Enumerants in a list are never the first one.

annotation required @0xa0ad6f0cd5836840 (field) :Void;
# Text, data and lists: not empty. Structs: present. Numbers: not zero. Enums: not the first enumerant, which always means "not stated".

annotation positive @0xfbca6deb142b8f27 (field) :Void;
# A number greater than zero.

annotation notNegative @0xb70cad97e59a23ab (field) :Void;
# A number of zero or more.

annotation format @0xb099a68d3757f1da (field) :Format;
# What the value identifies; checked by rule U2 when it is not empty (texts) or not zero (numbers).

enum Format {
  # Numbers are part of the schema's own code only, never of a stored event.
  none @0;
  date @1;             # business date, YYYYMMDD
  region @2;           # GB/T 2260: the province 440000, a city or a county
  city @3;             # GB/T 2260: a city
  county @4;           # GB/T 2260: a county
  uscc @5;             # GB 32100 unified social credit code
  cnaps @6;            # CNAPS bank code
  industry @7;         # GB/T 4754 class, four digits
  account @8;          # bank account number
  invoice @9;          # invoice number
  documentNumber @10;  # 文号
  publicKey @11;       # DER SubjectPublicKeyInfo
}
