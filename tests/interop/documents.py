"""The pull lane: documents, patches, the cursor and the digest."""
import json
import urllib.parse

from wire import decompress, sha, unbase64url


class Documents:
    """What the phone has pulled: (kind, id) to revision and the body's bytes."""

    def __init__(self, wire):
        self.wire, self.cursor, self.rows, self.applied, self.patched = wire, None, {}, {}, 0

    def pull(self, limit=None, headers=None):
        """Pulls until `done`, applies every page, and compares the digest."""
        pages, last = 0, None
        while last is None or not last["done"]:
            query = {"patch": "true"}
            if self.cursor:
                query["cursor"] = self.cursor
            if limit:
                query["limit"] = limit
            data = self.wire.ask("GET", "/v1/pull?" + urllib.parse.urlencode(query), headers=headers).data
            last = json.loads(data)
            for change in zip(last["changes"], bodies(data)):
                self._apply(*change)
            self.cursor, pages = last["next_cursor"], pages + 1
        self.applied = {row["store_id"]: row["seq"] for row in last["applied"]}
        assert self.digest() == last["digest"], "the documents are others than the server's"
        return pages

    def _apply(self, change, body):
        key = (change["kind"], change["id"])
        if change.get("deleted"):
            self.rows.pop(key, None)
            return
        patch = change.get("patch")
        if patch is not None:
            rev, held = self.rows[key]
            assert rev == patch["from"], "the patch begins at a revision that this phone does not have"
            body, self.patched = decompress(unbase64url(patch["data"]), prefix=held), self.patched + 1
        self.rows[key] = (change["rev"], body)

    def digest(self):
        total = 0
        for (kind, name), (rev, _) in self.rows.items():
            total += int.from_bytes(sha(f"firebee/doc/1\n{kind}\n{name}\n{rev}".encode())[:16], "big")
        return f"{total % (1 << 128):032x}"

    def body(self, kind, name):
        return json.loads(self.rows[kind, name][1])

    def rev(self, kind, name):
        return self.rows[kind, name][0]

    def names(self, kind):
        return [name for found, name in self.rows if found == kind]

    def only(self, kind):
        """Id, revision and body of the one document of a kind."""
        (name,) = self.names(kind)
        return name, self.rev(kind, name), self.body(kind, name)


def bodies(page):
    """The bytes of each change's body as they were pulled: a patch begins from these."""
    text, decoder, found = page.decode(), json.JSONDecoder(), []
    at = text.index("[", text.index('"changes"')) + 1
    while text[at] != "]":
        change, end = decoder.raw_decode(text, at)
        found.append(body_of(text[at:end], decoder).encode() if "body" in change else None)
        at = end + (text[end] == ",")
    return found


def body_of(change, decoder):
    """The text of the member `body` of an object that is written without blanks."""
    at = 1
    while True:
        key, at = decoder.raw_decode(change, at)
        _, end = decoder.raw_decode(change, at + 1)
        if key == "body":
            return change[at + 1:end]
        at = end + 1
