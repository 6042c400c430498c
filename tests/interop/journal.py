"""A phone's journal: the device key, the lines, their chain, and the frames that carry them."""
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from wire import base64url, compact, compress, id_bytes, random_id, sha, time_id, u64

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class DeviceKey:
    """ECDSA P-256 with SHA-256; r and s in 64 bytes, s low."""

    def __init__(self):
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.public = self._key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)

    def public_text(self):
        return base64url(self.public)

    def sign(self, text):
        r, s = decode_dss_signature(self._key.sign(text, ec.ECDSA(hashes.SHA256())))
        s = min(s, P256_ORDER - s)
        return base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


class Journal:
    """The lines of one store, from seq 1, and the chain over them."""

    def __init__(self):
        self.store = random_id()
        self.key = DeviceKey()
        self.lines = []
        self.chain = [sha(b"firebee/chain/1\n", id_bytes(self.store), sha(self.key.public))]

    @property
    def head(self):
        return len(self.lines)

    def append(self, fact):
        """Writes a fact once: the bytes of its line are its content for good."""
        content = compact(fact).encode()
        self.lines.append(content)
        self.chain.append(self.link(self.chain[-1], self.head, fact["project"], content))

    def link(self, before, seq, project, content):
        scope = sha(b"firebee/scope/1\n", id_bytes(self.store), id_bytes(project) if project else bytes(16))
        return sha(b"firebee/link/1\n", before, u64(seq), scope, sha(b"firebee/fact/1\n", content))

    def head_json(self):
        return {"seq": self.head, "chain": self.chain[self.head].hex()}

    def frame(self, epoch, first, last, signer=None, signed=True):
        """One zstd frame: the frame line, then the facts first..=last."""
        text = b"firebee/head/1\n" + id_bytes(self.store) + u64(self.head) + self.chain[self.head]
        text += u64(last) + self.chain[last]
        begin = {"v": 1, "store_id": self.store, "epoch": epoch, "first_seq": first, "count": last - first + 1,
                 "head": self.head_json(), "sig": (signer or self.key).sign(text) if signed else None}
        content = self.lines[first - 1:last]
        return compress(b"".join(line + b"\n" for line in [compact(begin).encode(), *content]))

    def forged(self, seq):
        """A journal of the same store and key, whose line `seq` says something else; what follows it is gone."""
        other = Journal.__new__(Journal)
        other.store, other.key = self.store, self.key
        other.lines, other.chain = self.lines[:seq - 1], self.chain[:seq]
        other.append({**json.loads(self.lines[seq - 1]), "id": time_id()})
        return other
