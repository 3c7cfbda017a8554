"""`totalplace record` on the command line: published, verified, exported, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from totalplace.doors.cli.main import totalplace
from totalplace.record import queries
from totalplace.record.rules import heads, written_out
from totalplace.record.rules.chain import Entry
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db


def run(*words: str | Path, code: int = 0) -> str:
    """Run a command in this program, on the records of the test; what it printed."""
    result = CliRunner().invoke(totalplace, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def test_a_head_is_published_kept_and_verified_with(
    act: Callable[[str], Entry], tmp_path: Path
) -> None:
    act("one")
    assert "No head was published yet" in run("record", "heads")
    key = run("record", "key").strip()
    kept = tmp_path / "head.json"
    run("record", "publish-head", "--to", kept)
    (head,) = heads.read(kept.read_text(), name="head.json")
    assert head.key == key
    assert heads.as_pem(key).strip() == run("record", "key", "--pem").strip()
    assert head.digest in run("record", "heads")
    said = run("record", "verify", "--heads", kept, "--key", key)
    assert "2 published heads, each signed and true of the record" in said
    assert "began to sign heads with" in run("record", "show")


def test_what_is_wrong_is_told_with_every_fault(
    act: Callable[[str], Entry], key: Ed25519PrivateKey, tmp_path: Path
) -> None:
    entry = act("one")
    kept = tmp_path / "head.json"
    foreign = heads.sign(entry, key, on=entry.on)
    kept.write_text(heads.written(foreign))
    run("record", "publish-head")
    with pytest.raises(Refused, match="signed with an unknown key"):
        run("record", "verify", "--heads", kept)
    said = json.loads(run("record", "verify", "--heads", kept, "--json", code=2))
    assert not said["whole"]
    assert [(fault["entry"], fault["how"]) for fault in said["faults"]] == [
        (1, "signed with another key")
    ]
    whole = json.loads(run("record", "verify", "--json"))
    assert whole["whole"]
    assert whole["entries"] == 3
    kept.write_text("no head")
    with pytest.raises(Refused, match="not the JSON of a head"):
        run("record", "verify", "--heads", kept)


def test_the_record_is_exported_whole_or_in_part(
    act: Callable[[str], Entry], tmp_path: Path
) -> None:
    entries = [act(citing) for citing in ("one", "two", "three")]
    run("record", "export", "--to", tmp_path / "record.jsonl")
    lines = (tmp_path / "record.jsonl").read_text().splitlines()
    assert [written_out.of_line(line) for line in lines] == entries
    part = run("record", "export", "--after", "1", "--until", "2").splitlines()
    assert [written_out.of_line(line) for line in part] == entries[1:2]
    assert [path.name for path in tmp_path.glob("*record*")] == ["record.jsonl"]


def test_a_key_from_the_environment_signs(
    act: Callable[[str], Entry], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    act("one")
    made = tmp_path / "keys" / "mine.pem"
    from totalplace.record import keys

    own = heads.public_key(keys.kept(made))
    monkeypatch.setenv("TOTALPLACE_RECORD_KEY_FILE", str(made))
    assert run("record", "key").strip() == own
    run("record", "publish-head")
    last = queries.last_head()
    assert last is not None
    assert last.key == own
    monkeypatch.setenv("TOTALPLACE_RECORD_KEY_FILE", str(tmp_path / "nowhere.pem"))
    with pytest.raises(Refused, match="no such file"):
        run("record", "publish-head")
    monkeypatch.setenv("TOTALPLACE_RECORD_KEY", made.read_text().replace("\n", "\\n"))
    assert run("record", "key").strip() == own
    assert not (Path(tmp_path) / "home" / "keys").exists()
