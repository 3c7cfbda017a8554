"""Files that were made to do harm are refused within bounds, and say why."""

from __future__ import annotations

import gzip
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from totalplace.refusal import Refused
from totalplace.sources.reading.archives import documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.returns_files import known_in, unknown
from totalplace.sources.returns import forms
from totalplace.sources.rules.returns.outcome import outcome

SMALL = replace(Bounds(), return_bytes=100_000, return_values=5_000)


def refusal(path: Path, tmp_path: Path, bounds: Bounds = SMALL) -> str:
    """Why a file is refused, or is known to no form."""
    with pytest.raises(Refused) as refused:
        known = known_in(
            path, forms.shipped(), name=path.name, bounds=bounds, scratch=tmp_path / "scratch"
        )
        raise unknown(path.name, known)
    return refused.value.why


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("[" * 50_000 + "]" * 50_000, "more than 5,000 values"),
        ('{"a":' * 3_000 + "1" + "}" * 3_000, "too deep within one another"),
        ('{"a": 1, "a": 2}', "it gives “a” twice in one place"),
        ('[{"a": NaN}]', "it has NaN where a number should stand"),
        ('[{"a": -Infinity}]', "it has -Infinity where a number should stand"),
        ('[{"a": 1}', "damaged or cut short"),
        ('[{"a": "\\ud800"}]', "no form knows it"),
        ('{"\\u202efdp": [{"a": 1}]}', "no form knows it"),
        ("[" + ",".join(f'{{"k{n}": 1}}' for n in range(300)) + "]", "more than 5,000 values"),
        ("[" + " " * 200_000 + '{"a": 1}]', "a return may be up to"),
    ],
    ids=lambda value: value[:12],
)
def test_json_that_no_return_is_made_of_is_refused(written: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "made.json"
    path.write_text(written)
    assert why in refusal(path, tmp_path)


def test_a_number_that_would_take_forever_to_write_out_is_a_fault(tmp_path: Path) -> None:
    huge = {"year_ending": 1, "ONS_code": "E06000001", "LA_name": "W", "Education": "@",
            "Police": 1, "Fire_Rescue": 1, "Total": 3}  # fmt: skip
    path = tmp_path / "huge.json"
    path.write_text(json.dumps([huge]).replace('"@"', "1e999999999").replace(": 1,", ": 1e99999,"))
    known = known_in(path, forms.shipped(), name="huge", bounds=SMALL, scratch=tmp_path / "scratch")
    form = next(f for f in forms.shipped() if f.code == "mhclg_outturn_all")
    found = outcome(form, known.by_form["mhclg_outturn_all"])
    assert (len(found.rows), sum(f.figures for f in found.faults)) == (0, 4)


@pytest.mark.parametrize("text", ["a,b\n" * 40_000, "," * 6_000, "a\n" * 6_000])
def test_a_text_of_more_cells_than_a_return_has_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(text)
    assert "a return may be up to" in (found := refusal(path, tmp_path)) or "5,000" in found


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bombs = [tmp_path / "bomb.json.gz", tmp_path / "bomb.zip"]
    zeros = b"[" + b" " * (80 * 2**20) + b"]"
    bombs[0].write_bytes(gzip.compress(zeros, 9))
    with zipfile.ZipFile(bombs[1], "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.json", zeros)
    for bomb in bombs:
        assert "times its own size" in refusal(bomb, tmp_path, Bounds())
    left = [p for p in (tmp_path / "scratch").rglob("*") if p.is_file()]
    assert left == []


def test_json_is_still_no_table_of_payments(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1}]')
    with pytest.raises(Refused, match="it is JSON, not a table"):
        list(documents(path, bounds=Bounds(), scratch=tmp_path / "scratch"))
