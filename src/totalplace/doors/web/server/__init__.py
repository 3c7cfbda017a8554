"""The service as running programs: one answers pages, one does the work, one minds both.

`serve` starts the two and ends with them. Each is a program of its own, so that a count that takes
all of one processor, or is killed for want of memory, takes no page with it.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from totalplace.doors.web import safety
from totalplace.refusal import Refused

_LOOK: Final = 0.3  # seconds between looks at whether both still run
_START: Final = 120.0  # seconds that the first page may take, on a slow and busy computer
_END: Final = 40.0  # seconds for what is under way to be ended in good order
_AGAIN: Final = 2.0  # seconds before work is taken up again by a new program
_MINDED_BY: Final = "TOTALPLACE_MINDED_BY"  # the number of the program that starts the others
_KEPT_IN: Final = ".secret"


@dataclass(frozen=True, slots=True)
class Listens:
    """Where pages are answered, and by how many processes of how many threads."""

    host: str
    port: int
    workers: int
    threads: int

    @property
    def address(self) -> str:
        """As one types it into a browser on this computer."""
        shown = "localhost" if self.host in ("127.0.0.1", "::1", "0.0.0.0", "::") else self.host  # noqa: S104
        return f"http://{shown}:{self.port}/"


def check(listens: Listens, home: Path) -> None:
    """Raise Refused where the service could not be started, or not safely.

    On this computer alone a secret is made, and kept in the home for nobody else to read.
    """
    safety.check(safety.chosen(), listens_on=listens.host)
    address_chosen(home)
    family = socket.AF_INET6 if ":" in listens.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((listens.host, listens.port))
        except OSError as error:
            raise Refused(
                f"The service cannot listen on {listens.host}, port {listens.port}",
                why=str(error.strerror).lower(),
                next_step="Choose another with --port, or end the program that uses it",
            ) from error


def address_chosen(home: Path) -> str:
    """Where the service is reached, by its settings; its secret is read, or made at first."""
    choices = safety.chosen()
    if not choices.secret:
        os.environ["TOTALPLACE_SECRET_KEY"] = kept_secret(home)
    local = choices.hosts == safety.LOCAL_HOSTS
    return "http://localhost:8000" if local else f"https://{choices.hosts[0].lstrip('.')}"


def kept_secret(home: Path) -> str:
    """The secret of a home, made at first; its file can be read by its owner alone."""
    path = home / _KEPT_IN
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def serve(listens: Listens, home: Path, *, ready: Callable[[str], None]) -> None:
    """Run the service until it is asked to end; `ready` is told where, once it answers.

    Raises Refused where pages end by themselves. Call `check` first.
    """
    where = {"TOTALPLACE_HOME": str(home)}
    ask = [listens.host, str(listens.port), str(listens.workers), str(listens.threads)]
    with _program("pages", *ask, **where) as pages:
        _until_answered(listens, pages)
        ready(listens.address)
        while pages.poll() is None:
            with _program("jobs", **where) as jobs:
                while pages.poll() is None and jobs.poll() is None:
                    time.sleep(_LOOK)
            if pages.poll() is None:
                time.sleep(_AGAIN)
        raise _ended(pages)


@contextmanager
def _program(name: str, *said: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of this folder, which is asked to end, and if need be ended, with the block."""
    started = subprocess.Popen(
        [sys.executable, "-m", f"totalplace.doors.web.server.{name}", *said],
        env={**os.environ, **environment, _MINDED_BY: str(os.getpid())},
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl+C is for the one that minds them
    )
    try:
        yield started
    finally:
        if started.poll() is None:
            started.send_signal(signal.SIGTERM)
        try:
            started.wait(_END)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _until_answered(listens: Listens, pages: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START
    while pages.poll() is None:
        if _answers(listens):
            return
        if time.monotonic() > deadline:
            raise Refused(
                "The service did not start",
                why=f"it gave no answer within {_START:.0f} seconds",
                next_step="See what it says above, and try again",
            )
        time.sleep(_LOOK)
    raise _ended(pages)


def _answers(listens: Listens) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listens.host, listens.host)  # noqa: S104
    line = HTTPConnection(host, listens.port, timeout=5)
    try:
        line.request("GET", "/health")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def _ended(pages: subprocess.Popen[bytes]) -> Refused:
    return Refused(
        "The service ended",
        why=f"the program that answers pages ended by itself ({pages.returncode})",
        next_step="See what it says above, and start it again",
    )


def end_with_parent() -> None:
    """Be asked to end when the program that started this one is gone, even if it was killed."""
    if sys.platform != "linux":  # elsewhere there is no such wish
        return
    import ctypes

    wish_at_parents_death = 1  # PR_SET_PDEATHSIG of prctl(2)
    ctypes.CDLL(None).prctl(wish_at_parents_death, signal.SIGTERM)
    minded_by = os.environ.get(_MINDED_BY)
    if minded_by is not None and os.getppid() != int(minded_by):
        sys.exit("The program that started this one ended before it had begun.")
