"""One task of one executor: the facts that a phone records for it, and its manifest."""
from track import segment
from wire import blob_name, compact, sha


def picture(data, note):
    """The same JPEG with a comment, so that other bytes show the same picture: this phone scales nothing."""
    assert data[:2] == b"\xff\xd8", "not a JPEG"
    return data[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + data[2:]


class Task:
    def __init__(self, phone, pack, items):
        self.phone, self.pack = phone, pack
        self.assignment, rev, body = phone.documents.only("assignment")
        granted = body["assignment"]
        self.project, self.plan, self.catalogue = granted["project"], granted["plan"], body["catalogue"]
        self.items = {item["plan_item"]: item["item_id"] for item in granted["items"][:items]}
        self.seen = {"doc": self.assignment, "rev": rev}
        self.blobs, self.results, self.photos, self.segments, self.described = {}, {}, [], [], None
        chosen = [{"item": item, "item_id": item_id} for item, item_id in self.items.items()]
        start = {"kind": "planned", "plan": self.plan, "plan_name": body["plan_name"], "items": chosen}
        self.id = phone.record("task.started", start, self.project, {"plan": self.plan, "seen": self.seen})

    def record(self, kind, body, blobs=()):
        subject = {"plan": self.plan, "task": self.id, "seen": self.seen}
        return self.phone.record(kind, body, self.project, subject, blobs)

    def announce(self, data, mime, role):
        """Keeps a blob for the blob lane; gives how a fact announces it."""
        name = blob_name(data)
        self.blobs[name] = data
        return {"id": name, "len": len(data), "mime": mime, "role": role}

    def photograph(self, role, original, small, item=None):
        number = f"{len(self.photos)}".encode()
        blobs = [self.announce(original, "jpeg", "original"),
                 self.announce(picture(small, b"preview " + number), "jpeg", "preview"),
                 self.announce(picture(small, b"thumbnail " + number), "jpeg", "thumb")]
        body = {"role": role, "item": item, "ordinal": 1 if item else None, "original": blobs[0]["id"],
                "preview": blobs[1]["id"], "thumbnail": blobs[2]["id"], "exif": {}}
        self.photos.append(self.record("photo.taken", body, blobs))

    def walk(self, fixes, holes):
        """Seals a piece of the track."""
        blob = self.announce(segment(fixes, holes), "track", "track")
        body = {"blob": blob["id"], "boot_id": self.phone.boot, "first_boot_ms": fixes[0][0],
                "last_boot_ms": fixes[-1][0], "fixes": len(fixes), "holes": len(holes), "replayed": False}
        self.segments.append(self.record("track.segment", body, [blob]))

    def describe(self, brand, helpers):
        body = {"controller": {"brand": brand}, "helpers": [{"name": name} for name in helpers],
                "instruments": [{"number": "XF-12", "kind": "风速仪", "calibrated": "2026-01-05", "valid_to": "2027-01-04"}]}
        self.described = self.record("task.described", body)

    def answer(self, item, values, verdict=None, fault=None, override=None):
        """Answers an item by its values; a later answer replaces the one before."""
        item_id = self.items[item]
        proposed = self.pack.proposed(item_id, values)
        verdict = verdict or proposed
        found = self.pack.items[item_id]
        body = {"item": item, "ordinal": 1, "position": None, "catalogue": self.catalogue, "item_id": item_id,
                "name": found["name"], "criterion": found["criteria"], "variant": None,
                "values": [{"key": key, "value": value} for key, value in values.items()], "proposed": proposed,
                "verdict": verdict, "override_reason": override, "untestable_reason": None, "fault": fault,
                "measured_record": self.pack.measured_record(item_id, values, verdict), "photos": [],
                "replaces": self.results.get(item)}
        return self.record("result.recorded", body)

    def decide(self, item, *args, **kwargs):
        """An answer that counts."""
        self.results[item] = self.answer(item, *args, **kwargs)

    def manifest(self):
        return compact({"results": sorted(self.results.values()), "photos": sorted(self.photos),
                        "segments": sorted(self.segments), "described": self.described,
                        "service": [], "witness": None})

    def submit(self, round_number):
        text = self.manifest()
        body = {"round": round_number, "manifest": text,
                "manifest_hash": sha(b"firebee/manifest/1\n", text.encode()).hex()}
        return self.record("task.submitted", body)

    def document(self):
        """The task as the server has it."""
        return self.phone.documents.body("task", self.id)
