"""Files that mean harm are refused on trial, and returns go the way of payments."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from totalplace.doors.cli.sources.returns_template import Asked, write_template
from totalplace.money.years import FinancialYear
from totalplace.places.rules.mandates import Officer
from totalplace.sources import returns
from totalplace.sources.home import Home
from totalplace.sources.returns.forms import named
from totalplace.sources.rules.submitting.compared import Sums, differences, month_before
from totalplace.sources.rules.submitting.fixing import later_names
from totalplace.sources.rules.submitting.stages import Stage
from totalplace.sources.submitting import actions, queries
from totalplace.sources.submitting.actions import Giving
from totalplace.sources.submitting.actions.taking_in import given_of
from totalplace.sources.submitting.trial import try_out

from .conftest import NOON, Gives, kept, tried

Officers = dict[str, Officer]


class EndedHere(BaseException):
    """As a reading is stopped."""


def zipped(**files: bytes) -> bytes:
    """An archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("spend.csv", b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        ("spend.csv", b"MZ\x90\x00\x03\x00\x00\x00", "a program"),
        ("spend.xlsx", b"<html><table><tr><td>1", "web page"),
        ("bomb.zip", zipped(a=b"0" * 90_000_000), "no table does"),
        ("empty.zip", zipped(), "no text file or workbook"),
        ("words.csv", b"\x00\x01\x02" * 400, "bytes that no text file"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason_on_its_page(
    home: Home, gives: Gives, name: str, content: bytes, why: str
) -> None:
    row = gives(content, name=name)
    assert row.trial is not None
    assert row.trial.outcome == "refused"
    assert why in row.trial.why
    left = [p.name for p in (home.root / "scratch").rglob("*")]
    assert left == []


def test_a_reading_that_is_stopped_leaves_nothing(home: Home, gives: Gives) -> None:
    row = gives(read=False)
    seen: list[str] = []

    def stop(doing: str, *_: object) -> None:
        seen.append(doing)
        if len(seen) == 2:
            raise EndedHere

    with pytest.raises(EndedHere):
        try_out(home, given_of(row), stop)
    assert seen[0].startswith("Reading April 2025.csv, 1 KB")
    assert list((home.root / "scratch").rglob("*")) == []
    assert queries.submission(row.id).trial is None


def test_rows_and_about_how_many_are_told_as_it_is_read(home: Home, gives: Gives) -> None:
    row = gives(read=False)
    told: list[tuple[int, int | None]] = []
    try_out(home, given_of(row), lambda _, done, total, unit: told.append((done, total)))
    assert told[0] == (0, 29)
    assert max(done for done, _ in told) == 28


def test_a_reading_of_a_recipe_that_no_longer_holds_is_thrown_away(
    home: Home, gives: Gives, officers: Officers
) -> None:
    row = gives(read=False)
    found = try_out(home, given_of(row), lambda *_: None)
    actions.correct(row.id, [], by=officers["bea"], on=NOON)
    actions.tried(home, row.id, 0, found, on=NOON)
    assert queries.submission(row.id).trial is None


@pytest.fixture
def template(home: Home, tmp_path: Path, council: str) -> Callable[..., bytes]:
    """A return of the agency, as the template has it, in CSV."""

    def filled(net: str = "1500000", agency: str = "wexshire") -> bytes:
        asked = Asked(agency, "Wexshire Council", FinancialYear(2024))
        path = tmp_path / "return.csv"
        write_template(path, named(home, "agency_return"), asked)
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        done = [_with_net(line, net) if line.startswith("highways") else line for line in lines]
        return "\n".join(done).encode()

    return filled


def _with_net(line: str, net: str) -> str:
    code, service, *_ = line.split(",")
    return f"{code},{service},{net},0,{net},,actual,measured,"


def test_a_return_is_given_certified_and_held_like_payments(
    home: Home, officers: Officers, template: Callable[..., bytes]
) -> None:
    giving = Giving("wexshire", kind="return", form="agency_return")
    row = actions.give(kept(home, template(), "return.csv"), giving, by=officers["bea"], on=NOON)
    row = tried(home, row)
    assert row.trial is not None
    assert (row.trial.is_read, row.trial.faults) == (True, 0), row.trial
    actions.submit(row.id, by=officers["bea"], on=NOON)
    assert returns.lines(home) == []
    actions.certify(row.id, by=officers["dov"], on=NOON)
    actions.take_in(home, row.id, lambda *_: None, on=NOON)
    assert queries.submission(row.id).stage is Stage.ADDED
    net = [x for x in returns.lines(home) if x.item == "net current expenditure"]
    assert sum(x.amount_pence or 0 for x in net) == 150_000_000


def test_a_return_of_another_body_is_refused_on_trial(
    home: Home, officers: Officers, template: Callable[..., bytes]
) -> None:
    giving = Giving("wexshire", kind="return")
    content = template().replace(b"wexshire", b"dale")
    row = actions.give(kept(home, content, "return.csv"), giving, by=officers["bea"], on=NOON)
    row = tried(home, row)
    assert row.trial is not None
    assert row.trial.outcome == "refused"


def test_json_of_a_return_is_read_and_of_payments_refused(home: Home, gives: Gives) -> None:
    row = gives(json.dumps([{"a": 1}]), name="x.json")
    assert row.trial is not None
    assert "JSON" in row.trial.why


def sums(name: str, payments: int, pence: int, *, day: int = 1, faults: int = 0) -> Sums:
    from datetime import date

    first, last = date(2025, day, 1), date(2025, day, 28)
    return Sums(name, first, last, payments + faults, payments, faults, pence)


def test_the_month_before_is_the_last_that_ended_before() -> None:
    held = [sums("Jan", 50, 1, day=1), sums("Feb", 50, 1, day=2), sums("Apr", 50, 1, day=4)]
    before = month_before(sums("Mar", 50, 1, day=3), held)
    assert before is not None
    assert before.name == "Feb"


@pytest.mark.parametrize(
    ("payments", "pence", "faults", "said"),
    [
        (100, 100_000, 0, []),
        (200, 100_000, 0, ["It has 200 payments: 2.0 times Feb."]),
        (100, 10_000, 0, ["It has £100.00 in all: 10% of Feb."]),
        (100, 100_000, 50, ["33% of its rows are faults, beside 0% of Feb."]),
    ],
)
def test_what_is_unlike_the_month_before_is_said(
    payments: int, pence: int, faults: int, said: list[str]
) -> None:
    this = sums("Mar", payments, pence, day=3, faults=faults)
    assert differences(this, sums("Feb", 100, 100_000, day=2)) == said


def test_a_month_of_few_payments_says_little() -> None:
    assert differences(sums("Mar", 90, 9, day=3), sums("Feb", 5, 1, day=2)) == []


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("April 2025.csv", "*.csv"),
        ("spend over 500 - April 2025.xlsx", "spend over *.xlsx"),
        ("wexshire_payments_2025-04.csv", "wexshire_payments_*.csv"),
        ("payments.csv", "payments.csv"),
        ("all.zip/Q1 cards.csv", "* cards.csv"),
        ("a[1].csv", "a[[]*].csv"),
    ],
)
def test_later_files_are_named_alike_but_for_their_days(name: str, pattern: str) -> None:
    assert later_names(name) == pattern
