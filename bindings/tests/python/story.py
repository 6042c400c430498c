#!/usr/bin/env python3
"""The story of a month, played through the Python package against the real server binary.

A manager issues the plan to two operators; both work without a signal; everything arrives; an approval before the
faults are handled is refused with its count; the lead rejects a task, the operator mends it, the lead approves all; a
second phone that claims an account is refused.

usage: story.py FIREBEE_BINARY PHOTOS_FOLDER
"""
import asyncio
import datetime
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from console import Console, Forms

import firebee

HERE = pathlib.Path(__file__).resolve().parent
PASSWORD = "lantern-meadow-42"


def found_firm(binary, data):
    """Makes the firm of firm.json; every account opens with one password."""
    firm = json.loads((HERE / "firm.json").read_text(encoding="utf-8"))
    today = datetime.date.today()
    contract = firm["owners"][0]["contracts"][0]
    contract["sign_date"], contract["end_date"] = f"{today.year}-01-01", f"{today.year + 1}-12-31"
    path = data / "firm.json"
    path.write_text(json.dumps(firm, ensure_ascii=False), encoding="utf-8")
    command = [binary, "admin", "--data", str(data / "server"), "create-firm", "--from", str(path), "--password-stdin"]
    subprocess.run(command, input=PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL)


def start_server(binary, data):
    """Starts the server on a free port; gives the process and its address."""
    command = [binary, "serve", "--data", str(data / "server"), "--listen", "127.0.0.1:0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=(data / "server.log").open("w"), text=True,
                              env={"FIREBEE_METRICS": "off", "PATH": "/usr/bin:/bin"})
    line = server.stdout.readline()
    address = re.search(r"http://\S+", line)
    if not address:
        raise SystemExit("the server did not start: " + (data / "server.log").read_text())
    return server, address.group(0)


def issue_plan(url):
    """The manager creates the month's plan and issues half of its items to each operator."""
    manager = Console(url)
    manager.sign_in("manager", PASSWORD, PASSWORD + "-2")
    project = re.search(r'href="(/projects/[0-9a-f-]{36})"', manager.get("/projects")).group(1)
    form = Forms(manager.get(project + "/plans/new")).posting_to("/plans")
    month = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).strftime("%Y-%m")
    page, plan = manager.submit(form, nature="month", month=month)
    form = Forms(page).posting_to("/issue")
    items, people = form["options"]["item"], [value for value in form["options"]["executor"] if value]
    operators = people[:2]
    half = len(items) // 2
    page, _ = manager.submit(form, item=items[:half], executor=operators[0])
    form = Forms(manager.get(plan)).posting_to("/issue")
    manager.submit(form, item=items[half:], executor=operators[1])
    return len(items)


async def phone(url, folder, name):
    """A phone with its own stores and keys."""
    device = firebee.Device(name=name, system="Python", app="0.1.0")
    return await firebee.Client.open(firebee.Settings(folder=str(folder), server_url=url, device=device, extra_roots=[]))


async def refused(awaitable):
    """The code under which a call is refused."""
    try:
        await awaitable
    except firebee.ClientError.Failed as error:
        assert error.message_zh and error.message_en, error.code
        return error.code
    raise AssertionError("it was not refused")


def good_values(form):
    """Values that fulfil an item's criterion, by its fields; nothing where a person has to choose a variant."""
    values = []
    for field in form.item.record.fields:
        kind = field.kind
        if kind.is_choice():
            options = kind[0].options
            best = next((option for option in options if option._pass is not False), None)
            if best:
                values.append(firebee.FieldValue(key=field.key, value=best.value))
        elif kind.is_number():
            limit = kind[0].limit
            value = limit.min if limit.min is not None else limit.max if limit.max is not None else 1
            values.append(firebee.FieldValue(key=field.key, value=str(value)))
        elif kind.is_bool():
            values.append(firebee.FieldValue(key=field.key, value="true"))
        else:
            values.append(firebee.FieldValue(key=field.key, value="正常"))
    return values


def answer(task, item, verdict, **more):
    """An answer without values: what a person decides by looking."""
    fields = dict(ordinal=1, position=None, variant=None, values=[], override_reason=None, untestable_reason=None,
                  fault=None, photos=[])
    return firebee.RecordResult(task=task, item=item, verdict=verdict, **{**fields, **more})


async def record_all(client, task, items, photo):
    """Answers every item: the first does not conform, the others as their values say."""
    fault = firebee.FaultText(part="储油设备", defect="附件损坏", text="油箱接头渗漏")
    await client.tasks().record_result(answer(task, items[0], firebee.Verdict.NONCONFORM, fault=fault))
    await client.evidence().take_photo(task, firebee.PhotoRole.EVIDENCE, str(photo), items[0], 1)
    for item in items[1:]:
        form = await client.tasks().form(task, item)
        values = good_values(form)
        proposed = await client.tasks().propose(task, item, values)
        if proposed.verdict == firebee.Verdict.CONFORM:
            await client.tasks().record_result(answer(task, item, firebee.Verdict.CONFORM, values=values))
        else:
            await client.tasks().record_result(
                answer(task, item, firebee.Verdict.UNTESTABLE, untestable_reason="现场未设置"))


async def work(client, photos, items_count):
    """One operator's task without a signal, submitted."""
    plans = await client.projects().issued()
    items = [item.item for item in plans[0].items][:items_count]
    start = firebee.StartTask(plan=plans[0].plan, items=items, location_allowed=True)
    task = await client.tasks().start(start)
    assert await refused(client.tasks().start(start)) == "item_already_in_task"
    await client.tracks().start(firebee.StartTrack(task=task, replayed=False))
    await client.evidence().take_photo(task, firebee.PhotoRole.SELFIE, str(photos[0]))
    assert await refused(client.tasks().submit(task)) == "task_incomplete"
    await record_all(client, task, items, photos[1])
    describe = firebee.DescribeTask(task=task, controller_brand="海湾", helpers=[], instruments=[])
    await client.tasks().describe(describe)
    await client.tracks().stop()
    submitted = await client.tasks().submit(task)
    assert submitted.round == 1
    overview = await client.progress().overview()
    assert overview.facts.pending > 0 and overview.facts.acked + overview.facts.durable == 0, overview
    return task


async def arrived(client):
    """Syncs until nothing is unsent."""
    for _ in range(20):
        await client.sync().now()
        overview = await client.progress().overview()
        counts = overview.facts
        if counts.pending + counts.sent == 0 and overview.blobs_unsent == 0:
            assert counts.parked == 0, await client.progress().parked()
            return counts.acked + counts.durable
    raise AssertionError("it does not arrive")


async def play(url, data, photos):
    names = ["operator-1", "operator-2", "lead"]
    phones = [await phone(url, data / name, name) for name in names]
    for client, name in zip(phones, names):
        assert await refused(client.session().sign_in(name, "wrong")) != "internal"
        await client.session().sign_in(name, PASSWORD)
        await client.sync().now()
    thief = await phone(url, data / "second", "a second phone")
    assert await refused(thief.session().sign_in("operator-1", PASSWORD)) == "signed_in_elsewhere"
    print("a second phone was refused")

    tasks = [await work(client, photos, 4) for client in phones[:2]]
    print("two tasks were recorded without a signal")
    sums = [await arrived(client) for client in phones[:2]]
    print(f"{sum(sums)} facts arrived and were acknowledged")

    lead = phones[2]
    await lead.sync().now()
    queue = await lead.reviews().queue()
    assert {queued.id for queued in queue} == set(tasks), queue

    async def decide(task, decision, opinion=""):
        view = await lead.reviews().get(task)
        last = view.task.submissions[-1]
        decided = firebee.DecideTask(task=task, round=last.round, manifest_hash=last.manifest_hash, decision=decision,
                                     opinion=opinion)
        await lead.reviews().decide(decided)

    assert await refused(decide(tasks[0], firebee.Decision.APPROVED)) == "faults_not_handled"
    await decide(tasks[1], firebee.Decision.REJECTED, "第一项请重新拍照")
    await arrived(lead)
    print("an approval before the faults were handled was refused; one task was rejected")

    operator = phones[1]
    await operator.sync().now()
    view = await operator.tasks().get(tasks[1])
    assert view.task.state == firebee.TaskState.REJECTED and view.task.reviews[-1].decided.opinion
    await operator.evidence().take_photo(tasks[1], firebee.PhotoRole.EVIDENCE, str(photos[2]), view.task.items[0].item, 1)
    assert (await operator.tasks().submit(tasks[1])).round == 2
    assert await refused(operator.session().sign_out()) == "unsent_data"
    assert (await operator.session().unsent()).facts > 0
    await arrived(operator)
    assert (await operator.session().unsent()) == firebee.Unsent(facts=0, blobs=0)
    assert (await operator.session().state()).state == firebee.ClaimState.SIGNED_IN

    await lead.sync().now()
    ways = [(firebee.Way.NEGOTIATING, ""), (firebee.Way.OUT_OF_SCOPE, "不在合同范围内")]
    for task, (way, explanation) in zip(tasks, ways):
        for fault in (await lead.reviews().get(task)).task.faults:
            await lead.reviews().handle_fault(
                firebee.HandleFault(task=task, fault=fault.id, way=way, explanation=explanation))
        await decide(task, firebee.Decision.APPROVED)
    await arrived(lead)
    for client in phones[:2]:
        await client.sync().now()
        states = {summary.state for summary in await client.tasks().list(firebee.TaskFilter(states=[], project=None))}
        assert states == {firebee.TaskState.APPROVED}, states
    print("the faults were handled and both tasks approved")
    await phones[0].session().sign_out()
    await thief.session().sign_in("operator-1", PASSWORD)
    print("after signing out, the second phone has the account")


def originals_are_kept(data, photos):
    """Every picture lies in the server's folder, byte for byte."""
    held = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (data / "server").rglob("*") if path.is_file()}
    for photo in photos[:3]:
        assert hashlib.sha256(photo.read_bytes()).hexdigest() in held, photo


def main():
    binary, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    photos = sorted(folder.glob("*.jpg"))
    with tempfile.TemporaryDirectory() as scratch:
        data = pathlib.Path(scratch)
        (data / "server").mkdir()
        found_firm(binary, data)
        server, url = start_server(binary, data)
        try:
            print(f"{issue_plan(url)} items were issued to two operators")
            asyncio.run(play(url, data, photos))
            originals_are_kept(data, photos)
        finally:
            server.terminate()
            server.wait(timeout=30)
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
