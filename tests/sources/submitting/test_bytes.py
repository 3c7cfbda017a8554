"""Bytes on their way in: hashed, counted, safe on the disk, and named by nobody but ourselves."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from pathlib import Path

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.submitting import bytes_held
from totalplace.sources.submitting.bytes_held import Incoming, own_name


def incoming(home: Home, name: str = "April.csv", most: int = 1_000) -> Incoming:
    return Incoming(home, name=name, most_bytes=most)


def files(home: Home) -> list[Path]:
    return [p for p in (home.root / "submissions").rglob("*") if p.is_file()]


def test_bytes_are_held_under_their_own_hash_and_for_no_program_to_run(home: Home) -> None:
    coming = incoming(home)
    for part in (b"Date,", b"Amount\n"):
        coming.write(part)
    held = coming.keep()
    path = bytes_held.bytes_of(home, held.sha256)
    assert held.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (held.size, stat.S_IMODE(path.stat().st_mode)) == (12, 0o440)
    assert files(home) == [path]


def test_they_are_on_the_disk_itself_before_anybody_is_told(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    real = os.fsync

    def heard(at: int) -> None:
        seen.append(str(Path(f"/proc/self/fd/{at}").readlink()))
        real(at)

    monkeypatch.setattr(os, "fsync", heard)
    coming = incoming(home)
    coming.write(b"x")
    coming.keep()
    assert [Path(at).parent.name for at in seen] == ["incoming", "home"]


@pytest.mark.parametrize("sizes", [(1_001,), (600, 401), (1_000, 1)])
def test_past_the_limit_nothing_is_kept(home: Home, sizes: tuple[int, ...]) -> None:
    coming = incoming(home)
    with pytest.raises(Refused, match="larger than"):
        for size in sizes:
            coming.write(b"x" * size)
    assert files(home) == []


def test_an_empty_file_is_refused(home: Home) -> None:
    with pytest.raises(Refused, match="it is empty"):
        incoming(home).keep()
    assert files(home) == []


def test_a_full_disk_is_said_and_leaves_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    coming = incoming(home)
    coming.write(b"x")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="no space left on device"):
        coming.keep()
    assert files(home) == []


def test_what_was_never_acknowledged_goes_after_a_day_and_nothing_else(home: Home) -> None:
    wanted, orphan, unfinished = incoming(home), incoming(home), incoming(home)
    for number, coming in enumerate((wanted, orphan, unfinished)):
        coming.write(b"x" * (number + 1))
    kept, lost = wanted.keep(), orphan.keep()
    assert bytes_held.tidy(home, {kept.sha256}) == []
    long_ago = time.time() - 25 * 3600
    for path in files(home):
        os.utime(path, (long_ago, long_ago))
    gone = bytes_held.tidy(home, {kept.sha256})
    assert len(gone) == 2
    assert bytes_held.bytes_of(home, lost.sha256) in gone
    assert files(home) == [bytes_held.bytes_of(home, kept.sha256)]
    unfinished.drop()


@examples(st.text(max_size=400))
def test_no_name_leads_anywhere_or_is_hidden_or_too_long(said: str) -> None:
    name = own_name(said)
    assert name
    assert not set(name) & {"/", "\x00", "\n"}
    assert name.isprintable()
    assert not name.startswith(".")
    assert len(name.encode()) <= 180


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("April 2025.csv", "April 2025.csv"),
        ("C:\\finance\\April.xlsx", "April.xlsx"),
        ("../../etc/passwd", "passwd"),
        (".hidden.csv", "hidden.csv"),
        ("", "file"),
        ("...", "file"),
        ("x" * 300 + ".csv", "x" * 176 + ".csv"),
    ],
)
def test_a_name_stays_what_an_officer_knows_it_by(said: str, name: str) -> None:
    assert own_name(said) == name
