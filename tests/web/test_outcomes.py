"""Pages of indicators: what anybody reads, what never changes, what is not there."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pytest
from django.test import Client

from totalplace.doors import records
from totalplace.outcomes import queries
from totalplace.outcomes.actions import readings
from totalplace.places.rules.mandates import Operator
from totalplace.sources.home import Home

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
THEN = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HEADS = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes"
)
PAGE = "/outcomes/persistent-absence/E10000017/"


def add(folder: Path, name: str, *values: tuple[int, str], days: int = 0) -> None:
    lines = [
        f"E10000017,=Wexshire,,Persistent absences for all pupils,{y}-08-01/P1Y,{v},,%,,,,"
        for y, v in values
    ]
    path = folder / name
    path.write_text("\n".join([HEADS, *lines]))
    on = THEN + timedelta(days=days)
    home = Home(records.home_folder())
    (found,) = readings.add([path], readings.Terms(), home=home, by=ADA, on=on)
    assert isinstance(found, readings.Added)


@pytest.fixture
def held(tmp_path: Path) -> Path:
    add(tmp_path, "one.csv", (2018, "10"), (2020, "11"), (2021, "21"))
    return tmp_path


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_year_that_is_missing_is_shown_as_missing_and_not_as_nought(
    client: Client, held: Path
) -> None:
    page = text_of(client, PAGE)
    assert "schools were closed to most pupils" in page
    assert ">0.0%<" not in page
    assert "no reading" in page


def test_a_page_for_good_says_the_same_after_a_revised_table_was_added(
    client: Client, held: Path
) -> None:
    for_good = f"{PAGE}?as-at={quote(f'{THEN:%Y-%m-%dT%H:%M:%S.%f}Z')}"
    assert for_good.replace("%3A", ":") in text_of(client, PAGE).replace("%3A", ":")
    before = text_of(client, for_good)
    add(held, "two.csv", (2021, "19"), (2022, "18"), days=30)
    assert text_of(client, for_good) == before
    today = text_of(client, PAGE)
    assert "Revised: vintage" in today
    assert "said 21.0%" in today
    assert "2022/23" in today
    assert "2022/23" not in before


def test_downloads_hold_exactly_what_the_page_shows_and_no_formula(
    client: Client, held: Path
) -> None:
    text = client.get(f"{PAGE}download.csv").content.decode("utf-8-sig")
    rows = text.splitlines()
    assert len(rows) == 1 + 4
    assert "'=Wexshire" in rows[1]
    said = json.loads(client.get(f"{PAGE}download.json").content)
    gap = next(row for row in said["rows"] if row["period"] == "2019/20")
    assert (gap["value"], gap["status"]) == (None, "no reading")
    assert said["address"].startswith("http://testserver/outcomes/persistent-absence/")
    book = openpyxl.load_workbook(BytesIO(client.get(f"{PAGE}download.xlsx").content))
    assert book["Rows"]["C2"].value == "=Wexshire"
    assert book["Rows"]["C2"].data_type == "s"


def test_every_page_stands_with_nothing_held_and_with_something(
    client: Client, tmp_path: Path
) -> None:
    pages = [
        "/outcomes/", "/outcomes/?area=E10000017", "/outcomes/tables/", "/outcomes/undefined/",
        "/outcomes/persistent-absence/", "/outcomes/persistent-absence/definition/",
    ]  # fmt: skip
    for address in pages:
        text_of(client, address)
    add(tmp_path, "one.csv", (2018, "10"))
    (row,) = queries.vintages()
    for address in [*pages, f"/outcomes/tables/{row.number}/", PAGE]:
        text_of(client, address)


@pytest.mark.parametrize("address", [
    "/outcomes/no-such/", "/outcomes/persistent-absence/E99999999/", "/outcomes/tables/999999999/",
    "/outcomes/persistent-absence/?area=nowhere", f"{PAGE}?as-at=yesterday", "/outcomes/tables/0/",
    f"{PAGE}?as-at=2026-06-01", f"{PAGE}?as-at=0001-01-01T00:00:00Z", "/outcomes/x/definition/",
])  # fmt: skip
def test_what_is_not_there_is_said_not_to_be(client: Client, held: Path, address: str) -> None:
    assert client.get(address).status_code == 404


def test_odd_words_in_an_address_break_nothing(client: Client, held: Path) -> None:
    for area in ("%00", "%F0%9F%92%A9", "a" * 300, "../../etc"):
        assert client.get(f"/outcomes/?area={area}").status_code == 200


def test_the_program_door_gives_the_same_series(client: Client, held: Path) -> None:
    said = client.get("/api/v1/outcomes/indicators/persistent-absence/series/E10000017").json()
    assert [(r["period"], r["value"]) for r in said["readings"]] == [
        ("2018/19", "10"), ("2019/20", None), ("2020/21", "11"), ("2021/22", "21")
    ]  # fmt: skip
    tables = client.get("/api/v1/outcomes/tables").json()
    assert tables["items"][0]["figures"] == 3
    beside = client.get("/api/v1/outcomes/indicators/persistent-absence/compare/E10000017")
    assert beside.json()["areas"][0]["reading"]["value"] == "21"
    assert client.get("/api/v1/outcomes/indicators/no-such").status_code == 404
