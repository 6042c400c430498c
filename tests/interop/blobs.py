"""The blob lane: whole blobs by PUT, others in pieces by tus."""
import base64
import hashlib
import http.client
import time

from wire import Refused

PIECE = 1 << 20
WHOLE = ("verified", "durable")
TUS = {"Tus-Resumable": "1.0.0"}


def put(wire, name, data):
    """One PUT of the whole blob."""
    answer = wire.ask("PUT", f"/v1/blobs/{name}", data, {"Content-Type": "application/octet-stream"})
    assert answer.status == 204 and answer.headers["Firebee-Blob"] in WHOLE, answer.headers


def create(wire, name, length):
    metadata = "blob " + base64.b64encode(name.encode()).decode()
    headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": metadata}
    answer = wire.ask("POST", "/v1/blobs", b"", headers)
    assert answer.status == 201 and answer.headers["Location"].endswith(f"/v1/blobs/{name}"), answer.headers
    return answer.headers["Location"]


def piece(wire, place, offset, data):
    """One PATCH; gives the new offset and the state."""
    checksum = "sha256 " + base64.b64encode(hashlib.sha256(data).digest()).decode()
    headers = {**TUS, "Upload-Offset": str(offset), "Upload-Checksum": checksum,
               "Content-Type": "application/offset+octet-stream"}
    answer = wire.ask("PATCH", place, data, headers)
    return int(answer.headers["Upload-Offset"]), answer.headers["Firebee-Blob"]


def broken_piece(wire, place, offset, data, sent):
    """A PATCH without checksum whose link breaks after `sent` bytes."""
    connection = http.client.HTTPConnection(wire.host, timeout=60)
    connection.putrequest("PATCH", place)
    headers = {**wire.every(), **TUS, "Upload-Offset": str(offset), "Content-Length": str(len(data)),
               "Content-Type": "application/offset+octet-stream"}
    for header, value in headers.items():
        connection.putheader(header, value)
    connection.endheaders()
    connection.send(data[:sent])
    connection.close()


def look(wire, place):
    """Where an upload stands."""
    answer = wire.ask("HEAD", place, headers=TUS)
    return int(answer.headers["Upload-Offset"]), answer.headers["Firebee-Blob"]


def wait_until_some_is_there(wire, place):
    """Asks where the upload stands until the server has wound up the broken request."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        offset, state = look(wire, place)
        if offset > 0:
            return offset, state
        time.sleep(0.05)
    raise AssertionError("nothing of the broken piece was kept")


def resume(wire, place, data):
    """Sends the rest in pieces. The offset may still move after the first look; the server then tells the new one."""
    began, state = offset, _ = wait_until_some_is_there(wire, place)
    while offset < len(data):
        try:
            offset, state = piece(wire, place, offset, data[offset:offset + PIECE])
        except Refused as refused:
            assert refused.code == "offset_mismatch", refused
            offset = refused.problem["detail"]["offset"]
    return began, state
