"""`totalplace serve`: one command, nothing else installed, and safe or not at all."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from totalplace.doors.web import safety
from totalplace.doors.web.server import kept_secret
from totalplace.refusal import Refused

STEPS = 120.0
SAFE = {
    "TOTALPLACE_SECRET_KEY": "x" * 64,
    "TOTALPLACE_HOSTS": "count.example.org",
    "TOTALPLACE_HTTPS": "yes",
}


@pytest.fixture(autouse=True)
def records_for_pages() -> None:
    """These have a home of their own, so need no records of the tests."""


class Service:
    """A running service, and the home that it serves."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.program: subprocess.Popen[str] | None = None

    def environment(self) -> dict[str, str]:
        own = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "TOTALPLACE"))}
        return {**own, "PYTHONPATH": os.pathsep.join(sys.path), "TOTALPLACE_HOME": str(self.home)}

    def command(self, *words: str) -> str:
        """What a command of the same home says."""
        ran = subprocess.run(
            [sys.executable, "-m", "totalplace", *words],
            env=self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def start(self) -> str:
        """Start it; returns the line that it prints once it answers."""
        self.program = subprocess.Popen(
            [sys.executable, "-m", "totalplace", "serve", "--port", str(self.port)],
            env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.program.stdout is not None
        return self.program.stdout.readline()

    def ask(self, path: str) -> tuple[int, str]:
        """The status and the body of a page."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=STEPS)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it, and wait until nothing of it runs any more."""
        assert self.program is not None
        self.program.send_signal(how)
        self.program.communicate(timeout=STEPS)
        until(lambda: not self.runs())

    def runs(self) -> bool:
        """Whether the server of the home's records runs."""
        try:
            os.kill(int((self.home / "records" / "postmaster.pid").read_text().split()[0]), 0)
        except (OSError, IndexError, ValueError):
            return False
        return True


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + STEPS
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.1)


@pytest.fixture
def service(reachable: Path) -> Iterator[Service]:
    """A service on a home with nothing in it, not started yet."""
    one = Service(reachable / "home")
    yield one
    if one.program is not None and one.program.poll() is None:
        one.program.kill()
        one.program.communicate()
    until(lambda: not one.runs())


def test_one_command_serves_pages_and_work_and_leaves_nothing_running(service: Service) -> None:
    assert service.start() == (
        f"Total Place is open at http://localhost:{service.port}/ (stop it with Ctrl+C)\n"
    )
    status, page = service.ask("/")
    assert status == 200
    assert "Total Place" in page
    until(lambda: service.ask("/ready")[0] == 200)
    assert json.loads(service.ask("/ready")[1]) == {"records": True, "current": True, "work": True}
    assert service.ask("/static/vendor/govuk-frontend.min.css")[0] == 200
    assert (service.home / ".secret").stat().st_mode & 0o777 == 0o600
    service.stop()


def test_a_home_may_be_used_by_commands_first_and_served_then_and_the_other_way_round(
    service: Service,
) -> None:
    service.command("places", "add", "wexshire", "--name", "Wexshire")
    service.start()
    assert service.ask("/account/login/")[0] == 200
    service.command("places", "add", "norland", "--name", "Norland")  # while it is served
    service.stop()
    assert "norland" in service.command("places", "list")
    service.command("places", "appoint", "bea", "--name", "Bea Example")
    link = service.command("invite", "bea", "--at", f"http://localhost:{service.port}").strip()
    service.start()
    assert "Set your password" in service.ask(link.partition(str(service.port))[2])[1]
    assert service.ask("/account/login/")[0] == 200
    service.stop()


def test_when_the_one_that_minds_them_is_killed_the_others_end_too(service: Service) -> None:
    service.start()
    service.stop(signal.SIGKILL)
    with pytest.raises(OSError, match=r"refused|reset"):
        service.ask("/health")


def test_a_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    assert kept_secret(tmp_path / "home") == kept_secret(tmp_path / "home")
    assert len(kept_secret(tmp_path / "home")) > 50


def test_for_this_computer_alone_nothing_need_be_chosen() -> None:
    safety.check(safety.chosen({}), listens_on="127.0.0.1")


def test_for_others_all_must_be_said() -> None:
    safety.check(safety.chosen(SAFE), listens_on="0.0.0.0")  # noqa: S104


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"TOTALPLACE_SECRET_KEY": "short"}, "no secret of its own"),
        ({"TOTALPLACE_SECRET_KEY": ""}, "no secret of its own"),
        ({"TOTALPLACE_HOSTS": ""}, "does not know its own name"),
        ({"TOTALPLACE_HOSTS": "*"}, "does not know its own name"),
        ({"TOTALPLACE_HTTPS": ""}, "would pass unencrypted"),
    ],
)
def test_what_is_not_safe_does_not_start(said: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        safety.check(safety.chosen({**SAFE, **said}), listens_on="0.0.0.0")  # noqa: S104


def test_behind_a_proxy_on_the_same_computer_it_must_be_safe_too() -> None:
    with pytest.raises(Refused, match="unencrypted"):
        safety.check(safety.chosen({**SAFE, "TOTALPLACE_HTTPS": ""}), listens_on="127.0.0.1")
