"""The payments of an edition are found to the penny, and an erased name is found no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import pytest

from totalplace.count.actions.editions import freeze
from totalplace.count.actions.rulings import Lines, rule
from totalplace.count.queries.editions import EditionRow, edition, frozen
from totalplace.count.queries.frozen import ready_to_freeze
from totalplace.count.queries.rulings import rulings_in_force
from totalplace.count.queries.spending.held import Held, held, is_ready
from totalplace.count.queries.spending.searching import (
    each_line,
    found,
    lines,
    lines_at,
    payees,
    spellings,
    write_lines,
)
from totalplace.count.queries.whole_place import Wanted as ToCount
from totalplace.count.queries.whole_place import whole_place
from totalplace.count.rules.rulings import NO_TRANSFER, Subject
from totalplace.count.rules.spending.wanted import Mark, Sort, Wanted
from totalplace.engines import TookTooLong
from totalplace.money.years import FinancialYear
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused
from totalplace.sources import made
from totalplace.sources import queries as sources
from totalplace.sources.erasing.actions import Grounds, erase
from totalplace.sources.home import Home

pytestmark = pytest.mark.django_db
Row = tuple[str, str, str, str]
BY = Operator("an officer")
YEAR = FinancialYear(2024)


class Place(Protocol):
    """What the fixture of the same name gives (tests/count/conftest.py)."""

    home: Home

    def has(self, code: str, name: str = "", *, kind: str = "district", **days: object) -> None:
        """Register an agency."""

    def published(self, agency: str, name: str, rows: list[Row], *, header: str = "Amount") -> None:
        """Take in a file."""


@pytest.fixture
def freezes(wex: Place, tmp_path: Path, noon: datetime) -> Callable[[], EditionRow]:
    """Freezes the place's count of 2024-25 as an edition."""
    turns = iter(range(100))

    def freezing() -> EditionRow:
        folder = tmp_path / f"count-{next(turns)}"
        folder.mkdir()
        built = whole_place(ToCount(wex.home, "wex", YEAR, rulings_in_force(), folder))
        return freeze(wex.home, ready_to_freeze(built), by=BY, on=noon)

    return freezing


@pytest.fixture
def made_edition(wex: Place, freezes: Callable[[], EditionRow]) -> EditionRow:
    """An edition of a county and a district that pays it, a firm and a person."""
    wex.has("county", "Wexshire County Council", kind="county")
    wex.has("district", "Oxtremere District Council")
    wex.published("district", "may-2024.csv", [
        ("01/05/2024", "Wexshire County Council", "1000.00", "A1"),
        ("02/05/2024", "Acme Homes Ltd", "300.00", "A2"),
        ("03/06/2024", "ACME HOMES LTD", "-50.00", "A3"),
        ("04/06/2024", "Prunella Quillfeather", "20.00", "A4"),
        ("05/06/2024", "REDACTED PERSONAL DATA", "7.00", "A5"),
        ("06/04/2025", "Acme Homes Ltd", "999.00", "A6"),
    ])  # fmt: skip
    wex.published("county", "may-2024.csv", [("05/05/2024", "Acme Homes Ltd", "900.00", "B1")])
    return freezes()


def payments(home: Home, row: EditionRow) -> Held:
    """The payments of an edition, which there must be."""
    ready = held(home, row, frozen(home, row))
    assert ready is not None
    return ready


def sums(ready: Held, **wanted: object) -> list[int]:
    """The pence of each line that is found, the largest first; sums must agree with them."""
    looked_for = Wanted(**wanted)  # type: ignore[arg-type]
    rows = lines(ready, looked_for, sort=Sort.LARGEST, some=100)
    everything = found(ready, looked_for).everything
    assert (everything.rows, everything.pence) == (len(rows), sum(r.amount_pence for r in rows))
    assert list(each_line(ready, looked_for, sort=Sort.LARGEST)) == rows
    return [r.amount_pence for r in rows]


def test_payments_of_the_year_are_found_to_the_penny_as_they_were_counted(
    wex: Place, made_edition: EditionRow
) -> None:
    ready = payments(wex.home, made_edition)
    assert sums(ready) == [100_000, 90_000, 30_000, 2_000, 700, -5_000]
    assert (ready.rows, ready.pence, ready.differs) == (6, 217_700, 0)
    assert sums(ready, text="acme") == [90_000, 30_000, -5_000]
    assert sums(ready, text="homes ACME", agency="district") == [30_000, -5_000]
    assert sums(ready, mark=Mark.TRANSFERS) == [100_000]
    assert sums(ready, mark=Mark.REDACTED) == [700]
    assert sums(ready, mark=Mark.NEGATIVE) == [-5_000]
    assert sums(ready, first=date(2024, 6, 1)) == [2_000, 700, -5_000]
    assert sums(ready, least_pence=2_000, most_pence=90_000) == [90_000, 30_000, 2_000]


def test_what_is_found_is_told_by_body_month_and_kind(wex: Place, made_edition: EditionRow) -> None:
    told = found(payments(wex.home, made_edition), Wanted())
    assert {code: s.pence for code, s in told.by_agency.items()} == {
        "county": 90_000, "district": 127_700,
    }  # fmt: skip
    assert told.by_month[date(2024, 6, 1)].rows == 3
    assert (told.negative_pence, told.redacted_rows, told.transfer_pence) == (-5_000, 1, 100_000)


def test_a_payee_is_found_under_every_body_and_one_that_is_redacted_has_no_page(
    wex: Place, made_edition: EditionRow
) -> None:
    ready = payments(wex.home, made_edition)
    told = payees(ready, Wanted(), sort=Sort.LARGEST, some=2)
    assert told.number == 4
    assert [(p.name.lower(), p.agencies, p.pence) for p in told.rows] == [
        ("acme homes ltd", 2, 115_000), ("wexshire county council", 1, 100_000),
    ]  # fmt: skip
    names = {(s.agency, s.payee) for s in spellings(ready, told.rows[0].key)}
    assert names == {
        ("county", "Acme Homes Ltd"),
        ("district", "Acme Homes Ltd"),
        ("district", "ACME HOMES LTD"),
    }  # fmt: skip
    (redacted,) = payees(ready, Wanted(mark=Mark.REDACTED), sort=Sort.LARGEST, some=9).rows
    assert (redacted.key, redacted.name) == ("", "")


def test_a_line_is_followed_to_its_row_with_what_was_made_of_it(
    wex: Place, made_edition: EditionRow, noon: datetime
) -> None:
    ready = payments(wex.home, made_edition)
    (largest, *_) = lines(ready, Wanted(agency="district"), sort=Sort.LARGEST, some=1)
    (line,) = lines_at(ready, largest.file, largest.row)
    assert (line.treatment, line.nature, line.reference) == ("eliminated", "transfer", "A1")
    (row,) = sources.published_rows(wex.home, line.file, line.row)
    assert row.cells == ("01/05/2024", "Wexshire County Council", "1000.00", "A1")


def test_a_ruling_of_an_edition_is_in_what_is_found_of_it(
    wex: Place, made_edition: EditionRow, freezes: Callable[[], EditionRow], noon: datetime
) -> None:
    names = Lines(payee="Wexshire County Council")
    rule("district", Subject.TRANSFER, names, said=NO_TRANSFER, reason="Rent.", by=BY, on=noon)
    later = freezes()
    assert sums(payments(wex.home, made_edition), mark=Mark.TRANSFERS) == [100_000]
    assert sums(payments(wex.home, later), mark=Mark.TRANSFERS) == []


def test_files_that_came_later_are_not_in_what_is_found_of_an_edition(
    wex: Place, made_edition: EditionRow
) -> None:
    wex.published("county", "june-2024.csv", [("05/06/2024", "Later Ltd", "1.00", "B2")])
    assert sums(payments(wex.home, made_edition), text="later") == []


def test_what_is_found_is_written_as_a_file_of_exactly_those_lines(
    wex: Place, made_edition: EditionRow, tmp_path: Path
) -> None:
    path = tmp_path / "found.parquet"
    ready = payments(wex.home, made_edition)
    assert write_lines(ready, Wanted(text="acme"), path, sort=Sort.LARGEST) == 3


def test_an_erased_name_is_in_nothing_that_is_searched(
    wex: Place, made_edition: EditionRow, noon: datetime
) -> None:
    """The copy with the name goes with the name; the one made again has its pounds without it."""
    before = payments(wex.home, made_edition)
    assert sums(before, text="quillfeather") == [2_000]
    (file,) = {f.sha256 for f in sources.files(agencies=["district"])}
    grounds = Grounds("UK GDPR article 17(1)(d)", "Published by mistake")
    erase(wex.home, file, "Prunella Quillfeather", grounds=grounds, by=BY, on=noon)
    assert not made.made(wex.home).exists()
    assert not is_ready(wex.home, made_edition, frozen(wex.home, made_edition))
    after = payments(wex.home, edition(made_edition.id))
    assert sums(after, text="quillfeather") == []
    assert sums(after) == [100_000, 90_000, 30_000, 2_000, 700, -5_000]
    assert sums(after, mark=Mark.REDACTED) == [2_000, 700]
    assert after.folder != before.folder
    kept = [path for path in wex.home.root.rglob("*.parquet") if "made" in path.parts]
    assert all(path.is_relative_to(after.folder) for path in kept)


@pytest.mark.parametrize("at", ["reading rows", "making payments ready to be searched"])
def test_a_copy_that_was_begun_before_an_erasure_is_not_kept(
    wex: Place, made_edition: EditionRow, noon: datetime, at: str
) -> None:
    (file,) = {f.sha256 for f in sources.files(agencies=["district"])}
    grounds = Grounds("UK GDPR article 17(1)(d)", "Published by mistake")

    def erased_meanwhile(stage: str) -> None:
        if stage == at:
            erase(wex.home, file, "Prunella Quillfeather", grounds=grounds, by=BY, on=noon)

    with pytest.raises(Refused, match="changed meanwhile"):
        held(wex.home, made_edition, frozen(wex.home, made_edition), seen=erased_meanwhile)
    assert not made.made(wex.home).exists() or not list(made.made(wex.home).iterdir())


def test_a_search_that_takes_too_long_says_what_to_narrow(
    wex: Place, made_edition: EditionRow
) -> None:
    ready = payments(wex.home, made_edition)
    with pytest.raises(Refused, match="choose one body or choose some months") as refused:
        for _ in range(2_000):  # it may be answered before it is stopped
            found(ready, Wanted(text="a"), seconds=1e-6)
    assert isinstance(refused.value.__cause__, TookTooLong)
    with pytest.raises(Refused, match="Search for fewer payments"):
        for _ in range(2_000):
            found(
                ready,
                Wanted(agency="county", first=date(2024, 5, 1), least_pence=1),
                seconds=1e-6,
            )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"text": "a b c d e"}, "more than 4 words"),
        ({"text": "a" * 201}, "more than 4 words or 200 letters"),
        ({"text": "a\x00"}, "a letter that is none"),
        ({"payee": "../../etc"}, "the payee in the address is none"),
        ({"first": date(2024, 6, 1), "last": date(2024, 5, 1)}, "after the last"),
        ({"least_pence": 2, "most_pence": 1}, "more than the most"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(said: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        Wanted(**said)  # type: ignore[arg-type]
