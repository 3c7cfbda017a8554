"""A thousand sessions in ten minutes: residents reading, and finance officers giving in figures.

    python benchmarks/load.py [--sessions 1000] [--minutes 10] [--officers 100] [--seed 1979]

Makes the example place in a home of its own, serves it with `totalplace serve` on this computer,
and lets sessions begin at chance moments. A resident reads from the first page down to a single
payment. An officer signs in with password and code, gives in a file of their own, waits until it
is read, looks at what was understood, and submits it. Sessions wait between pages as people do.
Each comes from an address of its own, for the service slows down whoever asks too much.

At the end every file that was acknowledged must be held byte for byte under its hash and stand as a
submission, every submitting must be on the record, and the record whole: else it ends with 1. Times
are those of whole answers as the asker sees them; asker and service share the processors.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from totalplace.doors import records
from totalplace.doors.web import server

PASSWORD = "seven quiet blue herons"  # noqa: S105  (of made-up officers on this computer)
PLACE = "EX-wexshire"
COUNCIL = "EX-CC"
_HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SECRET = re.compile(r'class="[^"]*tp-secret[^"]*"[^>]*>\s*([A-Z2-7]+)')


class _FromOwnAddress(HTTPAdapter):
    """Ask from one of this computer's own addresses, as different people do from theirs."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__(pool_connections=2, pool_maxsize=2)

    def init_poolmanager(self, *args: Any, **said: Any) -> None:
        super().init_poolmanager(*args, **said, source_address=(self._address, 0))


@dataclass
class Measured:
    """What all sessions saw."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    given: dict[int, str] = field(default_factory=dict)  # submission to SHA-256
    submitted: set[int] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Visitor:
    """One session: its own address, cookies and chance."""

    base: str
    chance: random.Random
    measured: Measured
    address: str
    think: float
    web: requests.Session = field(init=False)

    def __post_init__(self) -> None:
        self.web = requests.Session()
        self.web.mount("http://", _FromOwnAddress(self.address))

    def ask(self, what: str, path: str, *, allowed: tuple[int, ...] = (200,), **said: Any) -> str:
        """One request, timed; the page that it ends at."""
        time.sleep(self.chance.expovariate(1 / self.think) if self.think else 0)
        verb = "POST" if "data" in said else "GET"
        began = time.perf_counter()
        try:
            answer = self.web.request(verb, self.base + path, timeout=60, **said)
        except requests.RequestException as error:
            self.wrong(f"{what} {path}: {type(error).__name__}")
            return ""
        took = time.perf_counter() - began
        with self.measured.lock:
            self.measured.seconds[what].append(took)
        if answer.status_code not in allowed:
            self.wrong(f"{what} {path}: {answer.status_code}")
        self.at = answer.url.removeprefix(self.base)
        return answer.text

    def send(self, what: str, path: str, page: str, **said: Any) -> str:
        """Send a form of a page that was read."""
        hidden = _HIDDEN.search(page)
        if hidden is None:
            self.wrong(f"{what}: no form on {path}")
            return ""
        files = said.pop("files", None)
        said = {"csrfmiddlewaretoken": hidden[1], **said}
        more = {"files": files} if files else {}
        return self.ask(what, path, data=said, headers={"Referer": self.base + path}, **more)

    def wrong(self, said: str) -> None:
        """Keep something that went wrong."""
        with self.measured.lock:
            self.measured.errors.append(said)


def links(page: str, pattern: str) -> list[str]:
    """Addresses of a page that look like a pattern."""
    return re.findall(rf'href="({pattern})"', page)


def resident(visitor: Visitor) -> None:
    """From the first page to a single payment, with turnings."""
    chance = visitor.chance
    visitor.ask("first page", "/")
    page = visitor.ask("place", f"/count/{PLACE}/")
    editions = links(page, rf"/count/{PLACE}/[0-9-]+/[0-9]+/") or [""]
    edition = chance.choice(editions)
    page = visitor.ask("whole place", edition)
    for kind in chance.sample(["purposes", "bodies", "once", "decides", "sources"], 2):
        found = links(page, rf"{edition}{kind}/[^\"#?]*")
        if found:
            visitor.ask("part of the count", chance.choice(found))
    page = visitor.ask("search", f"{edition}payments/")
    words = chance.choice(["care", "ltd", "school", "road", "trust", "energy", "water", "services"])
    page = visitor.ask("search", f"{edition}payments/?text={words}")
    lines = links(page, rf"{edition}payments/[^\"#?]+")
    if lines:
        visitor.ask("payment", chance.choice(lines))


def a_file(number: int, chance: random.Random) -> bytes:
    """A month of a council's payments that nobody gave in before."""
    rows = ["Date,Supplier,Directorate,Expense Type,Reference,Net Amount"]
    for n in range(chance.randrange(200, 800)):
        pounds = f"{chance.randrange(500, 90_000)}.{n % 100:02d}"
        day = f"{chance.randrange(1, 29):02d}/04/2025"
        payee = f"Supplier {chance.randrange(900)} Ltd"
        rows.append(f"{day},{payee},Adult services,Fees,L{number:05d}-{n:05d},{pounds}")
    return "\n".join(rows).encode()


def officer(visitor: Visitor, number: int, secret: str) -> None:
    """Sign in, give in a file, wait until it is read, and submit it."""
    page = visitor.ask("sign in", "/account/login/?next=/my/")
    login = {"login": f"officer{number}", "password": PASSWORD, "next": "/my/"}
    page = visitor.send("sign in", "/account/login/", page, **login)
    page = visitor.send("sign in", visitor.at, page, code=code_of(secret), next="/my/")
    if visitor.at != "/my/":
        visitor.wrong(f"officer{number} was not let in but led to {visitor.at}")
        return
    content = a_file(number, visitor.chance)
    page = visitor.ask("give page", "/sources/give/")
    said = {"agency": COUNCIL, "kind": "payments", "licence": "Open Government Licence v3"}
    files = {"file": (f"april-{number}.csv", content, "text/csv")}
    page = visitor.send("upload", "/sources/give/", page, files=files, **said)
    found = re.fullmatch(r"/sources/(\d+)/", visitor.at)
    if found is None:
        visitor.wrong(f"the upload of officer{number} led to {visitor.at}")
        return
    submission = int(found[1])
    with visitor.measured.lock:
        visitor.measured.given[submission] = hashlib.sha256(content).hexdigest()
    deadline = time.monotonic() + 120
    while "/submit/" not in page and time.monotonic() < deadline:
        time.sleep(2)
        page = visitor.ask("wait until read", f"/sources/{submission}/")
    visitor.ask("columns", f"/sources/{submission}/columns/")
    page = visitor.ask("submit page", f"/sources/{submission}/submit/")
    visitor.send("submit", f"/sources/{submission}/submit/", page, note="All of April.")
    if visitor.at != f"/sources/{submission}/":
        visitor.wrong(f"the submitting of {submission} led to {visitor.at}")
        return
    with visitor.measured.lock:
        visitor.measured.submitted.add(submission)


def code_of(secret: str) -> str:
    """The code that an authenticator app would show now (RFC 6238)."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def make_place(folder: Path) -> Path:
    """The example place in a home of its own."""
    demo = [sys.executable, "-m", "totalplace", "demo", "--into", str(folder), "--scale", "0.3"]
    subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
    return folder / "home"


def make_officers(base: str, wanted: int) -> dict[int, str]:
    """Finance officers who have set a password and a second factor in the pages themselves."""
    from totalplace.doors.web.sign_in.invitation import invite
    from totalplace.places import actions
    from totalplace.places.rules.mandates import Matter, Operator, Role

    by, now, secrets = Operator("load"), datetime.now(UTC), {}
    for number in range(wanted):
        code = f"officer{number}"
        actions.appoint(code, name=f"Officer {number}", by=by, on=now)
        of = Matter(agency=COUNCIL)
        actions.grant(code, Role.FINANCE_LEAD, of, power="A load test", by=by, on=now)
        visitor = Visitor(base, _chance(number), Measured(), _address(50_000 + number), 0)
        page = visitor.ask("welcome", invite(code, by=by, on=now))
        page = visitor.send("welcome", visitor.at, page, password=PASSWORD)
        page = visitor.send("first", visitor.at, page, login=code, password=PASSWORD)
        found = _SECRET.search(page)
        if found is None:
            raise SystemExit(f"{code} could not take on a second factor: at {visitor.at}")
        secrets[number] = found[1]
        visitor.send("factor", visitor.at, page, code=code_of(found[1]))
        if visitor.measured.errors:
            raise SystemExit(visitor.measured.errors[0])
    return secrets


def _address(number: int) -> str:
    return f"127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}"


def serve(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    """The service, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = [sys.executable, "-m", "totalplace", "--home", str(home), "serve", "--port", str(port)]
    running = subprocess.Popen(said, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://localhost:{port}"
    for _ in range(600):
        try:
            if requests.get(f"{base}/ready", timeout=5).ok:
                return running, base
        except requests.RequestException:
            time.sleep(0.2)
    raise SystemExit("the service did not become ready in two minutes")


def lost(home: Path, measured: Measured) -> list[str]:
    """What was acknowledged and is not there: to be empty."""
    from totalplace.record import queries as record
    from totalplace.record.rules.chain import Citation
    from totalplace.sources.home import Home
    from totalplace.sources.submitting import queries
    from totalplace.sources.submitting.bytes_held import bytes_of

    wrong, files = [], Home(home)
    for number, sha256 in sorted(measured.given.items()):
        row = queries.submission(number)
        if row.sha256 != sha256:
            wrong.append(f"submission {number} is of another file")
        held = bytes_of(files, sha256)
        if not held.exists() or hashlib.sha256(held.read_bytes()).hexdigest() != sha256:
            wrong.append(f"the bytes of submission {number} are not held")
        verbs = [entry.verb for entry in record.about(Citation("submission", str(number)))]
        if number in measured.submitted and not any("submit" in verb for verb in verbs):
            wrong.append(f"the submitting of {number} is not on the record")
    if fault := record.first_fault():
        wrong.append(f"the record is not whole: {fault.why}")
    return wrong


def told(measured: Measured) -> bool:
    """Print the times; whether 95 in a hundred answers took less than a second."""
    print(f"{'what':<20}{'answers':>9}{'median s':>10}{'95% s':>8}{'99% s':>8}{'most s':>8}")
    every = [s for found in measured.seconds.values() for s in found]
    for what, found in [*sorted(measured.seconds.items()), ("all", every)]:
        cuts = statistics.quantiles(found, n=100) if len(found) > 1 else found * 99
        median = statistics.median(found)
        line = f"{median:>10.3f}{cuts[94]:>8.3f}{cuts[98]:>8.3f}{max(found):>8.2f}"
        print(f"{what:<20}{len(found):>9,}{line}")
    return statistics.quantiles(every, n=100)[94] < 1.0


def let_in(base: str, secrets: dict[int, str], said: argparse.Namespace) -> Measured:
    """Let every session begin at its moment, and wait until all have ended."""
    chance, measured = _chance(said.seed), Measured()
    kinds = ["officer"] * said.officers + ["resident"] * (said.sessions - said.officers)
    chance.shuffle(kinds)
    moments = sorted(chance.uniform(0, said.minutes * 60) for _ in kinds)
    officers, began = iter(secrets.items()), time.monotonic()
    with ThreadPoolExecutor(400) as crowd:
        for number, (kind, moment) in enumerate(zip(kinds, moments, strict=True)):
            time.sleep(max(0.0, began + moment - time.monotonic()))
            own = _chance(said.seed * 100_000 + number)
            visitor = Visitor(base, own, measured, _address(number), said.think)
            if kind == "officer":
                crowd.submit(_kept, measured, officer, visitor, *next(officers))
            else:
                crowd.submit(_kept, measured, resident, visitor)
    return measured


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  (made-up visits need chance, not secrecy)


def main() -> None:
    """Serve, let the sessions run, and say what they saw."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--sessions", type=int, default=1_000)
    asked.add_argument("--officers", type=int, default=100, help="of the sessions, who give in")
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--think", type=float, default=2.0, help="mean seconds between pages")
    asked.add_argument("--seed", type=int, default=1979)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="totalplace-load-") as folder:
        home = make_place(Path(folder))
        running, base = serve(home)
        try:
            server.address_chosen(home)  # which also reads what invitations are signed with
            records.start_django(records.SERVICE)
            records.ready(home)
            secrets = make_officers(base, said.officers)
            print(
                f"seed {said.seed}: {said.sessions:,} sessions in {said.minutes:g} minutes, "
                f"{said.officers} of them officers who give in a file, {os.cpu_count()} processors",
                flush=True,
            )
            began = time.monotonic()
            measured = let_in(base, secrets, said)
            took = time.monotonic() - began
            missing = lost(home, measured)
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(60)
    quick = told(measured)
    print(f"all sessions had ended after {took / 60:.1f} minutes")
    print(f"errors: {len(measured.errors)}; files given in: {len(measured.given)}, ", end="")
    print(f"submitted: {len(measured.submitted)}, lost: {len(missing)}")
    for line in [*measured.errors[:20], *missing[:20]]:
        print(f"  {line}")
    sys.exit(bool(measured.errors or missing) or not quick)


def _kept(measured: Measured, session: Any, *said: Any) -> None:
    """Run a session; a defect of this script is an error too."""
    try:
        session(*said)
    except Exception as error:  # noqa: BLE001  (told, and the benchmark ends with 1)
        measured.errors.append(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
