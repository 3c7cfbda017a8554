"""Published files given in as officers would: read on trial as they are added, every row told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources import queries as held
from totalplace.sources.home import Home
from totalplace.sources.rules.layout import Role
from totalplace.sources.rules.submitting.fixing import Chosen
from totalplace.sources.submitting import actions, queries
from totalplace.sources.submitting.actions import Giving
from totalplace.sources.submitting.actions.taking_in import given_of
from totalplace.sources.submitting.bytes_held import Held, Incoming
from totalplace.sources.submitting.queries import SubmissionRow
from totalplace.sources.submitting.report import Report
from totalplace.sources.submitting.trial import try_out

SHARED: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
GIVES, CERTIFIES = Operator("Ada"), Operator("Bo")
# The smallest of each folder, in whatever form it was published: a body may publish in any.
FILES: Final = sorted(
    min(found, key=lambda p: p.stat().st_size)
    for folder in (SHARED / "spend_lancashire").glob("*")
    if folder.is_dir()
    if (found := [p for p in folder.rglob("*") if p.suffix in {".csv", ".xlsx", ".xls", ".ods"}])
)
Tries = Callable[[Path], tuple[SubmissionRow, Report]]

pytestmark = pytest.mark.skipif(not FILES, reason="published files are not beside this checkout")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def tries(home: Home, db: None, noon: datetime) -> Tries:
    """Gives a file and reads it on trial."""
    places.register_agency("body", by=GIVES, on=noon)

    def give(path: Path) -> tuple[SubmissionRow, Report]:
        row = actions.give(_kept(home, path), Giving("body"), by=GIVES, on=noon)
        found = try_out(home, given_of(row), lambda *_: None)
        actions.tried(home, row.id, row.recipe, found, on=noon)
        row = queries.submission(row.id)
        report = queries.report_of(home, row)
        assert report is not None
        return row, report

    return give


def _kept(home: Home, path: Path) -> Held:
    incoming = Incoming(home, name=path.name, most_bytes=10**9)
    incoming.write(path.read_bytes())
    return incoming.keep()


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_what_a_trial_says_is_what_is_added(
    path: Path, tries: Tries, home: Home, noon: datetime
) -> None:
    row, report = tries(path)
    if report.refused:
        pytest.skip(f"it is no table of payments: {report.refused[1]}")
    for table in report.tables:
        letters = {column.letter for column in table.columns}
        assert {str(t["column"]) for t in table.taken.values()} <= letters
        assert table.sample
    assert row.trial is not None
    actions.submit(row.id, by=GIVES, on=noon)
    actions.certify(row.id, by=CERTIFIES, on=noon)
    said = actions.take_in(home, row.id, lambda *_: None, on=noon)
    assert "were added" in said, said
    (file,) = held.files()
    assert file.sum_of("payments") == row.trial.payments
    assert file.sum_of("sum_pence") == row.trial.sum_pence
    assert file.sum_of("faults") == row.trial.faults


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_saying_what_was_understood_changes_nothing(
    path: Path, tries: Tries, home: Home, noon: datetime
) -> None:
    row, report = tries(path)
    if report.refused:
        pytest.skip(f"it is no table of payments: {report.refused[1]}")
    chosen = [
        Chosen(
            t.document, t.sheet, t.period_first,
            {role: str(t.taken[role]["column"]) for role in Role if role in t.taken},
            {c.letter: c.header for c in t.columns},
        )
        for t in report.tables
    ]  # fmt: skip
    actions.correct(row.id, chosen, by=GIVES, on=noon)
    row = queries.submission(row.id)
    again = try_out(home, given_of(row), lambda *_: None)
    assert again.refused is None, again.refused
    assert [t.counts["sum_pence"] for t in again.tables] == [
        t.counts["sum_pence"] for t in report.tables
    ]
