#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the deterministic vectors of this folder, from naive code that shares nothing with the C++ (README.md)."""
import base64, hashlib, json, os, pathlib, struct, subprocess, tempfile

HERE = pathlib.Path(__file__).resolve().parent


def write(path, content):
    path = HERE / path
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1, ensure_ascii=False) + "\n")


# ---- hashes: SHA-256 from hashlib, SM3 by the letter of GB/T 32905-2016

def sha256(message):
    return hashlib.sha256(message).digest()


def sm3(message):
    mask = 0xFFFFFFFF
    rol = lambda x, n: ((x << n % 32) | (x >> (32 - n % 32))) & mask if n % 32 else x
    p0 = lambda x: x ^ rol(x, 9) ^ rol(x, 17)
    p1 = lambda x: x ^ rol(x, 15) ^ rol(x, 23)
    v = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = message + b"\x80" + b"\0" * ((55 - len(message)) % 64) + struct.pack(">Q", 8 * len(message))
    for i in range(0, len(padded), 64):
        w = list(struct.unpack(">16I", padded[i:i + 64]))
        for j in range(16, 68):
            w.append(p1(w[j - 16] ^ w[j - 9] ^ rol(w[j - 3], 15)) ^ rol(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = v
        for j in range(64):
            t = 0x79CC4519 if j < 16 else 0x7A879D8A
            ss1 = rol((rol(a, 12) + e + rol(t, j)) & mask, 7)
            ss2 = ss1 ^ rol(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & mask & g)
            tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & mask
            tt2 = (gg + h + ss1 + w[j]) & mask
            a, b, c, d, e, f, g, h = tt1, a, rol(b, 9), c, p0(tt2), e, rol(f, 19), g
        v = [x ^ y for x, y in zip(v, (a, b, c, d, e, f, g, h))]
    return struct.pack(">8I", *v)


HASHES = {"sha256": sha256, "sm3": sm3}


def digests():
    for name, h in HASHES.items():
        messages = [bytes(i % 251 for i in range(n)) for n in (0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 300, 1000)]
        write(f"{name}.json", {
            "hex": [{"msg_hex": m.hex(), "digest": h(m).hex()} for m in messages],
            "ascii": [{"msg": "abc", "digest": h(b"abc").hex()}],
            "repeat": [{"unit": "0123456789", "times": 1000, "digest": h(b"0123456789" * 1000).hex()}],
        })


# ---- signatures: two curves y^2 = x^3 - 3x + b, by the textbook

class Curve:
    def __init__(self, p, b, x, y, n):
        self.p, self.b, self.g, self.n = p, b, (x, y), n

    def add(self, a, b):
        if a is None or b is None:
            return a or b
        (x1, y1), (x2, y2), p = a, b, self.p
        if x1 == x2 and (y1 + y2) % p == 0:
            return None
        m = (3 * x1 * x1 - 3) * pow(2 * y1, -1, p) if a == b else (y2 - y1) * pow(x2 - x1, -1, p)
        x3 = (m * m - x1 - x2) % p
        return x3, (m * (x1 - x3) - y1) % p

    def mul(self, k, point=None):
        result, addend = None, point or self.g
        while k:
            if k & 1:
                result = self.add(result, addend)
            addend = self.add(addend, addend)
            k >>= 1
        return result


P256 = Curve(0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF,
             0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
             0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
             0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
             0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551)
SM2 = Curve(0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF,
            0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93,
            0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
            0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
            0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123)


def number(label, below):
    return int.from_bytes(sha256(b"fundtrail test vectors: " + label.encode()), "big") % (below - 1) + 1


def b32(x):
    return x.to_bytes(32, "big")


def ecdsa_sign(d, message, k):
    n, e = P256.n, int.from_bytes(sha256(message), "big")
    r = P256.mul(k)[0] % n
    return r, pow(k, -1, n) * (e + r * d) % n


def sm2_sign(d, message, k, user=b"1234567812345678", h=sm3):
    c, (px, py) = SM2, SM2.mul(d)
    z = h(struct.pack(">H", 8 * len(user)) + user + b"".join(map(b32, (c.p - 3, c.b, *c.g, px, py))))
    e = int.from_bytes(h(z + message), "big")
    r = (e + c.mul(k)[0]) % c.n
    return r, pow(1 + d, -1, c.n) * (k - r * d) % c.n


def integer(x):
    size = max(1, x.bit_length() // 8 + 1)
    return bytes([2, size]) + x.to_bytes(size, "big", signed=True)


def der(r, s):
    body = integer(r) + integer(s)
    return bytes([0x30, len(body)]) + body


def ecdsa():
    for name, curve, sign in (("p256", P256, ecdsa_sign), ("sm2", SM2, sm2_sign)):
        cases = []
        d = number(name, curve.n - 1)
        px, py = curve.mul(d)

        def case(what, message, signature, valid=False):
            cases.append({"name": what, "px": b32(px).hex(), "py": b32(py).hex(), "msg": message,
                          "sig_der": signature.hex(), "valid": valid})

        for i in range(24):
            message = f"payment {i}" * (i % 3)
            case(f"signature {i}", message, der(*sign(d, message.encode(), number(f"{name} nonce {i}", curve.n))), True)
        r, s = sign(d, b"payment", number(f"{name} nonce", curve.n))
        good, n = der(r, s), curve.n
        case("the plain one", "payment", good, True)
        case("another message", "payments", good)
        if name == "p256":
            case("negated s: the same signature in another form", "payment", der(r, n - s), True)
        else:
            case("negated s", "payment", der(r, n - s))
            for user in (b"", b"ALICE123@YAHOO.COM"):
                case(f"user id {user}", "payment", der(*sm2_sign(d, b"payment", number("id", n), user)))
            case("SHA-256 in place of SM3", "payment", der(*sm2_sign(d, b"payment", number("hash", n), h=sha256)))
        case("r = 0", "payment", der(0, s))
        case("s = 0", "payment", der(r, 0))
        case("r = n", "payment", der(n, s))
        case("s = n", "payment", der(r, n))
        case("s + n", "payment", der(r, s + n))
        case("r + n", "payment", der(r + n, s))
        case("r negative", "payment", der(r - n, s))
        case("swapped", "payment", der(s, r))
        case("empty", "payment", b"")
        case("raw r and s", "payment", b32(r) + b32(s))
        case("truncated", "payment", good[:-1])
        case("trailing byte", "payment", good + b"\0")
        case("trailing byte inside", "payment", bytes([0x30, good[1] + 1]) + good[2:] + b"\0")
        case("long form length", "payment", bytes([0x30, 0x81]) + good[1:])
        case("indefinite length", "payment", bytes([0x30, 0x80]) + good[2:] + b"\0\0")
        padded = bytes([2, len(integer(r)) - 1, 0]) + integer(r)[2:] + integer(s)
        case("padded r", "payment", bytes([0x30, len(padded)]) + padded)
        case("SET in place of SEQUENCE", "payment", b"\x31" + good[1:])
        case("empty integer", "payment", bytes([0x30, 2 + len(integer(s)), 2, 0]) + integer(s))
        write(f"{name}.json", {"cases": cases})


def openssl(*arguments, stdin=b""):
    return subprocess.run(["openssl", *arguments], input=stdin, check=True, capture_output=True).stdout


def ed25519_private(label):
    return bytes.fromhex("302e020100300506032b657004220420") + sha256(b"fundtrail test vectors: " + label.encode())


def ed25519_public(private):
    return openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER", stdin=private)[-32:]


def ed25519_sign(private, message):
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("key", private), ("message", message)):
            pathlib.Path(folder, name).write_bytes(content)
        return openssl("pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey", f"{folder}/key", "-in", f"{folder}/message")


def ed25519():
    order = 2**252 + 27742317777372353535851937790883648493
    cases = []
    for i in range(16):
        private, message = ed25519_private(f"ed25519 {i}"), f"receipt {i}" * (i % 3)
        key, signature = ed25519_public(private), ed25519_sign(private, message.encode() or b"\0")
        message = message or "\0"
        s = int.from_bytes(signature[32:], "little")
        for sig, flags in ((signature, None),
                           (signature[:32] + (s + order).to_bytes(32, "little"), ["s_not_reduced"]),
                           (signature[:32] + ((s + 1) % order).to_bytes(32, "little"), ["wrong_s"]),
                           (bytes([signature[0] ^ 1]) + signature[1:], ["wrong_R"]),
                           (signature[:63], ["truncated"]), (signature + b"\0", ["extended"])):
            cases.append({"number": len(cases), "key": key.hex(), "sig": sig.hex(), "msg": message, "flags": flags})
    write("ed25519.json", cases)


# ---- Merkle tree, by the definitions of RFC 6962 section 2.1

def leaf(h, data):
    return h(b"\0" + data)


def root(h, leaves):
    if len(leaves) < 2:
        return leaf(h, leaves[0]) if leaves else h(b"")
    k = split(len(leaves))
    return h(b"\1" + root(h, leaves[:k]) + root(h, leaves[k:]))


def split(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def path(h, m, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    return path(h, m, leaves[:k]) + [root(h, leaves[k:])] if m < k else path(h, m - k, leaves[k:]) + [root(h, leaves[:k])]


def subproof(h, m, leaves, known):
    if m == len(leaves):
        return [] if known else [root(h, leaves)]
    k = split(len(leaves))
    if m <= k:
        return subproof(h, m, leaves[:k], known) + [root(h, leaves[k:])]
    return subproof(h, m - k, leaves[k:], False) + [root(h, leaves[:k])]


def b64(data):
    return base64.b64encode(data).decode()


def merkle():
    leaves = [f"entry {i}".encode() * (i % 4) for i in range(13)]
    for name, h in HASHES.items():
        write(f"tree-{name}.json", {
            "empty_root": h(b"").hex(),
            "hashes": [{"kind": "leaf", "data": d.hex(), "out": leaf(h, d).hex()} for d in leaves],
            "leaves": [d.hex() for d in leaves],
            "roots_by_size": {str(n): root(h, leaves[:n]).hex() for n in range(1, len(leaves) + 1)},
            "inclusion": [{"leaf_index": m, "tree_size": n, "proof": [p.hex() for p in path(h, m, leaves[:n])]}
                          for n in range(1, len(leaves) + 1) for m in range(n)],
            "consistency": [{"size1": m, "size2": n, "proof": [p.hex() for p in subproof(h, m, leaves[:n], True)]}
                            for n in range(1, len(leaves) + 1) for m in range(1, n + 1)],
        })
    h, n, m = sha256, 13, 9
    proof = path(h, m, leaves[:n])
    right = {"leafIdx": m, "treeSize": n, "root": b64(root(h, leaves)), "leafHash": b64(leaf(h, leaves[m])),
             "proof": [b64(p) for p in proof], "wantErr": False}
    wrong = {
        "leaf-index": {"leafIdx": m + 1}, "tree-size": {"treeSize": n - 1}, "outside": {"leafIdx": n},
        "truncated": {"proof": right["proof"][:-1]}, "extended": {"proof": right["proof"] + [right["root"]]},
        "no-proof": {"proof": None}, "empty-root": {"root": ""}, "leaf": {"leafHash": b64(leaf(h, leaves[1]))},
        "reversed": {"proof": right["proof"][::-1]},
    }
    write("inclusion/right.json", right)
    for name, change in wrong.items():
        write(f"inclusion/wrong-{name}.json", {**right, **change, "wantErr": True})


# ---- a log of c2sp.org/tlog-tiles with signed checkpoints

def tile_path(level, index, width):
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return f"tile/{level}/" + "/".join(groups) + (f".p/{width}" if width < 256 else "")


def vkey(name, kind, public):
    key_id = sha256(name.encode() + b"\n" + kind + public)[:4]
    return key_id, f"{name}+{key_id.hex()}+{b64(kind + public)}"


def sign_note(name, private, text):
    key_id, _ = vkey(name, b"\x01", ed25519_public(private))
    return f"{text}\n\u2014 {name} {b64(key_id + ed25519_sign(private, text.encode()))}\n"


def log():
    name, private = "fundtrail.example/vectors", ed25519_private("log")
    write("log/vkey", vkey(name, b"\x01", ed25519_public(private))[1] + "\n")
    entries = [f"entry {i}".encode() for i in range(520)]
    for size in (0, 1, 2, 3, 255, 256, 257, 511, 520):
        write(f"log/checkpoint.{size}", sign_note(name, private, f"{name}\n{size}\n{b64(root(sha256, entries[:size]))}\n"))
        level, hashes = 0, [leaf(sha256, e) for e in entries[:size]]
        while hashes:
            for i in range(0, len(hashes), 256):
                part = hashes[i:i + 256]
                write("log/" + tile_path(level, i // 256, len(part)), b"".join(part))
                if level == 0:
                    bundle = b"".join(struct.pack(">H", len(e)) + e for e in entries[i:i + len(part)])
                    write("log/" + tile_path(level, i // 256, len(part)).replace("tile/0", "tile/entries"), bundle)
            span = 256 ** (level + 1)
            hashes = [root(sha256, entries[i:i + span]) for i in range(0, size - span + 1, span)]
            level += 1


# ---- notes

def notes():
    text, cases = "The sum is right.\n\nSo is the sign: 负二千。\n", []
    private = ed25519_private("note")
    public = ed25519_public(private)
    note = sign_note("auditor.example", private, text)
    key = vkey("auditor.example", b"\x01", public)[1]
    cases.append({"name": "Ed25519", "vkey": key, "note": note, "verifies": True})
    cases.append({"name": "changed text", "vkey": key, "note": note.replace("二", "三"), "verifies": False})
    cases.append({"name": "other name", "vkey": vkey("other.example", b"\x01", public)[1], "note": note, "verifies": False})
    d = number("sm2 note", SM2.n - 1)
    x, y = SM2.mul(d)
    spki = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004") + b32(x) + b32(y)
    key_id, key = vkey("gm.example", b"\xfffundtrail/sm2-sm3/v1", spki)
    for signed, verifies in ((text, True), (text + "\n", False)):
        signature = der(*sm2_sign(d, signed.encode(), number("sm2 note nonce", SM2.n)))
        cases.append({"name": "SM2" if verifies else "SM2 over another text", "vkey": key,
                      "note": f"{text}\n\u2014 gm.example {b64(key_id + signature)}\n", "verifies": verifies})
    write("notes.json", {"notes": cases})

    good = vkey("auditor.example", b"\x01", public)[1]
    seed = b64(b"\x01" + private[-32:])
    write("vkeys.json", {
        "vkeys_valid": [{"vkey": good, "type": 1},
                        {"vkey": vkey("auditor.example", b"\x04", public)[1], "type": 4},
                        {"vkey": vkey("auditor.example", b"\x02", spki)[1], "type": 2}],
        "vkeys_invalid": [good[:-4], good + "AAAA", good.replace("auditor", "editor"), vkey("a b", b"\x01", public)[1],
                          vkey("gm.example", b"\xfffundtrail/sm2-sm3/v1", spki[:-1])[1],
                          vkey("gm.example", b"\xfffundtrail/sm2-sm3/v1", spki + b"\0")[1],
                          vkey("zero.example", b"\x01", bytes(32))[1]],
        "skeys": [{"skey": "PRIVATE+KEY+" + good[:good.rindex("+", 0, len("auditor.example+00000000+"))] + "+" + seed,
                   "vkey": good}],
    })


def paths():
    index = [0, 1, 255, 256, 999, 1000, 1001, 123456, 999999, 1000000, 2**40, 2**64 - 1]
    write("paths.json", {
        "tile": [{"level": level, "index": i, "partial": width % 256, "path": tile_path(level, i, width)}
                 for i in index for level, width in ((0, 256), (7, 1), (63, 255))],
        "parse_ok": [{"level": "0", "rest": "x001/x234/067.p/89", "index": 1234067, "partial": 89}],
        "parse_error": [{"level": level, "rest": rest} for level, rest in (
            ("0", "x000/001"), ("0", "1"), ("0", "0000"), ("64", "000"), ("00", "000"), ("0", "000.p/0"), ("0", "000.p/256"),
            ("0", "x001/x000"), ("0", "x001"), ("0", "000.p/01"), ("0", ""), ("", "000"))],
        "tiles_for_size": [{"size": n, "expect": {str(level): {"full": n // 256**(level + 1), "partial": n // 256**level % 256}
                                                  for level in range(8)}}
                           for n in (0, 1, 255, 256, 257, 65535, 65536, 65537, 2**32 + 257, 2**63 - 1)],
    })


def checkpoints():
    hash64 = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    write("checkpoints.json", {
        "ok": [{"text": f"log.example\n{size}\n{hash64}\n"} for size in (0, 1, 10, 2**63 - 1)] +
              [{"text": f"log.example\n1\n{hash64}\nmore\n", "rest": "more\n"}],
        "error": [{"text": text} for text in (
            f"log.example\n01\n{hash64}\n", f"log.example\n{2**63}\n{hash64}\n", f"log.example\n1\n{hash64[:-1]}\n",
            f"log.example\n1\n{hash64}", f"\n1\n{hash64}\n", f"log.example\n1\n{hash64}\n\n")],
    })


for make in (digests, ecdsa, ed25519, merkle, log, notes, paths, checkpoints):
    make()
