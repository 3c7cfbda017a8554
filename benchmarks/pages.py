"""How fast a public page is: kept in front, made by Django, and a constant body on the same server.

    python benchmarks/pages.py [seconds of each round, 4] [rounds, 3]

Counts and freezes the made-up corner of a county in a home of its own, which is removed, and serves
its place page with gunicorn, two workers of four threads. Sixteen connections ask for it with wrk
where that is installed, and else with a client of our own. The three are asked in turn, round by
round; printed are the medians of answers a second and the 99th percentile of the time to answer.
Before any time is printed the pages are held to be equal. Nothing is random, so the seed is none.
"""

from __future__ import annotations

import os
import platform
import re
import selectors
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

CONNECTIONS: Final = 16
WORKERS, THREADS = 2, 4
PAGE: Final = "/count/corner/"
KINDS: Final = ("front", "django", "constant")
NAMES: Final = {
    "front": "kept in front", "django": "made by Django", "constant": "constant body, plain WSGI",
}  # fmt: skip
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def application(kind: str) -> Application:
    """What gunicorn serves: the service with its front or without, or a page that never changes."""
    if kind == "constant":
        body = Path(os.environ["BENCHMARK_BODY"]).read_bytes()

        def constant(_: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            headers = [("Content-Type", "text/html"), ("Content-Length", str(len(body)))]
            start_response("200 OK", headers)
            return [body]

        return constant
    from totalplace.doors import records

    records.start_django(records.SERVICE)
    records.ready(records.home_folder())
    from django.core.wsgi import get_wsgi_application

    from totalplace.doors.web.front import Front, head_of_record

    inner = get_wsgi_application()
    return Front(inner, head_of_record) if kind == "front" else inner


def make_ready(home: Path) -> None:
    """Count the corner in a home and sign its edition off."""
    from totalplace.doors import records

    records.start_django(records.SERVICE)
    records.ready(home)
    from totalplace.count.actions.editions import decide
    from totalplace.example_place.corner import freeze_corner, take_in_corner
    from totalplace.places.rules.mandates import Operator
    from totalplace.sources.home import Home

    by, on = Operator("benchmark"), datetime.now(UTC)
    take_in_corner(Home(home), by=by, on=on)
    row = freeze_corner(Home(home), by=by, on=on)
    decide(row.id, "sign off", reason="To be read.", by=by, on=on)


@contextmanager
def served(kind: str, body: Path) -> Iterator[int]:
    """The port of a server of one kind, for as long as it is needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [
        sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--threads", str(THREADS),
        "--bind", f"127.0.0.1:{port}", "--log-level", "error",
        "--chdir", str(Path(__file__).parent), f"pages:application('{kind}')",
    ]  # fmt: skip
    said = {**os.environ, "BENCHMARK_BODY": str(body)}
    server = subprocess.Popen(
        command, env=said, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            fetched(port)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def fetched(port: int) -> bytes:
    """The page as it is sent."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{PAGE}") as answer:
        body: bytes = answer.read()
        return body


@dataclass(frozen=True, slots=True)
class Measured:
    """Answers a second, and the 99th percentile of the time to answer in milliseconds."""

    a_second: float
    p99: float


def asked(port: int, seconds: float) -> Measured:
    """Ask for the page over sixteen connections for some seconds."""
    if shutil.which("wrk"):
        return _by_wrk(port, seconds)
    return _by_ourselves(port, seconds)


_UNITS: Final = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def _by_wrk(port: int, seconds: float) -> Measured:
    command = [
        "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--latency",
        f"http://127.0.0.1:{port}{PAGE}",
    ]  # fmt: skip
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    if wrong:
        raise SystemExit(f"{wrong[1]} answers were no pages")
    a_second = re.search(r"Requests/sec:\s+([\d.]+)", said)
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    if a_second is None or slow is None:
        raise SystemExit(f"wrk said something else:\n{said}")
    return Measured(float(a_second[1]), float(slow[1]) * _UNITS[slow[2]])


def _by_ourselves(port: int, seconds: float) -> Measured:
    """One process that keeps sixteen connections busy."""
    request = f"GET {PAGE} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    waiting = selectors.DefaultSelector()
    began: dict[socket.socket, float] = {}
    held: dict[socket.socket, bytes] = {}
    for _ in range(CONNECTIONS):
        line = socket.create_connection(("127.0.0.1", port))
        waiting.register(line, selectors.EVENT_READ)
        began[line], held[line] = time.perf_counter(), b""
        line.sendall(request)
    took: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for key, _ in waiting.select(timeout=1):
            ready = key.fileobj
            assert isinstance(ready, socket.socket)
            held[ready] += ready.recv(1 << 18)
            if _is_whole(held[ready]):
                took.append(time.perf_counter() - began[ready])
                began[ready], held[ready] = time.perf_counter(), b""
                ready.sendall(request)
    for line in began:
        line.close()
    return Measured(len(took) / seconds, 1000 * statistics.quantiles(took, n=100)[98])


def _is_whole(answer: bytes) -> bool:
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"no page: {head[:60]!r}")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return length is not None and len(body) >= int(length[1])


def measure(seconds: float, rounds: int) -> dict[str, list[Measured]]:
    """Every kind in turn, round by round, once their pages were held to be equal."""
    found: dict[str, list[Measured]] = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory(prefix="totalplace-", ignore_cleanup_errors=True) as folder:
        os.environ["TOTALPLACE_HOME"] = folder
        make_ready(Path(folder))
        body = Path(folder) / "body.html"
        body.write_bytes(b"")
        with served("front", body) as front, served("django", body) as django:
            page = fetched(django)
            if fetched(front) != page:
                raise SystemExit("the page that is kept is not the page that is made")
            body.write_bytes(page)
            with served("constant", body) as constant:
                ports = {"front": front, "django": django, "constant": constant}
                for port in ports.values():
                    asked(port, 1)
                for _ in range(rounds):
                    for kind, port in ports.items():
                        found[kind].append(asked(port, seconds))
    print(f"page of {len(page):,} bytes")
    return found


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 4
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with_what = "wrk" if shutil.which("wrk") else "our own client"
    print(
        f"seed: none. {platform.machine()}, {os.cpu_count()} processors, Python "
        f"{platform.python_version()}, load {os.getloadavg()[0]:.1f}; {CONNECTIONS} connections by "
        f"{with_what}, {rounds} rounds of {seconds:g} s; gunicorn, {WORKERS} workers of {THREADS} "
        "threads"
    )
    found = measure(seconds, rounds)
    for kind, rows in found.items():
        speed = statistics.median(m.a_second for m in rows)
        slow = statistics.median(m.p99 for m in rows)
        print(f"{NAMES[kind]:<28} {speed:9,.0f} a second   99% within {slow:7.1f} ms")
    ratios = [
        kept.a_second / made.a_second
        for kept, made in zip(found["front"], found["django"], strict=True)
    ]
    print(f"kept in front over made by Django: {statistics.median(ratios):.0f} times")


if __name__ == "__main__":
    main()
