"""Killed in mid-upload, mid-reading and mid-adding: what was acknowledged is there, nothing half.

The service is the real one, with its pages, its work and its server of records; each time all its
programs are killed at once, as by a loss of power.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import pytest

STEP: Final = 180.0
BOUNDARY: Final = "the-boundary-of-this-form"
PREPARE: Final = """
import json, os, sys
from datetime import UTC, datetime
from pathlib import Path
from totalplace.doors import records
from totalplace.doors.web import server
home = Path(sys.argv[1])
server.address_chosen(home)
records.start_django(records.SERVICE)
records.ready(home)
from django.contrib.auth import get_user_model
from django.test import Client
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, Operator, Role
ada, now = Operator("Ada"), datetime.now(UTC)
places.register_agency("wexshire", name="Wexshire", by=ada, on=now)
cookies = {}
for code, role in (("bea", Role.FINANCE_LEAD), ("dov", Role.CHIEF_FINANCE_OFFICER)):
    places.appoint(code, name=code, email=f"{code}@example.org", by=ada, on=now)
    places.grant(code, role, Matter("wexshire"), power="scheme", by=ada, on=now)
    account = get_user_model().objects.get(code=code)
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    ways = [{"method": way, "at": 0} for way in ("password", "mfa")]
    session["account_authentication_methods"] = ways
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    cookies[code] = client.cookies["sessionid"].value
print(json.dumps(cookies))
"""
ASK: Final = """
import json, sys
from pathlib import Path
from totalplace.doors import records
home = Path(sys.argv[1])
records.start_django(records.SERVICE)
records.ready(home)
from totalplace.doors.web.work.models import Work
from totalplace.record import queries as record
from totalplace.sources import queries as held
from totalplace.sources.erasing.verifying import verified
from totalplace.sources.home import Home
from totalplace.sources.submitting import queries
rows = queries.submissions()
print(json.dumps({
    "stands": {row.name: [str(row.stage), row.trial.lines if row.trial else None,
                          row.trial.sum_pence if row.trial else None] for row in rows},
    "bytes": {row.name: (home / "submissions" / row.sha256).exists() for row in rows},
    "held": {f.file: [f.sum_of("payments"), f.sum_of("sum_pence")] for f in held.files()},
    "sound": [v.said for v in verified(Home(home)) if not v.sound],
    "fault": str(record.first_fault() or ""),
    "works": [[w.job, w.tries, w.doing, w.outcome] for w in Work.objects.order_by("id")],
}))
"""


def in_a_program(code: str, home: Path) -> Any:
    """What a program of its own prints as JSON."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=False,
        timeout=STEP, env={**own, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def a_file(rows: int, first: int) -> tuple[bytes, int]:
    """A file of payments, and what they come to in pence."""
    lines, pence = ["Date,Supplier,Directorate,Amount\n"], 0
    for n in range(rows):
        sum_of = first + n
        pence += sum_of
        lines.append(
            f"{n % 28 + 1:02d}/04/2025,Oak Ltd {n},Highways,{sum_of // 100}.{sum_of % 100:02d}\n"
        )
    return "".join(lines).encode(), pence


class Service:
    """The running service, and an officer's browser without a window."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        own = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
        self.log = (home.parent / "service.log").open("ab")
        self.program = subprocess.Popen(
            [sys.executable, "-m", "totalplace", "--home", str(home), "serve", "--port",
             str(self.port), "--workers", "1"],
            stdout=subprocess.PIPE, stderr=self.log, text=True, start_new_session=True,
            env={**own, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
        assert self.program.stdout is not None
        said = self.program.stdout.readline()
        assert "is open at" in said, (home.parent / "service.log").read_text()

    def programs(self) -> list[int]:
        """The service, all that it started, and the server of its records."""
        found = [self.program.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(child) for child in task.read_text().split()]
        with suppress(OSError, ValueError, IndexError):
            postmaster = self.home / "records" / "postmaster.pid"
            found.append(int(postmaster.read_text().split()[0]))
        return found

    def kill(self) -> None:
        """Kill everything at once."""
        for pid in self.programs():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.program.wait()
        self.close()

    def end(self) -> None:
        """End it in good order."""
        self.program.send_signal(signal.SIGTERM)
        self.program.wait(STEP)
        self.close()

    def close(self) -> None:
        """Let go of what was heard of it."""
        assert self.program.stdout is not None
        self.program.stdout.close()
        self.log.close()

    def browser(self, session: str) -> Browser:
        """A browser in which an officer has signed in."""
        return Browser(f"http://127.0.0.1:{self.port}", session)


class Browser:
    """Asks for pages and sends forms, as an officer's browser does without scripts."""

    def __init__(self, site: str, session: str) -> None:
        self.site, self.session = site, session
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, at: str) -> str:
        """A page."""
        asked = urllib.request.Request(self.site + at, headers={"Cookie": self.cookies()})  # noqa: S310
        return str(self.opener.open(asked, timeout=60).read().decode())

    def cookies(self) -> str:
        """The session, and the token of forms once one was seen."""
        token = [f"csrftoken={c.value}" for c in self.jar if c.name == "csrftoken"]
        return "; ".join([f"sessionid={self.session}", *token])

    def token(self, at: str) -> str:
        """The token of the form on a page."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(at))
        assert found
        return found[1]

    def send(self, at: str, **said: str) -> str:
        """Send a form; the page that follows."""
        said["csrfmiddlewaretoken"] = self.token(at)
        asked = urllib.request.Request(  # noqa: S310
            self.site + at, urllib.parse.urlencode(said).encode(), {"Cookie": self.cookies()}
        )
        return str(self.opener.open(asked, timeout=120).read().decode())

    def form(self, name: str, content: bytes) -> bytes:
        """The form of an upload, as it goes over the line."""
        said = {"csrfmiddlewaretoken": self.token("/sources/give/"), "agency": "wexshire",
                "kind": "payments"}  # fmt: skip
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in said.items()
        ]
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: text/csv\r\n\r\n"
        )
        return "".join([*parts, head]).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()

    def upload(self, name: str, content: bytes) -> int:
        """Give a file in; its number, once that is acknowledged."""
        asked = urllib.request.Request(  # noqa: S310
            f"{self.site}/sources/give/", self.form(name, content),
            {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Cookie": self.cookies()},
        )  # fmt: skip
        answer = self.opener.open(asked, timeout=120)
        return int(answer.url.strip("/").rpartition("/")[2])

    def half_upload(self, name: str, content: bytes) -> socket.socket:
        """Send half of a file, and no more."""
        form = self.form(name, content)
        host, _, port = self.site.partition("://")[2].partition(":")
        line = socket.create_connection((host, int(port)), timeout=30)
        head = (
            f"POST /sources/give/ HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {self.cookies()}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
            f"Content-Length: {len(form)}\r\n\r\n"
        )
        line.sendall(head.encode() + form[: len(form) // 2])
        return line


@pytest.fixture
def own(reachable: Path) -> Iterator[Path]:
    """A home whose server does not outlive the test."""
    home = reachable / "home"
    yield home
    with suppress(OSError, ValueError, IndexError):
        os.kill(int((home / "records" / "postmaster.pid").read_text().split()[0]), signal.SIGINT)


@contextmanager
def served(home: Path) -> Iterator[Service]:
    """The service, until the block ends or it was killed."""
    service = Service(home)
    try:
        yield service
    finally:
        if service.program.poll() is None:
            service.end()


def until(what: Any, seconds: float = STEP) -> Any:
    """Wait until something is so; what it then is."""
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, "it did not come to be so"
        time.sleep(0.05)
    return found


def killed_in_mid_upload(home: Path, session: str, small: bytes, large: bytes) -> None:
    """Kill everything while a file is half sent, and another was just acknowledged."""
    with served(home) as service:
        bea = service.browser(session)
        bea.upload("small.csv", small)
        line = bea.half_upload("large.csv", large)
        coming = home / "submissions" / "incoming"
        until(lambda: [p for p in coming.glob("*") if p.stat().st_size])
        service.kill()
        line.close()


def killed_in_mid_reading(home: Path, session: str, large: bytes) -> int:
    """Kill everything while a file is read on trial; its number."""
    with served(home) as service:
        bea = service.browser(session)
        number = bea.upload("large.csv", large)
        reading = re.compile(r"Reading large.csv, [0-9.]+ MB: [1-9]")
        until(lambda: reading.search(bea.get(f"/sources/{number}/")))
        service.kill()
    return number


def killed_in_mid_adding(home: Path, cookies: dict[str, str], number: int) -> None:
    """The reading is taken up again; then everything is killed while the file is added."""
    with served(home) as service:
        bea, dov = (service.browser(cookies[code]) for code in ("bea", "dov"))
        until(lambda: "Submit it for certifying" in bea.get(f"/sources/{number}/"))
        bea.send(f"/sources/{number}/submit/", note="All of it.")
        dov.send(f"/sources/{number}/certify/")
        until(lambda: (home / "scratch").exists() and any((home / "scratch").glob("*/given/*")))
        service.kill()


def test_killed_at_any_moment_what_was_acknowledged_is_there_and_nothing_is_half_done(
    own: Path,
) -> None:
    cookies = in_a_program(PREPARE, own)
    small, small_pence = a_file(200, 100)
    large, large_pence = a_file(150_000, 5_000)
    killed_in_mid_upload(own, cookies["bea"], small, large)
    assert in_a_program(ASK, own)["bytes"] == {"small.csv": True}
    number = killed_in_mid_reading(own, cookies["bea"], large)
    now = in_a_program(ASK, own)
    assert now["bytes"] == {"small.csv": True, "large.csv": True}
    assert now["stands"]["large.csv"] == ["draft", None, None]
    killed_in_mid_adding(own, cookies, number)
    now = in_a_program(ASK, own)
    assert now["sound"] == []
    assert now["held"].get("large.csv", [150_000, large_pence]) == [150_000, large_pence]
    with served(own) as service:  # and taken up again
        dov = service.browser(cookies["dov"])
        until(lambda: "were added" in dov.get(f"/sources/{number}/"))
    now = in_a_program(ASK, own)
    assert now["stands"] == {
        "large.csv": ["added", 150_000, large_pence],
        "small.csv": ["draft", 200, small_pence],
    }
    assert now["held"] == {"large.csv": [150_000, large_pence]}
    assert (now["sound"], now["fault"]) == ([], "")
    assert {w[3] for w in now["works"]} == {"done"}
    assert max(w[1] for w in now["works"]) >= 2
    assert now["bytes"] == {"small.csv": True, "large.csv": False}
    assert len([p for p in (own / "submissions").glob("*") if p.is_file()]) == 1
