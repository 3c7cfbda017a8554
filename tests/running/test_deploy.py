"""What comes with the program to run it as a service: read as the tools read it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import click
import pytest

from totalplace.doors.cli.main import totalplace
from totalplace.doors.web import safety

ROOT: Final = Path(__file__).resolve().parents[2]
DEPLOY: Final = ROOT / "deploy"
SERVICES: Final = sorted(DEPLOY.glob("*.service"))
# What `systemd-analyze security` gives a service that may do anything is 9.6; below 2 is rare.
EXPOSED: Final = 2.0


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the container file, in turn, with lines that go on joined."""
    text = (DEPLOY / "Containerfile").read_text()
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    said = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    return [(word.upper(), rest) for word, rest in said]


def last_stage() -> list[tuple[str, str]]:
    said = instructions()
    return said[max(n for n, (word, _) in enumerate(said) if word == "FROM") :]


def test_the_container_does_not_run_as_root() -> None:
    users = [rest for word, rest in last_stage() if word == "USER"]
    assert users == ["10001:10001"]
    after = [word for word, _ in last_stage()][[w for w, _ in last_stage()].index("USER") :]
    assert "RUN" not in after
    assert "COPY" not in after


def test_the_container_says_whether_it_is_well() -> None:
    (check,) = [rest for word, rest in last_stage() if word == "HEALTHCHECK"]
    command = json.loads(check.split("CMD", 1)[1])
    assert command[:2] == ["python", "-c"]
    assert "/health" in command[2]
    compile(command[2], "health", "exec")


def test_the_container_is_made_of_packages_checked_by_hash_and_a_named_version() -> None:
    froms = [rest.split()[0] for word, rest in instructions() if word == "FROM"]
    assert len(set(froms)) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", froms[0])
    installs = [rest for word, rest in instructions() if word == "RUN" and "pip install" in rest]
    assert all("--require-hashes" in rest or "--no-deps" in rest for rest in installs)
    assert "ADD" not in {word for word, _ in instructions()}


def test_what_the_container_copies_is_there() -> None:
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            *sources, _ = shlex.split(rest)
            assert [name for name in sources if not (ROOT / name).exists()] == []


def test_the_container_starts_a_command_that_is_one() -> None:
    said = dict(last_stage())
    words = [*json.loads(said["ENTRYPOINT"]), *json.loads(said["CMD"])]
    assert is_a_command(words[1:])
    assert said["EXPOSE"] == words[words.index("--port") + 1]


def is_a_command(words: list[str]) -> bool:
    """Whether words are a command of ours with its options."""
    context = click.Context(totalplace, info_name="totalplace")
    command = totalplace.get_command(context, words[0])
    assert command is not None
    command.make_context(words[0], list(words[1:]), parent=context)
    return True


def unit(path: Path) -> list[tuple[str, str]]:
    """The settings of a unit, in turn: a name may stand more than once."""
    lines = [line.strip() for line in path.read_text().splitlines()]
    return [
        (name, value)
        for name, _, value in (line.partition("=") for line in lines if not line.startswith("#"))
        if value or name in ("CapabilityBoundingSet", "AmbientCapabilities")
    ]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_runs_as_nobody_special_and_writes_in_one_folder(path: Path) -> None:
    said = dict(unit(path))
    assert said["User"] == "totalplace"
    assert said["NoNewPrivileges"] == "yes"
    assert said["ProtectSystem"] == "strict"
    assert said["CapabilityBoundingSet"] == ""
    assert said["StateDirectoryMode"] == "0700"
    assert said["Environment"] == "TOTALPLACE_HOME=/var/lib/totalplace"
    assert "SECRET" not in path.read_text()


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_is_one(path: Path) -> None:
    (start,) = [value for name, value in unit(path) if name == "ExecStart"]
    words = shlex.split(start)
    if words[0] == "/bin/sh":
        words = shlex.split(words[2].removeprefix("exec "))
    assert words[0].endswith("/bin/totalplace")
    assert is_a_command(words[1:])


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
def test_systemd_reads_the_units_without_a_word(tmp_path: Path) -> None:
    for path in [*SERVICES, *DEPLOY.glob("*.timer")]:
        text = path.read_text().replace("/opt/totalplace/bin/totalplace", sys.executable)
        (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *tmp_path.iterdir()], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "totalplace" in line]
    assert ours == []


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_systemd_finds_a_unit_little_exposed(path: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", path],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    if found is None:
        pytest.skip("this systemd-analyze does not judge a unit that is not installed")
    assert float(found.group(1)) < EXPOSED


def test_the_environment_that_is_shown_makes_a_safe_service() -> None:
    lines = (DEPLOY / "environment.example").read_text().splitlines()
    said = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert said.pop("TOTALPLACE_SECRET_KEY") == ""  # each installation makes its own
    choices = safety.chosen({**said, "TOTALPLACE_SECRET_KEY": "x" * 64})
    safety.check(choices, listens_on="0.0.0.0")  # noqa: S104  (which is what is checked)
