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
CHOSEN = PASSWORD + "-2"


def found_firm(binary, data):
    """Makes the firm of firm.json beside this folder; every account opens with the same password."""
    firm = json.loads((HERE.parent / "firm.json").read_text(encoding="utf-8"))
    today = datetime.date.today()
    contract = firm["owners"][0]["contracts"][0]
    contract["sign_date"], contract["end_date"] = f"{today.year}-01-01", f"{today.year + 1}-12-31"
    path = data / "firm.json"
    path.write_text(json.dumps(firm, ensure_ascii=False), encoding="utf-8")
    command = [binary, "admin", "--data", str(data / "server"), "create-firm", "--from", str(path), "--password-stdin"]
    subprocess.run(command, input=f"{PASSWORD}\n" * path.read_text(encoding="utf-8").count('"login"'), text=True, check=True, stdout=subprocess.DEVNULL)


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
    settings = firebee.ClientSettings(folder=str(folder), server_url=url, device=device, language=firebee.Language.ZH)
    return await firebee.Client.open(settings)


async def refused(awaitable):
    """The code under which a call is refused."""
    try:
        await awaitable
    except firebee.ClientError.Failed as error:
        assert error.text.endswith("。"), error.text
        return error.code
    raise AssertionError("it was not refused")


def good_values(form):
    """Values that fulfil an item's criterion, by its questions; the core tells whether they do."""
    values = []
    for question in form.questions:
        if question.input.is_pick():
            value = question.input.input.options[0].value
        elif question.input.is_number():
            # "应不小于3.0h": the limit itself is allowed.
            limit = re.search(r"\d+(\.\d+)?", question.limit or "")
            value = limit.group(0) if limit else "1"
        else:
            value = "true" if question.input.is_yes_no() else "正常"
        values.append(firebee.FieldValue(key=question.key, value=value))
    return values


async def record_all(client, task, items, photo):
    """Answers every item: the first does not conform, the others as their values say."""
    fault = firebee.FaultText(part="储油设备", defect="附件损坏", text="油箱接头渗漏")
    first = firebee.Instance(item=items[0], ordinal=1)
    await client.tasks().record(task, first, firebee.Draft(verdict=firebee.Verdict.NONCONFORM, fault=fault))
    await client.evidence().take_photo(task, firebee.Purpose(role=firebee.PhotoRole.EVIDENCE, instance=first), str(photo))
    for item in items[1:]:
        at = firebee.Instance(item=item, ordinal=1)
        draft = firebee.Draft(values=good_values((await client.screens().item(task, at)).form))
        form = await client.tasks().answer(task, at, draft)
        if form.proposed is None or form.proposed.verdict != firebee.Verdict.CONFORM or not form.save.allowed:
            draft = firebee.Draft(verdict=firebee.Verdict.UNTESTABLE, reason="现场未设置")
        await client.tasks().record(task, at, draft)


async def work(client, photos, items_count):
    """One operator's task without a signal, submitted."""
    group = (await client.screens().today()).issued[0]
    page = await client.screens().issued(firebee.IssuedQuery(plan=group.plan, limit=items_count))
    assert page.total == group.done.total and page.rows[: len(group.items)] == group.items[:items_count]
    items = [row.item for row in page.rows]
    start = firebee.StartTask(plan=group.plan, items=items, location_allowed=True)
    task = await client.tasks().start(start)
    assert await refused(client.tasks().start(start)) == "item_already_in_task"
    await client.tracks().start(firebee.StartTrack(task=task))
    assert (await client.screens().track()).task == task
    selfie = firebee.Purpose(role=firebee.PhotoRole.SELFIE, instance=None)
    await client.evidence().take_photo(task, selfie, str(photos[0]))
    assert await refused(client.tasks().submit(task)) == "task_incomplete"
    await record_all(client, task, items, photos[1])
    await client.tasks().set_controller(task, "海湾")
    assert await refused(client.tasks().submit(task)) == "controller_photo_required"
    panel = firebee.Purpose(role=firebee.PhotoRole.PANEL, instance=None)
    await client.evidence().take_photo(task, panel, str(photos[0]))
    await client.tracks().stop()
    screen = await client.screens().task(task)
    assert not screen.steps and screen.submit.allowed, (screen.steps, screen.submit)
    await client.tasks().submit(task)
    way = next(way for way in (await client.screens().sync()).tasks if way.task == task)
    assert way.recorded > 0 and way.stored.done == 0, way
    return task


async def arrived(client):
    """Syncs until nothing is unsent."""
    for _ in range(20):
        await client.sync().now()
        centre = await client.screens().sync()
        if centre.quiet.tone == firebee.Tone.CONFORM:
            assert not centre.not_counted, centre.not_counted
            return
    raise AssertionError("it does not arrive")


async def play(url, data, photos):
    names = ["operator-1", "operator-2", "lead"]
    phones = [await phone(url, data / name, name) for name in names]
    for client, name in zip(phones, names):
        assert await refused(client.session().sign_in(name, "wrong")) != "internal"
        assert await refused(client.session().sign_in(name, PASSWORD)) == "password_change_required"
        assert await refused(client.session().change_password(PASSWORD, "short")) == "password_too_short"
        await client.session().change_password(PASSWORD, CHOSEN)
        await client.session().sign_in(name, CHOSEN)
        await client.sync().now()
    thief = await phone(url, data / "second", "a second phone")
    assert await refused(thief.session().sign_in("operator-1", CHOSEN)) == "signed_in_elsewhere"
    print("a second phone was refused")

    tasks = [await work(client, photos, 4) for client in phones[:2]]
    print("two tasks were recorded without a signal")
    for client in phones[:2]:
        await arrived(client)
    print("everything arrived and was acknowledged")

    lead = phones[2]
    await lead.sync().now()
    queue = await lead.reviews().queue()
    assert {row.task for row in queue} == set(tasks), queue

    async def decide(task, decision, opinion=""):
        seen = (await lead.screens().review(task)).seen
        await lead.reviews().decide(seen, decision, opinion)

    assert not (await lead.screens().review(tasks[0])).approve.allowed
    assert await refused(decide(tasks[0], firebee.Decision.APPROVED)) == "faults_not_handled"
    await decide(tasks[1], firebee.Decision.REJECTED, "第一项请重新拍照")
    await arrived(lead)
    print("an approval before the faults were handled was refused; one task was rejected")

    operator = phones[1]
    await operator.sync().now()
    screen = await operator.screens().task(tasks[1])
    assert screen.opinion.text == "第一项请重新拍照" and screen.record.allowed, screen
    again = firebee.Purpose(role=firebee.PhotoRole.EVIDENCE,
                            instance=firebee.Instance(item=screen.items[0].item, ordinal=1))
    await operator.evidence().take_photo(tasks[1], again, str(photos[2]))
    await operator.tasks().submit(tasks[1])
    assert await refused(operator.session().sign_out()) == "unsent_data"
    assert not (await operator.screens().me()).sign_out.allowed
    await arrived(operator)
    assert (await operator.screens().me()).sign_out.allowed

    await lead.sync().now()
    ways = [(firebee.Way.NEGOTIATING, ""), (firebee.Way.OUT_OF_SCOPE, "不在合同范围内")]
    for task, (way, explanation) in zip(tasks, ways):
        for fault in (await lead.screens().review(task)).faults:
            assert way in [choice.way for choice in fault.ways], fault
            await lead.reviews().handle_fault(
                firebee.HandleFault(task=task, fault=fault.fault, way=way, explanation=explanation))
        await decide(task, firebee.Decision.APPROVED)
    await arrived(lead)
    for client, task in zip(phones, tasks):
        await client.sync().now()
        page = await client.screens().search(firebee.TaskQuery(states=[firebee.TaskState.APPROVED]))
        assert [row.task for row in page.rows] == [task], page
    print("the faults were handled and both tasks approved")
    await phones[0].session().sign_out()
    await thief.session().sign_in("operator-1", CHOSEN)
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
