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


def entries_path(index, width):
    return tile_path(0, index, width).replace("tile/0", "tile/entries", 1)


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
                    write("log/" + entries_path(i // 256, len(part)), bundle)
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
        "entries": [{"index": i, "partial": width % 256, "path": entries_path(i, width)} for i in index for width in (256, 1, 255)],
        "entries_for_log_index": [{"seq": seq, "log_size": n, "path": entries_path(seq // 256, min(256, n - seq // 256 * 256))}
                                  for n in (1, 255, 256, 257, 70000) for seq in sorted({0, n // 2, n - 1})],
        "entry_bundle_parse": [
            {"hex": "", "ok": True, "entries": []}, {"hex": "0000", "ok": True, "entries": [""]},
            {"hex": "0003616263" "0000" "000100", "ok": True, "entries": ["616263", "", "00"]},
            {"hex": "0100" + "ff" * 256, "ok": True, "entries": ["ff" * 256]},
            *({"hex": h, "ok": False} for h in ("00", "0001", "0003616263" "00", "0003616263" "0001", "0100" + "ff" * 255))],
        "node_to_tile": [{"tree_level": level, "tree_index": i, "tile_level": level // 8, "tile_index": i >> (8 - level % 8)}
                         for level in (0, 1, 7, 8, 15) for i in (0, 1, 2, 255)],
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


# ---- cosignatures, proof files and policies

def cosigned_message(time, text):
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def cosignatures():
    text, cases = f"log.example\n520\n{b64(sha256(b'root'))}\n", []
    private = ed25519_private("witness")
    public = ed25519_public(private)
    d = number("sm2 witness", SM2.n - 1)
    spki = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004") + b"".join(map(b32, SM2.mul(d)))
    schemes = {"Ed25519": (b"\x04", public, lambda m: ed25519_sign(private, m)),
               "SM2": (b"\xfffundtrail/sm2-sm3-cosignature/v1", spki,
                       lambda m: der(*sm2_sign(d, m, number("sm2 witness nonce", SM2.n))))}
    for scheme, (kind, key, sign) in schemes.items():
        key_id, own = vkey("witness.example", kind, key)

        def case(what, stated, signature, verifies=False, known=own, note=text):
            blob = b64(key_id + struct.pack(">Q", stated) + signature)
            cases.append({"name": f"{scheme}, {what}", "vkey": known, "time": stated, "verifies": verifies,
                          "note": f"{note}\n\u2014 witness.example {blob}\n"})

        for time in (1, 1767139200, 2**63 - 1):
            case("right", time, sign(cosigned_message(time, text)), True)
        more = text + "an extension\n"
        case("with an extension line", 5, sign(cosigned_message(5, more)), True, note=more)
        case("without its extension line", 5, sign(cosigned_message(5, text)), note=more)
        case("another time", 6, sign(cosigned_message(5, text)))
        case("another text", 5, sign(cosigned_message(5, text.replace("520", "521"))))
        case("time 0", 0, sign(cosigned_message(0, text)))
        case("time too large", 2**63, sign(cosigned_message(2**63, text)))
        case("time with a leading zero", 5, sign(cosigned_message("05", text)))
        case("over the text alone", 5, sign(text.encode()))
        case("another version", 5, sign(cosigned_message(5, text).replace(b"v1", b"v2")))
        case("cut short", 5, sign(cosigned_message(5, text))[:-1])
        case("trailing byte", 5, sign(cosigned_message(5, text)) + b"\0")
        case("another name", 5, sign(cosigned_message(5, text)), known=vkey("other.example", kind, key)[1])
    write("cosignatures.json", cases)


def proofs():
    name, private = "fundtrail.example/vectors", ed25519_private("log")
    entries = [f"entry {i}".encode() for i in range(520)]
    head, marshal = "c2sp.org/tlog-proof@v1\n", []
    for size, index, extra in ((1, 0, None), (2, 1, b"x"), (257, 256, None), (520, 300, bytes(range(256)))):
        note = sign_note(name, private, f"{name}\n{size}\n{b64(root(sha256, entries[:size]))}\n")
        hashes = [b64(h) for h in path(sha256, index, entries[:size])]
        marshal.append({"index": index, "hashes": hashes, "checkpoint": note, "extra_b64": extra and b64(extra), "entry": entries[index].decode(),
                        "out": head + (f"extra {b64(extra)}\n" if extra else "") + f"index {index}\n" + "".join(h + "\n" for h in hashes) + "\n" + note})
    h = b64(sha256(b"")) + "\n"
    bad = ["", head, head[:-1], head + "index 0\n", head + "index 0\n\n", head + "index 0\ncheckpoint\n", head + "index 0\n" + h, head + "index 01\n\nx\n",
           head + "index +1\n\nx\n", head + "index 18446744073709551616\n\nx\n", head + "index  1\n\nx\n", head + "index 1 \n\nx\n",
           head + "Index 1\n\nx\n", head + "index\n\nx\n", head + "index 1\r\n\r\nx\n", head + "extra \nindex 1\n\nx\n",
           head + "extra AA\nindex 1\n\nx\n", head + "extra AB==\nindex 1\n\nx\n", head + "extra AA==\nextra AA==\nindex 1\n\nx\n",
           head + "index 1\nextra AA==\n\nx\n", head + "index 1\nindex 1\n\nx\n", head + "index 1\n" + h[:-2] + "\n\nx\n",
           head + "index 1\n" + b64(bytes(31)) + "\n\nx\n", head + "index 1\n" + b64(bytes(33)) + "\n\nx\n", head + "index 1\n " + h + "\nx\n",
           head + "index 1\n" + 64 * h + "\nx\n", head.replace("v1", "v2") + "index 1\n\nx\n", " " + head + "index 1\n\nx\n", "\n" + head + "index 1\n\nx\n"]
    write("proofs.json", {"marshal": marshal, "error": [{"in": text} for text in bad]})


def policies():
    keys = [ed25519_public(ed25519_private(f"policy {i}")) for i in range(5)]
    log = f"log {vkey('log.example', bytes([1]), keys[0])[1]} https://log.example/\n"
    w = [f"witness w{i} {vkey(f'w{i}.example', bytes([4]), keys[i])[1]}\n" for i in range(5)]
    three = log + w[1] + w[2] + w[3]
    ok = [(three + "group g 2 w1 w2 w3\nquorum g\n", 2, 3), (three + "group g any w1 w2\nquorum g\n", 1, 2), (three + "group g all w1 w2\nquorum g\n", 2, 2),
          (three + "group g any w1 w2\ngroup h all g w3\nquorum h\n", 2, 2), (w[1] + "group g 1 w1\nquorum g\n" + w[2] + w[3] + log, 1, 1),
          ("# ours\n\t #\n \n" + three.replace(" ", "\t ").replace("\n", " \n") + "group g 3 w1 w2 w3\nquorum g\n\n", 3, 3)]
    other = vkey("x.example", bytes([4]), keys[1])[1]
    bad = {"empty": "", "no quorum": three, "two quorums": three + "quorum w1\nquorum w1\n", "none twice": "quorum none\nquorum none\n",
           "quorum before its definition": "quorum w1\n" + w[1], "member before its definition": "group g any w1\n" + w[1] + "quorum g\n",
           "group of itself": w[1] + "group g any w1 g\nquorum g\n", "no members": three + "group g any\nquorum g\n",
           "threshold 0": three + "group g 0 w1\nquorum g\n", "threshold above": three + "group g 3 w1 w2\nquorum g\n",
           "threshold 02": three + "group g 02 w1 w2\nquorum g\n", "threshold huge": three + "group g 18446744073709551617 w1 w2\nquorum g\n",
           "threshold some": three + "group g some w1 w2\nquorum g\n", "member twice": three + "group g 1 w1 w1\nquorum g\n",
           "member of two groups": three + "group g 1 w1\ngroup h 1 w1\nquorum g\n", "none as a member": three + "group g 1 none w1\nquorum g\n",
           "none as a group": three + "group none 1 w1\nquorum w1\n", "none as a witness": w[1].replace("w1 ", "none ") + "quorum none\n",
           "name twice": w[1] + w[2].replace("w2 ", "w1 ") + "quorum w1\n", "group named as a witness": three + "group w1 1 w2\nquorum w1\n",
           "log key twice": log + log + "quorum none\n", "witness key twice": w[1] + f"witness x {other}\nquorum x\n",
           "trailing comment": three + "quorum w1 # one\n", "trailing comment on a witness": w[1].replace("\n", " url #\n") + "quorum none\n",
           "no final newline": three + "quorum w1", "carriage return": three + "quorum w1\r\n", "control character": "# \x01\nquorum none\n",
           "DEL": "# \x7f\nquorum none\n", "unknown word": "mirror x\nquorum none\n", "capital": "Quorum none\n", "bad key": w[1].replace("+", "-") + "quorum none\n",
           "log key of a witness": log.replace(vkey("log.example", bytes([1]), keys[0])[1], other) + "quorum none\n",
           "no name": w[1].replace("w1 ", "") + "quorum none\n", "form feed": three + "quorum\fw1\n", "no-break space": three + "quorum\u00a0w1\n"}
    write("policies.json", {"ok": [{"text": text, "n": n, "members": members} for text, n, members in ok],
                            "error": [{"text": text, "why": why} for why, text in bad.items()]})


for make in (digests, ecdsa, ed25519, merkle, log, notes, paths, checkpoints, cosignatures, proofs, policies):
    make()
