"""The count on paper: hostile names do no harm, and every form shows the same pence."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import openpyxl
import pytest

from totalplace.count.rules.published import (
    AgencyYear,
    Body,
    Count,
    FaultLine,
    Finding,
    Kept,
    Month,
    State,
    Unknown,
    Weight,
)
from totalplace.count.rules.tallies import Tallies, Tally
from totalplace.doors.report.as_json import as_json
from totalplace.doors.report.page import page
from totalplace.doors.report.table import table
from totalplace.doors.report.view import brief
from totalplace.doors.report.workbook import workbook
from totalplace.money.years import FinancialYear

HOSTILE = '=HYPERLINK("http://evil","x")<script>alert(1)</script>&"\''


def a_count(name: str = "North Council", *, agrees: bool = True) -> Count:
    """A count of one agency and year, eleven months of which are held."""
    body = Body("north", name, "district")
    paid = Tallies(payments=Tally(rows=2, pence=123_456, copy_rows=1, copy_pence=61_728))
    late = Tallies(payments=Tally(rows=1, pence=-5), cards=Tally(rows=1, pence=999))
    months = tuple(
        Month(m, State.HELD if n else State.NO_FILE, paid if n else Tallies(), "net")
        for n, m in enumerate(FinancialYear(2024).months)
    )
    whole = sum((m.tallies for m in months), Tallies()) + late
    year = AgencyYear(
        body, "2024-25", whole, late, months, 11, 3, 700, 12, "net", "from £500"
    )  # fmt: skip
    finding = Finding(
        Weight.FIGURES, "A jump between years", body, "2024-25", f"{name} says.", "Ask.",
        (f"{name}: £1 in 2023-24.",), 5,
    )  # fmt: skip
    read = whole.payments.rows if agrees else 1
    return Count(
        place="wex", place_name=name, years=("2024-25",), bodies=(body,),
        nothing_held=(Body("south", "South Council", "district"),), agency_years=(year,),
        findings=(finding,), unknowns=(Unknown("Pay", "Not published.", (name,)),),
        kept=(Kept(body, "payment", read, whole.payments.rows, 5, 5),),
        faults=(FaultLine(body, f"is {name}", True, 3, 700, 1),),
        tables=11, taken_on=date(2026, 6, 1),
    )  # fmt: skip


class Outline(HTMLParser):
    """The tags of a page, with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", text, flags=re.DOTALL))
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of a name."""
        return [attrs for name, attrs in self.tags if name == tag]


def test_a_hostile_name_is_shown_and_does_nothing() -> None:
    outline = Outline(page(a_count(HOSTILE)))
    assert outline.all("script") == []
    assert HOSTILE in outline.text


def test_the_page_is_one_file_that_fetches_nothing() -> None:
    outline = Outline(page(a_count()))
    assert not [tag for tag, attrs in outline.tags if "src" in attrs or tag in {"link", "iframe"}]
    assert all((attrs["href"] or "").startswith("#") for attrs in outline.all("a"))
    assert "url(" not in page(a_count())


def test_every_link_of_the_page_leads_somewhere() -> None:
    outline = Outline(page(a_count()))
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {(attrs["href"] or "")[1:] for attrs in outline.all("a")} <= set(ids)


def test_tables_can_be_read_aloud() -> None:
    text = page(a_count())
    outline = Outline(text)
    assert len(outline.all("table")) == len(outline.all("caption")) == 5
    assert all(attrs.get("scope") for attrs in outline.all("th"))
    assert outline.all("html")[0]["lang"] == "en-GB"
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert levels.count(1) == 1


def test_a_missing_month_is_said_in_words_and_not_by_colour_alone() -> None:
    assert "no file" in Outline(page(a_count())).text
    assert "11 of 12" in Outline(page(a_count())).text


def test_an_agency_with_nothing_held_is_on_the_page() -> None:
    assert "South Council: no file for these years" in Outline(page(a_count())).text


def test_the_page_always_says_what_is_not_known() -> None:
    assert "What this count does not know" in page(a_count())
    assert "Not published." in page(a_count())


def test_a_count_that_contradicts_itself_says_so_at_the_top() -> None:
    assert "contradicts itself" not in page(a_count())
    assert "contradicts itself" in page(a_count(agrees=False))


def test_the_csv_adds_up_to_the_count() -> None:
    count = a_count()
    rows = list(csv.DictReader(io.StringIO(table(count))))
    payments = [row for row in rows if row["kind"] == "payment"]
    assert sum(int(row["pence"]) for row in payments) == count.payments.pence
    assert sum(Decimal(row["pounds"]) for row in payments) * 100 == count.payments.pence
    assert sum(int(row["copy_rows"]) for row in payments) == 11
    assert [row["state"] for row in payments[:2]] == ["no file", "held"]
    assert payments[-1]["month"] == ""


@pytest.mark.parametrize("name", [HOSTILE, "@SUM(A1)", "+1+1", "-2+3", "\t=1"])
def test_no_cell_of_the_csv_is_taken_for_a_formula(name: str) -> None:
    for row in csv.reader(io.StringIO(table(a_count(name)), newline="")):
        for cell in row:
            assert not re.match(r"[\s]*[=+@]|-\D|-\d+\D", cell) or re.fullmatch(r"-[\d.]+", cell)


def test_the_workbook_holds_numbers_as_numbers_and_names_as_words() -> None:
    count = a_count(HOSTILE)
    book = openpyxl.load_workbook(io.BytesIO(workbook(count)))
    assert book.sheetnames == [
        "Summary", "By month", "Findings", "What is not known", "Faults", "Check",
    ]  # fmt: skip
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    summary = book["Summary"]
    heads = [cell.value for cell in summary[1]]
    row = dict(zip(heads, (cell.value for cell in summary[2]), strict=True))
    assert row["Name"] == HOSTILE
    assert round(row["Payments £"] * 100) == count.payments.pence
    assert row["Months missing"] == "April 2024"
    assert summary.freeze_panes == "D2"
    assert not [cell.hyperlink for cell in cells if cell.hyperlink]


def test_the_json_is_the_count() -> None:
    count = a_count()
    shown = json.loads(as_json(count))
    assert shown["agency_years"][0]["tallies"]["payments"]["pence"] == count.payments.pence
    assert shown["agency_years"][0]["months_missing"] == ["2024-04-01"]
    assert shown["findings"][0]["weight"] == Weight.FIGURES.value
    assert shown["agrees"] is True


@pytest.mark.parametrize(
    ("pence", "said"),
    [
        (0, "£0"),
        (870_00, "£870"),
        (52_400_00, "£52k"),
        (999_499_00, "£999k"),
        (1_249_999_99, "£1.2m"),
        (-1_250_000_00, "-£1.3m"),
        (104_322_773_62, "£104m"),
    ],
)
def test_a_sum_in_a_narrow_cell_is_short(pence: int, said: str) -> None:
    assert brief(pence) == said
