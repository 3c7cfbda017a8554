"""Pages of the count: what an edition says, who may read it, and why each number is what it is."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from django.test import Client

from totalplace.count.actions.editions import decide
from totalplace.count.actions.rulings import Lines, rule
from totalplace.count.queries.editions import EditionRow
from totalplace.count.rules.rulings import Subject
from totalplace.doors import records
from totalplace.doors.report.pictures import colours
from totalplace.doors.web.count.views import VIEWS
from totalplace.doors.web.front import MARK
from totalplace.doors.web.jinja import STATIC
from totalplace.example_place.corner import CORNER, freeze_corner, take_in_corner
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.sources.home import Home

BY = Operator("Ada")
FIRST = f"/count/{CORNER}/2023-24/1/"


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


@pytest.fixture
def second(home: Home, signed: EditionRow, noon: datetime) -> EditionRow:
    """A later edition, made after a ruling, and signed off too."""
    lines = Lines(payee="Roadworks Ltd")
    reason = "They build houses."
    rule("corner-county", Subject.PURPOSE, lines, said="housing", reason=reason, by=BY, on=noon)
    row = freeze_corner(home, by=BY, on=noon)
    decide(row.id, "sign off", reason="Agreed again.", by=BY, on=noon)
    return row


def text_of(client: Client, at: str) -> str:
    """The words of a page that is there."""
    answer = client.get(at)
    assert answer.status_code == 200, at
    return " ".join(re.sub(r"<[^>]*>", " ", unescape(answer.content.decode())).split())


def links_of(client: Client, at: str) -> list[str]:
    """Where a page leads, below the count."""
    page = client.get(at).content.decode()
    return list(dict.fromkeys(unescape(to) for to in re.findall(r'href="(/count/[^"]*)"', page)))


def test_every_view_and_every_page_it_leads_to_is_there(client: Client, signed: EditionRow) -> None:
    seen: dict[str, None] = {}
    for name in VIEWS:
        seen |= dict.fromkeys(links_of(client, f"{FIRST}{name}/" if name else FIRST))
    assert len(seen) > 80
    gone = [to for to in seen if client.get(to).status_code not in (200, 302)]
    assert gone == []


def test_the_whole_place_says_its_three_sums_and_how_well_each_is_known(
    client: Client, signed: EditionRow
) -> None:
    said = text_of(client, FIRST)
    assert "£1.4m" in said
    assert "exactly £1,392,500.00" in said
    assert "In all: £1,392,500.00." in said  # no picture stands without its total
    for name in ("Spent for the place", "Decided in the place", "Known to be paid in the place"):
        assert name in said
    assert "All of that is measured" in said
    assert "missing:" in said
    assert "signed off" in said


def test_a_number_is_explained_by_its_lines_files_and_formula(
    client: Client, signed: EditionRow
) -> None:
    said = text_of(client, f"{FIRST}explain/?rule=net&agency=corner-county&service=education")
    assert "£600,000.00" in said
    assert "1 line of returns, added up" in said
    assert "corner-county-return.csv" in said
    assert signed.digest in said
    assert "Return of an agency, by service" in said


def test_what_is_taken_out_is_explained_by_the_payments_between_the_two(
    client: Client, signed: EditionRow
) -> None:
    at = f"{FIRST}explain/?payer=corner-county&paid=corner-district"
    assert at in links_of(client, f"{FIRST}transfers/")
    said = text_of(client, at)
    assert "£8,000.58" in said
    assert "4 published payments" in said
    assert "corner-county-payments.csv" in said


@pytest.mark.parametrize(
    "at",
    [
        "explain/", "explain/?agency=nobody", "explain/?rule=red", "explain/?number=nine",
        "explain/?payer=nobody", "explain/?basis=nobody", "agencies/nobody/", "purposes/nothing/",
        "nothing/", "compare/9/",
    ],
)  # fmt: skip
def test_what_an_edition_does_not_have_is_not_found(
    client: Client, signed: EditionRow, at: str
) -> None:
    assert client.get(FIRST + at).status_code == 404


def test_an_agency_stands_on_each_basis_with_a_bridge_from_gross_to_net(
    client: Client, signed: EditionRow
) -> None:
    said = text_of(client, f"{FIRST}agencies/corner-county/")
    assert "Cash: counted on the day that it was paid." in said
    assert "Accruals" in said
    assert "£1,135,000 gross, less £127,500 of income, is £1,007,500 net, over 4 lines." in said


def test_a_residents_pound_adds_up_to_a_hundred_pence(client: Client, signed: EditionRow) -> None:
    page = client.get(f"/count/{CORNER}/").content.decode()
    for label in ("purpose", "body", "who decides"):
        table = page.partition(f"Table of a pound by {label}")[2].partition("</table>")[0]
        pence = [int(p) for p in re.findall(r'</svg><span class="tp-said">(\d+)p', table)]
        assert sum(pence) == 100, label
    said = text_of(client, f"/count/{CORNER}/")
    assert "£1.39 million is known to be spent for Corner (made up) in 2023-24" in said
    assert "takes in more than it spends: Planning" in said
    assert "Agreements" in said
    assert "Not yet in this service" in said


def test_the_public_does_not_see_an_edition_that_nobody_signed_off(
    client: Client, frozen: EditionRow
) -> None:
    for at in (FIRST, f"{FIRST}purposes/download.csv", f"/count/{CORNER}/2023-24/"):
        assert client.get(at).status_code == 404
    assert "No count of Corner (made up) is published yet" in text_of(client, f"/count/{CORNER}/")
    assert f"/count/{CORNER}/" not in client.get("/count/").content.decode()


def test_an_officer_of_the_place_sees_it_and_no_search_engine(
    frozen: EditionRow, an_officer: Any, signed_in: Any
) -> None:
    client = signed_in(an_officer("bea", Role.FINANCE_LEAD, place=CORNER))
    answer = client.get(FIRST)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert MARK not in answer
    assert "private" in answer["Cache-Control"]
    said = text_of(client, f"/count/{CORNER}/")
    assert "The chief finance officer signs it off or not." in said


def test_an_officer_of_elsewhere_does_not_see_it(
    frozen: EditionRow, an_officer: Any, signed_in: Any, noon: datetime
) -> None:
    from totalplace.places import actions as places

    places.register_place("elsewhere", name="Elsewhere", by=BY, on=noon)
    officer: Officer = an_officer("cat", Role.FINANCE_LEAD, place="elsewhere")
    assert signed_in(officer).get(FIRST).status_code == 404


def test_what_was_signed_off_once_stays_readable_and_says_what_took_its_place(
    client: Client, second: EditionRow
) -> None:
    said = text_of(client, FIRST)
    assert "was superseded" in said
    assert "Read edition 2" in said
    assert client.get(FIRST)[MARK] == "yes"
    at = client.get(f"/count/{CORNER}/2023-24/")["Location"]
    assert at == f"/count/{CORNER}/2023-24/2/"


def test_two_editions_are_compared_line_by_line_with_the_reason(
    client: Client, second: EditionRow
) -> None:
    at = f"{FIRST}compare/2/"
    assert at in links_of(client, FIRST)
    said = text_of(client, at)
    assert "What changed from edition 1 to edition 2" in said
    assert "an officer ruled that corner-county: the purpose of Roadworks Ltd is housing" in said
    rows = json.loads(client.get(f"{at}download.json").content)["rows"]
    assert sorted((r["service"], r["difference_pence"]) for r in rows) == [
        ("highways_transport", -3_900_270), ("housing", 3_900_270),
    ]  # fmt: skip
    assert "They build houses." in text_of(client, f"/count/{CORNER}/2023-24/2/rulings/")


def pence_of(form: str, content: bytes, folder: Path) -> int:
    """The pence of the lines that are in the total, as a file says them."""
    if form == "csv":
        rows: Iterator[Any] = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        return sum(int(r["pence"] or 0) for r in rows if r["in_total"] == "yes")
    if form == "json":
        said = json.loads(content)["rows"]
        return sum(r["pence"] or 0 for r in said if r["in_total"] == "yes")
    path = folder / f"file.{form}"
    path.write_bytes(content)
    if form == "parquet":
        asked = "SELECT SUM(pence)::BIGINT FROM read_parquet(?) WHERE in_total = 'yes'"
        ((found,),) = duckdb.execute(asked, [str(path)]).fetchall()
        return int(found)
    heads, *listed = openpyxl.load_workbook(path)["Rows"].iter_rows(values_only=True)
    at = {name: n for n, name in enumerate(heads)}
    return sum(int(r[at["pence"]] or 0) for r in listed if r[at["in_total"]] == "yes")


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_every_file_of_a_view_says_what_the_view_says_and_from_which_edition(
    client: Client, signed: EditionRow, form: str, tmp_path: Path
) -> None:
    answer = client.get(f"{FIRST}download.{form}")
    assert pence_of(form, answer.content, tmp_path) == 139_250_000
    assert f"corner-2023-24-1.{form}" in answer["Content-Disposition"]
    county = client.get(f"{FIRST}agencies/corner-county/download.{form}").content
    assert pence_of(form, county, tmp_path) == 100_750_000
    for name in VIEWS:
        at = f"{FIRST}{name}/download.{form}" if name else f"{FIRST}download.{form}"
        assert client.get(at).status_code == 200, at


def test_a_page_becomes_a_board_paper_with_its_date_and_id(
    client: Client, signed: EditionRow
) -> None:
    pytest.importorskip("weasyprint")
    answer = client.get(f"{FIRST}capital/download.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_without_the_program_for_papers_the_page_says_how_to_get_it(
    client: Client, signed: EditionRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("totalplace.doors.web.count.paper.find_spec", lambda name: None)
    said = text_of(client, FIRST)
    assert "PDF is not installed on this server" in said
    assert client.get(f"{FIRST}download.pdf").status_code == 409


def test_no_page_has_a_style_or_a_script_of_its_own(client: Client, signed: EditionRow) -> None:
    for at in ("/count/", f"/count/{CORNER}/", *(f"{FIRST}{v}/" if v else FIRST for v in VIEWS)):
        page = client.get(at).content.decode()
        assert " style=" not in page, at
        assert "<style" not in page, at
        assert not re.search(r"<script(?![^>]* src=)", page), at


def test_names_in_files_are_shown_and_never_obeyed(
    client: Client, home: Home, noon: datetime
) -> None:
    from totalplace.places import actions as places

    name = "<script>alert(1)</script> & Sons"
    take_in_corner(home, by=BY, on=noon)
    places.register_place(CORNER, name=name, by=BY, on=noon)
    row = freeze_corner(home, by=BY, on=noon)
    decide(row.id, "sign off", reason=name, by=BY, on=noon)
    for at in (f"/count/{CORNER}/", FIRST, "/count/?place=<script>alert(1)</script>"):
        assert b"<script>alert" not in client.get(at).content


def test_places_are_found_by_a_part_of_their_name(
    client: Client, signed: EditionRow, frozen: EditionRow
) -> None:
    assert "Corner (made up)" in text_of(client, "/count/?place=CORN")
    assert "No place with a published count has “moon”" in text_of(client, "/count/?place=moon")
    assert "Corner (made up)" in text_of(client, "/")


def test_public_pages_say_so_and_search_engines_may_have_them(
    client: Client, signed: EditionRow
) -> None:
    for at in ("/", "/count/", f"/count/{CORNER}/", FIRST, f"{FIRST}download.csv"):
        answer = client.get(at)
        assert answer[MARK] == "yes", at
        assert "X-Robots-Tag" not in answer


def test_the_style_of_pictures_is_that_of_the_pictures() -> None:
    held = (STATIC / "totalplace" / "pictures.css").read_text(encoding="utf-8")
    assert held.partition("\n")[2] == colours.style(follows_dark=False)
