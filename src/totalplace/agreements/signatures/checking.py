"""Checking a file that anybody gave, in a process of its own that may not take long or much.

`python -m totalplace.agreements.signatures.checking` reads one line of JSON and then the file, and
writes the report as JSON. A file that breaks it breaks nothing else.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any, Final

from totalplace.agreements.signatures.verifying import LARGEST, Report, Signed, verified
from totalplace.refusal import Refused

_HERE: Final = "totalplace.agreements.signatures.checking"
_SECONDS: Final = 30
_WAIT: Final = 10.0  # seconds for a turn
# Anybody may ask, and each check takes a whole processor for a second or more.
_AT_ONCE: Final = BoundedSemaphore(2)
_MEMORY: Final = 1024 * 1024 * 1024  # bytes of addresses


def checked(
    content: bytes, *, roots: Sequence[bytes], lists: Sequence[bytes] = (), on: datetime
) -> Report:
    """What a signed file says, found out in a process of its own. Raises Refused as `verified`.

    Raises Refused, too, for a file that takes too long or too much memory, and where too many ask.
    """
    if len(content) > LARGEST:
        raise _refused(f"it is larger than {LARGEST // 1024 // 1024} MB")
    if not _AT_ONCE.acquire(timeout=_WAIT):
        raise Refused(
            "The file cannot be checked now",
            why="others are having theirs checked",
            next_step="Try again in a minute",
        )
    try:
        return _checked(content, roots, lists, on)
    finally:
        _AT_ONCE.release()


def _checked(
    content: bytes, roots: Sequence[bytes], lists: Sequence[bytes], on: datetime
) -> Report:
    asked = {
        "roots": [base64.b64encode(one).decode() for one in roots],
        "lists": [base64.b64encode(one).decode() for one in lists],
        "on": on.isoformat(),
    }
    try:
        done = subprocess.run(  # noqa: S603  # this very module
            [sys.executable, "-m", _HERE],
            input=json.dumps(asked).encode() + b"\n" + content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        said = json.loads(done.stdout or b"{}")
    except (subprocess.TimeoutExpired, ValueError) as wrong:
        raise _refused("it takes too long to read, or its inside is broken") from wrong
    if "refused" in said:
        what, why, next_step = said["refused"]
        raise Refused(what, why=why, next_step=next_step)
    if "signatures" not in said:
        raise _refused("it takes too much memory to read, or its inside is broken")
    return Report(
        signatures=tuple(map(_signed, said["signatures"])),
        empty=tuple(said["empty"]),
        text=said["text"],
        added_since=said["added_since"],
    )


def _signed(said: dict[str, Any]) -> Signed:
    at = datetime.fromisoformat(said["at"]) if said["at"] else None
    return Signed(**(said | {"at": at}))


def _refused(why: str) -> Refused:
    return Refused(
        "The file cannot be checked", why=why, next_step="Give the signed PDF as you received it"
    )


def main() -> None:
    """Read what is asked and the file, and write what was found."""
    _limit()
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read(LARGEST + 1)
    roots, lists = ([base64.b64decode(one) for one in asked[key]] for key in ("roots", "lists"))
    try:
        report = verified(content, roots=roots, lists=lists, on=datetime.fromisoformat(asked["on"]))
        said: dict[str, Any] = asdict(report)
    except Refused as refused:
        said = {"refused": [refused.what, refused.why, refused.next_step]}
    sys.stdout.write(json.dumps(said, default=str))


def _limit() -> None:
    """Keep this process within its bounds, where the system has such bounds."""
    try:
        import resource
    except ImportError:  # not on Windows, where the bound of time is the only one
        return
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
