"""The command line: refusals are shown as they stand, and a defect ends in one honest sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from totalplace.doors.cli import main as command_line
from totalplace.doors.cli.main import totalplace
from totalplace.refusal import Refused


def run(*words: str) -> Result:
    """Run a command in this program, on the records of the test."""
    result = CliRunner().invoke(totalplace, words)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def start(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, in a program of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "totalplace", "--home", str(home), *words],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.django_db
def test_a_place_and_its_agencies_are_registered_and_listed() -> None:
    assert "no place or agency yet" in run("places", "list").output
    run("places", "add", "wex", "--name", "Wexshire")
    run("places", "add-agency", "council", "--name", "The Council", "--kind", "county")
    run("places", "join", "wex", "council", "--from", "2009-04-01")
    listed, shown = run("places", "list").output, run("places", "show", "wex").output
    assert "Wexshire" in listed
    assert "2009-04-01" in shown
    assert "county" in shown


@pytest.mark.django_db
def test_every_act_is_on_the_record_and_the_record_is_whole() -> None:
    assert "The record is empty" in run("record", "verify").output
    run("places", "add", "wex", "--name", "Wexshire")
    assert "place wex" in run("record", "show").output
    verified = run("record", "verify").output
    assert "1 entry, none missing, none changed" in verified
    digest = verified.split()[-1]
    run("record", "verify", "--expect", digest)


@pytest.mark.django_db
def test_a_record_without_the_digest_that_was_noted_is_refused() -> None:
    run("places", "add", "wex")
    with pytest.raises(Refused, match="not the one you noted"):
        run("record", "verify", "--expect", "f" * 64)


def test_a_refusal_is_shown_as_it_stands_and_ends_with_2(reachable: Path) -> None:
    done = start("places", "show", "nowhere", home=reachable / "home")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "There is no place nowhere: none has been registered under that code. "
        "Register it with: totalplace places add nowhere.\n"
    )


def test_wrong_use_is_explained(tmp_path: Path) -> None:
    done = start("places", "fly", home=tmp_path)
    assert done.returncode == 2
    assert "No such command 'fly'" in done.stderr


@pytest.mark.parametrize(("debug", "lines"), [(False, 1), (True, 5)])
def test_a_defect_ends_in_one_sentence_and_shows_more_only_when_asked(
    *, debug: bool, lines: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["totalplace", *(["--debug"] if debug else []), "places"])
    monkeypatch.setitem(command_line.COMMANDS, "places", "")
    monkeypatch.setattr(command_line, "import_module", lambda name: 1 // 0)
    monkeypatch.setattr(signal, "signal", lambda number, action: None)
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert len(told.splitlines()) >= lines
    assert ("Traceback" in told) is debug
    assert "To report it" in told


def test_a_reader_who_has_read_enough_hears_no_complaint(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m totalplace --home {tmp_path} --help | true"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_asked_to_end_the_program_closes_its_records_first(reachable: Path) -> None:
    home = reachable / "home"
    code = (
        "import sys, time; from totalplace.doors.cli import main\n"
        "import totalplace.doors.cli.session as s\n"
        "s.Session.by = lambda self: (print('here', flush=True), time.sleep(60))\n"
        f"sys.argv = ['totalplace', '--home', {str(home)!r}, 'places', 'add', 'wex']\n"
        "main.main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    ) as asked:
        assert asked.stdout is not None
        assert asked.stdout.readline() == "here\n"
        assert (home / "records" / "postmaster.pid").exists()
        asked.terminate()
        assert asked.wait(60) == 128 + signal.SIGTERM
    assert not (home / "records" / "postmaster.pid").exists()
