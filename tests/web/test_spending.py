"""Pages of payments: found, taken away, by payee and line by line, to the row of a file."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from django.test import Client

from totalplace.count.actions.editions import decide
from totalplace.count.queries.editions import EditionRow
from totalplace.doors import records
from totalplace.doors.web.spending import ready
from totalplace.doors.web.work import models
from totalplace.doors.web.work.jobs import do
from totalplace.doors.web.work.telling import Telling
from totalplace.example_place.corner import CORNER, freeze_corner, take_in_corner
from totalplace.places.rules.mandates import Operator, Role
from totalplace.sources import actions, queries
from totalplace.sources.home import Home

BY = Operator("Ada")
FIRST = f"/count/{CORNER}/2023-24/1/"
FOUND = f"{FIRST}payments/"


@pytest.fixture
def home() -> Home:
    """The home that pages look into."""
    return Home(records.home_folder())


@pytest.fixture
def frozen(home: Home, noon: datetime) -> EditionRow:
    """The corner, counted and frozen, and not signed off."""
    take_in_corner(home, by=BY, on=noon)
    return freeze_corner(home, by=BY, on=noon)


@pytest.fixture
def signed(frozen: EditionRow, noon: datetime) -> EditionRow:
    """The corner's edition, signed off."""
    decide(frozen.id, "sign off", reason="Agreed by all.", by=BY, on=noon)
    return frozen


def page_of(client: Client, at: str, status: int = 200) -> str:
    """The page of an address, as it is sent."""
    answer = client.get(at)
    assert answer.status_code == status, at
    return unescape(answer.content.decode())


def text_of(client: Client, at: str, status: int = 200) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", page_of(client, at, status)).split())


def found_in(client: Client, query: str = "") -> tuple[int, str]:
    """How many lines a search finds, and what they come to, as its page says."""
    said = re.search(r"([\d,]+) lines?, (-?£[\d,.]+) in all", text_of(client, f"{FOUND}?{query}"))
    return (int(said[1].replace(",", "")), said[2]) if said else (0, "")


def test_a_resident_follows_a_pound_from_total_to_the_row_of_a_file(
    client: Client, signed: EditionRow
) -> None:
    whole = page_of(client, FIRST)
    assert f'href="{FOUND}"' in whole
    page = page_of(client, FOUND)
    line = re.search(rf'href="({FOUND}[0-9a-f]{{64}}/\d+/)"', page)
    assert line is not None
    said = text_of(client, line[1])
    for name in ("How it was counted, and why", "As it was published", "Where it stands"):
        assert name in said
    assert "Hash of the file (SHA-256)" in said


@pytest.mark.parametrize(
    ("query", "lines", "pence"),
    [
        ("", 64, "£261,220.80"),
        ("text=roadworks", 12, ""),
        ("text=WORKS+road", 12, ""),
        ("body=corner-police", 12, ""),
        ("body=corner-county&only=transfers", 4, "£8,000.58"),
        ("from=2023-04&to=2023-04", 6, ""),
        ("least=9%2C000", 12, ""),
        ("least=9000&most=9000.01", 0, ""),
        ("text=nobody-at-all", 0, ""),
        ("kind=card", 0, ""),
    ],
)
def test_a_search_says_how_many_lines_it_finds_and_their_exact_sum(
    client: Client, signed: EditionRow, query: str, lines: int, pence: str
) -> None:
    number, sum_said = found_in(client, query)
    assert number == lines
    assert pence in ("", sum_said)


def test_every_way_to_narrow_a_search_leads_to_what_it_says(
    client: Client, signed: EditionRow
) -> None:
    """A facet's number of lines is what its own address finds; so are those without a filter."""
    page = page_of(client, f"{FOUND}?text=c&from=2023-04")
    facets = re.findall(
        r'href="\?([^"]*(?:body|purpose)=[^"]*)">[^<]*</a></th><td[^>]*>(\d+)</td>', page
    )
    assert len(facets) >= 4
    for query, number in facets:
        assert found_in(client, query)[0] == int(number)
    without = re.findall(r'class="govuk-link tp-chip" href="\?([^"]*)"', page)
    assert sorted(without) == ["from=2023-04", "text=c"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("least=lots", "Write a sum in pounds"),
        ("from=2023-13", "Choose a month"),
        ("kind=bribe", "Choose one of the list"),
        ("text=a+b+c+d+e", "More than 4 words"),
        ("least=5&most=1", "the least sum is more than the most".capitalize()),
        ("from=2023-06&to=2023-05", "after the last"),
        ("payee=nobody", "the payee in the address is none".capitalize()),
    ],
)
def test_what_is_typed_wrongly_is_said_beside_the_form_with_what_to_do(
    client: Client, signed: EditionRow, query: str, says: str
) -> None:
    said = text_of(client, f"{FOUND}?{query}", status=400)
    assert "There is a problem" in said
    assert says in said


def test_pages_of_what_is_found_hold_every_line_once(client: Client, signed: EditionRow) -> None:
    rows = [
        row
        for page in ("", "&page=2", "&page=3")
        for row in re.findall(r'href="(/count/[^"]*/payments/[0-9a-f]{64}/\d+/)"',
                              page_of(client, f"{FOUND}?sort=earliest{page}"))
    ]  # fmt: skip
    assert len(rows) == len(set(rows)) == 64


def test_what_is_found_is_taken_away_in_four_forms_of_the_same_rows(
    client: Client, signed: EditionRow, tmp_path: Path
) -> None:
    query = "text=care&body=corner-county"
    taken = {
        form: b"".join(client.get(f"{FOUND}download.{form}?{query}"))
        for form in ("csv", "json", "xlsx", "parquet")
    }
    rows = list(csv.DictReader(io.StringIO(taken["csv"].decode("utf-8-sig"))))
    assert len(rows) == 12
    assert {row["edition"] for row in rows} == {f"{CORNER}/2023-24/1"}
    assert {row["licence"] for row in rows} == {"Made up by Total Place; do with it what you like"}
    pence = [int(row["pence"]) for row in rows]
    said = json.loads(taken["json"])
    assert [row["pence"] for row in said["rows"]] == pence
    assert (said["edition"], said["search"]) == (f"{CORNER}/2023-24/1", query)
    sheet = openpyxl.load_workbook(io.BytesIO(taken["xlsx"]))["Rows"]
    heads, *cells = sheet.iter_rows(values_only=True)
    assert [row[heads.index("pence")] for row in cells] == pence
    path = tmp_path / "rows.parquet"
    path.write_bytes(taken["parquet"])
    held = duckdb.read_parquet(str(path)).project("amount_pence, payee").fetchall()
    assert [row[0] for row in held] == pence


def test_payees_are_listed_with_what_all_bodies_paid_them(
    client: Client, signed: EditionRow
) -> None:
    said = text_of(client, f"{FIRST}payees/")
    assert "6 payees" in said
    page = page_of(client, f"{FIRST}payees/?text=lodge")
    (at,) = set(re.findall(rf'href="({FIRST}payees/[0-9a-f]{{16}}/)"', page))
    one = text_of(client, at)
    assert "paid this payee £114,0" in one
    assert "Residential care" in one
    assert "It is taken for no public body" in one
    assert "Rule on" not in one


def test_a_public_body_that_is_paid_is_named_with_the_reason(
    client: Client, signed: EditionRow
) -> None:
    page = page_of(client, f"{FIRST}payees/?text=nook")
    (at,) = set(re.findall(rf'href="({FIRST}payees/[0-9a-f]{{16}}/)"', page))
    said = text_of(client, at)
    assert "It is taken for a public body: Nook District Council" in said


def test_a_line_says_how_it_was_counted_and_every_cell_as_published(
    client: Client, signed: EditionRow
) -> None:
    page = page_of(client, f"{FOUND}?body=corner-county&only=transfers&sort=earliest")
    (at, *_) = re.findall(rf'href="({FOUND}[0-9a-f]{{64}}/\d+/)"', page)
    said = text_of(client, at)
    assert "this line is taken out of the payer’s spending" in said
    for cell in ("Nook District Council", "Grant for waste collection", "Supplier"):
        assert cell in said
    row = at.rstrip("/").rpartition("/")[2]
    assert f"E{row} Amount" in said
    assert "corner-county-payments.csv" in said


def test_a_file_is_handed_on_only_under_a_licence_that_lets_us(
    client: Client, home: Home, signed: EditionRow, noon: datetime, tmp_path: Path
) -> None:
    (closed, *_) = queries.files(agencies=["corner-police"])
    assert client.get(f"{FOUND}{closed.sha256}/original/").status_code == 404
    path = tmp_path / "more.csv"
    path.write_text("Date,Supplier,Amount\n05/05/2023,Open Ltd,9.00\n06/05/2023,=1+1,8.00\n")
    terms = actions.Terms("corner-police", licence="Open Government Licence v3.0")
    list(actions.add([path], terms, home=home, by=BY, on=noon))
    second = freeze_corner(home, by=BY, on=noon)
    decide(second.id, "sign off", reason="Agreed.", by=BY, on=noon)
    later = f"/count/{CORNER}/2023-24/2/"
    page = page_of(client, f"{later}payments/?text=open")
    (at,) = set(re.findall(rf'href="({later}payments/[0-9a-f]{{64}})/\d+/"', page))
    answer = client.get(f"{at}/original/")
    assert b"".join(answer) == path.read_bytes()
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"{FIRST}payments/{at.rpartition('/')[2]}/original/").status_code == 404
    taken = b"".join(client.get(f"{later}payments/download.csv?text=%3D1")).decode()
    assert "'=1+1" in taken


@pytest.mark.parametrize(
    "at",
    [
        "payees/0123456789abcdef/", "payees/nobody/", f"payments/{'0' * 64}/2/",
        f"payments/{'0' * 64}/original/", "payments/../../etc/2/",
    ],
)  # fmt: skip
def test_what_no_edition_has_is_not_found(client: Client, signed: EditionRow, at: str) -> None:
    assert client.get(FIRST + at).status_code in (400, 404)


def test_payments_of_an_edition_that_is_not_published_are_not_for_everybody(
    client: Client, frozen: EditionRow
) -> None:
    for at in (
        "payments/",
        "payees/",
        "trend/",
        "map/",
        "compare-places/",
        "payments/download.csv",
    ):
        assert client.get(FIRST + at).status_code == 404


def test_pages_with_names_on_them_are_kept_out_of_search_engines(
    client: Client, signed: EditionRow
) -> None:
    for at in ("payments/", "payees/", "payments/download.csv"):
        assert "noindex" in client.get(FIRST + at)["X-Robots-Tag"]


def test_months_are_shown_for_one_body_and_for_all_where_all_are_held(
    client: Client, signed: EditionRow
) -> None:
    said = text_of(client, f"{FIRST}trend/?body=corner-police")
    assert "April 2023" in said
    assert "12 of 12" in said
    assert "The line stops where" not in said
    together = text_of(client, f"{FIRST}trend/")
    assert "this is no sum of what was spent" in together


def test_a_place_without_areas_says_why_there_is_no_map_and_nothing_beside_it(
    client: Client, signed: EditionRow
) -> None:
    assert "there is no map" in text_of(client, f"{FIRST}map/")
    assert "nothing can stand beside it" in text_of(client, f"{FIRST}compare-places/")


@pytest.mark.parametrize("at", ["trend/", "map/", "compare-places/"])
@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_every_page_is_a_file_too(client: Client, signed: EditionRow, at: str, form: str) -> None:
    answer = client.get(f"{FIRST}{at}download.{form}")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]


def test_an_officer_who_may_rule_is_led_to_the_form_with_the_payee_named(
    signed_in: Callable[..., Client], an_officer: Callable[..., Any], signed: EditionRow
) -> None:
    steward = signed_in(an_officer("sam", Role.DATA_STEWARD, agency="corner-county"))
    page = page_of(steward, f"{FIRST}payees/?text=lodge")
    (at,) = set(re.findall(rf'href="({FIRST}payees/[0-9a-f]{{16}}/)"', page))
    assert "/count/rulings/new?agency=corner-county&payee=Old+Lodge+Care+Ltd" in page_of(
        steward, at
    )


def test_payments_that_are_many_are_made_ready_by_the_worker_and_the_page_says_so(
    client: Client, home: Home, signed: EditionRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "_AT_ONCE", 0)
    for _ in range(2):
        said = text_of(client, FOUND, status=503)
        assert "being made ready" in said
    (asked,) = [w for w in models.Work.objects.all() if w.job == ready.JOB]
    done = do(ready.JOB, Telling(asked.pk, lambda *_: False), asked.args)
    assert done == f"64 lines of edition {CORNER}/2023-24/1 can be searched."
    assert found_in(client)[0] == 64
