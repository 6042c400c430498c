"""The office: founds a firm, starts the server, and works on its console as a browser does."""
import datetime
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
CONSOLE = HERE.parent.parent / "bindings" / "tests"
sys.path.insert(0, str(CONSOLE / "python"))

from console import Console, Forms  # noqa: E402, the folder is known only here

PASSWORD = "lantern-meadow-42"


def found_firm(binary, data):
    """Makes the firm that the bindings' tests use, with one password for all. Gives the accounts by login."""
    firm = json.loads((CONSOLE / "firm.json").read_text(encoding="utf-8"))
    year = datetime.date.today().year
    contract = firm["owners"][0]["contracts"][0]
    contract["sign_date"], contract["end_date"] = f"{year}-01-01", f"{year + 1}-12-31"
    path = data / "firm.json"
    path.write_text(json.dumps(firm, ensure_ascii=False), encoding="utf-8")
    command = [binary, "admin", "--data", str(data / "server"), "create-firm", "--from", str(path), "--password-stdin"]
    told = subprocess.run(command, input=f"{PASSWORD}\n" * path.read_text(encoding="utf-8").count('"login"'), text=True, check=True, stdout=subprocess.PIPE).stdout
    return {login: account for account, login in re.findall(r"^account (\S+) login (\S+)", told, re.MULTILINE)}


class Server:
    """The server on a free port, for as long as the `with` block lasts."""

    def __init__(self, binary, data):
        self.command = [binary, "serve", "--data", str(data / "server"), "--listen", "127.0.0.1:0"]
        self.log = data / "server.log"

    def __enter__(self):
        with self.log.open("w") as log:
            self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=log, text=True,
                                            env={"FIREBEE_METRICS": "off", "PATH": "/usr/bin:/bin"})
        address = re.search(r"http://\S+", self.process.stdout.readline())
        if not address:
            self.__exit__()
            raise SystemExit("the server did not start: " + self.log.read_text())
        return address.group(0)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)


def issue_plan(url, executor):
    """The manager makes the month's plan and issues all of it to one account. Gives the number of items."""
    manager = Console(url)
    manager.sign_in("manager", PASSWORD, PASSWORD + "-2")
    project = re.search(r'href="(/projects/[0-9a-f-]{36})"', manager.get("/projects")).group(1)
    form = Forms(manager.get(project + "/plans/new")).posting_to("/plans")
    month = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).strftime("%Y-%m")
    page, _ = manager.submit(form, nature="month", month=month)
    form = Forms(page).posting_to("/issue")
    manager.submit(form, item=form["options"]["item"], executor=executor)
    return len(form["options"]["item"])


class Lead:
    """The project's lead at the console."""

    def __init__(self, url):
        self.console = Console(url)
        self.console.sign_in("lead", PASSWORD, PASSWORD + "-2")

    def review(self, task, decision, opinion=""):
        """Decides the round that the page shows. A browser sends each line end of a text as CR LF."""
        form = Forms(self.console.get(f"/tasks/{task}")).posting_to("/review")
        return self.console.submit(form, decision=decision, opinion=opinion.replace("\n", "\r\n"))
