#!/usr/bin/env python3
"""Founds a firm, starts the real server, has the manager issue a month's plan, and runs a command before it.

Afterwards the lead's pages are read: they name what the command's phone handed in.

usage: stage.py FIREBEE_BINARY COMMAND…      the command gets FIREBEE_URL and FIREBEE_PASSWORD
"""
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bindings/tests/python"))

from console import Console, Forms  # noqa: E402

PASSWORD = "lantern-meadow-42"
BEIJING = datetime.timezone(datetime.timedelta(hours=8))


def found(binary, data):
    """A firm whose accounts all open with the same password."""
    firm = json.loads((ROOT / "bindings/tests/firm.json").read_text(encoding="utf-8"))
    year = datetime.datetime.now(BEIJING).year
    contract = firm["owners"][0]["contracts"][0]
    contract["sign_date"], contract["end_date"] = f"{year}-01-01", f"{year + 1}-12-31"
    text = json.dumps(firm, ensure_ascii=False)
    (data / "firm.json").write_text(text, encoding="utf-8")
    command = [binary, "admin", "--data", data / "server", "create-firm", "--from", data / "firm.json", "--password-stdin"]
    subprocess.run(command, input=f"{PASSWORD}\n" * text.count('"login"'), text=True, check=True, stdout=subprocess.DEVNULL)


def serve(binary, data):
    """The server on a port that the system chose, and its address."""
    command = [binary, "serve", "--data", data / "server", "--listen", "127.0.0.1:0"]
    environment = {"FIREBEE_METRICS": "off", "PATH": "/usr/bin:/bin"}
    log = (data / "server.log").open("w", encoding="utf-8")
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
    address = re.search(r"http://\S+", server.stdout.readline())
    if not address:
        raise SystemExit((data / "server.log").read_text(encoding="utf-8"))
    return server, address.group(0)


# The instances of a facility, each with the text of its tag.
LISTED = "power-genset", "一号机房|GEN-1\n二号机房|GEN-2\n三号机房|GEN-3\n"


def issue(url):
    """The manager lists the instances of a facility, makes the month's plan, and issues half of it to each operator."""
    manager = Console(url)
    manager.sign_in("manager", PASSWORD, PASSWORD + "-2")
    project = re.search(r'href="(/projects/[0-9a-f-]{36})"', manager.get("/projects")).group(1)
    facility, places = LISTED
    manager.submit(Forms(manager.get(f"{project}/facilities/{facility}")).posting_to("/positions"), list=places)
    month = datetime.datetime.now(BEIJING).strftime("%Y-%m")
    page, plan = manager.submit(Forms(manager.get(project + "/plans/new")).posting_to("/plans"), nature="month", month=month)
    options = Forms(page).posting_to("/issue")["options"]
    items, people = options["item"], [person for person in options["executor"] if person]
    half = len(items) // 2
    for rows, executor in [(items[:half], people[0]), (items[half:], people[1])]:
        manager.submit(Forms(manager.get(plan)).posting_to("/issue"), item=rows, executor=executor)


# What the pages of the two tasks must say: that of a day, and that of a fault and its lead.
SAID = [["海湾", "待审核"], ["审核通过", "已解决", "每两小时巡查一次", "王建军经理", "尽快修复"]]


def read_by_the_lead(url):
    """What no page of a task says to the lead, whose phone has changed the password."""
    lead = Console(url)
    lead.sign_in("lead", PASSWORD + "-2", PASSWORD + "-2")
    links = set(re.findall(r'href="(/tasks/[0-9a-f-]{36})"', lead.get("/tasks")))
    pages = [lead.get(link) for link in links]
    return [words for words in SAID if not any(all(word in page for word in words) for page in pages)]


def main():
    binary, command = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    with tempfile.TemporaryDirectory() as scratch:
        data = pathlib.Path(scratch)
        (data / "server").mkdir()
        found(binary, data)
        server, url = serve(binary, data)
        try:
            issue(url)
            environment = {**os.environ, "FIREBEE_URL": url, "FIREBEE_PASSWORD": PASSWORD}
            code = subprocess.run(command, env=environment, check=False).returncode
            missing = read_by_the_lead(url) if code == 0 else []
        finally:
            server.terminate()
            server.wait(timeout=30)
    if missing:
        raise SystemExit(f"not on the lead's page: {missing}")
    raise SystemExit(code)


if __name__ == "__main__":
    main()
