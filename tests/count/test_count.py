"""The count of a place, from files as they are published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import duckdb
import pytest

from totalplace import engines
from totalplace.count import queries
from totalplace.count.rules.published import Count, Finding, State
from totalplace.money.years import FinancialYear
from totalplace.places import actions
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused
from totalplace.sources import queries as sources
from totalplace.sources.home import Home

Row = tuple[str, str, str, str]


class Place(Protocol):
    """What the fixture `wex` can do."""

    home: Home

    def has(self, code: str, name: str = "", *, kind: str = "district", **days: object) -> None:
        """Register an agency."""

    def published(self, agency: str, name: str, rows: list[Row], *, header: str = "Amount") -> None:
        """Take in a file."""

    def a_row(self, day: str, pounds: str, payee: str = "") -> Row:
        """A payment."""

    def month(self, year: int, month: int, *, rows: int = 20) -> list[Row]:
        """Payments of a month."""


MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def months(first: date, number: int) -> Iterator[tuple[int, int]]:
    """Years and months, so many of them."""
    for n in range(first.month - 1, first.month - 1 + number):
        yield first.year + n // 12, n % 12 + 1


def publish(
    wex: Place, agency: str, first: date, number: int, *, without: tuple[int, ...] = ()
) -> None:
    """Publish a file a month, but not for some of them."""
    for at, (year, month) in enumerate(months(first, number)):
        if at not in without:
            name = f"spend-{MONTH_NAMES[month - 1]}-{year}.csv"
            wex.published(agency, name, wex.month(year, month))


def found(count: Count, topic: str) -> list[Finding]:
    """The findings of a topic."""
    return [f for f in count.findings if f.topic == topic]


def test_payments_are_counted_by_agency_and_year_to_the_penny(wex: Place) -> None:
    wex.has("north")
    wex.published(
        "north", "spend-april-2024.csv",
        [wex.a_row("03/04/2024", "1,234.56", "A"), wex.a_row("05/04/2024", "-34.50", "B")]
        + [wex.a_row(f"{n:02d}/04/2024", "600.01", f"P{n}") for n in range(6, 20)],
    )  # fmt: skip
    count = queries.count(wex.home, place="wex")
    (year,) = count.agency_years
    assert (year.agency.code, year.year) == ("north", "2024-25")
    assert (year.tallies.payments.rows, year.tallies.payments.pence) == (16, 123456 - 3450 + 840014)
    assert (year.tallies.payments.negative_rows, year.tallies.payments.negative_pence) == (1, -3450)
    assert year.payees == 16
    assert count.agrees


def test_a_missing_month_between_two_is_found_and_is_not_zero(wex: Place) -> None:
    wex.has("north")
    publish(wex, "north", date(2023, 4, 1), 12, without=(7,))
    count = queries.count(wex.home, place="wex")
    (year,) = count.agency_years
    assert year.months_missing == (date(2023, 11, 1),)
    assert year.months[7].state is State.NO_FILE
    (finding,) = found(count, "Missing months")
    assert "eleven months of twelve" in finding.says
    assert "November 2023" in finding.says


def test_ten_months_are_not_a_year(wex: Place) -> None:
    wex.has("north")
    publish(wex, "north", date(2024, 4, 1), 10)
    (finding,) = found(queries.count(wex.home), "Part of a year")
    assert "ten months of twelve, not a year" in finding.says
    assert "February and March 2025" in finding.says


def test_a_whole_year_has_no_missing_month(wex: Place) -> None:
    wex.has("north")
    publish(wex, "north", date(2024, 4, 1), 12)
    count = queries.count(wex.home)
    assert not found(count, "Missing months") + found(count, "Part of a year")
    assert count.agency_years[0].months_held == 12


def test_a_file_that_reaches_a_month_without_a_payment_in_it_is_told_from_no_file(
    wex: Place,
) -> None:
    wex.has("north")
    rows = wex.month(2024, 4) + wex.month(2024, 6)
    wex.published("north", "Spend Q1 2024-25.csv", rows)
    (year,) = queries.count(wex.home).agency_years
    states = [m.state for m in year.months[:4]]
    assert states == [State.HELD, State.NONE, State.HELD, State.NO_FILE]


def test_a_late_payment_counts_where_it_was_published_and_that_is_said(wex: Place) -> None:
    wex.has("north")
    late = wex.a_row("28/03/2024", "900.00")
    wex.published("north", "spend-april-2024.csv", [*wex.month(2024, 4), late])
    count = queries.count(wex.home)
    assert [y.year for y in count.agency_years] == ["2024-25"]
    (finding,) = found(count, "Dated outside the months of their file")
    assert "1 payment of £900 is dated outside" in finding.says
    assert "1 of them (£900) would stand in another financial year" in finding.says


def test_copies_are_flagged_and_shown_as_a_range(wex: Place) -> None:
    wex.has("north")
    twin = wex.a_row("09/04/2024", "1000.00")
    wex.published("north", "spend-april-2024.csv", [*wex.month(2024, 4), twin, twin, twin])
    payments = queries.count(wex.home).payments
    assert (payments.copy_rows, payments.copy_pence) == (2, 200000)
    assert payments.pence - payments.without_copies_pence == 200000


def test_the_same_payment_in_two_files_is_found(wex: Place) -> None:
    wex.has("north")
    april = wex.month(2024, 4)
    wex.published("north", "spend-april-2024.csv", april)
    wex.published("north", "spend-may-2024.csv", [*wex.month(2024, 5), *april[:3]])
    (finding,) = found(queries.count(wex.home), "The same payments in two files")
    assert finding.says.startswith("3 payments of £1,911 stand in two")


def test_a_year_can_be_asked_for(wex: Place) -> None:
    wex.has("north")
    publish(wex, "north", date(2023, 4, 1), 14)
    count = queries.count(wex.home, year=FinancialYear(2024))
    assert [y.year for y in count.agency_years] == ["2024-25"]
    assert count.payments.rows == 40
    assert count.tables == 2
    assert count.agrees


def test_an_agency_with_nothing_held_is_named(wex: Place) -> None:
    wex.has("north")
    wex.has("south", "South Council")
    publish(wex, "north", date(2024, 4, 1), 1)
    count = queries.count(wex.home, place="wex")
    assert [body.name for body in count.nothing_held] == ["South Council"]
    assert any("South Council" in unknown.says for unknown in count.unknowns)


def test_only_the_agencies_named_are_counted(wex: Place) -> None:
    for code in ("north", "south"):
        wex.has(code)
        wex.published(code, f"{code}-april-2024.csv", wex.month(2024, 4))
    count = queries.count(wex.home, place="wex", agencies=["south"])
    assert [y.agency.code for y in count.agency_years] == ["south"]
    assert count.payments.rows == 20


def test_an_agency_is_counted_for_the_years_of_its_membership(wex: Place) -> None:
    wex.has("north", first_day=date(2024, 4, 1))
    publish(wex, "north", date(2024, 3, 1), 2)
    assert [y.year for y in queries.count(wex.home, place="wex").agency_years] == ["2024-25"]
    assert [y.year for y in queries.count(wex.home).agency_years] == ["2023-24", "2024-25"]


def test_payments_from_one_counted_body_to_another_are_said(wex: Place) -> None:
    wex.has("north")
    wex.has("south", "South Council")
    paid = wex.a_row("09/04/2024", "5000.00", "SOUTH COUNCIL")
    wex.published("north", "spend-april-2024.csv", [*wex.month(2024, 4), paid])
    unknown = queries.count(wex.home, place="wex").unknowns[0]
    assert unknown.figures[0].startswith("At least £5,000 in 1 payment went to")


def test_a_count_that_lost_a_row_says_so_loudly(wex: Place) -> None:
    wex.has("north")
    publish(wex, "north", date(2024, 4, 1), 1)
    (held,) = sources.holdings(wex.home)["payments"]
    less = held.with_name("less.parquet")
    with duckdb.connect() as con:
        con.read_parquet(str(held)).filter('"row" <> 2').write_parquet(str(less))
    less.replace(held)
    count = queries.count(wex.home)
    assert not count.agrees
    assert count.findings[0].topic == "Rows lost or added since reading"
    assert "20 payments of" in count.findings[0].says
    assert "19 payments of" in count.findings[0].says


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"place": "nowhere"}, "There is no place nowhere"),
        ({"place": "wex"}, "it has no members yet"),
        ({"agencies": ["nobody"]}, "There is no agency nobody"),
        ({}, "There is nothing to count"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(
    wex: Place, asked: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        queries.count(wex.home, **asked)  # type: ignore[arg-type]


def test_an_agency_outside_the_place_is_refused(wex: Place, noon: datetime) -> None:
    wex.has("north")
    actions.register_agency("south", name="South Council", by=Operator("test"), on=noon)
    with pytest.raises(Refused, match="South Council was not counted: it is not a member of wex"):
        queries.count(wex.home, place="wex", agencies=["south"])


def test_a_year_that_is_not_held_is_refused_with_those_that_are(wex: Place) -> None:
    wex.has("north")
    publish(wex, "north", date(2024, 4, 1), 1)
    with pytest.raises(Refused, match="The years held are 2024-25"):
        queries.count(wex.home, year=FinancialYear(2019))


def test_every_question_says_what_it_asks() -> None:
    folder = Path(queries.__file__).parents[1] / "questions"
    for path in folder.glob("*.sql"):
        text = engines.question(f"count/{path.stem}")
        assert text.startswith("-- "), path.name
        assert "ROUND" not in text.upper().replace("FLOOR", ""), path.name
