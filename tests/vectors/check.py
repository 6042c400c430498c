#!/usr/bin/env python3
"""Recomputes the golden vectors of the protocol from its description, sharing no code with the project.

Needs hashlib and one signature library (cryptography). Prints a line for each vector and exits 1 at a difference.
"""
import base64
import hashlib
import json
import pathlib
import sys
import uuid

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "vectors"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def load(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def id_bytes(text):
    return uuid.UUID(text).bytes


def u64(number):
    return number.to_bytes(8, "big")


def scope(store, project):
    return sha(b"firebee/scope/1\n", id_bytes(store), id_bytes(project) if project else bytes(16))


def content(line):
    return sha(b"firebee/fact/1\n", line.encode())


def same(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: found {found!r}, the vector says {wanted!r}")


def check_facts():
    vector = load("facts")
    for fact in vector["facts"]:
        same(content(fact["line"]).hex(), fact["content_hash"], "content hash")
    same(scope(vector["store_id"], vector["project"]).hex(), vector["scope_hash"], "scope hash")
    same(scope(vector["store_id"], None).hex(), vector["scope_hash_without_project"], "scope hash without project")


def check_chain():
    vector = load("chain")
    link = sha(b"firebee/chain/1\n", id_bytes(vector["store_id"]), sha(unbase64(vector["public_key"])))
    same(link.hex(), vector["chain"][0], "chain start")
    for seq, (line, project) in enumerate(zip(vector["lines"], vector["projects"]), start=1):
        link = sha(b"firebee/link/1\n", link, u64(seq), scope(vector["store_id"], project), content(line))
        same(link.hex(), vector["chain"][seq], f"chain at {seq}")


def check_device_signature(public_key, text, signed, what):
    same(text.hex(), signed["text"], f"{what}: signed bytes")
    sig = unbase64(signed["sig"])
    same(len(sig), 64, f"{what}: length")
    r, s = int.from_bytes(sig[:32], "big"), int.from_bytes(sig[32:], "big")
    if s > P256_ORDER // 2:
        raise AssertionError(f"{what}: high s")
    public_key.verify(encode_dss_signature(r, s), text, ec.ECDSA(hashes.SHA256()))
    try:
        public_key.verify(encode_dss_signature(r, s), text + b"x", ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return
    raise AssertionError(f"{what}: holds for other bytes")


def check_signatures():
    vector = load("signatures")
    key_bytes = unbase64(vector["public_key"])
    same(len(key_bytes), 65, "public key")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key_bytes)
    store, nonce = id_bytes(vector["store_id"]), unbase64(vector["nonce"])
    head = vector["head"]
    text = b"firebee/head/1\n" + store + u64(head["seq"]) + bytes.fromhex(head["chain"])
    text += u64(head["last_seq"]) + bytes.fromhex(head["last_chain"])
    check_device_signature(key, text, head["signed"], "head")
    claim = vector["claim"]
    for succeeds, name in ((bytes(16), "first"), (id_bytes(claim["succeeds"]), "succession")):
        text = b"firebee/claim-request/1\n" + id_bytes(claim["claim_id"]) + id_bytes(claim["install_id"]) + store + succeeds
        text += sha(key_bytes) + sha(claim["login"].encode()) + u64(claim["head_seq"]) + bytes.fromhex(claim["head_chain"])
        check_device_signature(key, text, claim[name], f"claim, {name}")
    text = b"firebee/refresh/1\n" + id_bytes(vector["incarnation"]) + store + nonce + sha(vector["token"].encode())
    check_device_signature(key, text, vector["refresh"], "refresh")
    check_device_signature(key, b"firebee/release/1\n" + store + nonce, vector["release"], "release")
    check_device_signature(key, b"firebee/open/1\n" + nonce, vector["open"], "open")


def check_receipts():
    vector = load("receipts")
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["server_secret"]))
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    receipt = vector["receipt"]
    text = b"firebee/receipt/1\n" + id_bytes(receipt["incarnation"]) + id_bytes(receipt["store_id"]) + u64(receipt["seq"])
    text += bytes.fromhex(receipt["chain"]) + u64(receipt["received_ms"])
    same(text.hex(), vector["receipt_text"], "receipt bytes")
    same(unbase64(receipt["sig"]), key.sign(text), "receipt signature")
    stamp = vector["stamp"]
    text = b"firebee/stamp/1\n" + id_bytes(receipt["incarnation"]) + id_bytes(receipt["store_id"]) + u64(stamp["server_ms"])
    same(text.hex(), stamp["text"], "stamp bytes")
    same(unbase64(stamp["sig"]), key.sign(text), "stamp signature")
    claim = vector["claim_receipt"]
    same(claim["key_sha256"], sha(unbase64(vector["device_public_key"])).hex(), "hash of the device's key")
    text = b"firebee/claim/1\n" + id_bytes(claim["incarnation"]) + id_bytes(claim["account"]) + id_bytes(claim["store_id"])
    text += u64(claim["epoch"]) + bytes.fromhex(claim["key_sha256"]) + u64(claim["issued_ms"])
    same(text.hex(), vector["claim_receipt_text"], "claim receipt bytes")
    same(unbase64(claim["sig"]), key.sign(text), "claim receipt signature")
    same(unbase64(receipt["server_key"]), public, "server key")


def check_manifests():
    for row in load("manifests"):
        same(sha(b"firebee/manifest/1\n", row["text"].encode()).hex(), row["manifest_hash"], "manifest hash")
        same(list(json.loads(row["text"])), ["results", "photos", "segments", "described", "service", "witness"], "members")


def check_digests():
    total = 0
    for row in load("digests"):
        if "kind" in row:
            text = f"firebee/doc/1\n{row['kind']}\n{row['id']}\n{row['rev']}".encode()
            total = (total + int.from_bytes(sha(text)[:16], "big")) % (1 << 128)
        same(f"{total:032x}", row["digest"], "digest")


def check_faults():
    vector = load("faults")
    for row in vector["faults"]:
        name = f"firebee/fault/1\n{vector['item']}\n{row['ordinal']}"
        same(str(uuid.uuid5(uuid.UUID(vector["task"]), name)), row["fault_id"], "fault id")
    row = vector["dispatch"]
    name = f"firebee/dispatch/1\n{row['event']}"
    same(str(uuid.uuid5(uuid.UUID(row["fault_id"]), name)), row["dispatch_id"], "dispatch id")


def check_cursors():
    vector = load("cursors")
    for row in vector["cursors"]:
        same(f"1.{vector['incarnation']}.{row['feed_seq']}", row["cursor"], "cursor")


def uvarint(number):
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number):
    return uvarint(number * 2 if number >= 0 else -number * 2 - 1)


def check_track_segment():
    vector = load("track_segment")
    fixes, holes = vector["fixes"], vector["holes"]
    inner = uvarint(len(fixes))
    for column in range(3):
        before = 0
        for fix in fixes:
            inner += zigzag(fix[column] - before)
            before = fix[column]
    inner += bytes(fix[3] for fix in fixes)
    inner += bytes(fix[4] | (4 if fix[5] else 0) for fix in fixes)
    inner += uvarint(len(holes))
    for start, length, cause in holes:
        inner += uvarint(start - fixes[0][0]) + uvarint(length) + bytes([cause])
    same(inner.hex(), vector["inner"], "inner bytes")
    same(bytes.fromhex(vector["blob_begins"]), b"FBTRK1\n", "beginning of the blob")


def check_acts():
    vector = load("acts")
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["server_secret"]))
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    firm, incarnation = id_bytes(vector["organisation"]), id_bytes(vector["incarnation"])
    link = sha(b"firebee/office-chain/1\n", firm, incarnation, sha(public))
    same(link.hex(), vector["start"], "start of the acts' chain")
    for seq, act in enumerate(vector["links"], start=1):
        project = json.loads(act["line"])["project"]
        same(project, act["project"], "project of an act")
        begins = f'{{"project":"{project}",' if project else '{"project":null,'
        same(act["line"][: len(begins)], begins, "beginning of an act")
        link = sha(b"firebee/office-link/1\n", link, u64(seq), scope(vector["organisation"], project), content(act["line"]))
        same(link.hex(), act["chain"], f"chain of acts at {seq}")
        text = b"firebee/office-head/1\n" + firm + incarnation + u64(seq) + link
        same(text.hex(), act["text"], "signed bytes of an act")
        same(unbase64(act["sig"]), key.sign(text), "signature of an act")


CHECKS = [check_facts, check_chain, check_signatures, check_receipts, check_manifests, check_digests, check_faults, check_cursors, check_track_segment, check_acts]


def main():
    failed = 0
    for check in CHECKS:
        name = check.__name__.removeprefix("check_")
        try:
            check()
            print(f"vector {name} ... ok")
        except (AssertionError, InvalidSignature) as error:
            failed += 1
            print(f"vector {name} ... FAILED: {error!r}")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
