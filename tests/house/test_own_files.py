"""What stands in the project's files: no host of a registry, no path of somebody's computer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS: Final = sorted((ROOT / "requirements").glob("*.lock"))

# Written in parts, so that this file does not hold them.
HOSTS: Final = [
    "py" + r"pi\.org",
    "python" + "hosted",
    "npm" + r"js\.(org|com)",
    "deb" + r"\.debian",
]
ASKED: Final = r"(index-url|registry)\s*=\s*[\"']?ht" + "tps?:"
REGISTRIES: Final = re.compile("|".join([*HOSTS, ASKED]), re.IGNORECASE)
TOPS: Final = ["wo" + "rk", "fa" + "rm", "ho" + "me", "ro" + "ot", "Us" + "ers"]
MACHINE_PATHS: Final = re.compile(rf"(?<![\w.~*-])/(?:{'|'.join(TOPS)})/[\w.-]")


def text_of(path: Path) -> str:
    """What a file says, or nothing where it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_host_and_pins_every_package_by_hash(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    pinned = re.findall(r"^[\w.\[\],-]+==", text, re.MULTILINE)
    blocks = re.split(r"^(?=[\w.-])", text, flags=re.MULTILINE)
    packages = [block for block in blocks if block.strip() and not block.startswith("#")]
    assert len(packages) == len(pinned) > 5
    assert all("--hash=sha256:" in package for package in packages)


def test_there_are_locks_for_use_and_for_work() -> None:
    assert {lock.name for lock in LOCKS} >= {"base.lock", "dev.lock"}


def test_no_two_locks_name_a_package_at_different_versions() -> None:
    # `script/setup` installs a lock together with that of what builds the package. Within a lock a
    # package may have a version for each Python.
    versions: dict[str, set[frozenset[str]]] = {}
    for lock in LOCKS:
        pinned: dict[str, set[str]] = {}
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(), re.MULTILINE):
            pinned.setdefault(name, set()).add(version)
        for name, found in pinned.items():
            versions.setdefault(name, set()).add(frozenset(found))
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_no_file_names_a_registrys_host(own_files: list[Path]) -> None:
    naming = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in own_files
        if (found := REGISTRIES.search(text_of(path)))
    ]
    assert naming == []


def test_no_file_holds_a_path_of_somebodys_computer(own_files: list[Path]) -> None:
    holding = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in own_files
        if (found := MACHINE_PATHS.search(text_of(path)))
    ]
    assert holding == []
