"""Files of returns on their way in: held byte for byte, once, and whole or not at all."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from totalplace.engines import duck
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.record import queries as record
from totalplace.refusal import Refused
from totalplace.sources import returns
from totalplace.sources.batch import NotAdded, sha256_of
from totalplace.sources.home import Home
from totalplace.sources.queries import holdings
from totalplace.sources.returns import ReturnKey
from totalplace.sources.returns.finding import key_meant
from totalplace.sources.returns.taking import ReturnAdded

from .conftest import LONG, WIDE

pytestmark = pytest.mark.django_db
# The table `returns` of docs/decisions/0005.
CONTRACT: Final = [
    "agency", "body_gss", "body_name", "area", "year_start", "form", "line", "service", "economic",
    "item", "income_rule", "basis", "status", "amount_pence", "low_pence", "high_pence", "file",
    "document", "sheet", "row", "column", "note",
]  # fmt: skip
ROW: Final = ("E06000001", "2023-24", 10, None, 10)
Keep = Callable[..., None]
Give = Callable[..., list[ReturnAdded | NotAdded]]
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def known(forms_kept: Keep) -> None:
    forms_kept(WIDE, LONG)


def why(outcomes: list[ReturnAdded | NotAdded]) -> list[str]:
    return [o.refused.why for o in outcomes if isinstance(o, NotAdded)]


def test_lines_are_held_in_exactly_the_columns_that_were_agreed(
    add_returns: Give, wide_file: Write, home: Home
) -> None:
    add_returns(wide_file("a.json", ROW))
    (part,) = holdings(home)["returns"]
    with duck.connect() as con:
        relation = con.read_parquet(str(part))
        assert relation.columns == CONTRACT
        rows = [dict(zip(CONTRACT, row, strict=True)) for row in relation.fetchall()]
    roads, parks = sorted(rows, key=lambda r: str(r["column"]), reverse=True)
    assert (roads["amount_pence"], parks["amount_pence"]) == (1_000_000, None)
    assert (roads["row"], roads["column"], roads["document"]) == (1, "Roads", "a.json")
    assert (parks["status"], parks["low_pence"], parks["area"]) == ("missing", None, "")


def test_a_file_is_held_byte_for_byte_and_on_the_record(
    add_returns: Give, wide_file: Write, home: Home
) -> None:
    path = wide_file("a.json", ROW)
    (added,) = add_returns(path)
    assert isinstance(added, ReturnAdded)
    assert home.original(sha256_of(path)).read_bytes() == path.read_bytes()
    (held,) = returns.files()
    assert (held.figures, held.lines, held.missing, held.totals) == (3, 1, 1, 1)
    assert (held.publisher, held.sha256) == ("The Ministry", added.sha256)
    assert places.agency("MINISTRY").name == "The Ministry"
    entry = record.latest(1)[0]
    assert (entry.by, entry.verb) == ("Ada", "added a return")
    assert entry.citing == "a.json by wide, of 1 bodies"


def test_the_same_content_is_refused_with_the_name_of_the_first(
    add_returns: Give, wide_file: Write, given: Path
) -> None:
    first = wide_file("first.json", ROW)
    add_returns(first)
    again = given / "again.json"
    again.write_bytes(first.read_bytes())
    packed = given / "packed.json.gz"
    packed.write_bytes(gzip.compress(first.read_bytes()))
    told = why(add_returns(again, packed))
    assert len(told) == 2
    assert all("the same content as first.json, which was added on 1 June 2026" in w for w in told)
    assert len(returns.files()) == 1


def test_the_same_content_twice_in_one_run_is_taken_once(
    add_returns: Give, wide_file: Write
) -> None:
    paths = [wide_file(name, ROW) for name in ("one.json", "two.json")]
    assert why(add_returns(*paths)) == [
        "it is the same content as one.json, which was added in the same run"
    ]


def test_an_archive_is_read_by_the_forms_of_what_is_in_it(
    add_returns: Give, wide_file: Write, given: Path, home: Home
) -> None:
    packed = given / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(wide_file("a.json", ROW), "2023/a.json")
        archive.writestr(
            "b.csv", "area,year,benefit,name,amount\nE06000001,2021-22,sp,Pension,1.5\n"
        )
    (added,) = add_returns(packed)
    assert isinstance(added, ReturnAdded)
    assert [o.form.code for o in added.outcomes] == ["long", "wide"]
    assert {x.document for x in returns.lines(home)} == {"all.zip/b.csv", "all.zip/2023/a.json"}


def test_a_file_that_no_form_knows_is_refused_with_what_it_has(
    add_returns: Give, given: Path
) -> None:
    path = given / "odd.csv"
    path.write_text("Supplier,Paid on,Amount\nOak Ltd,1 May,3\n")
    assert why(add_returns(path)) == ["no form knows it; it has “Supplier”, “Paid on”, “Amount”"]


def test_one_bad_file_stops_no_other(add_returns: Give, wide_file: Write, given: Path) -> None:
    bad = given / "bad.json"
    bad.write_text('[{"Code": ')
    outcomes = add_returns(bad, given / "absent.json", wide_file("good.json", ROW))
    assert [isinstance(o, ReturnAdded) for o in outcomes] == [False, False, True]


def test_nothing_of_a_refused_file_is_left_behind(
    add_returns: Give, given: Path, home: Home
) -> None:
    path = given / "none.json"
    path.write_text('[{"Code": "E06000001", "Name": "", "Year": "soon", "Roads": 1, "Parks": 2}]')
    (reason,) = why(add_returns(path))
    assert "no figure in it could be taken; the first fault is in row 1, Year: “soon”" in reason
    left = [p for folder in (home.originals, home.holdings) for p in folder.rglob("*")]
    assert [p for p in left if p.is_file()] == []
    assert list((home.root / "scratch").glob("*")) == []


def test_the_same_file_has_the_same_digest_on_every_computer(
    add_returns: Give, wide_file: Write, home: Home
) -> None:
    add_returns(wide_file("a.json", ROW))
    assert [p.name for p in holdings(home)["returns"]] == [
        "5334c9d6d538a5424fc1b77ba090f1e7d9c20f96330f44d972e111abf2dc5f90.parquet"
    ]


def test_questions_are_answered_by_body_year_and_area(
    add_returns: Give, wide_file: Write, given: Path, home: Home
) -> None:
    benefits = given / "b.csv"
    benefits.write_text(
        "area,year,benefit,name,amount\n"
        "E06000001,2021-22,sp,Pension,1.5\nE06000001,2021-22,all,All,2\n"
        "E06000002,2021-22,sp,Pension,9\n"
    )
    add_returns(wide_file("a.json", ROW, ("E07000002", "2022-23", 1, 1, 2)), benefits)
    assert returns.years(home) == [2021, 2022, 2023]
    of_area = returns.lines(home, bodies=["E06000001"])
    assert {(x.agency, x.area) for x in of_area} == {("E06000001", ""), ("DEPT", "E06000001")}
    assert len(returns.lines(home, bodies=["DEPT"])) == 3
    assert {x.year_start for x in returns.lines(home, year=2022)} == {2022}
    assert returns.lines(home, bodies=["nobody"]) == []
    bodies = {(b.agency, b.area): b for b in returns.bodies(home)}
    assert bodies["E06000001", ""].body_kind == "council"
    assert (bodies["DEPT", "E06000001"].body_kind, bodies["E06000001", ""].missing) == (
        "department", 1,
    )  # fmt: skip
    verdicts = {t.verdict for t in returns.control_totals(home, bodies=["E06000001"])}
    assert verdicts == {"agrees", "rest"}
    key = key_meant(home, "DEPT", FinancialYear(2021), area="E06000002")
    assert key == ReturnKey("long", "DEPT", "E06000002", 2021)
    with pytest.raises(Refused, match="there are 2: DEPT for E06000001"):
        key_meant(home, "DEPT", FinancialYear(2021))
    with pytest.raises(Refused, match="none is held and none was asked for"):
        key_meant(home, "DEPT", FinancialYear(1999))


def test_a_home_without_returns_has_none(home: Home) -> None:
    empty: list[Any] = [returns.lines(home), returns.bodies(home), returns.years(home)]
    empty += [returns.control_totals(home), returns.faults(home), returns.files()]
    assert empty == [[]] * 6
