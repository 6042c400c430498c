#!/usr/bin/env python3
"""A phone that does what docs/protocol.md says and nothing else, played against the real server.

It claims an account, works on what was issued, is rejected, corrects, is approved, and signs out. On the way it asks
for what the server must refuse. It shares no code with the project but the console's driver.

usage: phone.py FIREBEE_BINARY
"""
import pathlib
import sys
import tempfile
import time

import blobs
from catalogue import Pack
from device import Phone, refused
from office import PASSWORD, Lead, Server, found_firm, issue_plan
from wire import base64url, blob_name, random_id
from work import Task

PHOTOS = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "photos"
CHOSEN = PASSWORD + "-2"
OPINION = "第一项请复测\n并说明原因"


class Story:
    """The steps in their order. Each method is one; its docstring is what it prints."""

    def __init__(self, url, accounts):
        self.executor = accounts["operator-1"]
        self.url, self.phone, self.other = url, Phone(url, "a phone in Python"), Phone(url, "another phone")

    def issue(self):
        """a plan was issued on the console"""
        self.count = issue_plan(self.url, self.executor)
        assert self.count >= 3, self.count

    def read_capabilities(self):
        """the server's key was pinned, its stamp holds"""
        told = self.phone.capabilities()
        assert told["v"] == 1 and told["limits"]["facts_max"] >= 500, told
        self.other.capabilities()

    def claim(self):
        """the account was claimed after its password was changed, the claim receipt holds, a repeat is the same claim"""
        phone = self.phone
        refused("sign_in_failed", phone.claim, "operator-1", "a wrong password")
        refused("password_change_required", phone.claim, "operator-1", PASSWORD)
        refused("password_too_short", phone.change_password, "operator-1", PASSWORD, "short")
        assert phone.change_password("operator-1", PASSWORD, CHOSEN).status == 204
        request = phone.claim_request("operator-1", CHOSEN)
        refused("signature_invalid", phone.wire.ask, "POST", "/v1/session/claim", {**request, "login": "operator-2"})
        request, told = phone.claim("operator-1", CHOSEN)
        assert told["account"] == self.executor and told["epoch"] == 1, told
        again = phone.wire.ask("POST", "/v1/session/claim", request).json()
        assert again["claim_receipt"] == told["claim_receipt"], again
        phone.refresh_token, phone.wire.access = again["refresh"], again["access"]

    def refuse_a_second_phone(self):
        """a second phone was refused, with the name of the first"""
        detail = refused("signed_in_elsewhere", self.other.claim, "operator-1", CHOSEN)["detail"]
        assert detail["device"] == self.phone.name and set(detail["unsent"]) == {"facts", "blobs"}, detail

    def refuse_another_incarnation(self):
        """a request for an unknown incarnation was refused"""
        detail = refused("incarnation_changed", self.phone.wire.ask, "GET", "/v1/pull",
                         headers={"Firebee-Incarnation": random_id()})["detail"]
        assert detail == {"incarnation": self.phone.wire.incarnation}, detail

    def pull(self):
        """a snapshot was pulled in pages, its digest fits"""
        documents = self.phone.documents
        assert documents.pull(limit=2) > 1
        assert documents.body("session", self.phone.account)["category"] == "field_operator"
        assert documents.applied == {self.phone.journal.store: 0}, documents.applied

    def read_catalogue(self):
        """the catalogue pack was read, its hash is its id"""
        name, _, body = self.phone.documents.only("catalogue")
        data = self.phone.wire.ask("GET", f"/v1/catalogues/{name}").data
        assert body["id"] == name and body["len"] == len(data), body
        self.pack = Pack(name, data)
        assert self.pack.pack["edition"] == body["edition"]

    def record(self):
        """a task was recorded without a signal: results, photos, a description"""
        large, small = (PHOTOS / "HMD_Nokia_8.3_5G.jpg").read_bytes(), (PHOTOS / "portrait_6.jpg").read_bytes()
        self.began = self.phone.boot_ms()
        task = self.task = Task(self.phone, self.pack, self.count)
        task.photograph("selfie", small, small)
        self.first = next(iter(task.items))
        self.record_results(task)
        task.photograph("evidence", large, small, self.first)
        self.large = blob_name(large)
        task.photograph("panel", small, small)
        task.describe("海湾", ["赵强"])
        assert self.phone.stamped == 1, "the anchor's stamp is not in the journal"

    def record_results(self, task):
        """The first item does not conform, the others do; two facts more must not count."""
        for item, item_id in task.items.items():
            values = self.pack.good_values(item_id)
            if item == self.first:
                field = self.pack.items[item_id]["record"]["fields"][0]
                fault = {"part": None, "defect": None, "text": "不能自动切换"}
                values[field["key"]] = next(option["value"] for option in field["options"] if not option["pass"])
                task.decide(item, values, fault=fault)
            else:
                task.decide(item, values)
        field = self.pack.items[task.items[self.first]]["record"]["fields"][0]
        wrong = {"item": self.first, "ordinal": 1, "catalogue": task.catalogue, "item_id": task.items[self.first],
                 "name": "", "criterion": "", "values": [{"key": field["key"], "value": "no such option"}],
                 "verdict": "conform", "measured_record": "", "photos": []}
        self.uncounted = {task.record("result.recorded", wrong): "value_malformed"}
        turned = {"controller": "none", "helpers": [{"name": "\u202e赵强"}], "instruments": []}
        self.uncounted[task.record("task.described", turned)] = "text_control_character"

    def refuse_an_unknown_blob(self):
        """a blob that no fact announced was refused"""
        unnamed = b"no fact names this"
        refused("blob_not_announced", blobs.put, self.phone.wire, blob_name(unnamed), unnamed)
        refused("blob_not_announced", blobs.create, self.phone.wire, self.large, len(self.task.blobs[self.large]))
        refused("not_found", blobs.look, self.phone.wire, f"/v1/blobs/{self.large}")

    def refuse_a_wrong_signature(self):
        """a push under a wrong signature was refused: chain_mismatch"""
        phone, stranger = self.phone, self.other
        frame = phone.journal.frame(phone.epoch, 1, phone.journal.head, signer=stranger.journal.key)
        detail = refused("chain_mismatch", phone.post, frame)["detail"]
        assert detail == {"watermark": 0, "chain": phone.journal.chain[0].hex()}, detail
        refused("store_mismatch", phone.post, phone.journal.frame(phone.epoch + 1, 1, phone.journal.head))
        refused("malformed_frame", phone.post, b"no zstd frame")

    def refuse_a_gap(self):
        """a push with lines missing before it was refused: gap"""
        frame = self.phone.journal.frame(self.phone.epoch, 3, self.phone.journal.head)
        assert refused("gap", self.phone.post, frame)["detail"] == {"expected": 1}

    def push(self):
        """all facts were pushed under the head of the whole journal, the receipts hold, two facts do not count"""
        phone = self.phone
        refused("unsigned", phone.push, last=2, signed=False)
        assert phone.push(last=4) == []
        results = phone.push()
        assert {row["id"]: row["code"] for row in results} == self.uncounted, results
        assert phone.push(first=1) == results, "a repeat has other outcomes"

    def see_the_task(self):
        """the pulled task holds every fact in the words of the catalogue; the others are parked"""
        phone = self.phone
        phone.documents.pull()
        assert phone.documents.applied[phone.journal.store] == phone.journal.head
        document = self.task.document()
        task = document["task"]
        assert task["state"] == "executing" and task["executor"] == phone.account, task
        counted = {result["fact"]: result for result in task["results"]}
        assert set(counted) == set(self.task.results.values()), counted
        assert not [result for result in counted.values() if result.get("differs")], counted
        assert {photo["fact"] for photo in task["photos"]} == set(self.task.photos)
        floor = phone.anchor["server_ms"]
        for held in [task["started"], *(result["at"] for result in task["results"])]:
            assert held["time"]["proved"]["earliest"] >= floor and held["time"]["stated"], held
        parked = {name: phone.documents.body("parked", name)["code"] for name in phone.documents.names("parked")}
        assert parked == self.uncounted, parked

    def send_blobs(self):
        """the blobs were sent by PUT, one by tus with a break and a resume"""
        wire, held = self.phone.wire, self.task.blobs
        for name, data in held.items():
            if name != self.large:
                blobs.put(wire, name, data)
        data = held[self.large]
        place = blobs.create(wire, self.large, len(data))
        assert blobs.look(wire, place) == (0, "announced")
        blobs.broken_piece(wire, place, 0, data, sent=3 * len(data) // 4)
        began, state = blobs.resume(wire, place, data)
        assert 0 < began < len(data) and state in blobs.WHOLE, (began, state)
        assert blobs.look(wire, place)[0] == len(data)

    def submit(self):
        """round 1 was submitted with its manifest; all of its evidence counts, and its track lies in the fence"""
        self.walk()
        self.task.submit(1)
        assert self.phone.push() == []
        self.phone.documents.pull()
        (track,) = self.task.document()["evidence"]["missing"]
        blobs.put(self.phone.wire, track, self.task.blobs[track])
        coverage = self.wait_for_coverage()
        assert coverage["verdict"] == "covered" and coverage["outside_ms"] == 0, coverage
        document = self.task.document()
        assert (document["task"]["state"], document["task"]["round"]) == ("pending_review", 1), document
        evidence = document["evidence"]
        assert evidence["verified"] == evidence["total"] == len(self.task.blobs) and not evidence["missing"], evidence
        assert len(self.phone.documents.names("fault")) == 1

    def walk(self):
        """Fixes from a while before the task until now, with a hole before it."""
        def at(boot_ms, n):
            return (int(boot_ms), 36_617_000 + 9 * n, 101_778_000 - 7 * n, 8, 0)

        before = [at(self.began - 400_000 + 1000 * n, n) for n in range(10)]
        step = (self.phone.boot_ms() - self.began + 2000) / 40
        during = [at(self.began - 2000 + step * n, n) for n in range(41)]
        self.task.walk(before + during, [(before[-1][0], during[0][0] - before[-1][0], 5)])

    def wait_for_coverage(self):
        """The server judges a track after the push; the task's document then changes."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            self.phone.documents.pull()
            if self.task.document()["coverage"]:
                return self.task.document()["coverage"]
            time.sleep(0.05)
        raise AssertionError("the track was not judged")

    def be_rejected(self):
        """the lead rejected the round, and the phone reads the opinion"""
        self.lead = Lead(self.url)
        self.lead.review(self.task.id, "rejected", OPINION)
        self.phone.documents.pull()
        task = self.task.document()["task"]
        assert task["state"] == "rejected" and task["reviews"][-1]["decided"]["opinion"] == OPINION, task["reviews"]

    def correct(self):
        """the result was corrected and round 2 submitted"""
        phone, task = self.phone, self.task
        phone.capabilities()
        task.seen = {"doc": task.document()["assignment"], "rev": task.document()["assignment_rev"]}
        task.decide(self.first, self.pack.good_values(task.items[self.first]))
        task.submit(2)
        assert phone.push() == []
        phone.documents.pull()
        held = task.document()["task"]
        assert (held["state"], held["round"]) == ("pending_review", 2), held
        assert phone.stamped == 2 and not [row for row in held["results"] if row["replaces_unknown"]], held

    def be_approved(self):
        """the lead approved the round"""
        self.lead.review(self.task.id, "approved")
        self.phone.documents.pull()
        assert self.task.document()["task"]["state"] == "approved", self.task.document()
        assert self.phone.documents.patched > 0, "no document came as a patch"

    def refuse_another_line(self):
        """a line with other bytes than before was refused: diverged"""
        phone = self.phone
        forged = phone.journal.forged(2)
        detail = refused("diverged", phone.post, forged.frame(phone.epoch, 1, 2))["detail"]
        assert detail == {"seq": 2}, detail

    def refresh(self):
        """the token was refreshed with a nonce; the nonce is good once"""
        phone, before = self.phone, self.phone.wire.access
        request = phone.refresh_request()
        refused("sign_in_again", phone.refresh, {**request, "sig": base64url(bytes(64))})
        phone.refresh(request)
        assert phone.wire.access != before
        refused("nonce_spent", phone.refresh, request)
        phone.documents.pull()

    def sign_out(self):
        """the account was released, and another phone claims it"""
        phone = self.phone
        assert phone.release().status == 204
        refused("token_expired", phone.documents.pull)
        assert phone.release().status == 204, "a second release fails"
        _, told = self.other.claim("operator-1", CHOSEN)
        assert told["epoch"] == 2, told


STEPS = [Story.issue, Story.read_capabilities, Story.claim, Story.refuse_a_second_phone,
         Story.refuse_another_incarnation, Story.pull, Story.read_catalogue, Story.record, Story.refuse_an_unknown_blob,
         Story.refuse_a_wrong_signature, Story.refuse_a_gap, Story.push, Story.see_the_task, Story.send_blobs,
         Story.submit, Story.be_rejected, Story.correct, Story.be_approved, Story.refuse_another_line, Story.refresh,
         Story.sign_out]


def main():
    with tempfile.TemporaryDirectory() as scratch:
        data = pathlib.Path(scratch)
        (data / "server").mkdir()
        accounts = found_firm(sys.argv[1], data)
        with Server(sys.argv[1], data) as url:
            story = Story(url, accounts)
            for step in STEPS:
                try:
                    step(story)
                except Exception:
                    print(f"step {step.__name__} ... FAILED")
                    raise
                print(step.__doc__)
    print(f"interop: {len(STEPS)} steps, 0 failed")


if __name__ == "__main__":
    main()
