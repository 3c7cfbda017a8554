"""A small place counted as a whole: each pound once, overruled, frozen, made again."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import pytest

from totalplace import engines
from totalplace.count.actions.editions import freeze
from totalplace.count.actions.rulings import Lines, rule, withdraw
from totalplace.count.queries.editions import editions, folder_of, frozen
from totalplace.count.queries.frozen import ready_to_freeze
from totalplace.count.queries.rulings import rulings_in_force
from totalplace.count.queries.whole_place import Built, Wanted, latest_year, whole_place
from totalplace.count.rules.rulings import NO_TRANSFER, PAID_ONCE, Subject
from totalplace.count.rules.standing import Standing
from totalplace.count.rules.whole_place.flows import Treatment
from totalplace.count.rules.whole_place.frozen import differences, rulings_of
from totalplace.money.years import FinancialYear
from totalplace.places.rules.mandates import Operator
from totalplace.refusal import Refused
from totalplace.sources import queries as sources
from totalplace.sources.home import Home

pytestmark = pytest.mark.django_db


Row = tuple[str, str, str, str]


class Place(Protocol):
    """What the fixture of the same name gives (tests/count/conftest.py)."""

    home: Home

    def has(self, code: str, name: str = "", *, kind: str = "district", **days: object) -> None:
        """Register an agency."""

    def published(self, agency: str, name: str, rows: list[Row], *, header: str = "Amount") -> None:
        """Take in a file."""


YEAR = FinancialYear(2024)
BY = Operator("an officer")


@pytest.fixture
def paid(wex: Place) -> Place:
    """A county and a district; the district pays the county for waste, and a firm for care."""
    place = wex
    place.has("county", "Wexshire County Council", kind="county")
    place.has("district", "Oxtremere District Council")
    rows = [
        ("01/05/2024", "Wexshire County Council", "1000.00", "A1"),
        ("02/05/2024", "Acme Homes Ltd", "300.00", "A2"),
        ("03/05/2024", "The Old Lodge", "50.00", "A3"),
        ("04/05/2024", "Printers Ltd", "20.00", "A4"),
        ("04/05/2024", "Printers Ltd", "20.00", "A4"),
    ]
    place.published("district", "may-2024.csv", rows)
    place.published("county", "may-2024.csv", [("05/05/2024", "Waste Ltd", "900.00", "B1")])
    return place


def built(home: Home, scratch: Path, name: str = "scratch") -> Built:
    folder = scratch / name
    folder.mkdir(exist_ok=True)
    return whole_place(Wanted(home, "wex", YEAR, rulings_in_force(), folder))


def gross(count: Built, agency: str = "district") -> int:
    return sum(x.pence or 0 for x in count.whole.gross_lines if x.agency == agency)


def test_what_one_counted_body_pays_another_is_counted_at_the_other(
    paid: Place, tmp_path: Path
) -> None:
    counted = built(paid.home, tmp_path)
    (flow,) = counted.whole.flows
    assert (flow.payer, flow.pence, flow.treatment) == ("district", 100_000, Treatment.ELIMINATED)
    assert gross(counted) == 39_000
    assert gross(counted, "county") == 90_000
    assert counted.whole.total.pence + counted.whole.matrix.pence == 229_000
    assert latest_year(paid.home, "wex") == YEAR


def test_a_payee_that_an_officer_names_stays_named_in_every_later_count(
    paid: Place, tmp_path: Path, noon: datetime
) -> None:
    lines = Lines(payee="The Old Lodge")
    number = rule(
        "district", Subject.PAYEE, lines, said="county", reason="It is theirs.", by=BY, on=noon
    )
    assert gross(built(paid.home, tmp_path)) == 34_000
    paid.published("district", "june-2024.csv", [("03/06/2024", "THE OLD LODGE", "7.00", "A9")])
    assert gross(built(paid.home, tmp_path)) == 34_000
    withdraw(number, reason="It was sold.", by=BY, on=noon)
    assert gross(built(paid.home, tmp_path)) == 39_700


def test_a_purpose_that_an_officer_names_moves_the_pounds_and_keeps_the_total(
    paid: Place, tmp_path: Path, noon: datetime
) -> None:
    before = built(paid.home, tmp_path)
    lines = Lines(payee="Acme Homes Ltd")
    said = "adult_social_care"
    rule("district", Subject.PURPOSE, lines, said=said, reason="A home.", by=BY, on=noon)
    after = built(paid.home, tmp_path)
    assert gross(after) == gross(before)
    care = [x.pence for x in after.whole.gross_lines if x.service == "adult_social_care"]
    assert care == [30_000]


def test_a_copy_that_an_officer_calls_one_payment_is_counted_once(
    paid: Place, tmp_path: Path, noon: datetime
) -> None:
    sha = next(f.sha256 for f in sources.files(agencies=["district"]))
    lines = Lines(file=sha, row=6)
    rule("district", Subject.COPY, lines, said=PAID_ONCE, reason="Keyed twice.", by=BY, on=noon)
    assert gross(built(paid.home, tmp_path)) == 37_000


def test_a_ruling_that_it_is_no_transfer_is_about_the_named_payee_and_no_other(
    paid: Place, tmp_path: Path, noon: datetime
) -> None:
    """The county is paid under two names; an officer rules on one of them, and on some words."""
    more = [
        ("06/05/2024", "Wexshire CC", "70.00", "A5"),
        ("07/05/2024", "Wexshire County Council", "5.00", "A6"),
    ]
    paid.published("district", "more-2024.csv", more)
    belongs = Lines(payee="Wexshire CC")
    rule("district", Subject.PAYEE, belongs, said="county", reason="So it is.", by=BY, on=noon)
    assert gross(built(paid.home, tmp_path)) == 39_000
    rule("district", Subject.TRANSFER, belongs, said=NO_TRANSFER, reason="Rent.", by=BY, on=noon)
    counted = built(paid.home, tmp_path)
    assert gross(counted) == 39_000 + 7_000
    told = {f.treatment: (f.rows, f.pence) for f in counted.whole.flows}
    assert told == {Treatment.ELIMINATED: (2, 100_500), Treatment.RULED_OUT: (1, 7_000)}


def test_a_ruling_that_names_words_too_is_about_no_line_without_them(
    paid: Place, tmp_path: Path, noon: datetime
) -> None:
    lines = Lines(payee="Wexshire County Council", purpose="Rent of the depot")
    rule("district", Subject.TRANSFER, lines, said=NO_TRANSFER, reason="Rent.", by=BY, on=noon)
    (flow,) = built(paid.home, tmp_path).whole.flows
    assert flow.treatment is Treatment.ELIMINATED


def test_a_transfer_that_was_keyed_twice_is_taken_off_once(
    paid: Place, tmp_path: Path, noon: datetime
) -> None:
    """It is in no spending and in no flow, so it may not be taken off as a flow as well."""
    twice = [("08/05/2024", "Wexshire County Council", "11.00", "A7")] * 2
    paid.published("district", "twice-2024.csv", twice)
    sha = next(f.sha256 for f in sources.files(agencies=["district"]) if "twice" in f.file)
    before = built(paid.home, tmp_path)
    assert gross(before) == 39_000
    lines = Lines(file=sha, row=3)
    rule("district", Subject.COPY, lines, said=PAID_ONCE, reason="Keyed twice.", by=BY, on=noon)
    after = built(paid.home, tmp_path)
    assert gross(after) == 39_000
    assert after.whole.matrix.pence == before.whole.matrix.pence - 1_100


def test_an_edition_keeps_the_sums_of_months_beside_its_cube(
    paid: Place, tmp_path: Path, noon: datetime
) -> None:
    made = freeze(paid.home, ready_to_freeze(built(paid.home, tmp_path)), by=BY, on=noon)
    holdings = {"cube": [folder_of(paid.home, made.digest) / "month_cube.parquet"]}
    (row,) = [
        r for r in engines.ask("count/spend_by_agency_month", holdings) if r["agency"] == "county"
    ]
    assert (row["month"], row["amount_pence"]) == (date(2024, 5, 1), 90_000)


def test_the_same_files_give_the_same_hash_elsewhere(paid: Place, tmp_path: Path) -> None:
    here = ready_to_freeze(built(paid.home, tmp_path))
    moved = tmp_path / "another computer"
    shutil.copytree(paid.home.root, moved)
    there = ready_to_freeze(built(Home(moved), tmp_path, "there"))
    assert there.digest == here.digest


def test_an_edition_is_made_again_from_its_own_files_and_rulings(
    paid: Place, tmp_path: Path, noon: datetime
) -> None:
    made = freeze(paid.home, ready_to_freeze(built(paid.home, tmp_path)), by=BY, on=noon)
    paid.published("district", "june-2024.csv", [("03/06/2024", "Later Ltd", "7.00", "A9")])
    rule("district", Subject.PURPOSE, Lines(payee="Later Ltd"), said="culture", reason="So.",
         by=BY, on=noon)  # fmt: skip
    said = frozen(paid.home, made)
    folder = tmp_path / "again"
    folder.mkdir()
    wanted = Wanted(
        paid.home, "wex", YEAR, rulings_of(said), folder, files=frozenset(said["files"])
    )
    assert ready_to_freeze(whole_place(wanted)).digest == made.digest


def test_what_differs_between_two_editions_is_explained(
    paid: Place, tmp_path: Path, noon: datetime
) -> None:
    freeze(paid.home, ready_to_freeze(built(paid.home, tmp_path)), by=BY, on=noon)
    paid.published("district", "june-2024.csv", [("03/06/2024", "Later Ltd", "7.00", "A9")])
    lines = Lines(payee="Acme Homes Ltd")
    rule("district", Subject.PURPOSE, lines, said="housing", reason="A home.", by=BY, on=noon)
    freeze(paid.home, ready_to_freeze(built(paid.home, tmp_path)), by=BY, on=noon)
    old, new = editions("wex")
    assert old.standing is Standing.SUPERSEDED
    found = differences(frozen(paid.home, old), frozen(paid.home, new))
    assert sum(d.pence for d in found) == 700
    assert all("1 file was added" in d.why or "files were added" in d.why for d in found)
    assert any("an officer ruled that" in d.why for d in found)


def test_a_year_of_which_nothing_is_held_is_refused(paid: Place, tmp_path: Path) -> None:
    wanted = Wanted(paid.home, "wex", FinancialYear(1999), [], tmp_path)
    with pytest.raises(Refused, match="neither payments nor returns"):
        whole_place(wanted)
