"""Values of the protocol page, and one connection that speaks HTTP as the page says."""
import base64
import hashlib
import http.client
import json
import os
import time
import urllib.parse
import uuid

import zstandard
from cryptography.hazmat.primitives.asymmetric import ed25519

BODY_BYTES_MAX = 8 << 20


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def id_bytes(text):
    return uuid.UUID(text).bytes


def u64(number):
    return number.to_bytes(8, "big")


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def compact(value):
    """JSON without blanks, text as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def random_id():
    return str(uuid.uuid4())


def time_id():
    """A UUID of version 7: 48 bits of time, then chance."""
    number = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    return str(uuid.UUID(int=number & ~(0x3 << 62) | 0x2 << 62))


def blob_name(data):
    return "sha256-" + hashlib.sha256(data).hexdigest()


def compress(data):
    return zstandard.ZstdCompressor(level=3).compress(data)


def decompress(frame, prefix=None):
    """One zstd frame; `prefix` is the body that a patch begins from."""
    known = None
    if prefix is not None:
        known = zstandard.ZstdCompressionDict(prefix, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    return zstandard.ZstdDecompressor(dict_data=known).decompress(frame, max_output_size=BODY_BYTES_MAX)


def server_signed(key, text, signature):
    """Raises when the server's Ed25519 key did not sign the text."""
    ed25519.Ed25519PublicKey.from_public_bytes(unbase64url(key)).verify(unbase64url(signature), text)


class Refused(Exception):
    """An answer with a code."""

    def __init__(self, status, problem):
        super().__init__(f"{status} {problem}")
        self.status, self.problem, self.code = status, problem, problem.get("code")


class Answer:
    def __init__(self, status, headers, data):
        self.status, self.headers, self.data = status, headers, data

    def json(self):
        return json.loads(self.data)


class Wire:
    """Requests to one server, with the headers that every request has."""

    def __init__(self, url):
        self.host = urllib.parse.urlparse(url).netloc
        self.incarnation = None
        self.access = None

    def send(self, method, path, body=None, headers=None):
        """The answer, whatever its status."""
        sent = {"Accept-Encoding": "zstd", **self.every(), **(headers or {})}
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request(method, path, body=body, headers=sent)
        except (BrokenPipeError, ConnectionResetError):
            pass  # The server may have answered before it read everything.
        got = connection.getresponse()
        data = got.read()
        connection.close()
        if got.headers.get("Firebee-Server") is None:
            raise ConnectionError("somebody else answered")
        if got.headers.get("Content-Encoding") == "zstd":
            data = decompress(data)
        return Answer(got.status, got.headers, data)

    def ask(self, method, path, body=None, headers=None):
        """A good answer; a refusal is raised with its code."""
        if isinstance(body, dict):
            body = compact(body).encode()
            headers = {"Content-Type": "application/json", **(headers or {})}
        answer = self.send(method, path, body, headers)
        if answer.status >= 300:
            problem = answer.json() if answer.data else {"code": answer.headers.get("Firebee-Code")}
            assert problem["code"] == answer.headers["Firebee-Code"], answer.headers
            raise Refused(answer.status, problem)
        return answer

    def every(self):
        """The headers of every request."""
        headers = {}
        if self.incarnation:
            headers["Firebee-Incarnation"] = self.incarnation
        if self.access:
            headers["Authorization"] = "Bearer " + self.access
        return headers
