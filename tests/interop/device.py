"""A phone: its clocks, its session, its journal, and the push lane."""
import time

from documents import Documents
from journal import Journal
from wire import Refused, Wire, id_bytes, random_id, server_signed, sha, time_id, u64, unbase64url


class Phone:
    def __init__(self, url, name):
        self.wire, self.journal, self.name = Wire(url), Journal(), name
        self.documents = Documents(self.wire)
        self.install, self.boot, self.anchor, self.stamp = random_id(), random_id(), None, None
        self.booted = time.monotonic() - 3600
        self.acked = 0
        self.stamped = 0

    def boot_ms(self):
        """Milliseconds since this phone's boot, an hour before the test began."""
        return int((time.monotonic() - self.booted) * 1000)

    # The session.

    def capabilities(self):
        """Asks for the server's key, pins it, and takes an anchor with its stamp."""
        sent = self.boot_ms()
        answer = self.wire.ask("GET", "/v1/capabilities", headers={"Firebee-Stamp": self.journal.store})
        rtt = self.boot_ms() - sent
        told = answer.json()
        self.server_key, self.limits = told["server_key"], told["limits"]
        server_ms, _, signature = answer.headers["Firebee-Stamp"].partition(".")
        text = b"firebee/stamp/1\n" + id_bytes(told["incarnation"]) + id_bytes(self.journal.store) + u64(int(server_ms))
        server_signed(self.server_key, text, signature)
        self.anchor = {"server_ms": int(server_ms), "boot_ms": sent + rtt // 2, "boot_id": self.boot, "rtt_ms": rtt}
        self.stamp = signature
        return told

    def claim_request(self, login, password):
        journal, claim = self.journal, random_id()
        text = b"firebee/claim-request/1\n" + id_bytes(claim) + id_bytes(self.install) + id_bytes(journal.store)
        text += bytes(16) + sha(journal.key.public) + sha(login.encode()) + u64(journal.head) + journal.chain[-1]
        return {"claim_id": claim, "login": login, "password": password, "install_id": self.install,
                "store_id": journal.store, "public_key": journal.key.public_text(),
                "device": {"name": self.name, "system": "Python", "app": "1"}, "head": journal.head_json(),
                "sig": journal.key.sign(text)}

    def claim(self, login, password):
        """Signs in, and checks the claim receipt under the pinned key."""
        request = self.claim_request(login, password)
        told = self.wire.ask("POST", "/v1/session/claim", request).json()
        receipt = told["claim_receipt"]
        key = sha(self.journal.key.public)
        text = b"firebee/claim/1\n" + id_bytes(receipt["incarnation"]) + id_bytes(receipt["account"])
        text += id_bytes(receipt["store_id"]) + u64(receipt["epoch"]) + key + u64(receipt["issued_ms"])
        server_signed(self.server_key, text, receipt["sig"])
        assert receipt["store_id"] == self.journal.store and receipt["account"] == told["account"]
        assert receipt["key_sha256"] == key.hex() and receipt["server_key"] == self.server_key
        assert (told["watermark"], told["chain"]) == (0, self.journal.chain[0].hex())
        self.account, self.epoch, self.refresh_token = told["account"], told["epoch"], told["refresh"]
        self.wire.incarnation, self.wire.access = told["incarnation"], told["access"]
        return request, told

    def change_password(self, login, old, new):
        return self.wire.ask("POST", "/v1/session/password", {"login": login, "old": old, "new": new})

    def nonce(self):
        return self.wire.ask("POST", "/v1/session/nonce").json()["nonce"]

    def refresh_request(self):
        nonce = self.nonce()
        text = b"firebee/refresh/1\n" + id_bytes(self.wire.incarnation) + id_bytes(self.journal.store)
        text += unbase64url(nonce) + sha(self.refresh_token.encode())
        return {"store_id": self.journal.store, "refresh": self.refresh_token, "nonce": nonce,
                "sig": self.journal.key.sign(text)}

    def refresh(self, request):
        self.wire.access = self.wire.ask("POST", "/v1/session/refresh", request).json()["access"]

    def release(self):
        nonce = self.nonce()
        text = b"firebee/release/1\n" + id_bytes(self.journal.store) + unbase64url(nonce)
        request = {"store_id": self.journal.store, "nonce": nonce, "sig": self.journal.key.sign(text)}
        return self.wire.ask("POST", "/v1/session/release", request)

    # The journal.

    def captured(self):
        return {"wall_ms": int(time.time() * 1000), "boot_ms": self.boot_ms(), "boot_id": self.boot,
                "anchor": self.anchor}

    def fact(self, kind, body, project=None, subject=None, blobs=()):
        return {"project": project, "id": time_id(), "kind": kind, "v": 1, "account": self.account,
                "captured": self.captured(), "subject": subject or {}, "blobs": list(blobs), "body": body}

    def record(self, *args, **kwargs):
        """Records a fact, behind the note of an anchor that no note carries yet. Gives its id."""
        if self.stamp:
            note = {"note": "anchor", "anchor": self.anchor, "stamp": self.stamp}
            self.journal.append(self.fact("device.note", note))
            self.stamp, self.stamped = None, self.stamped + 1
        fact = self.fact(*args, **kwargs)
        self.journal.append(fact)
        return fact["id"]

    # The push lane.

    def post(self, frame, extra=None):
        headers = {"Content-Type": "application/x-ndjson", "Content-Encoding": "zstd", **(extra or {})}
        return self.wire.ask("POST", "/v1/push", frame, headers).json()

    def push(self, first=None, last=None, signed=True):
        """Pushes what is not acknowledged, and checks the receipt. Gives the outcomes that are not plain acceptance."""
        journal = self.journal
        first, last = first or self.acked + 1, last or journal.head
        unsent = {"Firebee-Unsent-Facts": str(journal.head - self.acked), "Firebee-Unsent-Blobs": "0"}
        told = self.post(journal.frame(self.epoch, first, last, signed=signed), unsent)
        self.check_receipt(told["receipt"])
        self.acked = max(self.acked, told["receipt"]["seq"])
        assert told["acked_through"] == self.acked and not told["fenced"] and told["epoch"] == self.epoch, told
        return told["results"]

    def check_receipt(self, receipt):
        text = b"firebee/receipt/1\n" + id_bytes(receipt["incarnation"]) + id_bytes(receipt["store_id"])
        text += u64(receipt["seq"]) + bytes.fromhex(receipt["chain"]) + u64(receipt["received_ms"])
        server_signed(self.server_key, text, receipt["sig"])
        ours = (self.wire.incarnation, self.journal.store, self.server_key, self.journal.chain[receipt["seq"]].hex())
        told = (receipt["incarnation"], receipt["store_id"], receipt["server_key"], receipt["chain"])
        assert told == ours, "the receipt is for something else"


def refused(code, call, *args, **kwargs):
    """The problem of a call that must be refused with this code; it says the code twice, and both sentences."""
    try:
        answer = call(*args, **kwargs)
    except Refused as problem:
        assert problem.code == code, f"{problem.code} in place of {code}: {problem}"
        return problem.problem
    raise AssertionError(f"{code} was expected, and it was taken: {answer}")
